"""A verdict for each condition: cleared, ask, needs review, do not proceed; and what a patient comes for."""

from types import SimpleNamespace

import pytest

from intake.rules.conditions import GROUPS, treated, words_of
from intake.rules.findings import find
from intake.rules.verdicts import ASK, CLEARED, REVIEW, STOP, verdicts


def row(level, conditions=(), resolution=""):
    return SimpleNamespace(level=level, conditions=list(conditions), resolution=resolution, reason=f"A {level}.")


STOPS, ACTS, ASKS, WARNS, NOTES = (row(level) for level in ("hard_stop", "needs_action", "unknown", "warn", "info"))


@pytest.mark.parametrize(
    ("findings", "outcome"),
    [
        ([], CLEARED),
        ([WARNS, NOTES], CLEARED),
        ([ASKS, WARNS], ASK),
        ([ASKS, ACTS], REVIEW),
        ([ASKS, ACTS, STOPS], STOP),
        ([row("hard_stop", resolution="overridden")], CLEARED),
        ([row("hard_stop", resolution="stands")], STOP),
        ([row("unknown", resolution="not_so")], CLEARED),
        ([row("hard_stop", ["pain"])], CLEARED),
        ([row("hard_stop", ["mood", "pain"])], STOP),
    ],
)
def test_the_outcome_for_mood(findings, outcome):
    verdict = verdicts(findings)["mood"]
    assert verdict.outcome == outcome
    assert bool(verdict.reasons) == (outcome != CLEARED)
    words = {STOP: "Do not proceed", REVIEW: "Needs review", ASK: "Ask first", CLEARED: "Cleared"}
    assert (verdict.words, verdict.name) == (words[outcome], "Mood")


def test_cautions_stand_beside():
    verdict = verdicts([ASKS, WARNS, NOTES], ["pain"])["pain"]
    assert verdict.because == (ASKS,)
    assert verdict.cautions == (WARNS, NOTES)


def test_a_rule_counts_only_for_its_conditions():
    found = [v for v in find({"conditions": ["bipolar"], "psychosis": "yes"}, age=40) if v.level != "unknown"]
    by = verdicts(found)
    assert [v.rule for v in by["mood"].cautions] == ["bipolar"]
    assert by["pain"].cautions == ()
    assert {verdict.outcome for verdict in by.values()} == {STOP}, "psychosis weighs for all"


def test_nothing_known_is_ask_for_all():
    by = verdicts(find({}, age=None))
    assert set(by) == set(GROUPS)
    assert {verdict.outcome for verdict in by.values()} == {ASK}


@pytest.mark.parametrize(
    ("reason", "conditions", "expected"),
    [
        ("pain", (), ("pain",)),
        ("mood", ("crps", "bipolar"), ("pain", "mood")),
        ("other", ("none",), ("other",)),
        ("", ("ocd", "ptsd"), ("ptsd", "anxiety")),
        ("", None, ("other",)),
        ("", ("lupus",), ("other",)),
    ],
)
def test_what_a_patient_comes_for(reason, conditions, expected):
    assert treated(reason, conditions) == expected


def test_conditions_in_words():
    assert (words_of(()), words_of(("pain", "ptsd"))) == ("all", "pain, PTSD")
