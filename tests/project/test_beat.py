"""Of any number of beats one ticks; another takes over when it is gone."""

import pytest
from celery.beat import Scheduler
from django.conf import settings
from django.db import OperationalError, connections

from clinic.project.beat import WAIT_SECONDS, GuardedScheduler
from clinic.project.celery import app


@pytest.fixture
def ticks(live_db, monkeypatch):
    """Every real tick, as the name of the beat that ticked."""
    told = []
    monkeypatch.setattr(Scheduler, "tick", lambda self, *args, **kwargs: told.append(self.label) or 1.0)
    return told


@pytest.fixture
def beat(ticks):
    made = []

    def one(label):
        scheduler = GuardedScheduler(app, lazy=True)
        scheduler.label = label
        scheduler.setup_schedule()
        made.append(scheduler)
        return scheduler

    yield one
    for scheduler in made:
        scheduler._let_go()


def test_only_one_of_two_beats_ticks_and_the_other_takes_over(beat, ticks):
    first, second = beat("first"), beat("second")
    assert first.tick() == 1.0
    assert second.tick() == WAIT_SECONDS
    assert first.tick() == 1.0
    assert ticks == ["first", "first"]
    first._let_go()
    assert second.tick() == 1.0
    assert first.tick() == WAIT_SECONDS
    assert ticks == ["first", "first", "second"]


def test_a_beat_that_loses_the_database_lets_go_and_comes_back(beat, ticks):
    only = beat("only")
    only.tick()
    pid = only._guard.connection.get_backend_pid()
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    assert only.tick() == WAIT_SECONDS
    assert only.tick() == 1.0
    assert ticks == ["only", "only"]


def test_a_database_that_is_away_stops_no_beat(beat, ticks, monkeypatch):
    only = beat("only")
    monkeypatch.setattr(connections, "create_connection", lambda alias: _Away())
    assert only.tick() == WAIT_SECONDS
    assert ticks == []


class _Away:
    def cursor(self):
        raise OperationalError("away")


def test_whoever_takes_over_finds_everything_due(beat, ticks):
    only = beat("only")
    only.tick()
    assert all(entry.is_due().is_due for entry in only.schedule.values())


def test_every_entry_of_the_schedule_is_a_task_that_exists():
    app.loader.import_default_modules()
    missing = [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values() if entry["task"] not in app.tasks]
    assert missing == []


def test_the_worker_takes_json_only_and_keeps_what_it_could_not_finish():
    said = app.conf
    assert said.accept_content == ["json"]
    assert said.task_acks_late
    assert said.task_reject_on_worker_lost
    assert said.task_ignore_result
    assert said.worker_prefetch_multiplier == 1
    assert said.broker_transport_options["visibility_timeout"] > said.task_time_limit
