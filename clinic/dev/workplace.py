"""The data folder of one ./run: who works on it, what it started, its own secret key."""

import fcntl
import json
import os
import secrets
import socket
from pathlib import Path
from typing import TextIO

import psutil

from clinic.dev import processes


class Refusal(RuntimeError):
    """A sentence for the person at the terminal: what is in the way and what to do."""


class Workplace:
    """One data folder, held by one launcher at a time."""

    def __init__(self, folder: Path):
        self.folder = folder.expanduser().absolute()
        self.logs = self.folder / "logs"
        self.mail = self.folder / "mail"
        self._children = self.folder / "children.json"
        self._lock: TextIO | None = None

    def enter(self) -> None:
        """Make the folder where it is missing, hold it, and end what a killed launcher left. Raises Refusal."""
        try:
            for folder in (self.folder, self.logs, self.mail):
                folder.mkdir(parents=True, exist_ok=True)
            self._lock = (self.folder / "launcher.lock").open("a+")
        except OSError as problem:
            raise Refusal(
                f"The data folder {self.folder} can't be used: {problem.strerror}. "
                "Give this account the folder, or name another one: ./run --data DIR"
            ) from problem
        self._hold()
        self._end_orphans()

    def _hold(self) -> None:
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            holder = self._holder()
            raise Refusal(
                f"Tideline already runs on {self.folder} (process {holder}). "
                "Stop that one, or start beside it: ./run --data OTHER_DIR --port OTHER_PORT"
            ) from problem
        self._lock.truncate(0)
        self._lock.write(str(os.getpid()))
        self._lock.flush()

    def leave(self) -> None:
        """Let the folder go."""
        if self._lock:
            self._lock.close()

    def _holder(self) -> str:
        with self._lock:
            self._lock.seek(0)
            return self._lock.read().strip() or "unknown"

    def _end_orphans(self) -> None:
        left = json.loads(self._children.read_text()) if self._children.exists() else []
        ended = [child["name"] for child in left if processes.end_orphan(child["pid"], child["born"])]
        if ended:
            print(f"Ended what an earlier start left behind: {', '.join(ended)}.", flush=True)

    def note(self, children: dict[str, int]) -> None:
        """Write down the children by name and pid, so that a later start can end them if this one is killed."""
        facts = [
            {"name": name, "pid": pid, "born": psutil.Process(pid).create_time()}
            for name, pid in children.items()
            if psutil.pid_exists(pid)
        ]
        processes_file = self._children.with_suffix(".new")
        processes_file.write_text(json.dumps(facts, indent=1))
        processes_file.replace(self._children)

    def secret_key(self) -> str:
        """Return this folder's own secret key, made at the first start."""
        path = self.folder / "secret-key"
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(64))
        return path.read_text()


def check_port(port: int) -> None:
    """Raise Refusal when a program of somebody else listens on this port of the loopback address."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as problem:
            raise Refusal(
                f"Port {port} can't be used ({problem.strerror}). Choose another one: ./run --port {port + 10} "
                "(the live stream takes the port after it)."
            ) from problem


def free_port() -> int:
    """Return a port of the loopback address that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
