"""The weekly trial: bring a copy back on a server of its own, compare it with its proof, walk a page, take it away."""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from clinic.backup import programs, restoring, shelf, trial

MANAGE = restoring.ROOT / "manage.py"


@dataclass(frozen=True)
class Outcome:
    """How a trial went: every check, and how many seconds unpacking, catching up and checking took."""

    checks: list[dict]
    seconds: dict[str, float]

    @property
    def is_good(self) -> bool:
        """Did every check hold?"""
        return bool(self.checks) and all(check["is_good"] for check in self.checks)

    @property
    def words(self) -> str:
        """What was wrong, or the times."""
        wrong = [f"{check['name']}: {check['words']}" for check in self.checks if not check["is_good"]]
        spent = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in self.seconds.items())
        return "; ".join(wrong) or f"{len(self.checks)} checks hold; {spent}."


def try_out(copy: shelf.Copy, place: shelf.Shelf, identity: str, scratch: Path | None = None) -> Outcome:
    """Try one copy. Raises ProgramFailed, SealingFailed, RestoreRefused, OSError where it can't even be tried."""
    with tempfile.TemporaryDirectory(prefix="tideline-trial-", dir=scratch) as folder:
        home = Path(folder)
        sockets = home / "s"
        sockets.mkdir(mode=0o700)
        server = trial.Trial(home / "data", sockets)
        way = _base if copy.kind == "base" else _dump
        return way(copy, server, place, identity)


def _base(copy, server, place, identity) -> Outcome:
    begun = time.monotonic()
    restoring.unpack(copy, server.data, identity)
    restoring.prepare(server.data, place=place, identity=identity)
    unpacked = time.monotonic() - begun
    with server.running() as caught_up:
        return _checked(copy, server, {"unpack": unpacked, "catch up": caught_up}, ["--went-on"])


def _dump(copy, server, place, identity) -> Outcome:
    begun = time.monotonic()
    server.create()
    with server.running():
        for role in copy.note["roles"]:
            if not server.ask("SELECT 1 FROM pg_roles WHERE rolname = %s", values=[role]):
                server.ask(f'CREATE ROLE "{role}" LOGIN')
        name = copy.note["database"]
        if not server.ask("SELECT 1 FROM pg_database WHERE datname = %s", values=[name]):
            server.ask(f'CREATE DATABASE "{name}" TEMPLATE template0')
        restoring.fill(copy, server.url(name), identity)
        return _checked(copy, server, {"fill": time.monotonic() - begun}, [])


def _checked(copy, server, seconds, words) -> Outcome:
    begun = time.monotonic()
    command = [sys.executable, str(MANAGE), "verify_database", "--against", copy.name, *words, "--json"]
    url = server.url(copy.note["database"], settings.APPLICATION_ROLE)
    told = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL_FILE", "DATABASE_OWNER_URL")
    }
    done = subprocess.run(command, env=told | {"DATABASE_URL": url}, capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if not lines:
        raise programs.ProgramFailed(f"verify_database failed: {programs.last_words(done.stderr)}")
    return Outcome(json.loads(lines[-1])["checks"], seconds | {"check": time.monotonic() - begun})
