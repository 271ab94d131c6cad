"""The report of relief worked out now: one run at a time, its progress, a worker that dies, three failures."""

import datetime as dt

import pytest

from clinic.models import AuditEvent
from followup import tasks
from followup.actions import curves, relief_runs
from followup.models import ClinicCurve, ReliefRun
from followup.queries.relief_runs import under_way
from tests.followup.conftest import NOW, make_similar

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def woken(monkeypatch):
    calls = []
    monkeypatch.setattr(relief_runs, "wake", lambda: calls.append(1))
    return calls


def ask(p, at=NOW):
    return relief_runs.ask_run(by=p.nurse, site=p.site, at=at)


def test_asking_twice_is_one_run_and_wakes_the_worker_once(p, woken, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first, second = ask(p), ask(p, NOW + MINUTE)
    assert first == second
    assert (first.state, first.asked_by, woken) == ("asked", p.nurse, [1])
    assert AuditEvent.objects.filter(verb="relief_run.asked").count() == 1


def test_the_worker_does_it_group_by_group(p, story):
    make_similar(p, 5)
    run = ask(p)
    assert relief_runs.run_due(at=NOW) == 1
    run.refresh_from_db()
    count = ClinicCurve.objects.count()
    assert count > 0
    assert (run.state, run.groups, run.groups_done, run.error) == ("done", count, count, "")
    assert run.ended_at is not None
    assert under_way() is None
    assert relief_runs.run_due(at=NOW) == 0, "nothing waits any more"


def test_another_may_be_asked_for_when_one_is_over(p):
    first = ask(p)
    relief_runs.run_due(at=NOW)
    assert ask(p, NOW + MINUTE) != first


def test_the_hour_makes_a_run_of_its_own_and_takes_up_one_that_waits(p):
    tasks.refresh_curves()
    waits = ask(p)
    tasks.refresh_curves()
    waits.refresh_from_db()
    assert [run.state for run in ReliefRun.objects.all()] == ["done", "done"]
    assert waits.asked_by == p.nurse


def test_a_worker_that_died_leaves_it_to_the_next_after_ten_minutes(p):
    run = ask(p)
    assert relief_runs._claim(NOW) == run
    assert relief_runs.run_due(at=NOW + 9 * MINUTE) == 0
    assert relief_runs.run_due(at=NOW + 11 * MINUTE) == 1
    run.refresh_from_db()
    assert (run.state, run.attempts) == ("done", 2)


def test_the_one_that_lost_its_claim_ends_nothing(p, monkeypatch):
    run = ask(p)
    mine = relief_runs._claim(NOW)

    def slow(progress):
        relief_runs._claim(NOW + 11 * MINUTE)
        progress(1, 2)

    monkeypatch.setattr(relief_runs, "refresh_curves", slow)
    relief_runs._work(mine)
    run.refresh_from_db()
    assert (run.state, run.attempts, run.groups_done) == ("working", 2, 0)


def test_after_three_failures_it_is_given_up_and_says_so(p, monkeypatch):
    def broken(progress):
        raise ValueError("a name that must not be told")

    run = ask(p)
    monkeypatch.setattr(relief_runs, "refresh_curves", broken)
    for turn in range(3):
        assert relief_runs.run_due(at=NOW + turn * MINUTE) == 1
    run.refresh_from_db()
    assert (run.state, run.attempts, run.error) == ("failed", 3, "ValueError")
    assert AuditEvent.objects.filter(verb="relief_run.failed").exists()
    assert ask(p, NOW + 5 * MINUTE) != run


def test_unknown_errors_are_not_swallowed(p, monkeypatch):
    def broken(progress):
        raise KeyboardInterrupt

    ask(p)
    monkeypatch.setattr(relief_runs, "refresh_curves", broken)
    with pytest.raises(KeyboardInterrupt):
        relief_runs.run_due(at=NOW)


def test_progress_counts_every_group_to_the_last(p, story):
    make_similar(p, 5)
    heard = []
    count = curves.refresh_curves(at=NOW, progress=lambda done, of: heard.append((done, of)))
    assert heard == [(done, count) for done in range(1, count + 1)]
