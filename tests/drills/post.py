"""What the drills of the outbox share: a mail server that remembers, a worker and a beat as real processes."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

from aiosmtpd.controller import Controller
from django.db import connection

from clinic import clock, notify
from clinic.dev.embedded import APPLICATION
from clinic.models import Message

ROOT = Path(__file__).resolve().parents[2]


class Sink:
    """Takes every mail, remembers its Message-ID; `answer` may refuse or hang, told the address and the count."""

    def __init__(self, answer=None, seconds=0.01):
        self.ids, self.answer, self.seconds, self.port = [], answer, seconds, 0
        self.letters = {}  # Message-ID -> (to whom, subject)

    async def handle_DATA(self, server, session, envelope):
        """Take one mail, or do as the script says."""
        head = envelope.content.decode().splitlines()
        ident = next(line.partition(":")[2].strip() for line in head if line.lower().startswith("message-id:"))
        told = self.answer(envelope.rcpt_tos[0], len(self.ids)) if self.answer else None
        if told is None or told == "take and hang":
            self.ids.append(ident)
            subject = next((line for line in head if line.lower().startswith("subject:")), "")
            self.letters[ident] = envelope.rcpt_tos[0], subject
        if told == "take and hang":
            await asyncio.sleep(60)
        await asyncio.sleep(self.seconds)
        return told or "250 taken"

    def count(self):
        """How often each mail arrived."""
        return Counter(self.ids)

    def beside(self, messages):
        """How often each letter arrived that is none of these messages: what the clinic's people are told meanwhile."""
        ours = {ident(message) for message in messages}
        return Counter(self.letters[one] for one in self.ids if one not in ours)


@contextmanager
def listening(sink):
    """The sink on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        sink.port = free.getsockname()[1]
    server = Controller(sink, hostname="127.0.0.1", port=sink.port)
    server.start()
    try:
        yield sink
    finally:
        server.stop()


def environment(cluster, live_db, redis_server, sink, folder, **more):
    """What a worker of a drill is told."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "clinic.project.settings.dev",
        "DATABASE_URL": cluster.url(APPLICATION, live_db),
        "REDIS_URL": redis_server.url(),
        "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
        "BASE_URL": "http://127.0.0.1:1",
        "SECRET_KEY": "drill-" + "d" * 50,
        "TIDELINE_DATA": str(folder),
        "LOG_LEVEL": "WARNING",
        **more,
    }


@contextmanager
def process(words, told, log):
    """A real process of our Celery application in a process group of its own; killed outright when it is left."""
    with log.open("ab") as out:
        command = [sys.executable, "-m", "celery", "--app", "clinic.project", "--quiet", *words]
        child = subprocess.Popen(command, cwd=ROOT, env=told, stdout=out, stderr=out, start_new_session=True)
    try:
        yield child
    finally:
        kill(child)


def worker(told, log, concurrency=2):
    """A worker with so many children."""
    words = ["worker", "--concurrency", str(concurrency), "--loglevel", "WARNING"]
    return process([*words, "--without-gossip", "--without-mingle"], told, log)


def beat(told, log):
    """A beat."""
    return process(["beat", "--loglevel", "INFO", "--pidfile", ""], told, log)


def kill(child):
    """kill -9 of a process with all its children."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
    child.wait(10)


def until(true, seconds, what, wake=lambda: None):
    """Wait for something, waking the worker every second as the beat does every minute."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, what() if callable(what) else what
        wake()
        time.sleep(1)


def states():
    """How many messages are in which state."""
    connection.close()
    return Counter(Message.objects.values_list("state", flat=True))


def awake_zone():
    """A zone where it is about noon now: a drill must not wait for the end of quiet hours."""
    ahead = 12 - clock.now().hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


def queue(people, number, *, kind="visit_cancelled", at=None, **more):
    """So many messages that are due, one key each; returns them."""
    at = at or clock.now()
    people.patient.zone_name = awake_zone()
    people.patient.save()
    context = more.pop("context", {"when": "today at 2:05 pm"})
    return [
        notify.enqueue(kind, recipient=people.patient, site=people.site, dedupe_key=f"drill:{one}", due_at=at, at=at,
                       context=context, **more)
        for one in range(number)
    ]  # fmt: skip


def ident(message):
    """The Message-ID of a message."""
    return f"<{message.pk}@tideline.example>"
