"""Long-term safety: a truth table of the clocks by infusions and time, what is put off, what results say."""

import datetime as dt
from decimal import Decimal

import pytest

from sessions.rules import safety
from sessions.rules.safety import DUE, OFF, OK, OVERDUE, SOON, Check, Waiver, due_of

TODAY = dt.date(2026, 5, 14)
BEGAN = dt.date(2026, 1, 1)
LIVER = Check("liver", at_start=True, every_infusions=3, every_days=180, grace_days=14)


def day(ago):
    return TODAY - dt.timedelta(days=ago)


def due(check=LIVER, *, last=None, infused=(), waiver=None, began=BEGAN):
    days = [day(ago) for ago in infused]
    last_on = None if last is None else day(last)
    return due_of(check, began=began, infused=days, last_on=last_on, today=TODAY, waiver=waiver)


@pytest.mark.parametrize(
    ("last", "infused", "status", "due_ago"),
    [
        (None, (), OVERDUE, (TODAY - BEGAN).days),
        (10, (), OK, 10 - 180),
        (10, (9, 5), OK, 10 - 180),
        (20, (15, 10, 5), DUE, 5),
        (40, (30, 25, 20), OVERDUE, 20),
        (60, (60, 30, 20), OK, 60 - 180),
        (170, (), SOON, 170 - 180),
        (180, (), DUE, 0),
        (194, (), DUE, 14),
        (195, (), OVERDUE, 15),
        (190, (100, 90, 80), OVERDUE, 80),
    ],
    ids=[
        "never done",
        "done lately",
        "one infusion short",
        "third infusion",
        "third one two weeks ago",
        "the infusion of the day of the check is before it",
        "ten days to go",
        "on the day",
        "last day of grace",
        "grace is over",
        "whichever comes first",
    ],
)
def test_a_clock(last, infused, status, due_ago):
    found = due(last=last, infused=infused)
    assert (found.status, found.due_on) == (status, day(due_ago))
    assert found.overdue_from == found.due_on + dt.timedelta(days=15)
    assert found.is_wanted == (status in (DUE, OVERDUE))


def test_never_done_at_the_start_is_due_on_the_day_of_the_signature_then_overdue():
    assert due(began=TODAY).status == DUE
    assert due(began=day(14)).status == DUE
    assert due(began=day(15)).status == OVERDUE
    assert "Never done" in due().why


def test_without_a_start_the_first_one_counts_from_the_signature():
    yearly = Check("cognition", every_days=365, grace_days=30)
    assert due(yearly).status == OK
    found = due(yearly, began=day(366))
    assert (found.status, found.due_on) == (DUE, day(1))
    assert "since the plan was signed, never done" in found.why


def test_what_never_falls_due_is_in_time():
    only_start = Check("liver", at_start=True)
    found = due(only_start, last=100, infused=(90, 80, 70, 60))
    assert (found.status, found.due_on, found.overdue_from, found.since) == (OK, None, None, 4)


def test_put_off_until_a_day_comes_back_by_itself_and_is_overdue_at_once():
    until = TODAY + dt.timedelta(days=30)
    found = due(waiver=Waiver(until, "on holiday"))
    assert (found.status, found.due_on, found.overdue_from) == (OK, day(-31), day(-32))
    assert found.why == "Put off until 13-Jun-2026: on holiday"
    assert due(waiver=Waiver(day(1), "on holiday")).status == OVERDUE


def test_what_does_not_apply_is_not_asked():
    found = due(waiver=Waiver(None, "no womb"))
    assert (found.status, found.due_on, found.is_wanted) == (OFF, None, False)


def test_the_next_infusion_makes_it_due():
    assert safety.with_next_infusion(LIVER, due(last=20, infused=(10, 5)))
    assert not safety.with_next_infusion(LIVER, due(last=20, infused=(10,)))
    assert not safety.with_next_infusion(LIVER, due(last=20, infused=(10, 9, 8)))
    assert not safety.with_next_infusion(Check("kidney", every_days=365), due(Check("kidney", every_days=365)))


@pytest.mark.parametrize(
    ("code", "sex", "age", "applies"),
    [
        ("liver", "male", 80, True),
        ("pregnancy", "male", 30, False),
        ("pregnancy", "female", 30, True),
        ("pregnancy", "female", 56, False),
        ("pregnancy", "female", 55, True),
        ("pregnancy", "unknown", 30, True),
        ("pregnancy", "female", None, True),
    ],
)
def test_for_whom(code, sex, age, applies):
    assert safety.applies(code, sex=sex, age=age) is applies


def test_the_most_pressing_first():
    rows = [due(last=10), due(last=170), due(), due(last=185), due(waiver=Waiver(None, "x"))]
    assert [row.status for row in safety.in_order(rows)] == [OVERDUE, DUE, SOON, OK, OFF]


def test_every_check_has_a_default_clock_and_something_that_settles_it():
    codes = {check.code for check in safety.DEFAULTS}
    assert codes == set(safety.SOURCES)
    assert all(check.at_start or check.every_days or check.every_infusions for check in safety.DEFAULTS)
    assert LIVER.words == "at the start, every 3 infusions or 180 days"
    assert Check("kidney", every_days=365).words == "every 365 days"
    assert Check("liver", at_start=True).words == "at the start"


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([], ""),
        ([4], ""),
        ([4, 8], "up 4 since the first of 2"),
        ([4, 9, 3], "down 1 since the first of 3"),
        ([4, 4], "unchanged since the first of 2"),
        ([Decimal("7.10"), Decimal("7.60")], "up 0.5 since the first of 2"),
        ([0, 10], "up 10 since the first of 2"),
    ],
)
def test_a_trend_in_words(numbers, words):
    assert safety.trend_words([Decimal(n) for n in numbers]) == words


def test_liver_enzymes_against_the_laboratory_s_own_limit():
    assert safety.is_liver_injury(Decimal(120), Decimal(40))
    assert not safety.is_liver_injury(Decimal(119), Decimal(40))
    assert not safety.is_liver_injury(Decimal(900), None), "no range: not known, and shown as such elsewhere"
    assert not safety.is_liver_injury(None, Decimal(40))
    assert safety.times_upper_limit(Decimal(119), Decimal(40)) == Decimal("2.9")
    assert safety.times_upper_limit(Decimal(119), None) is None


def codes(items):
    return [item.code for item in items]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"until": None}, []),
        ({"known": False}, ["unknown"]),
        ({"roles": {"nurse"}}, ["not-prescriber"]),
        ({"reason": "  "}, ["reason"]),
        ({"until": TODAY}, ["past"]),
        ({"until": TODAY + dt.timedelta(days=367)}, ["far"]),
    ],
)
def test_putting_off(change, expected):
    facts = {"known": True, "reason": "ill", "until": TODAY + dt.timedelta(days=30), "today": TODAY}
    assert codes(safety.waiver_items(**facts | {"roles": {"prescriber"}} | change)) == expected


def test_asking_again():
    assert codes(safety.lift_items(is_waived=True, roles={"prescriber"})) == []
    assert codes(safety.lift_items(is_waived=False, roles={"nurse"})) == ["not-prescriber", "not-waived"]
