"""What nobody has done in time: an alarm without an answer, a re-check that is late, vitals overdue for long. Pure."""

from dataclasses import dataclass
from datetime import datetime

from sessions.rules.limits import ALARM

# After so many minutes an overdue set is a task on somebody's list, beside its place on the board. Clinic default
# (unverified default, the clinic approves).
TASK_AFTER_MINUTES = 10
UNANSWERED, RECHECK_LATE = "unanswered", "recheck_late"


@dataclass(frozen=True)
class Call:
    """An alarm for which the prescriber is called too. `key` names the occasion: each is called for once."""

    alarm: object
    why: str
    key: str


def calls(alarms):
    """The `Call`s that open alarms ask for now: of level alarm, unanswered too long or not looked at again in time.

    A caution stays on the board; it never calls anybody from elsewhere.
    """
    return [Call(a, a.escalate, _key(a)) for a in alarms if a.level == ALARM and a.escalate]


def _key(alarm):
    if alarm.escalate == UNANSWERED:
        return UNANSWERED
    return f"{RECHECK_LATE}/{alarm.recheck_due_at.isoformat()}"


@dataclass(frozen=True)
class Overdue:
    """Measures that have been due since `at` or later, the longest first, and for how many minutes."""

    measures: tuple
    at: datetime
    minutes: int


def long_overdue(due, *, after_minutes=TASK_AFTER_MINUTES):
    """The `Overdue` of a session's due list, or None while nothing is late by `after_minutes` or more."""
    late = sorted((d for d in due if d.late_minutes >= after_minutes), key=lambda d: (d.at, d.measure))
    if not late:
        return None
    return Overdue(tuple(d.measure for d in late), late[0].at, late[0].late_minutes)
