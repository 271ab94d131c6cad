"""Free slots, opening hours and alternatives, over daylight-saving nights too."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from clinic.rules import booking
from clinic.rules.booking import Busy, Calendar, Hours, Room, Slot, Span

NEW_YORK, LOS_ANGELES = ZoneInfo("America/New_York"), ZoneInfo("America/Los_Angeles")
THURSDAY = date(2026, 5, 14)
WEEK = tuple(Hours(day, time(8), time(17)) for day in range(5))
CALENDAR = Calendar(NEW_YORK, WEEK, frozenset({date(2026, 5, 25)}))
HOUR = timedelta(hours=1)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def span(hour, minutes=60, day=THURSDAY, minute=0, zone=NEW_YORK):
    start = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone).astimezone(UTC)
    return Span(start, start + timedelta(minutes=minutes))


def hours_of(slots, zone=NEW_YORK):
    return [f"{slot.start.astimezone(zone):%H:%M}" for slot in slots]


SPANS = [
    ("apart", (9, 60), (11, 60), False, False),
    ("touching", (9, 60), (10, 60), False, False),
    ("overlapping", (9, 90), (10, 60), True, False),
    ("inside", (9, 180), (10, 60), True, True),
    ("the same", (9, 60), (9, 60), True, True),
]


@pytest.mark.parametrize(("name", "one", "other", "overlaps", "holds"), SPANS)
def test_spans(name, one, other, overlaps, holds):
    assert span(*one).overlaps(span(*other)) is overlaps
    assert span(*other).overlaps(span(*one)) is overlaps
    assert span(*one).holds(span(*other)) is holds


OPENING = [
    ("in the morning", (8, 60), THURSDAY, []),
    ("until closing time", (16, 60), THURSDAY, []),
    ("a minute too long", (16, 61), THURSDAY, ["outside-hours"]),
    ("before opening", (7, 60), THURSDAY, ["outside-hours"]),
    ("on a Saturday", (10, 60), date(2026, 5, 16), ["closed"]),
    ("on a closed day", (10, 60), date(2026, 5, 25), ["closed"]),
]


@pytest.mark.parametrize(("name", "when", "day", "codes"), OPENING)
def test_opening_hours_of_the_site(name, when, day, codes):
    assert [item.code for item in booking.opening_items(span(*when, day=day), CALENDAR)] == codes


def test_a_lunch_break_parts_the_day():
    calendar = Calendar(NEW_YORK, (Hours(3, time(13), time(17)), Hours(3, time(8), time(12))))
    [item] = booking.opening_items(span(11, 90), calendar)
    assert item.text == "The clinic is open 08:00 to 12:00 and 13:00 to 17:00 on 14-May-2026."


PAST = [(timedelta(0), []), (timedelta(seconds=1), ["past"]), (-HOUR, [])]


@pytest.mark.parametrize(("later", "codes"), PAST)
def test_a_visit_is_planned_ahead(later, codes):
    wanted = span(9)
    assert [item.code for item in booking.past_items(wanted, wanted.start + later)] == codes


NIGHTS = [
    ("an ordinary Sunday", date(2026, 3, 1), "05:00", 16),
    ("the night that springs forward has an hour less", date(2026, 3, 8), "05:00", 12),
    ("the night that falls back has an hour more", date(2026, 11, 1), "04:00", 20),
]


@pytest.mark.parametrize(("name", "day", "opens", "quarters"), NIGHTS)
def test_a_day_open_over_a_clock_change(name, day, opens, quarters):
    calendar = Calendar(NEW_YORK, (Hours(6, time(0), time(4)),))
    starts = booking.starts_of(day, timedelta(minutes=15), calendar)
    assert f"{starts[0]:%H:%M}" == opens
    assert len(starts) == quarters
    assert len(set(starts)) == quarters


def test_a_wall_time_in_the_gap_moves_on_and_a_double_one_is_the_first_or_the_second():
    assert booking.wall(date(2026, 3, 8), time(2, 30), NEW_YORK) == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)
    assert booking.wall(date(2026, 11, 1), time(1, 30), NEW_YORK) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert booking.wall(date(2026, 11, 1), time(1, 30), NEW_YORK, later=True) == datetime(
        2026, 11, 1, 6, 30, tzinfo=UTC
    )


WEEKS = [
    ("no change between", date(2026, 5, 14), 7, "09:00 EDT", 168),
    ("over spring", date(2026, 3, 5), 7, "09:00 EDT", 167),
    ("over autumn", date(2026, 10, 29), 7, "09:00 EST", 169),
    ("back over spring", date(2026, 3, 12), -7, "09:00 EST", -167),
]


@pytest.mark.parametrize(("name", "day", "days", "words", "elapsed"), WEEKS)
def test_a_week_later_is_the_same_time_on_the_wall(name, day, days, words, elapsed):
    start = span(9, day=day).start
    moved = booking.same_wall_time(start, days, NEW_YORK)
    assert f"{moved.astimezone(NEW_YORK):%H:%M %Z}" == words
    assert (moved - start) == timedelta(hours=elapsed)


def test_free_slots_leave_out_what_is_taken_and_what_has_passed():
    busy = Busy({"chair-1": [(0, span(9))], "patient": [(0, span(14))]})
    room = Room(chairs=("chair-1",))
    slots = booking.free_slots(THURSDAY, HOUR, CALENDAR, room, busy, at=span(8, minute=10).start, patient="patient")
    assert hours_of(slots)[0] == "10:00"
    assert "13:00" in hours_of(slots)
    assert not {"13:15", "13:30", "14:00", "14:45"} & set(hours_of(slots))
    assert hours_of(slots)[-1] == "16:00"


def test_the_second_chair_and_the_second_nurse_are_offered_when_the_first_are_taken():
    busy = Busy({"chair-1": [(0, span(9))], "ann": [(0, span(9)), (1, span(9))]})
    room = Room(chairs=("chair-1", "chair-2"), staff=("ann", "ben"), lanes=2)
    assert booking.fit(span(9), room, busy) == Slot(span(9), "chair-2", "ben", (0,))
    assert booking.fit(span(11), room, busy) == Slot(span(11), "chair-1", "ann", (0,))


LANES = [
    ("nothing taken", [], False, False, (0,)),
    ("one taken", [0], False, False, (1,)),
    ("the middle one is free again", [0, 2], False, False, (1,)),
    ("three of three taken", [0, 1, 2], False, False, ()),
    ("a first infusion takes all", [], True, False, (0, 1, 2)),
    ("a first infusion needs all", [2], True, False, ()),
    ("away", [], False, True, ()),
]


@pytest.mark.parametrize(("name", "taken", "all_lanes", "away", "expected"), LANES)
def test_lanes_of_a_nurse(name, taken, all_lanes, away, expected):
    busy = Busy({"ann": [(lane, span(9)) for lane in taken]}, {"ann": [span(8, 480)]} if away else {})
    assert busy.free_lanes("ann", span(9, 30), 3, all_lanes=all_lanes) == expected


def test_a_visit_that_needs_a_nurse_and_finds_none_is_no_slot():
    busy = Busy(away={"ann": [span(8, 600)]})
    assert booking.fit(span(9), Room(chairs=("chair-1",), staff=("ann",)), busy) is None


def test_a_consultation_needs_no_chair():
    assert booking.fit(span(9), Room(staff=("dr",)), Busy()) == Slot(span(9), None, "dr", (0,))


def test_alternatives_are_the_nearest_in_order_of_time():
    slots = [Slot(span(hour), "chair-1") for hour in (8, 9, 11, 13, 16)]
    found = booking.alternatives(span(10), slots)
    assert hours_of(found) == ["08:00", "09:00", "11:00"]


def test_between_equally_near_ones_the_wanted_chair_and_then_the_later_time_wins():
    slots = [Slot(span(9), "chair-1"), Slot(span(11), "chair-2")]
    assert booking.alternatives(span(10), slots, chair="chair-1", number=1)[0].chair == "chair-1"
    assert hours_of(booking.alternatives(span(10), slots, number=1)) == ["11:00"]


def test_days_around_start_at_the_day_and_never_go_back_before_today():
    days = booking.days_around(THURSDAY, 2, not_before=date(2026, 5, 13))
    assert [day.day for day in days] == [14, 15, 13, 16]
