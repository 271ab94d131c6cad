"""Dates of a series: within the spacing, on open days, shifted at their own wall-clock time."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from clinic.rules import series
from clinic.rules.booking import Calendar, Hours
from clinic.rules.series import Spacing

NEW_YORK = ZoneInfo("America/New_York")
MEMORIAL_DAY = date(2026, 5, 25)
CALENDAR = Calendar(NEW_YORK, tuple(Hours(day, time(8), time(17)) for day in range(5)), frozenset({MEMORIAL_DAY}))
MOOD, DAILY, WEEKLY = Spacing(2, 4), Spacing(1, 1, consecutive=True), Spacing(7, 7)


def days(*numbers, month=5):
    return [date(2026, month, number) for number in numbers]


PROPOSED = [
    ("two to four days apart", date(2026, 5, 4), 6, MOOD, None, days(4, 6, 8, 11, 13, 15)),
    ("the first day is closed", date(2026, 5, 9), 2, MOOD, None, days(11, 13)),
    ("aiming at four days", date(2026, 5, 4), 3, MOOD, 4, days(4, 8, 12)),
    ("aiming at three, weekend between", date(2026, 5, 4), 3, MOOD, 3, days(4, 7, 11)),
    ("five days in a row fit into a week", date(2026, 5, 6), 5, DAILY, None, days(11, 12, 13, 14, 15)),
    ("four days in a row", date(2026, 5, 5), 4, DAILY, None, days(5, 6, 7, 8)),
    ("round the holiday", date(2026, 5, 22), 4, DAILY, None, days(26, 27, 28, 29)),
]


@pytest.mark.parametrize(("name", "first", "count", "spacing", "aim", "expected"), PROPOSED)
def test_proposed_dates(name, first, count, spacing, aim, expected):
    found = series.propose(first, count, spacing, CALENDAR, aim=aim)
    assert [row.day for row in found] == expected
    assert [row.number for row in found] == list(range(1, count + 1))
    assert not any(row.why for row in found)


def test_a_closed_day_that_no_other_day_of_the_spacing_replaces_is_marked():
    found = series.propose(date(2026, 5, 18), 3, WEEKLY, CALENDAR)
    assert [row.day for row in found] == [*days(18, 26), date(2026, 6, 2)]
    assert found[1].why == "8 days after the one before; the protocol says every 7 days."
    assert found[2].why == ""


def test_no_run_of_open_days_is_proposed_all_the_same_and_marked():
    sundays = Calendar(NEW_YORK, (Hours(6, time(8), time(12)),))
    found = series.propose(date(2026, 5, 4), 2, DAILY, sundays)
    assert [row.day for row in found] == days(10, 11)
    assert found[1].why == "The clinic is closed that day."


FAULTS = [
    ("good", MOOD, days(4, 6, 10), {}),
    ("too near", MOOD, days(4, 5), {1: "1 day after the one before; the protocol says 2 to 4 days apart."}),
    ("too far", MOOD, days(4, 9), {1: "5 days after the one before; the protocol says 2 to 4 days apart."}),
    (
        "the same day",
        MOOD,
        days(4, 4),
        {1: "The same day, or a day not after the one before; the protocol says 2 to 4 days apart."},
    ),
    (
        "a gap in the row",
        DAILY,
        days(4, 5, 7),
        {2: "2 days after the one before; the protocol says one each day, in a row."},
    ),
    ("one date alone", MOOD, days(4), {}),
]


@pytest.mark.parametrize(("name", "spacing", "dates", "expected"), FAULTS)
def test_spacing(name, spacing, dates, expected):
    assert series.spacing_faults(dates, spacing) == expected
    items = series.spacing_items(dates, spacing)
    assert [item.field for item in items] == [f"row-{i}" for i in expected]


def test_a_shift_keeps_the_wall_clock_over_the_clock_change():
    starts = [datetime(2026, 3, 4, 14, tzinfo=UTC), datetime(2026, 3, 6, 14, tzinfo=UTC)]
    moved = series.shift(starts, 7, NEW_YORK)
    assert [f"{one.astimezone(NEW_YORK):%d %b %H:%M %Z}" for one in moved] == ["11 Mar 09:00 EDT", "13 Mar 09:00 EDT"]
    assert series.shift(moved, -7, NEW_YORK) == starts


SHIFTS = [(7, []), (-7, []), (60, []), (0, ["shift-zero"]), (61, ["shift-far"]), (-61, ["shift-far"])]


@pytest.mark.parametrize(("number", "codes"), SHIFTS)
def test_how_far_a_series_may_move(number, codes):
    assert [item.code for item in series.shift_items(number)] == codes
