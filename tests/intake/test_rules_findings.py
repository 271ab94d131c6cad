"""The engine: the self-test, the order of findings, medicines by name, what is known without being asked."""

import dataclasses

import pytest

from intake import questions
from intake.rules.engine import EVERY_STAGE, LEVEL_WORDS, Level, evaluate, judge
from intake.rules.facts import FACTS, bmi, derive, medicines_in
from intake.rules.findings import BY_CODE, RULES, dead_rules, derive_example, find, inferred, self_test
from intake.rules.listed import names_in
from intake.rules.medicines import kind_title, known_names, match, table
from intake.rules.today import QUESTIONS
from intake.rules.when import No, Yes

EVERY_RULE = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def codes(verdicts, level=None):
    return {v.rule for v in verdicts if level is None or v.level == level}


@EVERY_RULE
def test_its_own_examples_hold(rule):
    on, off, nothing = (
        judge(rule, derive_example(example), rule.stages[0]) for example in (rule.fires_on, rule.clear_on, None)
    )
    assert (on.level, on.rule, on.rule_version) == (rule.level, rule.code, rule.version)
    assert off is None
    assert (nothing.level, nothing.would_be) == (Level.UNKNOWN, rule.level)


@EVERY_RULE
def test_it_says_where_it_is_from_what_settles_it_and_a_neutral_sentence(rule):
    assert rule.source
    assert rule.resolves.endswith(".")
    assert rule.ask.endswith(("?", "."))
    assert rule.neutral
    assert rule.reason not in rule.neutral
    assert rule.when.words
    assert set(rule.stages) <= set(EVERY_STAGE)
    assert rule.level in LEVEL_WORDS
    assert rule.is_verified == ("unverified" not in rule.source)


def is_asked(code):
    source, _, name = code.partition(".")
    if source == "today":
        return name in QUESTIONS
    return source == "record" or code == "born_on" or questions.page_of(code) is not None


@pytest.mark.parametrize("fact", sorted({fact for rule in RULES for fact in rule.facts}))
def test_somebody_is_asked_for_every_fact(fact):
    assert [code for code in FACTS[fact] if not is_asked(code)] == []


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
    assert dead_rules() == ()
    assert len(BY_CODE) == len(RULES)


def test_the_self_test_finds_a_rule_that_cannot_fire():
    rule = RULES[0]
    dead = dataclasses.replace(rule, code="dead", when=No(rule.facts[0]))
    blind = dataclasses.replace(rule, code="blind", when=Yes("never_asked"))
    loud = dataclasses.replace(rule, code="loud", clear_on=rule.fires_on)
    mute = dataclasses.replace(rule, code="mute", fires_on={})
    late = dataclasses.replace(rule, code="late", when=Yes("sedatives_today"))
    assert self_test((dead, blind, loud, mute, late, rule)) == ["blind", "dead", "loud", "mute", "late"]


def test_heaviest_first_and_unknowns_last():
    found = find({"glaucoma": "yes", "cannabis": "weekly", "recent_cold": "yes", "phq9_9": 2}, age=30)
    levels = [v.level for v in found]
    order = list(Level)
    assert levels == sorted(levels, key=order.index)
    assert found[0].rule == "glaucoma"
    unknown = [v.would_be for v in found if v.level == Level.UNKNOWN]
    assert unknown == sorted(unknown, key=order.index)


@pytest.mark.parametrize(
    ("kg", "cm", "expected"), [("70", "175", "22.9"), ("115.6", "170", "40.0"), ("", "170", None), (None, None, None)]
)
def test_bmi(kg, cm, expected):
    assert (str(bmi(kg, cm)) if expected else bmi(kg, cm)) == expected


@pytest.mark.parametrize("name", ["Sertraline 50 mg", "LITHIUM", "Tylenol"])
def test_a_known_medicine_without_a_rule_raises_nothing(name):
    found = find({"medicines": [{"name": name}], "diabetes": "no"}, age=40)
    assert not {code for code in codes(found) if code.startswith(("takes-", "medicine-"))}


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


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("", []),
        ("sertraline 50 mg", ["sertraline 50 mg"]),
        ("Ativan, zinc; and Lyrica.", ["Ativan", "zinc", "Lyrica"]),
        ("Ativan\nAtivan + codeine plus x", ["Ativan", "codeine", "x"]),
        ("brandy", ["brandy"]),
    ],
)
def test_names_in_a_line_of_words(words, names):
    assert names_in(words) == names


def test_the_same_medicine_said_twice_counts_once():
    answers = {"medicines": [{"name": "Oxycodone", "amount": "10", "unit": "mg", "times_a_day": "2"}]}
    facts = derive(answers, age=40, today={"medicines": "yes", "medicines_words": "oxycodone"})
    assert facts["medicines"].classes["opioid"] == ["Oxycodone"]
    assert facts["opioid_dose"] == 30
    assert facts["opioid_dose_unknown"] == []


def test_what_is_known_without_being_asked_says_why():
    assert inferred({}, age=30, sex="male") == [
        ("pregnant", "not asked: recorded as male"),
        ("breastfeeding", "not asked: recorded as male"),
    ]
    assert inferred({}, age=30, sex="female") == []


def test_stages_are_respected():
    late = dataclasses.replace(RULES[0], stages=("check_in",))
    facts = derive_example(RULES[0].fires_on)
    assert evaluate(facts, rules=(late,)) == []
    assert [v.stage for v in evaluate(facts, rules=(late,), stage="check_in")] == ["check_in"]


def test_the_names_offered_can_leave_out_other_spellings():
    every, ours = known_names(), known_names(other_spellings=False)
    assert set(ours) < set(every)
    assert all(name[0].isupper() or not name[0].isalpha() for name in ours)


def test_a_kind_is_named_in_words():
    kind = match("sertraline").kinds[0]
    assert kind_title(kind)
