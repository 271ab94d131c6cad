"""Whom an unanswered alert reaches next: truth tables, and every way a route may be wrong."""

import datetime as dt
from dataclasses import replace

import pytest

from clinic.refusal import Refused
from clinic.rules import route
from clinic.rules.route import Step

RAISED = dt.datetime(2026, 11, 20, 22, 0, tzinfo=dt.UTC)
OPENS = RAISED + dt.timedelta(hours=15)
STEPS = (
    Step(0, "open", role="nurse"),
    Step(0, "closed", whom="outside", name="On call", email="oncall@tideline.example"),
    Step(20, "always", role="prescriber"),
)


def climb(minutes, *, taken=(), sent=None, is_open=False, steps=STEPS, change=OPENS):
    return route.climb(
        steps,
        raised_at=RAISED,
        at=RAISED + dt.timedelta(minutes=minutes),
        is_open=is_open,
        next_change=change,
        taken=set(taken),
        last_sent_at=None if sent is None else RAISED + dt.timedelta(minutes=sent),
        repeat_minutes=30,
    )


OPEN0, CLOSED0, ALL20 = (0, "open"), (0, "closed"), (20, "always")
CLIMBS = [
    ("at once, closed", climb(0), (CLOSED0,), False, 20),
    ("at once, open", climb(0, is_open=True), (OPEN0,), False, 20),
    ("before the next step", climb(10, taken=[CLOSED0], sent=0), (), False, 20),
    ("at the next step", climb(20, taken=[CLOSED0], sent=0), (ALL20,), False, 50),
    ("nothing was done for long: both", climb(300), (CLOSED0, ALL20), False, 330),
    ("before the repeat", climb(49, taken=[CLOSED0, ALL20], sent=20), (), False, 50),
    ("at the repeat", climb(50, taken=[CLOSED0, ALL20], sent=20), (ALL20,), True, 80),
    ("again and again", climb(800, taken=[CLOSED0, ALL20], sent=770), (ALL20,), True, 830),
    (
        "the site opens: those of the day",
        climb(900, taken=[CLOSED0, ALL20], sent=890, is_open=True, change=None),
        (OPEN0,), False, 930,
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("found", "keys", "is_repeat", "next_minutes"), [row[1:] for row in CLIMBS], ids=[row[0] for row in CLIMBS]
)
def test_what_is_done_and_when_to_look_again(found, keys, is_repeat, next_minutes):
    assert (found.keys, found.is_repeat) == (keys, is_repeat)
    assert found.next_at == RAISED + dt.timedelta(minutes=next_minutes)


def test_the_hour_of_opening_is_looked_at_whatever_was_sent():
    assert climb(880, taken=[CLOSED0, ALL20], sent=880).next_at == OPENS


def test_a_route_for_the_day_only_waits_for_the_day():
    day_only = (Step(0, "open", role="nurse"),)
    assert climb(5, steps=day_only) == route.Climb((), False, OPENS)
    assert climb(5, steps=day_only, change=None).next_at == RAISED + dt.timedelta(minutes=65)


def test_an_empty_route_looks_again():
    assert climb(0, steps=(), change=None) == route.Climb((), False, RAISED + route.LOOK_AGAIN)


def test_the_shipped_route_tells_clinicians_at_once_at_any_hour():
    for is_open in (True, False):
        assert climb(0, steps=route.DEFAULT, is_open=is_open).keys == ((0, "always"),)
    assert {step.role for step in route.DEFAULT if step.after_minutes == 0} == {"nurse", "prescriber"}
    assert not route.is_on_call(route.DEFAULT, can_text=True)


ON_CALL = [
    ("nobody", (), False, False),
    ("at any hour promises nothing", (Step(0, "always", role="nurse"),), False, False),
    ("a colleague while closed", (Step(0, "closed", whom="user", user="u"),), False, True),
    ("outside by mail", (Step(0, "closed", whom="outside", name="n", email="a@b.example"),), False, True),
    ("outside by phone, no text messages", (Step(0, "closed", whom="outside", name="n", phone="555"),), False, False),
    ("outside by phone, with text messages", (Step(0, "closed", whom="outside", name="n", phone="555"),), True, True),
]


@pytest.mark.parametrize(("steps", "can_text", "expected"), [row[1:] for row in ON_CALL], ids=[r[0] for r in ON_CALL])
def test_is_there_somebody_on_call(steps, can_text, expected):
    assert route.is_on_call(steps, can_text=can_text) is expected


MUST = [
    ("the first worrying answer", 1, [], None, True),
    ("not at all", 0, [], None, False),
    ("not at all after an alert", 0, [2], 2, False),
    ("the same while it is open", 2, [2], 2, False),
    ("a milder one while it is open", 1, [2], 2, False),
    ("a worse one while it is open", 3, [2], 2, True),
    ("back to the same while it is open", 2, [2], 0, False),
    ("the same after it was answered", 2, [], 2, False),
    ("a milder one after it was answered", 1, [], 2, False),
    ("a worse one after it was answered", 3, [], 2, True),
    ("gone, and come again", 2, [], 0, True),
]


@pytest.mark.parametrize(("value", "open_values", "last", "expected"), [r[1:] for r in MUST], ids=[r[0] for r in MUST])
def test_when_an_answer_raises(value, open_values, last, expected):
    assert route.must_raise(value, open_values=open_values, last_value=last) is expected


NURSE = Step(0, "always", role="nurse")
WRONG = [
    ("nobody at once", [replace(NURSE, after_minutes=5)], "route-at-once"),
    ("at once only while closed", [replace(NURSE, when="closed")], "route-at-once"),
    ("at once only the front desk", [replace(NURSE, role="front_desk")], "route-at-once"),
    ("a role that is not named", [NURSE, Step(10, role="")], "route-role"),
    ("a colleague of another site", [NURSE, Step(10, whom="user", user="stranger")], "route-user"),
    ("nobody's name", [NURSE, Step(10, whom="outside", email="a@b.example")], "route-outside"),
    ("no address", [NURSE, Step(10, whom="outside", name="On call")], "route-outside"),
    ("only a phone", [NURSE, Step(10, whom="outside", name="On call", phone="555")], "route-text"),
    ("a role with a phone", [NURSE, Step(10, role="nurse", phone="555")], "route-mixed"),
    ("a line twice", [NURSE, NURSE], "route-twice"),
    ("no end of lines", [NURSE, *(Step(n, role="nurse") for n in range(1, 21))], "route-long"),
]


@pytest.mark.parametrize(("steps", "code"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_route_that_cannot_be_is_refused(steps, code):
    with pytest.raises(Refused) as refused:
        route.check_can_set(steps, working={"colleague"}, can_text=False)
    assert code in [item.code for item in refused.value.items]


def test_a_whole_route_may_be_set():
    outside = Step(5, "closed", whom="outside", name="On call", email="a@b.example", phone="555")
    colleague = Step(10, whom="user", user="colleague")
    route.check_can_set([NURSE, outside, colleague, *route.DEFAULT[1:]], working={"colleague"}, can_text=False)
