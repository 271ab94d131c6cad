"""What the drills of the pages share: the real server on the drill's own database, and people who never stop working.

A `Nurse` charts sets of vitals as the tablet does: each with an id of its own, sent again with the same id until it is
acknowledged. A `Reader` opens a page again and again. Both remember every answer and how long it took.
"""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from contextlib import contextmanager
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection

from clinic.dev import processes
from clinic.dev.bench.requests import CSRF, staff_cookie
from clinic.dev.embedded import APPLICATION, OWNER
from sessions.models import Entry
from tests.house.code import ROOT
from tests.sessions.screens import url

PATIENCE = float(os.environ.get("DRILL_PATIENCE", "1"))
GRANIAN = ("--no-ws", "--log-level", "info", "--workers-kill-timeout", "10", "--respawn-interval", "6")
PAGES = ("--interface", "wsgi", "--workers", "2", "--blocking-threads", "8", "clinic.project.wsgi:application")
STREAM = (*processes.STREAM, "clinic.project.live:application")
RETRY_SECONDS = 0.2


def free_port():
    """A port of this machine that nobody uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def environment(cluster, live_db, redis_url, folder, **more):
    """What a server of a drill is told; sessions made by the test are good there."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "clinic.project.settings.dev",
        "DATABASE_URL": cluster.url(APPLICATION, live_db),
        "DATABASE_OWNER_URL": cluster.url(OWNER, live_db),
        "REDIS_URL": redis_url,
        "EMAIL_URL": "smtp://127.0.0.1:1",
        "BASE_URL": "http://127.0.0.1:1",
        "SECRET_KEY": settings.SECRET_KEY,
        "TIDELINE_DATA": str(folder),
        "LOG_LEVEL": "ERROR",
        "PYTHONPATH": str(ROOT),
        **more,
    }


class Server:
    """granian as in production, in a process group of its own."""

    def __init__(self, told, log, words=PAGES, *, port=None, health="/health/live/"):
        self.told, self.log, self.words, self.health = told, log, words, health
        self.port = port or free_port()
        self.child = None

    def start(self):
        """Start and wait until it answers."""
        command = [sys.executable, "-m", "granian", "--host", "127.0.0.1", "--port", str(self.port), *GRANIAN]
        with self.log.open("ab") as out:
            self.child = subprocess.Popen(
                [*command, *self.words], cwd=ROOT, env=self.told, stdout=out, stderr=out, start_new_session=True
            )
        deadline = time.monotonic() + 60 * PATIENCE
        while not self.answers():
            assert self.child.poll() is None, self.log.read_text()[-2000:]
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.05)
        return self

    def answers(self):
        """Whether it serves."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", self.health)
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def reload(self):
        """New processes take over, with new code, while the door stays open; returns when the old ones are gone."""
        said = self.log.stat().st_size
        self.child.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + 60 * PATIENCE
        workers = int(self.words[self.words.index("--workers") + 1]) if "--workers" in self.words else 1
        while self.log.read_bytes()[said:].count(b"Stopped old worker-") < workers:
            assert time.monotonic() < deadline, self.log.read_text()[-2000:]
            time.sleep(0.1)

    def stop(self):
        """End it as systemd does: SIGTERM, it finishes what it has begun. Returns its exit code."""
        self.child.terminate()
        return self.child.wait(30 * PATIENCE)

    def kill(self):
        """kill -9 with all its children."""
        if self.child.poll() is None:
            os.killpg(self.child.pid, signal.SIGKILL)
        self.child.wait(10)


@contextmanager
def serving(*args, **kwargs):
    """A server that is gone when this is left."""
    server = Server(*args, **kwargs).start()
    try:
        yield server
    finally:
        server.kill()


class Person(threading.Thread):
    """Somebody at work over one kept connection until told to stop."""

    def __init__(self, port, user):
        super().__init__(daemon=True)
        self.port, self.cookie, self.connection = port, staff_cookie(user), None
        self.statuses, self.times, self.waits = Counter(), [], []
        self.over = threading.Event()

    def run(self):
        """Work."""
        while not self.over.is_set():
            self.work()
        self.hang_up()

    def finish(self):
        """Stop after what is under way."""
        self.over.set()
        self.join(60 * PATIENCE)
        assert not self.is_alive(), "somebody is still waiting for an answer"

    def ask(self, method, path, body=None):
        """One request; returns (status, words), or (0, why) when no answer came."""
        begun = time.monotonic()
        headers = {"Cookie": f"{self.cookie}; {settings.CSRF_COOKIE_NAME}={CSRF}"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self.connection = self.connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            found = answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException) as problem:
            self.hang_up()
            found = 0, type(problem).__name__
        self.times.append(time.monotonic() - begun)
        self.statuses[found[0]] += 1
        return found

    def hang_up(self):
        """Close the connection."""
        if self.connection:
            self.connection.close()
        self.connection = None


def form(ident=""):
    """A calm set of vitals, ready to be sent."""
    values = {"systolic": "121", "diastolic": "81", "heart_rate": "72", "spo2": "98"}
    return urlencode(values | {"entry_id": ident or str(uuid.uuid4()), "csrfmiddlewaretoken": CSRF})


class Nurse(Person):
    """Charts one session; `acknowledged` holds what the server said it has."""

    def __init__(self, port, user, session):
        super().__init__(port, user)
        self.path, self.acknowledged, self.retried = url("vitals-record", session), [], 0

    def work(self):
        """One set, again and again with the same id until it is acknowledged."""
        ident, begun, tries = str(uuid.uuid4()), time.monotonic(), 0
        body = form(ident)
        while True:
            status, words = self.ask("POST", self.path, body)
            if status == 302:
                break
            assert status in (0, 502, 503, 504), (status, re.sub(r"<[^>]+>|\s+", " ", words)[-300:])
            tries += 1
            if self.over.is_set() and tries > 50:
                return
            time.sleep(RETRY_SECONDS)
        self.retried += bool(tries)
        self.waits.append(time.monotonic() - begun)
        self.acknowledged.append(ident)
        time.sleep(0.02)


class Reader(Person):
    """Opens one page again and again."""

    def __init__(self, port, user, path, pause=0.05):
        super().__init__(port, user)
        self.path, self.pause = path, pause

    def work(self):
        """One look."""
        self.ask("GET", self.path)
        time.sleep(self.pause)


@contextmanager
def at_work(*crew):
    """All of them at work, and none any more when this is left."""
    for person in crew:
        person.start()
    try:
        yield crew
    finally:
        for person in crew:
            person.finish()


def charted():
    """How many sets of vitals there are."""
    connection.close()
    return Entry.objects.filter(kind="vitals").count()


def judge(nurses, before):
    """What was acknowledged is kept, once, and nothing else is; returns how many. `before`: sets charted by then."""
    said = {ident for nurse in nurses for ident in nurse.acknowledged}
    kept = {str(ident) for ident in Entry.objects.filter(pk__in=said).values_list("pk", flat=True)}
    assert said - kept == set(), "acknowledged, but lost"
    assert charted() - before == len(said), "something is there twice, or was never acknowledged"
    return len(said)
