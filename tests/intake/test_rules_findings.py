"""Truth tables for every rule in force: it fires, it stays quiet, and an unknown is a question, never "fine"."""

import dataclasses

import pytest

from intake.rules.engine import EVERY_STAGE, Level, evaluate, judge
from intake.rules.facts import FACTS, bmi, derive, medicines_in
from intake.rules.findings import BY_CODE, RULES, find, self_test
from intake.rules.medicines import match, table

EVERY_RULE = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def derive_example(example):
    answers = {code: value for code, value in example.items() if code != "age"}
    return derive(answers, age=example.get("age"))


def codes(verdicts, level=None):
    return {v.rule for v in verdicts if level is None or v.level == level}


@EVERY_RULE
def test_it_fires_on_its_example(rule):
    verdict = judge(rule, derive_example(rule.fires_on), "assessment")
    assert (verdict.level, verdict.rule, verdict.version) == (rule.level, rule.code, rule.version)
    assert "{value}" not in verdict.reason


@EVERY_RULE
def test_it_stays_quiet_on_its_counter_example(rule):
    assert judge(rule, derive_example(rule.clear_on), "assessment") is None


@EVERY_RULE
def test_unknown_is_a_question(rule):
    verdict = judge(rule, derive({}, age=None), "assessment")
    assert verdict.level == Level.UNKNOWN
    assert verdict.would_be == rule.level
    assert verdict.reason.startswith("Not known: ask.")


@EVERY_RULE
def test_not_sure_is_unknown_too(rule):
    if len(FACTS[rule.fact]) > 1 or rule.fact in ("age", "suicide_item"):
        facts = derive({"no_medicines": "no", "weight_kg": ""}, age=None)
    else:
        facts = derive({FACTS[rule.fact][0]: "not_sure"}, age=None)
    assert judge(rule, facts, "assessment").level == Level.UNKNOWN


@EVERY_RULE
def test_it_names_its_source_and_says_a_neutral_sentence(rule):
    assert rule.source
    assert rule.neutral
    assert rule.reason not in rule.neutral
    assert set(rule.stages) <= set(EVERY_STAGE)


@pytest.mark.parametrize("group", [name for name in table() if name not in ("none",)])
def test_every_medicine_of_every_class_fires_its_rule(group):
    code = f"takes-{group.replace('_', '-')}"
    assert code in BY_CODE
    for ingredient, brands in table()[group]["names"].items():
        for name in (ingredient, *brands):
            found = find({"medicines": [{"name": name.upper()}]}, age=40)
            assert code in codes(found, BY_CODE[code].level), name


def test_the_self_test_is_clean_and_codes_are_unique():
    assert self_test() == []
    assert len(BY_CODE) == len(RULES)


def test_the_self_test_finds_a_rule_that_cannot_fire():
    dead = dataclasses.replace(RULES[0], code="dead", test=lambda value: False)
    blind = dataclasses.replace(RULES[0], code="blind", fact="never_asked")
    loud = dataclasses.replace(RULES[0], code="loud", test=lambda value: True)
    assert self_test((dead, blind, loud)) == ["blind", "dead", "loud"]


def test_heaviest_first_and_unknowns_last():
    found = find({"glaucoma": "yes", "cannabis": "weekly", "recent_cold": "yes", "phq9_9": 2}, age=30)
    levels = [v.level for v in found]
    order = list(Level)
    assert levels == sorted(levels, key=order.index)
    assert found[0].rule == "glaucoma"
    unknown = [v.would_be for v in found if v.level == Level.UNKNOWN]
    assert unknown == sorted(unknown, key=order.index)


@pytest.mark.parametrize(("answer", "level"), [(0, None), (1, "needs_action"), (3, "needs_action"), (None, "unknown")])
def test_item_nine(answer, level):
    facts = derive({"phq9_9": answer}, age=40)
    verdict = judge(BY_CODE["suicide-item"], facts, "assessment")
    assert (verdict and verdict.level) == level


@pytest.mark.parametrize(("said", "fires"), [("yes", True), ("maybe", True), ("no", False), ("na", False)])
def test_possible_pregnancy_counts(said, fires):
    found = codes(find({"pregnant": said}, age=30))
    assert ("pregnant" in found) == fires


@pytest.mark.parametrize(("age", "fires"), [(65, False), (66, True)])
def test_age_at_the_edge(age, fires):
    assert ("age-over-65" in codes(find({}, age=age))) == fires


@pytest.mark.parametrize(
    ("kg", "cm", "expected"), [("70", "175", "22.9"), ("115.6", "170", "40.0"), ("", "170", None), (None, None, None)]
)
def test_bmi(kg, cm, expected):
    assert (str(bmi(kg, cm)) if expected else bmi(kg, cm)) == expected


def test_a_misspelt_medicine_is_never_fine():
    found = find({"medicines": [{"name": "Zanax"}]}, age=40)
    assert "medicine-unrecognised" in codes(found, Level.NEEDS_ACTION)


@pytest.mark.parametrize("name", ["Sertraline 50 mg", "LITHIUM", "Tylenol"])
def test_a_known_medicine_without_a_rule_raises_nothing(name):
    assert not {
        code
        for code in codes(find({"medicines": [{"name": name}]}, age=40))
        if code.startswith(("takes-", "medicine-"))
    }


@pytest.mark.parametrize("name", ["codeinex", "notcodeine", "insulinoma"])
def test_only_whole_words_match(name):
    assert not match(name).is_known


def test_a_name_with_two_medicines_is_both():
    assert match("Tramadol + diazepam").classes == {"opioid", "benzodiazepine"}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, None),
        ({"medicines": []}, None),
        ({"no_medicines": "yes"}, []),
        ({"medicines": [{"name": ""}]}, None),
        ({"medicines": [{"name": "x"}]}, [{"name": "x"}]),
    ],
)
def test_no_answer_is_not_no_medicines(answers, expected):
    assert medicines_in(answers) == expected


def test_stages_are_respected():
    late = dataclasses.replace(RULES[0], stages=("check_in",))
    facts = derive(RULES[0].fires_on, age=None)
    assert evaluate(facts, rules=(late,)) == []
    assert [v.stage for v in evaluate(facts, rules=(late,), stage="check_in")] == ["check_in"]
