"""Corrections that patients ask for: due dates and what each answer must say."""

import datetime as dt

import pytest

from clinic.refusal import Refused
from clinic.rules import amendments as rules

DAY = dt.date(2026, 3, 3)


def codes(items):
    return [item.code for item in items]


def test_due_in_60_days_or_90_when_put_off_once():
    assert rules.due_on(DAY) == dt.date(2026, 5, 2)
    assert rules.due_on(DAY, extended=True) == dt.date(2026, 6, 1)


@pytest.mark.parametrize(("today", "left", "word"), [(0, 60, ""), (45, 15, ""), (46, 14, "soon"), (60, 0, "soon"),
                                                     (61, -1, "late")])  # fmt: skip
def test_how_urgent_it_is(today, left, word):
    now, due = DAY + dt.timedelta(days=today), rules.due_on(DAY)
    assert (rules.days_left(now, due), rules.urgency(now, due)) == (left, word)


@pytest.mark.parametrize(
    ("state", "facts", "missing"),
    [
        ("accepted", {"words": "Right", "added": "Left arm"}, []),
        ("accepted", {"words": "Right"}, ["decide.added"]),
        ("denied", {"words": "It is right", "grounds": "accurate"}, []),
        ("denied", {"words": "It is right"}, ["decide.grounds"]),
        ("denied", {"grounds": "whim"}, ["decide.words", "decide.grounds"]),
        ("partly", {"words": "Half", "added": "Left arm", "grounds": "accurate"}, []),
        ("partly", {}, ["decide.words", "decide.added", "decide.grounds"]),
    ],
)
def test_what_an_answer_lacks(state, facts, missing):
    assert codes(rules.missing_to_decide(state, facts)) == missing
    if missing:
        with pytest.raises(Refused):
            rules.check_decide(state, facts)


def test_open_and_withdrawn_are_no_answers():
    for state in ("open", "withdrawn", "whatever"):
        with pytest.raises(Refused):
            rules.check_decide(state, {"words": "x", "added": "x", "grounds": "accurate"})


@pytest.mark.parametrize("state", list(rules.AMENDMENT.moves))
@pytest.mark.parametrize("extended", [True, False])
@pytest.mark.parametrize("reason", ["", "Archive"])
def test_put_off_once_while_open_with_a_reason(state, extended, reason):
    can = state == "open" and not extended
    assert rules.can_extend(state=state, extended=extended) is can
    if can and reason:
        return rules.check_extend(state=state, extended=extended, reason=reason)
    with pytest.raises(Refused):
        rules.check_extend(state=state, extended=extended, reason=reason)


def test_only_after_a_denial_there_is_something_to_disagree_with():
    assert {state for state in rules.AMENDMENT.moves if rules.may_disagree(state)} == {"denied", "partly"}


def test_what_a_request_lacks():
    assert rules.missing_to_ask("wrong arm", "left arm") == []
    assert codes(rules.missing_to_ask(" ", "")) == ["ask.words", "ask.should_say"]
