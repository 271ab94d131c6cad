"""Reminder times in three zones, over daylight-saving nights, against quiet hours."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.rules import quiet
from followup.rules import reminders
from followup.rules.reminders import MORNING, Rule

NEW_YORK, LONDON = ZoneInfo("America/New_York"), ZoneInfo("Europe/London")
SYDNEY, PHOENIX = ZoneInfo("Australia/Sydney"), ZoneInfo("America/Phoenix")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def local(zone, *when):
    return datetime(*when, tzinfo=zone)


def sends(starts_at, zone, now=LONG_AGO, rules=reminders.DEFAULT_RULES):
    going = [d for d in reminders.plan(starts_at, zone, now, rules) if d.will_go]
    return {d.slot: d.send_at.astimezone(zone).strftime("%a %d %b %H:%M %Z") for d in going}


def test_a_week_a_day_and_two_hours_before():
    assert sends(local(NEW_YORK, 2026, 5, 14, 11), NEW_YORK) == {
        "week": "Thu 07 May 11:00 EDT",
        "day": "Wed 13 May 11:00 EDT",
        "hours": "Thu 14 May 09:00 EDT",
    }


NIGHTS = [
    ("New York springs forward", NEW_YORK, (2026, 3, 8, 11), "Sat 07 Mar 11:00 EST", "Sun 08 Mar 09:00 EDT", 23),
    ("New York falls back", NEW_YORK, (2026, 11, 1, 11), "Sat 31 Oct 11:00 EDT", "Sun 01 Nov 09:00 EST", 25),
    ("London springs forward", LONDON, (2026, 3, 29, 12), "Sat 28 Mar 12:00 GMT", "Sun 29 Mar 10:00 BST", 23),
    ("London falls back", LONDON, (2026, 10, 25, 12), "Sat 24 Oct 12:00 BST", "Sun 25 Oct 10:00 GMT", 25),
    ("Sydney falls back in April", SYDNEY, (2026, 4, 5, 11), "Sat 04 Apr 11:00 AEDT", "Sun 05 Apr 09:00 AEST", 25),
    ("Phoenix has no such night", PHOENIX, (2026, 3, 8, 11), "Sat 07 Mar 11:00 MST", "Sun 08 Mar 09:00 MST", 24),
]


@pytest.mark.parametrize(
    ("zone", "start", "day", "hours", "apart"), [row[1:] for row in NIGHTS], ids=[row[0] for row in NIGHTS]
)
def test_rel_10_daylight_saving_nights(zone, start, day, hours, apart):
    starts_at = local(zone, *start)
    found = sends(starts_at, zone)
    assert (found["day"], found["hours"]) == (day, hours)
    wanted = {d.slot: d.wanted_at for d in reminders.plan(starts_at, zone, LONG_AGO)}
    assert starts_at - wanted["day"] == timedelta(hours=apart)


def test_rel_10_a_wall_time_in_the_gap_moves_on_by_the_gap():
    assert quiet.from_wall(date(2026, 3, 8), time(2, 30), NEW_YORK) == local(NEW_YORK, 2026, 3, 8, 3, 30)


def test_a_wall_time_that_exists_twice_is_the_first():
    moment = quiet.from_wall(date(2026, 11, 1), time(1, 30), NEW_YORK)
    assert moment == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


QUIET = [
    ("20:59 goes out", (2026, 5, 13, 20, 59), (2026, 5, 13, 20, 59)),
    ("21:00 waits for the morning", (2026, 5, 13, 21, 0), (2026, 5, 14, 8, 0)),
    ("midnight waits for the same morning", (2026, 5, 14, 0, 0), (2026, 5, 14, 8, 0)),
    ("07:59 waits a minute", (2026, 5, 14, 7, 59), (2026, 5, 14, 8, 0)),
    ("08:00 goes out", (2026, 5, 14, 8, 0), (2026, 5, 14, 8, 0)),
    ("across the spring night", (2026, 3, 7, 22, 0), (2026, 3, 8, 8, 0)),
    ("across the autumn night", (2026, 10, 31, 22, 0), (2026, 11, 1, 8, 0)),
]


@pytest.mark.parametrize(("wanted", "goes"), [row[1:] for row in QUIET], ids=[row[0] for row in QUIET])
def test_quiet_hours_delay(wanted, goes):
    assert quiet.after_quiet(local(NEW_YORK, *wanted), NEW_YORK) == local(NEW_YORK, *goes)


def test_quiet_hours_are_the_recipients_own():
    """A visit at 09:00 in New York for a patient who stays in Los Angeles: two hours before is 04:00 there."""
    west = ZoneInfo("America/Los_Angeles")
    plan = {d.slot: d for d in reminders.plan(local(NEW_YORK, 2026, 5, 14, 9), west, LONG_AGO)}
    assert not plan["hours"].will_go
    assert plan["day"].send_at == local(west, 2026, 5, 13, 8, 0)


def test_a_reminder_pushed_into_the_visit_is_left_out_and_says_why():
    plan = {d.slot: d for d in reminders.plan(local(NEW_YORK, 2026, 5, 14, 8, 15), NEW_YORK, LONG_AGO)}
    assert plan["hours"].reason == "quiet hours would delay it until the visit"


def test_an_early_visit_still_gets_it_at_eight():
    assert sends(local(NEW_YORK, 2026, 5, 14, 9), NEW_YORK)["hours"] == "Thu 14 May 08:00 EDT"


def test_booked_late_leaves_out_what_is_past():
    found = sends(local(NEW_YORK, 2026, 5, 14, 11), NEW_YORK, now=local(NEW_YORK, 2026, 5, 13, 15))
    assert list(found) == ["hours"]


def test_two_on_the_same_moment_become_one():
    rules = (Rule("night", MORNING, days=1, at=time(22)), Rule("morning", MORNING, days=0, at=time(8)))
    plan = {d.slot: d for d in reminders.plan(local(NEW_YORK, 2026, 5, 14, 11), NEW_YORK, LONG_AGO, rules)}
    assert not plan["night"].will_go
    assert plan["morning"].will_go


def test_local_nine_in_the_morning_of_the_day_before():
    rules = (Rule("eve", MORNING, days=1, at=time(9)),)
    assert sends(local(LONDON, 2026, 3, 30, 15), LONDON, rules=rules) == {"eve": "Sun 29 Mar 09:00 BST"}


zones = st.sampled_from([NEW_YORK, LONDON, SYDNEY, PHOENIX, ZoneInfo("Asia/Kolkata"), ZoneInfo("Pacific/Chatham")])


FIRST, MINUTES = datetime(2026, 1, 1, tzinfo=UTC), 2 * 365 * 24 * 60


@given(st.integers(0, MINUTES), zones, st.integers(0, 20 * 24))
@settings(max_examples=300, deadline=None)
def test_whatever_the_hour_no_reminder_is_at_night_late_or_double(minute, zone, ahead):
    starts_at = FIRST + timedelta(minutes=minute)
    now = starts_at - timedelta(hours=ahead)
    going = [d for d in reminders.plan(starts_at, zone, now) if d.will_go]
    assert len({d.send_at for d in going}) == len(going)
    for due in going:
        assert now <= due.send_at <= starts_at - reminders.LEAST_NOTICE
        assert not quiet.is_quiet(due.send_at, zone)
        assert due.send_at - due.wanted_at <= timedelta(hours=11, minutes=1)
