"""Runs over the report of relief: asked for by somebody or by the hour, one at a time, done by the worker.

The row holds what is under way: a worker that dies leaves it to the next after ten minutes, three failures end it.
"""

import logging
from datetime import datetime, timedelta

from celery import current_app
from django.db import DatabaseError, transaction
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from clinic import audit, clock
from clinic.states import transition
from followup.actions.curves import refresh_curves
from followup.models import RELIEF_RUN, ReliefRun
from followup.queries.relief_runs import to_claim, under_way

log = logging.getLogger(__name__)

TASK = "followup.work_out_relief"
STALE = timedelta(minutes=10)
MOST_TRIES = 3
SPOILED = (LookupError, ValueError, TypeError, ArithmeticError, DatabaseError)


@transaction.atomic
def ask_run(*, by=None, site=None, at: datetime | None = None) -> ReliefRun:
    """Ask for the report to be worked out now; one that is under way is that one, whoever asked for it."""
    at = at or clock.now()
    found = under_way()
    if found is not None:
        return found
    run, made = ReliefRun.objects.get_or_create(
        key="relief", state__in=("asked", "working"), defaults={"state": "asked", "asked_at": at, "asked_by": by}
    )
    if made:
        audit.record("relief_run.asked", run, by=by, site=site, at=at)
        transaction.on_commit(wake)
    return run


def wake() -> None:
    """Ask the worker to begin. It never raises: the beat looks every minute anyway."""
    try:
        current_app.send_task(TASK, ignore_result=True, expires=55)
    except (KombuError, RedisError, OSError) as problem:
        log.warning("The worker could not be woken, the next beat will: %s", type(problem).__name__)


def run_due(*, at: datetime | None = None) -> int:
    """Do the run that waits, if there is one; returns how many were begun. Called by the worker."""
    run = _claim(at or clock.now())
    if run is None:
        return 0
    _work(run)
    return 1


@transaction.atomic
def _claim(at: datetime) -> ReliefRun | None:
    """Take it over: committed before the work begins, so that a worker that dies leaves a trace of it."""
    run = to_claim(at - STALE).select_for_update(skip_locked=True).first()
    if run is None:
        return None
    if run.state == "working":
        transition(run, "asked", by=None, at=at, machine=RELIEF_RUN, reason="the worker was gone")
    if run.attempts >= MOST_TRIES:
        _end(run, "failed", at, error=run.error or "three tries failed")
        return None
    run.attempts, run.claimed_at, run.groups, run.groups_done = run.attempts + 1, at, 0, 0
    names = ("attempts", "claimed_at", "groups", "groups_done")
    transition(run, "working", by=None, at=at, machine=RELIEF_RUN, also=names)
    return run


class _Lost(Exception):
    """Another worker has taken this one over."""


def _work(run: ReliefRun) -> None:
    try:
        refresh_curves(progress=lambda done, of: _progress(run, done, of))
    except _Lost:
        return
    except SPOILED as problem:
        log.exception("The report of relief could not be worked out.")
        _close(run, "failed" if run.attempts >= MOST_TRIES else "asked", error=type(problem).__name__)
        return
    _close(run, "done")


def _progress(run: ReliefRun, done: int, of: int) -> None:
    mine = ReliefRun.objects.filter(pk=run.pk, state="working", attempts=run.attempts)
    if not mine.update(groups=of, groups_done=done, claimed_at=clock.now()):
        raise _Lost


@transaction.atomic
def _close(run: ReliefRun, state: str, *, error: str = "") -> None:
    mine = ReliefRun.objects.select_for_update(of=("self",)).filter(pk=run.pk, state="working", attempts=run.attempts)
    found, at = mine.first(), clock.now()
    if found is None:
        return
    if state != "asked":
        return _end(found, state, at, error=error)
    found.error = error[:80]
    transition(found, "asked", by=None, at=at, machine=RELIEF_RUN, reason=error, also=("error",))


def _end(run: ReliefRun, state: str, at: datetime, *, error: str = "") -> None:
    run.ended_at, run.error = at, error[:80]
    transition(run, state, by=None, at=at, machine=RELIEF_RUN, reason=error, also=("ended_at", "error"))
    audit.record(f"relief_run.{state}", run, by=None, at=at)
