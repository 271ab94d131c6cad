"""When somebody works: weekly hours, days with other hours, clock changes; what may be set."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from clinic.rules import shifts as rules
from clinic.rules.booking import Busy, Span
from clinic.rules.shifts import Shifts, Weekly

NEW_YORK = ZoneInfo("America/New_York")
MONDAY = date(2026, 5, 11)
NINE, FIVE = time(9), time(17)
WEEK = Shifts(tuple(Weekly(day, NINE, FIVE, MONDAY) for day in (0, 1, 3)))


def day(n):
    return MONDAY + timedelta(days=n)


@pytest.mark.parametrize(
    ("shifts", "asked", "hours"),
    [
        (Shifts(), day(0), True),
        (WEEK, day(0), (NINE, FIVE)),
        (WEEK, day(2), None),
        (WEEK, day(-7), True),
        (Shifts(WEEK.weekly, {day(2): (time(8), time(12))}), day(2), (time(8), time(12))),
        (Shifts(WEEK.weekly, {day(0): (time(13), FIVE)}), day(0), (time(13), FIVE)),
        (Shifts((), {day(0): (time(13), FIVE)}), day(0), (time(13), FIVE)),
        (Shifts((), {day(0): (time(13), FIVE)}), day(1), True),
        (Shifts((Weekly(0, NINE, FIVE, MONDAY, day(7)),)), day(7), True),
        (Shifts((Weekly(0, NINE, FIVE, MONDAY, day(7)), Weekly(1, NINE, FIVE, day(7)))), day(7), None),
        (Shifts((Weekly(0, NINE, FIVE, MONDAY, day(7)), Weekly(1, NINE, FIVE, day(7)))), day(0), (NINE, FIVE)),
    ],
    ids=["none", "day", "off", "before", "extra", "other", "alone", "else", "ended", "next", "last"],
)
def test_the_hours_of_a_day(shifts, asked, hours):
    assert shifts.on(asked) == hours


def test_what_is_off_is_one_stretch_through_the_night_and_days_off():
    off = WEEK.off([day(n) for n in range(4)], NEW_YORK)
    assert off == [
        Span(datetime(2026, 5, 11, 4, tzinfo=UTC), datetime(2026, 5, 11, 13, tzinfo=UTC)),
        Span(datetime(2026, 5, 11, 21, tzinfo=UTC), datetime(2026, 5, 12, 13, tzinfo=UTC)),
        Span(datetime(2026, 5, 12, 21, tzinfo=UTC), datetime(2026, 5, 14, 13, tzinfo=UTC)),
        Span(datetime(2026, 5, 14, 21, tzinfo=UTC), datetime(2026, 5, 15, 4, tzinfo=UTC)),
    ]


@pytest.mark.parametrize("when", [date(2026, 3, 8), date(2026, 11, 1)], ids=["spring", "autumn"])
def test_on_a_day_on_which_clocks_change_the_wall_counts(when):
    shifts = Shifts((), {when: (NINE, FIVE)})
    first, last = shifts.off([when], NEW_YORK)
    assert (first.start.astimezone(NEW_YORK).hour, first.end.astimezone(NEW_YORK).hour) == (0, 9)
    assert (last.start.astimezone(NEW_YORK).hour, last.end.astimezone(NEW_YORK).date()) == (
        17,
        when + timedelta(days=1),
    )


@pytest.mark.parametrize(
    ("start", "end", "is_off"),
    [(13, 15, False), (20, 21, False), (12, 14, True), (20, 22, True), (21, 22, True), (5, 13, True), (12, 23, True)],
)
def test_a_visit_is_within_the_hours_or_it_is_not(start, end, is_off):
    busy = Busy(off={"nurse": WEEK.off([day(0)], NEW_YORK)})
    span = Span(datetime(2026, 5, 11, start, tzinfo=UTC), datetime(2026, 5, 11, end, tzinfo=UTC))
    assert busy.is_off("nurse", span) is is_off
    assert busy.free_lanes("nurse", span, 2) == (() if is_off else (0,))
    assert not busy.is_off("somebody else", span)


def codes(items):
    return [(item.code, item.field) for item in items]


@pytest.mark.parametrize(
    ("hours", "first", "works_here", "said"),
    [
        ({0: (NINE, FIVE)}, day(0), True, []),
        ({}, day(0), True, []),
        ({0: (None, None)}, day(0), True, []),
        ({0: (NINE, None)}, day(0), True, [("both", "until_0")]),
        ({1: (None, FIVE)}, day(0), True, [("both", "from_1")]),
        ({0: (FIVE, NINE), 6: (NINE, NINE)}, day(0), True, [("order", "until_0"), ("order", "until_6")]),
        ({0: (time(0), FIVE)}, day(0), True, []),
        ({}, day(-1), True, [("past", "first")]),
        ({}, day(366), True, []),
        ({}, day(367), True, [("far", "first")]),
        ({}, day(0), False, [("not-here", "")]),
    ],
)
def test_what_a_week_may_be(hours, first, works_here, said):
    assert codes(rules.week_items(hours, first, MONDAY, works_here=works_here, name="Nora")) == said


@pytest.mark.parametrize(("n", "said"), [(-1, ["past"]), (0, []), (366, []), (367, ["far"])])
def test_other_hours_are_for_a_day_ahead(n, said):
    assert [item.code for item in rules.day_items(day(n), MONDAY)] == said


@pytest.mark.parametrize(
    ("called_off", "n", "said"), [(False, 0, []), (False, -1, ["past"]), (True, 1, ["called-off"])]
)
def test_only_what_stands_and_lies_ahead_is_called_off(called_off, n, said):
    assert [item.code for item in rules.call_off_items(called_off, day(n), MONDAY)] == said
