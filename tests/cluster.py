"""The throw-away PostgreSQL of a test run: migrated once as the owner, then cloned for every process."""

import fcntl
import hashlib
import io
import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connections

from clinic.dev.embedded import OWNER, Postgres, Server

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ("clinic", "intake", "sessions", "followup")
KEPT = ROOT / ".data" / "test-template"
TEMPLATE = "template_tideline"
NUMBERS = itertools.count(1)


class Cluster:
    """A PostgreSQL with the migrated template database, gone with all its files when the run ends.

    Migrating takes longer than most test runs, so the migrated cluster is kept under .data/ and copied, until a
    migration or a pinned package changes.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="tideline-tests-"))
        self.folder.chmod(0o711)
        self.postgres = Postgres(self.folder, throwaway=True)

    def start(self) -> None:
        """Start on a copy of the kept cluster, made first where there is none, and give the privileges of today."""
        with _alone():
            kept = KEPT / _fingerprint()
            if kept.exists():
                kept.touch()
            else:
                self._make(kept)
            _copy(kept, self.postgres.data)
        self.postgres.start()
        self._grant()

    def stop(self) -> None:
        """Stop the server and remove everything it wrote."""
        self.postgres.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _make(self, kept: Path) -> None:
        self.postgres.start()
        self.postgres.prepare(TEMPLATE)
        point_to(self.postgres.sockets, TEMPLATE, user=OWNER)
        call_command("migrate", verbosity=0, interactive=False)
        connections["default"].close()
        self.postgres.stop()
        fresh = KEPT / f"new-{os.getpid()}"
        self.postgres.data.rename(self.folder / "made")
        _copy(self.folder / "made", fresh)
        fresh.rename(kept)
        shutil.rmtree(self.folder / "made")
        for old in sorted(KEPT.glob("[0-9a-f]*"), key=lambda path: path.stat().st_mtime)[:-3]:
            shutil.rmtree(old)

    def _grant(self) -> None:
        point_to(self.postgres.sockets, TEMPLATE, user=OWNER)
        call_command("grant", verbosity=0, stdout=io.StringIO())
        connections["default"].close()


def _fingerprint() -> str:
    """Return the mark of everything a migrated cluster is made from."""
    files = [path for folder in FLOORS for path in (ROOT / folder / "migrations").glob("*.py")]
    files += [ROOT / "requirements-dev.txt", ROOT / "requirements.txt", ROOT / "clinic/dev/embedded.py", Path(__file__)]
    total = hashlib.sha256(str(os.geteuid()).encode())
    for path in sorted(files):
        total.update(str(path).encode() + path.read_bytes())
    return total.hexdigest()[:20]


@contextmanager
def _alone() -> Iterator[None]:
    """Let one run at a time make or copy the kept cluster."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _copy(source: Path, target: Path) -> None:
    subprocess.run(["cp", "-a", "--", source, target], check=True)


def point_to(sockets: Path, database: str, *, user: str = "tideline_app") -> None:
    """Lead the Django connections of this process, in every thread, to a database of the cluster."""
    connections["default"].close()
    connections.settings["default"].update({"HOST": str(sockets), "NAME": database, "USER": user})


@contextmanager
def cloned(server: Server) -> Iterator[str]:
    """Clone the template, lead this process there, and afterwards back to where it was; yields the name."""
    before = {key: connections.settings["default"][key] for key in ("HOST", "NAME", "USER")}
    name = f"test_{os.getpid()}_{next(NUMBERS)}"
    server.clone(TEMPLATE, name)
    point_to(server.sockets, name)
    try:
        yield name
    finally:
        connections["default"].close()
        connections.settings["default"].update(before)
        server.drop(name)
