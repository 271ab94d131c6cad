"""What the drills of the database share: a PostgreSQL that keeps its log and may be copied, crashed and lost.

Unlike the cluster of the tests it is as safe as in production: everything acknowledged is on the disk.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psutil
from django.db import connections

from clinic.backup import sealed
from clinic.dev import processes
from clinic.dev.embedded import APPLICATION, OWNER, SUPERUSER, Postgres, make_folder, write_owned
from tests.cluster import TEMPLATE, Cluster, point_to
from tests.house.code import ROOT

COPIER, DATABASE = "tideline_backup", "drill"  # the server goes with the drill, whatever became of it
SAFE = {
    "fsync": "on",
    "wal_level": "replica",
    "max_wal_senders": "10",
    "archive_mode": "on",
    "archive_timeout": "'60s'",
    "checkpoint_timeout": "'5min'",
}
KEYS = ("HOST", "NAME", "USER")


@dataclass
class Keys:
    """Where the shelf of copies is, and the two key files."""

    shelf: Path
    recipients: Path
    identity: Path

    @classmethod
    def made(cls, folder: Path) -> "Keys":
        """A new pair of keys in this folder, and an empty shelf."""
        secret, public = sealed.make_key()
        keys = cls(folder / "shelf", folder / "recipients", folder / "identity")
        keys.recipients.write_text(public + "\n")
        keys.identity.write_text(secret + "\n")
        keys.identity.chmod(0o600)
        make_folder(keys.shelf, processes.ordinary_account(keys.shelf))
        return keys

    def archive_command(self) -> str:
        """What PostgreSQL calls for every piece of its log."""
        words = f"-m clinic.backup.wal keep --to {self.shelf} --recipients {self.recipients} %p"
        return f"'PYTHONPATH={ROOT} {sys.executable} {words}'"


class Safe(Postgres):
    """Safe on the disk, lets copies be taken, and calls this Python for its log wherever that stands."""

    def __init__(self, folder: Path, **more: str):
        super().__init__(folder, more=SAFE | more)
        if self.account.user:
            self.account = replace(self.account, reach=True)

    def _configure(self):
        super()._configure()
        who = "# The socket's folder is private.\nlocal all all trust\nlocal replication all trust\n"
        write_owned(self.data / "pg_hba.conf", who, self.account)


class Durable(Cluster):
    """A migrated cluster of the drill's own, safe on the disk, with a role that takes copies."""

    def __init__(self, **more: str):
        super().__init__()
        self.postgres = Safe(self.folder, **more)

    def start(self):
        """Start, and make the role."""
        super().start()
        with self.postgres.superuser() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [COPIER])
            if not cursor.fetchone():
                cursor.execute(f"CREATE ROLE {COPIER} LOGIN REPLICATION IN ROLE pg_read_all_data")


@contextmanager
def durable(**more):
    """A durable server with a database of the drill's own, Django led there; yields (server, name of the database)."""
    before = {key: connections.settings["default"][key] for key in KEYS}
    place = Durable(**more)
    try:
        place.start()
        place.postgres.clone(TEMPLATE, DATABASE)
        with place.postgres.superuser() as cursor:
            cursor.execute(f"GRANT CONNECT ON DATABASE {DATABASE} TO {COPIER}")
        point_to(place.postgres.sockets, DATABASE)
        yield place.postgres, DATABASE
        connections.close_all()
    finally:
        connections["default"].close()
        connections.settings["default"].update(before)
        place.stop()


def lead_to(server, name):
    """Lead Django, in this process, to a database of another server."""
    connections.close_all()
    connections.settings["default"].update({"HOST": str(server.sockets), "NAME": name, "USER": APPLICATION})


def environment(server, name, keys=None, **more):
    """What a command of a drill is told."""
    told = os.environ | {
        "DJANGO_SETTINGS_MODULE": "clinic.project.settings.dev",
        "DATABASE_URL": server.url(APPLICATION, name),
        "DATABASE_OWNER_URL": server.url(OWNER, name),
        "DATABASE_BACKUP_URL": server.url(COPIER, name),
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "BASE_URL": "http://127.0.0.1:1",
        "SECRET_KEY": "drill-" + "d" * 50,
        "LOG_LEVEL": "ERROR",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    if keys:
        told |= {
            "BACKUP_FOLDER": str(keys.shelf),
            "BACKUP_RECIPIENTS_FILE": str(keys.recipients),
            "BACKUP_IDENTITY_FILE": str(keys.identity),
        }
    return told | more


def manage(told, *words, account=processes.STAY, code=0):
    """Run manage.py; what it printed. Fails when it ends otherwise than expected."""
    command = processes.command([sys.executable, ROOT / "manage.py", *words], account=account)
    done = subprocess.run(command, env=told, capture_output=True, text=True, check=False)
    assert done.returncode == code, (words, done.returncode, done.stdout[-1500:], done.stderr[-1500:])
    return done.stdout + done.stderr


def give(folder: Path, account):
    """Let a folder and everything in it belong to the server's account."""
    if account.user:
        subprocess.run(["chown", "-R", f"{account.user}:{account.group}", folder], check=True)


def crash(server):
    """Stop PostgreSQL as a crash does: nothing is written any more, nobody is told."""
    server.child.send_signal(signal.SIGQUIT)
    server.child.wait(20)


def kill(server):
    """The machine is gone: every process of the server at once."""
    family = [psutil.Process(server.child.pid), *psutil.Process(server.child.pid).children(recursive=True)]
    for process in family:
        process.suspend()
    for process in family:
        process.kill()
    psutil.wait_procs(family, timeout=10)
    server.child.wait(10)


def until(true, seconds, what):
    """Wait for something."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.1)


def asked(server, question, name="postgres"):
    """One answer of the superuser."""
    with server.superuser(name) as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0] if cursor.description else None


def log_is_kept(server):
    """Close the current piece of the log and wait until it is on the shelf."""
    piece = asked(server, "SELECT pg_walfile_name(pg_current_wal_lsn())")
    asked(server, "SELECT pg_switch_wal()")
    kept = f"SELECT coalesce(last_archived_wal, '') >= '{piece}' FROM pg_stat_archiver"
    until(lambda: asked(server, kept), 60, f"{piece} was not kept: {server.log.read_text()[-1500:]}")
    return piece


def standby_of(server, folder: Path, **more) -> Postgres:
    """A second server that follows the first, started."""
    second = Safe(folder, archive_mode="off", cluster_name="'standby'", **more)
    words = ["--pgdata", second.data, "--write-recovery-conf", "--checkpoint=fast", "--wal-method=stream"]
    command = [second.programs / "pg_basebackup", "--dbname", server.url(SUPERUSER, "postgres"), *words]
    make_folder(second.data, second.account)
    done = subprocess.run(
        processes.command(command, account=second.account), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    second.start()
    return second


def environment_of_pages(urls, redis_url, folder, secret):
    """What the pages are told when the database is one of ours; sessions made by the test are good there."""
    return (
        os.environ
        | urls
        | {
            "DJANGO_SETTINGS_MODULE": "clinic.project.settings.dev",
            "REDIS_URL": redis_url,
            "EMAIL_URL": "smtp://127.0.0.1:1",
            "BASE_URL": "http://127.0.0.1:1",
            "SECRET_KEY": secret,
            "TIDELINE_DATA": str(folder),
            "LOG_LEVEL": "ERROR",
            "PYTHONPATH": str(ROOT),
        }
    )
