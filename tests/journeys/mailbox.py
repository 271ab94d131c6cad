"""Mail as it really goes: the product's sender or a real worker hands it to a local SMTP server."""

import os
import re
import socket
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from clinic.dev import mail, processes
from clinic.dev.embedded import APPLICATION
from clinic.notify import sender

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"https?://\S+/p/\S+/")


class Mailbox:
    """What arrived at the local SMTP server. `delivers` sends what is due; a running worker does so by itself."""

    def delivers(self, *, at=None) -> int:
        """Let the one sender run once; returns how many messages it took up."""
        return sender.sweep(at=at)

    def letters(self, to: str) -> list:
        """All letters to an address, the newest first."""
        return mail.newest(to)

    def newest(self, to: str, about: str = "", *, seconds=30):
        """The newest letter to this address whose subject holds `about`; waits for it, but not for ever."""
        deadline = time.monotonic() + seconds
        while True:
            found = [letter for letter in mail.newest(to) if about in letter.subject]
            if found:
                return found[0]
            assert time.monotonic() < deadline, f"no letter about {about!r} came to {to}"
            time.sleep(0.1)

    def link(self, to: str, about: str = "") -> str:
        """The first link in the newest letter."""
        text = self.newest(to, about).text
        found = LINK.search(text)
        assert found, f"no link in:\n{text}"
        return found[0]

    def code(self, to: str) -> str:
        """The six digits in the newest letter about a code."""
        return re.search(r"\b\d{6}\b", self.newest(to, "your code").text)[0]


def plain() -> dict:
    """The environment of a process that needs the project's code and nothing else of it."""
    return os.environ | {"PYTHONPATH": str(ROOT)}


def wait_for_port(port: int, seconds: float = 20) -> None:
    """Wait until a server listens on this port of the loopback address."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except ConnectionRefusedError:
            assert time.monotonic() < deadline, f"nothing listens on port {port}"
            time.sleep(0.05)


def environment(server, database, redis_url, base_url, mail_port, folder) -> dict:
    """What a process of the product needs to work on the journey's own database, Redis and mail server."""
    from django.conf import settings

    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "clinic.project.settings.dev",
        "DATABASE_URL": server.url(APPLICATION, database),
        "REDIS_URL": redis_url,
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "BASE_URL": base_url,
        "SECRET_KEY": settings.SECRET_KEY,
        "TIDELINE_DATA": str(folder),
        "PYTHONPATH": str(ROOT),
    }


@contextmanager
def working(folder: Path, facts: dict):
    """A real Celery worker, ready for work, until the end of the block."""
    log = folder / "worker.log"
    words = ["-m", "celery", "--app", "clinic.project", "worker", "--concurrency", "1", "--loglevel", "INFO"]
    quick = ["--without-mingle", "--without-gossip", "--without-heartbeat"]
    child = processes.spawn([sys.executable, *words, *quick], log=log, environment=facts, folder=ROOT)
    try:
        deadline = time.monotonic() + 90
        while " ready." not in log.read_text():
            assert child.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        yield child
    finally:
        processes.stop(child)
