"""Taking a copy: of the whole server (base, to go back to any moment with the log), or of the database alone (dump).

Both are sealed while they are made. Beside the data stands its proof (clinic.backup.proof), sealed too: of a dump the
figures of the very snapshot it was taken from, of a base those of the moment it was begun.
"""

import json
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime

import psycopg2

from clinic.backup import programs, proof, sealed, shelf

BASE = ("pg_basebackup", "--pgdata=-", "--format=tar", "--wal-method=fetch", "--checkpoint=fast", "--no-password")
DUMP = ("pg_dump", "--format=custom", "--compress=gzip:6", "--lock-wait-timeout=10000", "--no-password")
FACTS = """
    SELECT current_setting('server_version'), pg_is_in_recovery(), current_setting('data_checksums'),
           pg_database_size(current_database())
"""
STEPS = "SELECT app, max(name) FROM django_migrations GROUP BY app ORDER BY app"
ROLES = """
    SELECT DISTINCT pg_get_userbyid(owner) FROM (
      SELECT relowner AS owner FROM pg_class WHERE relnamespace = 'public'::regnamespace
      UNION SELECT (aclexplode(relacl)).grantee FROM pg_class WHERE relnamespace = 'public'::regnamespace
      UNION SELECT datdba FROM pg_database WHERE datname = current_database()) o WHERE owner <> 0 ORDER BY 1
"""


def take(kind: str, *, url: str, place: shelf.Shelf, recipients: str, at: datetime) -> shelf.Copy:
    """Take a copy of this kind and put it on the shelf. Raises ProgramFailed, SealingFailed, ShelfFailed, OSError.

    `url` reaches the server as a role that may read everything and, for a base, replicate.
    """
    keys = sealed.recipients(recipients)
    with place.making(kind, at) as folder, snapshot(url) as (cursor, name):
        facts = facts_of(cursor)
        taken = proof.of(cursor)
        words = (*BASE, "--label=tideline") if kind == "base" else (*DUMP, f"--snapshot={name}")
        if kind == "base":
            cursor.connection.rollback()  # a snapshot held open for as long would keep vacuum from its work
        _pour(words, url, folder / shelf.CONTENT[kind], keys)
        sealed.seal_bytes(json.dumps(taken, sort_keys=True).encode(), folder / shelf.PROOF, keys)
        shelf.write_note(folder, facts | {"kind": kind, "rows": proof.rows(taken), "tables": len(taken["tables"])})
    return place.find(f"{kind}-{at:%Y%m%dT%H%M%SZ}")


@contextmanager
def snapshot(url: str) -> Iterator:
    """A cursor that sees one moment only, and that moment's name for pg_dump. Raises ProgramFailed."""
    try:
        connection = psycopg2.connect(url, connect_timeout=5, application_name="tideline-backup")
    except psycopg2.OperationalError as problem:
        raise programs.ProgramFailed(f"The database does not answer: {programs.last_words(str(problem))}") from problem
    with closing(connection):
        connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
        cursor = connection.cursor()
        cursor.execute("SELECT CASE WHEN pg_is_in_recovery() THEN NULL ELSE pg_export_snapshot() END")
        yield cursor, cursor.fetchone()[0]


def facts_of(cursor) -> dict:
    """What the note says about the server: nothing personal."""
    cursor.execute(FACTS)
    version, is_standby, checksums, size = cursor.fetchone()
    if is_standby:
        raise programs.ProgramFailed("This server is a standby: copies are taken from the one that is written to.")
    cursor.execute("SELECT current_database(), pg_walfile_name(pg_current_wal_lsn())")
    database, piece = cursor.fetchone()
    cursor.execute(STEPS)
    steps = dict(cursor.fetchall())
    cursor.execute(ROLES)
    roles = [name for (name,) in cursor.fetchall()]
    return {
        "server": version, "checksums": checksums, "database_bytes": size, "first_piece": piece, "database": database,
        "migrations": steps, "roles": roles,
    }  # fmt: skip


def _pour(words: tuple, url: str, path, keys: list) -> None:
    """Seal what a program prints. Its own words go to a file, so that neither pipe fills up."""
    with tempfile.TemporaryFile() as said:
        child = programs.started(words, url=url, stdout=subprocess.PIPE, stderr=said)
        try:
            sealed.seal(child.stdout, path, keys, squeeze=words[0] == "pg_basebackup")
        finally:
            child.stdout.close()
            code = child.wait()
        if code != 0:
            said.seek(0)
            raise programs.ProgramFailed(
                f"{words[0]} failed: {programs.last_words(said.read().decode(errors='replace'))}"
            )
