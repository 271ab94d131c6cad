"""REL-18: a deploy restarts pages, stream and worker one after the other, and nobody's work fails after their retry.

Real processes. The pages take over by SIGHUP (new processes with the new code, the door stays open), then the hard way
by SIGTERM and a new start; the stream comes back and tells what was missed; the worker finishes what it has begun.
"""

import http.client
import json
import time

import pytest
from celery import Celery

from clinic import live
from clinic.notify.outbox import SWEEP
from clinic.project.environment import broker
from tests.drills import pages, post
from tests.drills.figures import say
from tests.people import people
from tests.sessions import screens


@pytest.fixture
def p(live_db, monkeypatch):
    screens.begin(monkeypatch, 40)
    return people()


@pytest.fixture
def told(cluster, live_db, redis_url, tmp_path):
    return pages.environment(cluster, live_db, redis_url, tmp_path)


def nurses_at(server, p, number=4):
    """So many nurses, two a session, each session under way."""
    scenes = [screens.seated(p, n, f"Drill{n}", None).ready(code=f"KET-{n}") for n in range(2)]
    for scene in scenes:
        scene.start()
    return [pages.Nurse(server.port, p.nurse, scenes[n % 2].session) for n in range(number)]


def test_rel_18_the_pages_are_renewed_under_traffic_and_nothing_fails_after_a_retry(p, told, tmp_path):
    with pages.serving(told, tmp_path / "pages.log") as server:
        nurses = nurses_at(server, p)
        reader = pages.Reader(server.port, p.nurse, "/patients/")
        before = pages.charted()
        with pages.at_work(*nurses, reader):
            time.sleep(1)
            begun = time.monotonic()
            server.reload()
            renewed = time.monotonic() - begun
            time.sleep(1)
            first_tries = sum(nurse.statuses[0] for nurse in nurses)
            begun = time.monotonic()
            assert server.stop() == 0
            server.start()
            away = time.monotonic() - begun
            time.sleep(1.5)
    kept = pages.judge(nurses, before)
    assert set(reader.statuses) <= {200, 0}
    assert all(nurse.acknowledged for nurse in nurses)
    assert sum(nurse.statuses[0] for nurse in nurses) > 0, "the hard restart cut nobody off: the drill proves nothing"
    longest = max(wait for nurse in nurses for wait in nurse.waits)
    assert longest < max(renewed, away) + 5 * pages.PATIENCE, "who tries again waits no longer than the pages take"
    say("REL-18 pages", f"{kept} sets acknowledged, 0 lost, 0 doubled; SIGHUP cut off {first_tries} requests in "
        f"{renewed:.1f} s; stop and start took {away:.1f} s: longest wait with retries {longest:.1f} s")  # fmt: skip


class Stream:
    """A browser's event stream, over a real connection."""

    def __init__(self, port, cookie, since=""):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        self.connection.request("GET", f"/live/stream/?since={since}", headers={"Cookie": f"live={cookie}"})
        self.answer = self.connection.getresponse()

    def close(self):
        """The browser is gone."""
        self.answer.close()
        self.connection.close()

    def events(self, until):
        """The events up to and with the first of this name, as (name, id, data)."""
        found, lines = [], {}
        while not found or found[-1][0] != until:
            line = self.answer.fp.readline().decode().strip()
            name, _, rest = line.partition(": ")
            lines[name] = rest
            if not line and "event" in lines:
                found.append((lines["event"], lines.get("id", ""), json.loads(lines["data"])))
            lines = lines if line else {}
        return found


@pytest.mark.short
def test_rel_18_a_stream_that_was_restarted_tells_what_was_missed(redis_url, tmp_path, settings, cluster, live_db):
    told = pages.environment(cluster, live_db, redis_url, tmp_path)

    def ticket():
        return live.ticket(user_id="u1", site_id="site-a", session_key="s1", now=time.time())

    server = pages.Server(told, tmp_path / "live.log", pages.STREAM, health="/live/health/")
    try:
        first = Stream(server.start().port, ticket())
        live.announce("site-a", "session", "abc", 1)
        *_, (_, last, said) = first.events("change")
        assert said["version"] == 1
        first.close()
        server.stop()
        for version in (2, 3):
            live.announce("site-a", "session", "abc", version)
        begun = time.monotonic()
        server.start()
        second = Stream(server.port, ticket(), since=last)
        gap = time.monotonic() - begun
        versions = [data["version"] for _ in range(2) for name, _, data in second.events("change") if name == "change"]
        second.close()
        assert versions == [2, 3]
        say("REL-18 stream", f"2 of 2 notices of the gap told, back after {gap:.1f} s")
    finally:
        server.kill()


@pytest.mark.short
def test_rel_18_a_worker_told_to_stop_finishes_what_it_has_begun(cluster, live_db, redis_server, redis_url, tmp_path):
    messages = post.queue(people(), 60)
    log = tmp_path / "worker.log"
    with post.listening(post.Sink(seconds=0.1)) as sink:
        told = post.environment(cluster, live_db, redis_server, sink, tmp_path)
        app = Celery(broker=broker(redis_server.url()))

        def wake():
            app.send_task(SWEEP)

        with post.worker(told, log) as first:
            post.until(lambda: len(sink.ids) >= 8, 60, lambda: log.read_text()[-2000:], wake)
            under_way = len(sink.ids)
            first.terminate()
            assert first.wait(70) == 0, log.read_text()[-2000:]
        left = post.states()
        assert under_way < 60, "it had nothing left to do: the drill proves nothing"
        assert left["sending"] == left["unknown"] == 0, left
        with post.worker(told, log):
            post.until(lambda: post.states()["sent"] == 60, 90, lambda: f"{post.states()}", wake)
    assert sink.count() == {post.ident(message): 1 for message in messages}
    say("REL-18 worker", f"told to stop after {under_way} of 60 messages: 60 sent, 0 twice, 0 unknown")
