"""When nobody has done it in time: who is called, what becomes a task; truth tables at every boundary."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from sessions.rules import watch
from sessions.rules.schedule import Due, Interval, due_list

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


@dataclass
class Open:
    level: str
    escalate: str
    recheck_due_at: datetime | None = None
    entry: object = None


@pytest.mark.parametrize(
    ("level", "escalate", "called"),
    [
        ("alarm", "", 0),
        ("alarm", "unanswered", 1),
        ("alarm", "recheck_late", 1),
        ("caution", "unanswered", 0),
        ("caution", "recheck_late", 0),
    ],
)
def test_only_an_alarm_that_waits_calls(level, escalate, called):
    due = NOON if escalate == "recheck_late" else None
    assert len(watch.calls([Open(level, escalate, due)])) == called


def test_each_late_recheck_is_an_occasion_of_its_own():
    keys = [watch.calls([Open("alarm", "recheck_late", NOON + timedelta(minutes=n))])[0].key for n in (0, 0, 5)]
    assert keys[0] == keys[1] != keys[2]
    assert watch.calls([Open("alarm", "unanswered")])[0].key == "unanswered"


def due(measure, late):
    return Due(measure, NOON - timedelta(minutes=late), late, False, 5)


@pytest.mark.parametrize(
    ("late", "found"),
    [([], None), ([9], None), ([10], 10), ([11], 11), ([3, 12], 12), ([12, 30], 30)],
)
def test_overdue_becomes_a_task_after_ten_minutes(late, found):
    said = watch.long_overdue([due(f"m{n}", minutes) for n, minutes in enumerate(late)])
    assert (said and said.minutes) == found


def test_it_names_the_longest_first_and_leaves_out_what_is_only_a_little_late():
    said = watch.long_overdue([due("spo2", 4), due("systolic", 20), due("heart_rate", 12)])
    assert said.measures == ("systolic", "heart_rate")
    assert said.at == NOON - timedelta(minutes=20)


@pytest.mark.parametrize(
    ("now", "late"),
    [(timedelta(minutes=10, seconds=-1), 0), (timedelta(minutes=10), 0), (timedelta(minutes=10, seconds=59), 0),
     (timedelta(minutes=11), 1), (timedelta(minutes=20), 10)],
)  # fmt: skip
def test_minutes_of_lateness_are_whole(now, late):
    found = due_list([Interval("systolic", 10)], phase="infusing", phase_since=NOON, attempts={}, now=NOON + now)
    assert found[0].late_minutes == late
    assert bool(watch.long_overdue(found)) == (late >= 10)


@pytest.mark.parametrize(
    ("phase", "minutes", "last", "at"),
    [
        ("preparing", 0, None, 15),  # asked once before the start: late after the grace
        ("preparing", 5, None, 15),
        ("preparing", 5, 1, None),
        ("infusing", 0, None, 15),  # once in the phase
        ("infusing", 0, 1, None),
        ("infusing", 0, -1, 15),  # of the phase before: not this one's
        ("infusing", 5, None, 5),
        ("infusing", 5, 2, 7),
        ("infusing", 5, -2, 5),
        ("paused", 5, 3, 8),
        ("observing", 15, None, 15),
    ],
)
def test_due_by_phase_and_measure(phase, minutes, last, at):
    attempts = {} if last is None else {"spo2": NOON + timedelta(minutes=last)}
    found = due_list([Interval("spo2", minutes)], phase=phase, phase_since=NOON, attempts=attempts, now=NOON)
    assert [(d.at - NOON).total_seconds() / 60 for d in found] == ([] if at is None else [at])


@pytest.mark.parametrize(("into", "every"), [(0, 15), (45, 15), (59, 15), (60, 30), (75, 30)])
def test_the_first_hour_is_denser(into, every):
    rule = [Interval("systolic", 30, first_hour=15)]
    last = NOON + timedelta(minutes=into)
    found = due_list(rule, phase="infusing", phase_since=NOON, attempts={"systolic": last}, now=last)
    assert found[0].at == last + timedelta(minutes=every)


def test_alarms_are_taken_as_they_stand():
    assert watch.calls([SimpleNamespace(level="alarm", escalate="", answered_at=None)]) == []
