"""May a decision stand and be signed? Every missing thing is named, and hard stops need an override with a reason."""

from dataclasses import dataclass

import pytest

from clinic.refusal import Refused
from intake.rules import decisions
from intake.rules.decisions import can_decide, can_settle, can_sign, check_can_decide, check_can_sign


@dataclass
class Found:
    rule: str = "glaucoma"
    level: str = "hard_stop"
    would_be: str = "hard_stop"
    resolution: str = ""
    reason: str = "Glaucoma."


def facts(**changes):
    return {
        "decision": "candidate",
        "reasons": "Fits.",
        "conditions": "",
        "wait_for": "",
        "findings": [],
        "roles": {"prescriber"},
        "signed": False,
    } | changes


def missing(**changes):
    with pytest.raises(Refused) as refused:
        check_can_decide(**facts(**changes))
    return {item.code for item in refused.value.items}


def test_a_plain_candidate_can_be_decided():
    assert can_decide(**facts())


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"decision": ""}, "decision"),
        ({"decision": "maybe"}, "decision"),
        ({"reasons": "  "}, "reasons"),
        ({"decision": "conditions"}, "conditions"),
        ({"decision": "wait"}, "wait_for"),
        ({"roles": {"nurse"}}, "not-prescriber"),
        ({"roles": set()}, "not-prescriber"),
        ({"signed": True}, "signed"),
    ],
)
def test_each_missing_thing_is_named(changes, code):
    assert missing(**changes) == {code}


def test_all_that_is_missing_is_listed_at_once():
    assert missing(decision="", reasons="", roles=set(), findings=[Found()]) >= {
        "decision",
        "reasons",
        "not-prescriber",
    }


@pytest.mark.parametrize("decision", ["candidate", "conditions", "wait", "not_candidate"])
@pytest.mark.parametrize("resolution", ["", "not_so", "overridden", "stands"])
@pytest.mark.parametrize("level", ["hard_stop", "unknown"])
def test_a_hard_stop_or_its_unknown_blocks_only_treating(decision, resolution, level):
    found = Found(level=level, resolution=resolution)
    treats = decision in ("candidate", "conditions")
    allowed = can_decide(**facts(decision=decision, conditions="c", wait_for="w", findings=[found]))
    assert allowed == (not treats or resolution in ("not_so", "overridden"))


@pytest.mark.parametrize("decision", ["candidate", "wait", "not_candidate"])
def test_a_suicidal_answer_is_reviewed_whatever_is_decided(decision):
    found = Found(rule="suicide-item", level="needs_action", would_be="needs_action")
    assert not can_decide(**facts(decision=decision, wait_for="w", findings=[found]))
    found.resolution = "handled"
    assert can_decide(**facts(decision=decision, wait_for="w", findings=[found]))


@pytest.mark.parametrize("level", ["warn", "info"])
def test_warnings_never_block(level):
    assert can_decide(**facts(findings=[Found(level=level, would_be=level)]))


@pytest.mark.parametrize(
    ("would_be", "resolution", "ok"),
    [
        ("hard_stop", "overridden", True),
        ("hard_stop", "handled", False),
        ("hard_stop", "not_so", True),
        ("needs_action", "handled", True),
        ("needs_action", "overridden", False),
        ("warn", "handled", True),
        ("warn", "", False),
        ("hard_stop", "stands", True),
    ],
)
def test_what_may_settle_what(would_be, resolution, ok):
    assert can_settle(would_be=would_be, resolution=resolution, reason="r", signed=False, roles={"prescriber"}) == ok


@pytest.mark.parametrize("changes", [{"reason": " "}, {"signed": True}, {"roles": {"nurse"}}])
def test_settling_needs_a_reason_an_open_assessment_and_a_prescriber(changes):
    base = {
        "would_be": "hard_stop",
        "resolution": "overridden",
        "reason": "r",
        "signed": False,
        "roles": {"prescriber"},
    }
    assert not can_settle(**(base | changes))


def test_offered_resolutions_are_words():
    assert dict(decisions.offered("hard_stop")).keys() == {"not_so", "overridden", "stands"}


def test_signing_needs_a_name_and_lists_everything_else_too():
    assert can_sign(**facts(), printed_name=" r. sample", own_name="R. Sample")
    with pytest.raises(Refused) as refused:
        check_can_sign(**facts(reasons=""), printed_name=" ", own_name="R. Sample")
    assert {item.code for item in refused.value.items} == {"reasons", "printed-name"}
    assert not can_sign(**facts(), printed_name="Somebody Else", own_name="R. Sample")
