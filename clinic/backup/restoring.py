"""Getting the record back: unpack a copy of the server and let it follow the log, or fill a database from a dump.

Nothing here touches a server that runs: a base goes into an empty folder, a dump into an empty database.
"""

import json
import os
import shlex
import subprocess
import sys
import tarfile
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import psycopg2

from clinic.backup import programs, sealed, shelf

ROOT = Path(__file__).resolve().parents[2]
SIGNAL, SETTINGS = "recovery.signal", "postgresql.auto.conf"


class RestoreRefused(RuntimeError):
    """What is asked would do harm or can't be done; the words say why."""


def unpack(copy: shelf.Copy, folder: Path, identity: str) -> None:
    """Unpack a copy of the server into an empty folder and check every file against the manifest that came with it.

    Raises RestoreRefused, SealingFailed, ProgramFailed.
    """
    if copy.kind != "base":
        raise RestoreRefused(f"{copy.name} is a copy of the database alone. Restore it --into an empty database.")
    if folder.exists() and any(folder.iterdir()):
        raise RestoreRefused(f"{folder} is not empty. Nothing is ever unpacked over a record.")
    keys = sealed.identities(identity)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    try:
        with sealed.stream(copy.content, keys) as source, tarfile.open(fileobj=source, mode="r|gz") as archive:
            archive.extractall(folder, filter="tar")
    except (tarfile.TarError, EOFError) as problem:
        raise RestoreRefused(f"{copy.name} can't be unpacked: {problem}.") from problem
    programs.run(["pg_verifybackup", "--quiet", folder])


def prepare(folder: Path, *, place: shelf.Shelf, identity: str, until: datetime | None = None) -> str:
    """Tell an unpacked server to catch up with the log to its end, or to a moment; returns the command it fetches by.

    A server told a moment the log does not reach refuses to start rather than stop earlier.
    """
    words = [sys.executable, "-m", "clinic.backup.wal", "fetch", "--from", place.folder.absolute(), "--identity",
             Path(identity).absolute()]  # fmt: skip
    command = f"PYTHONPATH={shlex.quote(str(ROOT))} {shlex.join(map(str, words))} %f %p"
    said = {"restore_command": command, "recovery_target_timeline": "latest", "recovery_target_action": "promote"}
    if until is not None:
        said |= {"recovery_target_time": f"{until.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f+00}"}
        said |= {"recovery_target_inclusive": "off"}
    lines = "".join("{} = '{}'\n".format(name, value.replace("'", "''")) for name, value in said.items())
    with (folder / SETTINGS).open("a") as target:
        target.write(f"# Written by a restore: catch up with the log.\n{lines}")
    (folder / SIGNAL).touch(mode=0o600)
    for path in (folder / SIGNAL, folder / SETTINGS):
        give_to_owner_of(folder, path)
    return command


def give_to_owner_of(folder: Path, path: Path) -> None:
    """Let a file belong to whom its folder belongs to."""
    facts = folder.stat()
    if os.geteuid() == 0:
        os.chown(path, facts.st_uid, facts.st_gid)


def fill(copy: shelf.Copy, url: str, identity: str, jobs: int = 1) -> None:
    """Fill an empty database from a dump, whole or not at all. Raises RestoreRefused, SealingFailed, ProgramFailed.

    `url` reaches it as a role that may make extensions and give tables to their owners: a superuser.
    """
    if copy.kind != "dump":
        raise RestoreRefused(f"{copy.name} is a copy of the whole server. Restore it --to an empty folder.")
    check_empty(url, copy.note["roles"])
    keys = sealed.identities(identity)
    database = programs.environment(url)["PGDATABASE"]
    words = ["pg_restore", "--exit-on-error", "--single-transaction", "--no-password", f"--dbname={database}"]
    with tempfile.TemporaryFile() as said:
        child = programs.started(words, url=url, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said)
        trouble = _feed(copy, child, keys)
        code = child.wait()
        said.seek(0)
        heard = programs.last_words(said.read().decode(errors="replace"))
    if trouble:
        raise trouble
    if code != 0:
        raise programs.ProgramFailed(f"pg_restore failed: {heard}")


def _feed(copy: shelf.Copy, child: subprocess.Popen, keys: list) -> sealed.SealingFailed | None:
    """Open the dump into the program; a touched one ends it before it commits."""
    try:
        sealed.open_into(copy.content, child.stdin, keys)
        child.stdin.close()
    except sealed.SealingFailed as problem:
        child.kill()
        return problem
    except BrokenPipeError:
        return None  # it ended by itself and says why
    return None


def check_empty(url: str, roles: list[str]) -> None:
    """Raise RestoreRefused when the database already holds tables, or the roles its tables belong to are not there."""
    with closing(psycopg2.connect(url, connect_timeout=5)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'")
        if cursor.fetchone()[0]:
            raise RestoreRefused("The database is not empty. Nothing is ever restored over a record.")
        cursor.execute("SELECT r FROM unnest(%s) r WHERE r NOT IN (SELECT rolname FROM pg_roles)", [roles])
        missing = ", ".join(name for (name,) in cursor.fetchall())
        if missing:
            raise RestoreRefused(f"These roles are missing on the server: {missing}. Make them first.")


def proof_of(copy: shelf.Copy, identity: str) -> dict:
    """The sealed figures that stand beside a copy."""
    return json.loads(sealed.open_bytes(copy.proof, sealed.identities(identity)))
