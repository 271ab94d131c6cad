"""Truth tables: pages sent back, answered, sent, reminded of, corrected; what stands over the patient's words."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from clinic.refusal import Refused
from intake.rules import returned as rules

AT = datetime(2026, 5, 14, 12, tzinfo=UTC)
ASK = {
    "state": "submitted",
    "slugs": ["heart"],
    "known": {"heart", "body"},
    "words": "Please look again.",
    "roles": {"nurse"},
    "email": "a@tideline.example",
    "has_open": False,
}
CORRECT = {"state": "in_review", "signed": False, "reason": "Asked.", "changed": {"weight"}, "roles": {"prescriber"}}


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"state": "in_review", "roles": {"prescriber", "front_desk"}}, []),
        ({"state": "started"}, ["state"]),
        ({"state": "decided"}, ["state"]),
        ({"slugs": []}, ["pages"]),
        ({"slugs": ["heart", "nothing"]}, ["pages"]),
        ({"words": "  "}, ["words"]),
        ({"email": ""}, ["no-email"]),
        ({"has_open": True}, ["open"]),
        ({"roles": {"front_desk", "clinic_admin"}}, ["not-clinician"]),
        ({"slugs": [], "words": ""}, ["pages", "words"]),
    ],
)
def test_what_may_be_asked_again(changes, codes):
    facts = ASK | changes
    assert rules.can_ask(**facts) is (codes == [])
    if codes:
        with pytest.raises(Refused) as refused:
            rules.check_can_ask(**facts)
        assert [item.code for item in refused.value.items] == codes


@pytest.mark.parametrize(("state", "code"), [("asked", ""), ("answered", "sent"), ("withdrawn", "withdrawn")])
def test_only_an_open_question_is_answered(state, code):
    assert rules.can_answer(state=state) is (code == "")
    if code:
        with pytest.raises(Refused) as refused:
            rules.check_can_answer(state=state)
        assert refused.value.items[0].code == code


def test_every_page_is_there_before_it_is_sent():
    assert rules.can_send(state="asked", unfinished=[])
    assert not rules.can_send(state="withdrawn", unfinished=[])
    with pytest.raises(Refused) as refused:
        rules.check_can_send(state="asked", unfinished=[("heart", "Your heart"), ("body", "Your body")])
    assert [item.link for item in refused.value.items] == ["heart", "body"]


@pytest.mark.parametrize(("hours", "may"), [(0, False), (23, False), (24, True), (100, True)])
def test_a_link_goes_out_once_a_day(hours, may):
    assert rules.can_remind(last=AT, at=AT + timedelta(hours=hours)) is may


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"state": "submitted", "roles": {"nurse"}}, []),
        ({"state": "started"}, ["state"]),
        ({"signed": True}, ["signed"]),
        ({"changed": {}}, ["same"]),
        ({"reason": " "}, ["reason"]),
        ({"roles": {"front_desk"}}, ["not-clinician"]),
        ({"state": "decided", "signed": True, "roles": set()}, ["not-clinician", "state", "signed"]),
    ],
)
def test_who_may_write_beside_and_when(changes, codes):
    facts = CORRECT | changes
    assert rules.can_correct(**facts) is (codes == [])
    if codes:
        with pytest.raises(Refused) as refused:
            rules.check_can_correct(**facts)
        assert [item.code for item in refused.value.items] == codes


@pytest.mark.parametrize(
    ("kind", "answered_after", "stands"),
    [("value", None, True), ("value", -1, True), ("value", 1, False), ("undone", None, False), ("note", None, False)],
)
def test_a_correction_stands_until_taken_back_or_answered_again(kind, answered_after, stands):
    row = SimpleNamespace(kind=kind, corrected_at=AT)
    again = None if answered_after is None else AT + timedelta(hours=answered_after)
    assert rules.in_force(row, again) is stands


def test_without_a_correction_nothing_stands():
    assert rules.in_force(None, None) is False
