"""When a site is open, and until when nobody reads: truth tables over nights, holidays and the two nights of the clock.

New York: clocks went forward on Sunday 8 March 2026 (02:00 to 03:00) and back on Sunday 1 November 2026 (02:00 to
01:00). Monday 2 November 2026 is a plain Monday in winter time.
"""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from clinic.rules.hours import Hours, from_opening, is_open, next_change, next_opening, reading

NEW_YORK = ZoneInfo("America/New_York")
EIGHT, SIX = dt.time(8), dt.time(18)
WEEKDAYS = tuple((day, EIGHT, SIX) for day in range(5))
CLINIC = Hours(NEW_YORK, WEEKDAYS)
THANKSGIVING = Hours(NEW_YORK, WEEKDAYS, frozenset({dt.date(2026, 11, 26), dt.date(2026, 11, 27)}))
SPLIT = Hours(NEW_YORK, ((0, EIGHT, dt.time(12)), (0, dt.time(13), SIX)))
NIGHT = Hours(NEW_YORK, ((6, dt.time(1, 30), dt.time(4)),))
ALWAYS = Hours(NEW_YORK, tuple((day, dt.time(0), dt.time(23, 59)) for day in range(7)))
NEVER = Hours(NEW_YORK, ())


def at(text, zone=NEW_YORK, fold=0):
    """A wall time in New York as UTC."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold).astimezone(dt.UTC)


OPEN = [
    ("in the middle of a day", CLINIC, "2026-11-18T14:00", True),
    ("at the minute of opening", CLINIC, "2026-11-18T08:00", True),
    ("a minute before", CLINIC, "2026-11-18T07:59", False),
    ("at the minute of closing", CLINIC, "2026-11-18T18:00", False),
    ("a minute before closing", CLINIC, "2026-11-18T17:59", True),
    ("on a Sunday", CLINIC, "2026-11-22T12:00", False),
    ("on a holiday", THANKSGIVING, "2026-11-26T12:00", False),
    ("the day before it", THANKSGIVING, "2026-11-25T12:00", True),
    ("over lunch", SPLIT, "2026-11-16T12:30", False),
    ("after lunch", SPLIT, "2026-11-16T13:00", True),
    ("a site without hours", NEVER, "2026-11-18T14:00", False),
    ("always open, in its last minute", ALWAYS, "2026-11-18T23:59", True),
    ("always open, at midnight", ALWAYS, "2026-11-19T00:00", True),
]


@pytest.mark.parametrize(("hours", "moment", "expected"), [row[1:] for row in OPEN], ids=[row[0] for row in OPEN])
def test_open_or_not(hours, moment, expected):
    assert is_open(hours, at(moment)) is expected


NEXT = [
    ("tonight: tomorrow", CLINIC, "2026-11-17T22:00", "2026-11-18T08:00"),
    ("before dawn: today", CLINIC, "2026-11-18T03:00", "2026-11-18T08:00"),
    ("Friday evening: Monday", CLINIC, "2026-11-20T18:00", "2026-11-23T08:00"),
    ("Wednesday evening before the holidays: Monday", THANKSGIVING, "2026-11-25T19:00", "2026-11-30T08:00"),
    ("while open: the next day's", CLINIC, "2026-11-18T14:00", "2026-11-19T08:00"),
    ("before lunch: after lunch", SPLIT, "2026-11-16T11:00", "2026-11-16T13:00"),
    ("the night the clock goes back", CLINIC, "2026-10-31T23:00", "2026-11-02T08:00"),
    ("the night the clock goes forward", CLINIC, "2026-03-07T23:00", "2026-03-09T08:00"),
]


@pytest.mark.parametrize(("hours", "moment", "expected"), [row[1:] for row in NEXT], ids=[row[0] for row in NEXT])
def test_the_next_opening(hours, moment, expected):
    assert next_opening(hours, at(moment)) == at(expected)


FROM = [
    (CLINIC, "2026-11-18T14:00", "2026-11-18T14:00"),
    (CLINIC, "2026-11-20T19:00", "2026-11-23T08:00"),
    (THANKSGIVING, "2026-11-26T12:00", "2026-11-30T08:00"),
    (NEVER, "2026-11-18T14:00", "2026-11-18T14:00"),
]


@pytest.mark.parametrize(("hours", "moment", "expected"), FROM)
def test_from_when_on_somebody_can_get_to_it(hours, moment, expected):
    assert from_opening(hours, at(moment)) == at(expected)


def test_an_hour_that_is_there_twice_counts_from_the_first_one():
    first, second = at("2026-11-01T01:30"), at("2026-11-01T01:30", fold=1)
    assert second - first == dt.timedelta(hours=1)
    assert next_opening(NIGHT, at("2026-10-31T22:00")) == first
    assert is_open(NIGHT, second)


def test_an_hour_that_is_not_there_is_the_one_after_it():
    spring = Hours(NEW_YORK, ((6, dt.time(2, 30), dt.time(4)),))
    assert next_opening(spring, at("2026-03-07T22:00")) == at("2026-03-08T03:30")


def test_the_wall_clock_is_the_sites_not_the_servers():
    tokyo = Hours(ZoneInfo("Asia/Tokyo"), ((3, EIGHT, SIX),))  # Thursdays only
    assert is_open(tokyo, dt.datetime(2026, 11, 18, 23, 30, tzinfo=dt.UTC))
    assert not is_open(tokyo, dt.datetime(2026, 11, 19, 12, 0, tzinfo=dt.UTC))


CHANGES = [
    ("open: when it closes", CLINIC, "2026-11-18T14:00", "2026-11-18T18:00"),
    ("closed: when it opens", CLINIC, "2026-11-18T19:00", "2026-11-19T08:00"),
]


@pytest.mark.parametrize(("hours", "moment", "expected"), [row[1:] for row in CHANGES], ids=[r[0] for r in CHANGES])
def test_the_next_change(hours, moment, expected):
    assert next_change(hours, at(moment)) == at(expected)


@pytest.mark.parametrize("question", [next_change, next_opening])
def test_a_site_without_hours_never_changes(question):
    assert question(NEVER, at("2026-11-18T14:00")) is None


READ = [
    ("open, nobody on call", CLINIC, "2026-11-18T14:00", False, "open", None),
    ("open, somebody on call", CLINIC, "2026-11-18T14:00", True, "open", None),
    ("closed, nobody on call", CLINIC, "2026-11-20T21:00", False, "closed", "2026-11-23T08:00"),
    ("closed, somebody on call", CLINIC, "2026-11-20T21:00", True, "on_call", None),
    ("holiday, nobody on call", THANKSGIVING, "2026-11-26T12:00", False, "closed", "2026-11-30T08:00"),
    ("a quarter of an hour before closing", CLINIC, "2026-11-20T17:45", False, "closing", "2026-11-23T08:00"),
    ("sixteen minutes before closing", CLINIC, "2026-11-20T17:44", False, "open", None),
    ("before closing, somebody on call", CLINIC, "2026-11-20T17:50", True, "on_call", None),
    ("before lunch", SPLIT, "2026-11-16T11:50", False, "closing", "2026-11-16T13:00"),
    ("no hours known, nobody on call", NEVER, "2026-11-18T14:00", False, "unknown", None),
    ("no hours known, somebody on call", NEVER, "2026-11-18T14:00", True, "on_call", None),
    ("in the night the clock goes back", CLINIC, "2026-11-01T01:30", False, "closed", "2026-11-02T08:00"),
    ("in the night the clock goes forward", CLINIC, "2026-03-08T03:00", False, "closed", "2026-03-09T08:00"),
]


@pytest.mark.parametrize(
    ("hours", "moment", "on_call", "state", "until"), [row[1:] for row in READ], ids=[row[0] for row in READ]
)
def test_until_when_nobody_reads(hours, moment, on_call, state, until):
    found = reading(hours, at(moment), has_on_call=on_call)
    assert found.state == state
    assert found.until == (at(until) if until else None)
    assert found.is_read_now is (state in ("open", "on_call"))
