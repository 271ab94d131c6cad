"""Drill: a worker is killed while 200 reminders go out, Redis is flushed, a new worker goes on.

Real processes, a real SMTP server on this machine, a real Redis. Each reminder must have gone out once, or stand as
"unknown, check" where the kill fell between sending and recording; none may be lost and none may go out twice.
"""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from aiosmtpd.controller import Controller
from celery import Celery
from django.db import connection

from clinic import clock, notify
from clinic.dev.embedded import APPLICATION
from clinic.models import Message
from clinic.notify.outbox import SWEEP
from clinic.notify.sender import UNKNOWN_AFTER
from clinic.project.environment import broker
from tests import factories
from tests.people import people

REMINDERS, KILL_AFTER, CONNECTIONS = 200, 60, 2
ROOT = Path(__file__).resolve().parents[2]


class Sink:
    """Takes every mail slowly and remembers its Message-ID."""

    def __init__(self):
        self.ids = []

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(0.01)
        head = envelope.content.decode().splitlines()
        self.ids.append(next(line.partition(":")[2].strip() for line in head if line.lower().startswith("message-id:")))
        await asyncio.sleep(0.01)
        return "250 taken"


@pytest.fixture
def sink():
    taken = Sink()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        taken.port = free.getsockname()[1]
    server = Controller(taken, hostname="127.0.0.1", port=taken.port)
    server.start()
    yield taken
    server.stop()


@pytest.fixture
def environment(cluster, live_db, redis_server, sink, tmp_path):
    """What a worker of this drill is told."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "clinic.project.settings.dev",
        "DATABASE_URL": cluster.url(APPLICATION, live_db),
        "REDIS_URL": redis_server.url(),
        "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
        "BASE_URL": "http://127.0.0.1:1",
        "SECRET_KEY": "drill-" + "d" * 50,
        "TIDELINE_DATA": str(tmp_path),
        "LOG_LEVEL": "WARNING",
    }


@contextmanager
def worker(environment, log):
    """A real Celery worker in a process group of its own; killed outright when it is left."""
    words = ["-m", "celery", "--app", "clinic.project", "--quiet", "worker", "--concurrency", str(CONNECTIONS)]
    more = ["--loglevel", "WARNING", "--without-gossip", "--without-mingle"]
    with log.open("ab") as out:
        child = subprocess.Popen(
            [sys.executable, *words, *more], cwd=ROOT, env=environment, stdout=out, stderr=out, start_new_session=True
        )
    try:
        yield child
    finally:
        kill(child)


def kill(child):
    """kill -9 of the worker with all its children."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
    child.wait(10)


def until(true, seconds, what, wake=lambda: None):
    """Wait for something, waking the worker every second as the beat does every minute."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, what
        wake()
        time.sleep(1)


def states():
    """How many reminders are in which state."""
    connection.close()
    return Counter(Message.objects.values_list("state", flat=True))


def awake_zone():
    """A zone where it is about noon now: the drill must not wait for the end of quiet hours."""
    ahead = 12 - clock.now().hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


def test_a_killed_worker_and_a_flushed_redis(environment, redis_server, sink, tmp_path):
    p = people()
    p.patient.zone_name = awake_zone()
    p.patient.save()
    factories.policy(at_site=p.site, mails_a_day=REMINDERS)  # all to one patient here
    at = clock.now()
    for number in range(REMINDERS):
        notify.enqueue("reminder_hours", recipient=p.patient, site=p.site, dedupe_key=f"drill:{number}", due_at=at,
                       expires_at=at + timedelta(hours=2), context={"when": "today at 2:05 pm"})  # fmt: skip
    app = Celery(broker=broker(redis_server.url()))
    log = tmp_path / "worker.log"

    def wake():
        app.send_task(SWEEP)

    with worker(environment, log) as first:
        until(lambda: len(sink.ids) >= KILL_AFTER, 120, f"nothing went out: {log.read_text()[-2000:]}", wake)
        kill(first)
    after_kill = states()
    assert after_kill["due"] > 0, "the kill came too late to prove anything"
    assert after_kill["sending"] <= CONNECTIONS

    with redis.from_url(redis_server.url()) as client:
        client.flushall()
    with worker(environment, log):
        until(lambda: states()["due"] == 0, 60, f"the new worker did not go on: {states()}", wake)
        Message.objects.filter(state="sending").update(claimed_at=clock.now() - UNKNOWN_AFTER - timedelta(seconds=1))
        until(lambda: states()["sending"] == 0, 30, f"nobody settled the unknown: {states()}", wake)

    judge(sink)


def judge(sink):
    """Each once, or unknown; none lost, none twice."""
    taken = Counter(sink.ids)
    ended = states()
    assert sum(ended.values()) == REMINDERS
    assert set(ended) <= {"sent", "unknown"}
    assert ended["unknown"] <= CONNECTIONS
    assert max(taken.values()) == 1
    for message in Message.objects.all():
        count = taken[f"<{message.pk}@tideline.example>"]
        assert count == 1 or (count == 0 and message.state == "unknown"), (message.pk, message.state, count)
