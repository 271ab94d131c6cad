"""REL-21: a row is held for a long time. Who needs it hears so within five seconds; everybody else notices nothing."""

import threading
import time
from contextlib import closing

import psycopg2
import pytest
from django.urls import reverse

from clinic.dev.embedded import SUPERUSER
from tests.drills import pages
from tests.drills.figures import say
from tests.people import people
from tests.sessions import screens

HELD_SECONDS = 12


class Held(threading.Thread):
    """Holds a session's row as a stuck transaction would."""

    def __init__(self, url, pk):
        super().__init__(daemon=True)
        self.url, self.pk, self.begun, self.over = url, pk, threading.Event(), threading.Event()

    def run(self):
        """Take it, and let go when told."""
        with closing(psycopg2.connect(self.url)) as other, other.cursor() as cursor:
            cursor.execute("SELECT 1 FROM treatment_sessions_infusionsession WHERE id = %s FOR UPDATE", [str(self.pk)])
            self.begun.set()
            self.over.wait(60)


@pytest.mark.short
def test_rel_21_a_held_row_stops_its_own_page_only_and_says_so(cluster, live_db, redis_url, tmp_path, monkeypatch):
    screens.begin(monkeypatch, 40)
    p = people()
    held, free = (screens.seated(p, n, f"Drill{n}", None).ready(code=f"KET-{n}") for n in range(2))
    held.start()
    free.start()
    told = pages.environment(cluster, live_db, redis_url, tmp_path)
    with pages.serving(told, tmp_path / "pages.log") as server:
        stuck = [pages.Nurse(server.port, p.nurse, held.session) for _ in range(4)]
        well = [pages.Nurse(server.port, p.nurse, free.session) for _ in range(2)]
        looks = [pages.Reader(server.port, p.nurse, path)
                 for path in (reverse("followup:patient-show", args=[held.patient.pk]),
                              screens.url("session-show", free.session))]  # fmt: skip
        before = pages.charted()
        holder = Held(cluster.url(SUPERUSER, live_db), held.session.pk)
        holder.start()
        assert holder.begun.wait(10)
        with pages.at_work(*stuck, *well, *looks):
            begun = time.monotonic()
            another = pages.Person(server.port, p.nurse)
            status, words = another.ask("POST", stuck[0].path, pages.form())
            answered = time.monotonic() - begun
            another.hang_up()
            time.sleep(max(0, HELD_SECONDS - answered))
            for one in (*well, *looks):
                one.finish()
            holder.over.set()
        kept = pages.judge([*stuck, *well], before)
    assert status == 503
    assert "Somebody else is saving this right now" in words
    assert answered <= 5 * pages.PATIENCE
    assert max(spent for one in stuck for spent in one.times) <= 5 * pages.PATIENCE
    assert set(stuck[0].statuses) == {302, 503}
    elsewhere = max(spent for one in (*well, *looks) for spent in one.times)
    assert {status for one in well for status in one.statuses} == {302}
    assert {status for one in looks for status in one.statuses} == {200}
    assert elsewhere <= 1.5 * pages.PATIENCE, f"others waited {elsewhere:.2f} s"
    say("REL-21", f"row held {HELD_SECONDS} s: its page answers 503 in {answered:.1f} s, other pages within "
        f"{elsewhere:.2f} s, {kept} sets acknowledged, 0 lost")  # fmt: skip
