"""How long copies are kept, and when their age is trouble. Pure: times in, verdict out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

LOG_MINUTES = 5  # P-6: what may be lost at most when the server burns down, by the log that is carried away
TRIAL_DAYS = 8  # a trial restore once a week, and a day's grace


@dataclass(frozen=True)
class Keep:
    """How many copies of a kind stay: one a day, one a week, one a month, the newest of each.

    Clinic default (unverified default, the clinic approves): 14 days, 8 weeks, 12 months.
    """

    days: int = 14
    weeks: int = 8
    months: int = 12


@dataclass(frozen=True)
class Trouble:
    """One thing that is not as it must be: its code and a sentence."""

    code: str
    words: str


def kept(times: Iterable[datetime], keep: Keep) -> set[datetime]:
    """Which of these copies stay: the newest, and the newest of each of the last days, weeks and months (UTC)."""
    ordered = sorted(set(times), reverse=True)
    marks = (
        (keep.days, lambda at: at.date()),
        (keep.weeks, lambda at: at.isocalendar()[:2]),
        (keep.months, lambda at: (at.year, at.month)),
    )
    found = set(ordered[:1])
    for count, mark in marks:
        newest = {}
        for at in ordered:
            newest.setdefault(mark(at), at)
        found |= set(sorted(newest.values(), reverse=True)[:count])
    return found


def copy_trouble(newest: datetime | None, at: datetime, hours: int) -> Trouble | None:
    """Whether the newest copy is missing or older than so many hours."""
    if newest is None:
        return Trouble("never", "No copy of the record has ever been taken.")
    if at - newest > timedelta(hours=hours):
        return Trouble(
            "old", f"The last copy of the record is {hours_words(at - newest)} old; {hours} hours is the most."
        )
    return None


def carried_trouble(newest: datetime | None, at: datetime, hours: int) -> Trouble | None:
    """Whether copies have stopped being carried to another place."""
    if newest is None:
        return Trouble("never", "No copy has ever been carried to another place: a fire would take both.")
    if at - newest > timedelta(hours=hours):
        return Trouble("old", f"Copies were last carried to another place {hours_words(at - newest)} ago.")
    return None


def trial_trouble(newest: datetime | None, is_good: bool, at: datetime) -> Trouble | None:
    """Whether a copy has not been tried out for too long, or the last trial failed."""
    if newest is None:
        return Trouble("never", "No copy has ever been restored on trial: whether one can be is not known.")
    if not is_good:
        return Trouble("failed", "The last trial restore failed.")
    if at - newest > timedelta(days=TRIAL_DAYS):
        return Trouble("old", f"The last trial restore was {(at - newest).days} days ago; once a week is the rule.")
    return None


@dataclass(frozen=True)
class Log:
    """What PostgreSQL says about the pieces of its log: whether they are kept at all, when last, what failed when."""

    is_on: bool
    kept_at: datetime | None
    failed_at: datetime | None
    started_at: datetime


def log_trouble(log: Log, at: datetime) -> Trouble | None:
    """Whether the log is not kept, fails to be, or lags so far that more than five minutes would be lost."""
    if not log.is_on:
        return Trouble("off", "The log of changes is not kept: after a loss, everything since the last copy is gone.")
    if log.failed_at and (log.kept_at is None or log.failed_at > log.kept_at):
        return Trouble("failed", "The last piece of the log could not be kept; the database's disk fills up with it.")
    last = max(filter(None, (log.kept_at, log.started_at)))
    if at - last > timedelta(minutes=2 * LOG_MINUTES):
        return Trouble("late", f"No piece of the log has been kept for {hours_words(at - last)}.")
    return None


def hours_words(age: timedelta) -> str:
    """ "50 minutes", "30 hours", "9 days"."""
    if age < timedelta(hours=2):
        return f"{age // timedelta(minutes=1)} minutes"
    return f"{age // timedelta(hours=1)} hours" if age < timedelta(days=3) else f"{age.days} days"
