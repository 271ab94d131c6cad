"""Who is offered a freed time: preferences, notice, spacing, order, quiet hours."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from clinic.rules.quiet import QUIET
from followup.rules import waitlist as rules
from followup.rules.waitlist import Slot, Wish

NY, LA = ZoneInfo("America/New_York"), ZoneInfo("America/Los_Angeles")
NOW = dt.datetime(2026, 5, 14, 14, 0, tzinfo=dt.UTC)  # Thursday, ten in the morning in New York
DAY = dt.date(2026, 5, 18)  # a Monday
SLOT = Slot(
    dt.datetime(2026, 5, 18, 13, 0, tzinfo=dt.UTC), dt.datetime(2026, 5, 18, 15, 10, tzinfo=dt.UTC), True, NY
)  # 09:00


def wish(ident="a", minutes_ago=60, **fields):
    given = {"from_day": dt.date(2026, 5, 14), "until_day": dt.date(2026, 6, 30), "minutes": 130, "zone": NY} | fields
    return Wish(ident=ident, since=NOW - dt.timedelta(minutes=minutes_ago), **given)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, ""),
        ({"in_a_chair": False}, "other-kind"),
        ({"minutes": 131}, "too-long"),
        ({"minutes": 130}, ""),
        ({"until_day": dt.date(2026, 5, 17)}, "other-day"),
        ({"until_day": DAY}, ""),
        ({"from_day": dt.date(2026, 5, 19)}, "other-day"),
        ({"weekdays": frozenset({1, 2})}, "other-weekday"),
        ({"weekdays": frozenset({0})}, ""),
        ({"part": "afternoon"}, "other-part"),
        ({"part": "morning"}, ""),
        ({"notice": dt.timedelta(days=5)}, "too-soon"),
        ({"before": SLOT.starts_at}, "not-earlier"),
        ({"before": SLOT.starts_at + dt.timedelta(minutes=1)}, ""),
        ({"series": (dt.date(2026, 5, 16),), "least_days": 3}, "spacing"),
        ({"series": (dt.date(2026, 5, 15),), "least_days": 3}, ""),
        ({"series": (dt.date(2026, 5, 21),), "least_days": 4}, "spacing"),
        ({"series": (dt.date(2026, 5, 30),), "least_days": 2, "most_days": 7}, "spacing"),
        ({"series": (dt.date(2026, 5, 15), dt.date(2026, 5, 21)), "least_days": 3, "most_days": 3}, ""),
    ],
)
def test_a_time_suits_or_it_is_said_why_not(fields, why):
    assert rules.why_not(wish(**fields), SLOT, NOW) == why
    assert rules.suits(wish(**fields), SLOT, NOW) is (why == "")


def test_days_and_parts_are_those_of_the_site():
    start = dt.datetime(2026, 5, 19, 1, 0, tzinfo=dt.UTC)  # 21:00 on Monday in New York
    late = replace(SLOT, starts_at=start, ends_at=start + dt.timedelta(hours=1))
    assert rules.why_not(wish(weekdays=frozenset({0}), part="afternoon", minutes=60), late, NOW) == ""


def test_the_first_three_who_wait_longest_are_asked():
    waiting = [wish(n, minutes_ago=n) for n in (10, 40, 20, 30)]
    found = rules.next_round(waiting, SLOT, NOW, QUIET)
    assert [one.ident for one in found.asked] == [40, 30, 20]
    assert found.next_at == NOW + dt.timedelta(minutes=15)


def test_nobody_is_woken_and_who_sleeps_is_asked_later():
    night = dt.datetime(2026, 5, 15, 10, 30, tzinfo=dt.UTC)  # half past six in New York, half past three in Los Angeles
    found = rules.next_round([wish("ny"), wish("la", zone=LA)], SLOT, night, QUIET)
    assert found.asked == ()
    assert found.next_at == night + dt.timedelta(minutes=30), "again in half an hour, or when the first wakes"
    nearly = dt.datetime(2026, 5, 15, 11, 50, tzinfo=dt.UTC)
    assert rules.next_round([wish("ny")], SLOT, nearly, QUIET).next_at == nearly + dt.timedelta(minutes=10)
    morning = dt.datetime(2026, 5, 15, 12, 0, tzinfo=dt.UTC)
    found = rules.next_round([wish("ny"), wish("la", zone=LA)], SLOT, morning, QUIET)
    assert [one.ident for one in found.asked] == ["ny"]


def test_with_nobody_to_ask_it_is_looked_at_again():
    assert rules.next_round([], SLOT, NOW, QUIET) == rules.Round((), NOW + dt.timedelta(minutes=30))


@pytest.mark.parametrize(("before", "minutes"), [(300, 15), (125, 5), (121, 1), (90, 1)])
def test_an_offer_stands_a_quarter_of_an_hour_and_never_into_the_last_two(before, minutes):
    at = SLOT.starts_at - dt.timedelta(minutes=before)
    assert rules.answer_until(SLOT, at) == at + dt.timedelta(minutes=minutes)


@pytest.mark.parametrize(("minutes", "near"), [(121, False), (120, False), (119, True), (-5, True)])
def test_too_near_is_less_than_two_hours(minutes, near):
    assert rules.is_too_near(SLOT, SLOT.starts_at - dt.timedelta(minutes=minutes)) is near


@pytest.mark.parametrize(
    ("offer", "slot", "minutes", "codes"),
    [
        ("open", "open", 14, []),
        ("open", "open", 15, ["over"]),
        ("open", "taken", 1, ["taken"]),
        ("beaten", "taken", 1, ["taken"]),
        ("open", "filled", 1, ["taken"]),
        ("open", "closed", 1, ["over"]),
        ("lapsed", "open", 1, ["over"]),
        ("withdrawn", "open", 1, ["over"]),
        ("accepted", "taken", 1, ["accepted"]),
        ("declined", "open", 1, ["declined"]),
    ],
)
def test_what_may_still_be_answered(offer, slot, minutes, codes):
    until = NOW + dt.timedelta(minutes=15)
    at = NOW + dt.timedelta(minutes=minutes)
    assert rules.answer_items(offer_state=offer, slot_state=slot, expires_at=until, at=at) == codes


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({}, []),
        ({"until_day": dt.date(2026, 5, 13)}, ["days"]),
        ({"from_day": dt.date(2026, 5, 1), "until_day": dt.date(2026, 5, 13)}, ["past"]),
        ({"until_day": dt.date(2026, 11, 11)}, ["long"]),
        ({"weekdays": [7]}, ["times"]),
        ({"part": "night"}, ["times"]),
        ({"notice_hours": -1}, ["notice"]),
        ({"notice_hours": 0}, []),
        ({"notice_hours": 400}, ["notice"]),
    ],
)
def test_preferences_that_can_be_kept(fields, codes):
    today = dt.date(2026, 5, 14)
    given = {"from_day": today, "until_day": dt.date(2026, 6, 1), "weekdays": [0, 4], "part": "any", "notice_hours": 4}
    assert [item.code for item in rules.wish_items(today=today, **given | fields)] == codes
