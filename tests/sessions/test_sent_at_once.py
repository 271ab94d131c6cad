"""REL-13: one form thirty times at the same moment, as a nervous network sends it: one row, thirty same answers."""

import threading
import uuid

import pytest
from django.db import connections

from sessions.models import Entry
from tests.people import people, signed_in
from tests.sessions import screens

TIMES = 30


@pytest.fixture
def running(live_db, monkeypatch):
    screens.begin(monkeypatch, 40)
    scene = screens.Busy(people()).ready()
    scene.start()
    return scene


def test_rel_13_thirty_of_the_same_at_once_are_one(running):
    path, form = screens.url("vitals-record", running.session), screens.entry(systolic="120", diastolic="80")
    browsers = [signed_in(running.nurse) for _ in range(TIMES)]
    before, answers, all_ready = Entry.objects.count(), [], threading.Barrier(TIMES)

    def send(browser):
        all_ready.wait()
        try:
            answer = browser.post(path, form)
            answers.append((answer.status_code, answer.headers.get("Location")))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=(browser,)) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == TIMES
    assert set(answers) == {(302, answers[0][1])}
    assert Entry.objects.count() == before + 1
    assert Entry.objects.filter(pk=uuid.UUID(form["entry_id"])).count() == 1
