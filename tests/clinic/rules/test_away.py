"""Absences, days with hours of their own, late arrivals, why a visit ends, numbers of a series: pure rules."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from clinic.rules import away, hours, late, visits
from clinic.rules.booking import Calendar, Hours, wall
from clinic.rules.series import is_in_order, numbering

NOON = datetime(2026, 5, 14, 12, tzinfo=UTC)
DAY = timedelta(days=1)
TODAY = date(2026, 5, 14)
ZONE = ZoneInfo("America/New_York")


def codes(items):
    return [item.code for item in items]


ABSENCES = [
    ("of tomorrow", {"start": NOON + DAY, "end": NOON + 2 * DAY}, []),
    ("that has begun", {"start": NOON - DAY, "end": NOON + DAY}, []),
    ("that is over", {"start": NOON - 2 * DAY, "end": NOON - DAY}, ["past"]),
    ("that ends before it begins", {"start": NOON + DAY, "end": NOON + DAY}, ["order"]),
    ("of two years", {"start": NOON, "end": NOON + 700 * DAY}, ["long"]),
    ("of somebody else's", {"start": NOON, "end": NOON + DAY, "works_here": False}, ["not-here"]),
]


@pytest.mark.parametrize(("name", "facts", "expected"), ABSENCES)
def test_an_absence(name, facts, expected):
    facts = {"works_here": True} | facts
    start, end = facts.pop("start"), facts.pop("end")
    assert codes(away.absence_items(start, end, NOON, name="Nora", **facts)) == expected


def test_only_what_stands_and_is_not_over_is_called_off():
    assert away.call_off_items(None, NOON + DAY, NOON) == []
    assert codes(away.call_off_items(NOON, NOON + DAY, NOON)) == ["called-off"]
    assert codes(away.call_off_items(None, NOON, NOON)) == ["over"]


CLOSED = [
    ("all day", TODAY, None, None, []),
    ("at other hours", TODAY, time(8), time(12), []),
    ("yesterday", TODAY - DAY, None, None, ["past"]),
    ("one time only", TODAY, time(8), None, ["both"]),
    ("the wrong way round", TODAY, time(12), time(8), ["order"]),
]


@pytest.mark.parametrize(("name", "day", "opens", "closes", "expected"), CLOSED)
def test_a_day_with_hours_of_its_own(name, day, opens, closes, expected):
    assert codes(away.closed_day_items(day, TODAY, opens, closes)) == expected


def test_a_day_with_its_own_hours_is_open_then_for_bookings_and_for_alerts():
    weekly = (Hours(3, time(8), time(17)),)
    calendar = Calendar(ZONE, weekly, frozenset(), {TODAY: (time(9), time(12))})
    opened = calendar.spans(TODAY)
    assert [(span.start, span.end) for span in opened] == [
        (wall(TODAY, time(9), ZONE), wall(TODAY, time(12), ZONE))
    ]  # fmt: skip
    assert calendar.spans(TODAY + 7 * DAY)[0].start == wall(TODAY + 7 * DAY, time(8), ZONE)
    told = hours.Hours(ZONE, ((3, time(8), time(17)),), frozenset(), ((TODAY, time(9), time(12)),))
    assert told.spans(TODAY) == [(opened[0].start, opened[0].end)]


def test_a_sunday_may_be_open_once():
    sunday = date(2026, 5, 17)
    assert Calendar(ZONE, (), frozenset(), {sunday: (time(9), time(12))}).is_open_on(sunday)


LATE = [(0, 0, False), (9, 9, False), (10, 10, True), (95, 95, True), (-5, 0, False)]


@pytest.mark.parametrize(("after", "minutes", "is_late"), LATE)
def test_how_late(after, minutes, is_late):
    at = NOON + timedelta(minutes=after)
    assert (late.minutes_late(NOON, at), late.is_late(NOON, at)) == (minutes, is_late)


STARTS = [("12:00:00", "12:00"), ("12:00:01", "12:05"), ("12:04:59", "12:05"), ("12:57:00", "13:00")]


@pytest.mark.parametrize(("at", "expected"), STARTS)
def test_a_late_visit_starts_at_the_next_five_minutes(at, expected):
    moment = datetime.combine(TODAY, time.fromisoformat(at), tzinfo=UTC)
    assert f"{late.start_from(moment):%H:%M}" == expected


ENDS = [
    ("staff give a code", "ill", "", True, []),
    ("staff give words", "", "Called in", True, []),
    ("staff give neither", "", " ", True, ["reason"]),
    ("a patient gives neither", "", "", False, []),
    ("other needs words", "other", "", False, ["reason"]),
    ("a code nobody knows", "sunspots", "", True, ["unknown-code"]),
]


@pytest.mark.parametrize(("name", "code", "reason", "must_say", "expected"), ENDS)
def test_why_a_visit_ends(name, code, reason, must_say, expected):
    assert codes(visits.end_items(code, reason, {"ill", "other"}, must_say=must_say)) == expected


@pytest.mark.parametrize("state", ["booked", "confirmed", "arrived", "in_progress", "done", "cancelled", "no_show"])
def test_chairs_change_until_the_infusion_has_begun(state):
    assert bool(visits.seat_items(state, state)) == (state not in ("booked", "confirmed", "arrived"))


NUMBERS = [
    ("in order", [(1, False), (2, True), (3, True)], [1, 2, 3]),
    ("the third was booked again as the last", [(1, False), (2, False), (4, True), (3, True)], [1, 2, 3, 4]),
    ("what has begun keeps its number", [(2, True), (1, False), (3, True)], [2, 1, 3]),
    ("a hole is closed", [(1, False), (3, True), (6, True)], [1, 2, 3]),
    ("none", [], []),
]


@pytest.mark.parametrize(("name", "held", "expected"), NUMBERS)
def test_numbers_in_order_of_time(name, held, expected):
    assert numbering(held) == expected
    assert is_in_order(held) == ([number for number, _ in held] == expected)
