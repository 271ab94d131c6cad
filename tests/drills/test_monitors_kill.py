"""Drill: monitors send while the listener is killed outright and PostgreSQL is restarted. None lost, none doubled.

Real processes: `manage.py monitors`, a PostgreSQL of the drill's own, senders that send each message again until it is
acknowledged, as monitors do. MONITOR_DRILL_MESSAGES makes it smaller for trying.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connections

from clinic import clock
from clinic.dev.bedside import Line, Monitor
from clinic.dev.embedded import APPLICATION
from sessions.models import MonitorSample, RawMessage

DEVICES = 20
MESSAGES = int(os.environ.get("MONITOR_DRILL_MESSAGES", "10000"))
KILLS = 3
ROOT = Path(__file__).resolve().parents[2]


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def environment(cluster, live_db, tmp_path):
    """What a listener of this drill is told."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "clinic.project.settings.dev",
        "DATABASE_URL": cluster.url(APPLICATION, live_db),
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "BASE_URL": "http://127.0.0.1:1",
        "SECRET_KEY": "drill-" + "d" * 50,
        "TIDELINE_DATA": str(tmp_path),
        "LOG_LEVEL": "WARNING",
    }


@contextmanager
def listener(environment, port, log):
    """A real listener in a process group of its own; killed outright when it is left."""
    with log.open("ab") as out:
        words = [sys.executable, str(ROOT / "manage.py"), "monitors", "--port", str(port)]
        child = subprocess.Popen(words, cwd=ROOT, env=environment, stdout=out, stderr=out, start_new_session=True)
    try:
        yield child
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
        child.wait(10)


class Sender(threading.Thread):
    """One monitor: sends its messages one after the other, each until it is acknowledged."""

    def __init__(self, number, count, port):
        super().__init__(daemon=True)
        self.monitor, self.count = Monitor(f"DRILL-{number}", "", number), count
        self.line, self.acknowledged, self.again = Line("127.0.0.1", port), [], 0

    def run(self):
        for _ in range(self.count):
            message = self.monitor.report(clock.now())
            ident = message.split(b"|")[9]
            while not self._send(message, ident):
                self.again += 1
                time.sleep(0.2)
            self.acknowledged.append(ident.decode())
        self.line.close()

    def _send(self, message, ident):
        try:
            answer = self.line.send(message)
        except OSError:
            return False
        assert b"MSA|AA|" + ident + b"\r" in answer, answer
        return True


def wait_for(senders, share, deadline):
    """Until this share of all messages has been acknowledged."""
    while sum(len(s.acknowledged) for s in senders) < share * MESSAGES:
        assert time.monotonic() < deadline, "the senders do not get on"
        time.sleep(0.05)


def restart(postgres):
    """Stop PostgreSQL under its clients, let them notice, start it again."""
    connections.close_all()
    postgres.stop()
    time.sleep(1)
    postgres.start()


@pytest.mark.timeout(1200)
def test_a_killed_listener_and_a_restarted_postgres(environment, cluster, tmp_path):
    port, log, deadline = free_port(), tmp_path / "monitors.log", time.monotonic() + 1100
    senders = [Sender(n, MESSAGES // DEVICES, port) for n in range(DEVICES)]
    for sender in senders:
        sender.start()
    for turn in range(1, KILLS + 1):
        with listener(environment, port, log):
            wait_for(senders, turn / (KILLS + 2), deadline)
    with listener(environment, port, log) as last:
        wait_for(senders, (KILLS + 1) / (KILLS + 2), deadline)
        restart(cluster)
        for sender in senders:
            sender.join(max(1, deadline - time.monotonic()))
        last.terminate()
        assert last.wait(20) == 0, log.read_text()[-2000:]
    assert sum(s.again for s in senders) > 0, "nothing was interrupted: the drill proves nothing"
    judge(senders)


def judge(senders):
    """Every acknowledged message is kept once, with all its values, and nothing else is."""
    acknowledged = [ident for s in senders for ident in s.acknowledged]
    kept = list(RawMessage.objects.values_list("control_id", flat=True))
    assert len(acknowledged) == len(senders) * (MESSAGES // DEVICES)
    assert len(kept) == len(set(kept))
    assert set(kept) == set(acknowledged)
    assert MonitorSample.objects.count() == 5 * len(kept)
