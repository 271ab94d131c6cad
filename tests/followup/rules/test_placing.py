"""Into a gap: which starts fit, what the spacing says; and when a chair is free again."""

from datetime import UTC, date, datetime, timedelta

import pytest

from clinic.rules.booking import Span
from clinic.rules.series import Spacing
from followup.rules import overrun
from followup.rules.placing import neighbour_faults, starts_in

TEN = datetime(2026, 5, 14, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


def minutes(number):
    return timedelta(minutes=number)


def day(number):
    return date(2026, 5, number)


STARTS = [
    ("just fits", TEN, 60, ["10:00"]),
    ("too short", TEN, 59, []),
    ("quarters", TEN, 100, ["10:00", "10:15", "10:30"]),
    ("an odd start stands first, then full quarters", TEN + minutes(5), 95, ["10:05", "10:15", "10:30"]),
]


@pytest.mark.parametrize(("name", "start", "length", "expected"), STARTS)
def test_the_starts_that_fit_an_hour(name, start, length, expected):
    assert [f"{one:%H:%M}" for one in starts_in(Span(start, start + minutes(length)), HOUR)] == expected


SPACING = [
    ("alone", [], 10, 0),
    ("well between", [8, 13], 10, 0),
    ("too late after the one before", [3, 13], 10, 1),
    ("too near to the next", [8, 11], 10, 1),
    ("wrong on both sides", [1, 30], 10, 2),
    ("on the day of another", [10], 10, 1),
    ("before all others", [20], 10, 1),
]


@pytest.mark.parametrize(("name", "others", "wanted", "faults"), SPACING)
def test_what_two_to_four_days_say_of_a_day(name, others, wanted, faults):
    found = neighbour_faults(day(wanted), [day(one) for one in others], Spacing(2, 4))
    assert len(found) == faults
    assert all("2 to 4 days apart" in words for words in found)


def free(**changes):
    facts = {"phase": "preparing", "checked_in": TEN, "started": None, "stopped": None, "prepare": 30, "infusion": 40}
    facts |= {"observe": 60, "at": TEN} | changes
    return overrun.free_at(**facts) - TEN


FREE = [
    ("just checked in: preparation, infusion, observation", {}, 130),
    ("still being prepared after an hour", {"at": TEN + HOUR}, 160),
    ("started after 20 minutes", {"phase": "infusing", "started": TEN + minutes(20), "at": TEN + minutes(30)}, 120),
    ("runs longer than planned", {"phase": "infusing", "started": TEN, "at": TEN + 2 * HOUR}, 180),
    ("paused counts as running", {"phase": "paused", "started": TEN, "at": TEN + minutes(10)}, 100),
    ("stopped early", {"phase": "observing", "started": TEN, "stopped": TEN + minutes(15)}, 75),
    ("observed longer than planned", {"phase": "observing", "stopped": TEN, "at": TEN + 2 * HOUR}, 120),
    ("resumed after a stop", {"phase": "infusing", "started": TEN, "stopped": TEN + minutes(15)}, 100),
]


@pytest.mark.parametrize(("name", "changes", "expected"), FREE)
def test_when_a_chair_is_free(name, changes, expected):
    assert free(**changes) == minutes(expected)


def test_a_few_minutes_are_no_overrun():
    assert not overrun.runs_over(TEN + minutes(4), TEN)
    assert overrun.runs_over(TEN + minutes(5), TEN)
