"""Answers that need a person: every value of every such question, saved and typed, and the screener's whole logic."""

import itertools

import pytest
from django.forms import CharField

from clinic.instruments import cssrs
from clinic.instruments.cssrs import BEHAVIOUR, INTENT, METHOD, PLAN, RECENT, THOUGHTS, WISH, Risk, screen
from clinic.models import Alert
from intake import questions
from intake.rules.alerts import FREE_WORDS, alert_answers


@pytest.mark.parametrize("raw", [None, "", 0, "0", [], "4", "x"])
def test_item_nine_at_not_at_all_or_blank_calls_nobody(raw):
    assert alert_answers({"phq9_9": raw}) == []


@pytest.mark.parametrize(("raw", "words"), [(1, "several days"), ("2", "more than half"), (["3"], "nearly every day")])
def test_item_nine_above_calls_somebody_in_words(raw, words):
    [found] = alert_answers({"phq9_9": raw})
    assert found.code == "phq9_9"
    assert words in found.words


@pytest.mark.parametrize(("value", "count"), [("no", 0), ("past", 0), ("rather_not", 0), (None, 0), ("recent", 1)])
def test_an_attempt_within_three_months(value, count):
    assert len(alert_answers({"suicide_attempt": value})) == count


@pytest.mark.parametrize("question", FREE_WORDS)
def test_own_words_that_speak_of_wanting_to_die(question):
    [found] = alert_answers({question: "Honestly, I want to die."})
    assert found.code == f"words:{question}"
    assert len(found.code) <= Alert._meta.get_field("code").max_length
    assert "Honestly" not in found.words, "what was written stays on its page"
    assert alert_answers({question: "I want to diet. My brother died by suicide."}) == []


def test_every_open_question_is_read_for_them():
    """Each question answered in sentences is read; the short ones (names, addresses) are listed as such."""
    short = {"legal_name", "preferred_name", "address", "phone", "interpreter_language", "emergency_name"}
    short |= {"emergency_relation", "emergency_phone", "opioid_prescriber", "opioid_usual_day", "implants_other"}
    fields = {name: field for page in questions.BY_SLUG.values() for name, field in page.form.base_fields.items()}
    open_ones = {name for name, field in fields.items() if isinstance(field, CharField)}
    assert open_ones - short == set(FREE_WORDS)


def test_several_at_once_are_all_named():
    found = alert_answers({"phq9_9": 3, "suicide_attempt": "recent", METHOD: "yes"})
    assert [(answer.code, answer.value) for answer in found] == [
        ("phq9_9", "3"),
        ("suicide_attempt", "recent"),
        ("cssrs", "moderate"),
    ]


def asked_in_turn(wish, thoughts, method, intent, plan, behaviour, recent):
    """The answers of a person asked by the screener's own rule: 3 to 5 only after a yes to 2."""
    answers = {WISH: wish, THOUGHTS: thoughts, BEHAVIOUR: behaviour}
    if thoughts == "yes":
        answers |= {METHOD: method, INTENT: intent, PLAN: plan}
    if behaviour == "yes":
        answers[RECENT] = recent
    return answers


EVERY = list(itertools.product(("yes", "no"), repeat=7))


@pytest.mark.parametrize("told", EVERY)
def test_the_level_of_every_complete_screener(told):
    wish, thoughts, method, intent, plan, behaviour, recent = told
    inner = thoughts == "yes"
    if inner and "yes" in (intent, plan) or (behaviour, recent) == ("yes", "yes"):
        expected = Risk.HIGH
    elif inner and method == "yes" or behaviour == "yes":
        expected = Risk.MODERATE
    else:
        expected = Risk.LOW if "yes" in (wish, thoughts) else Risk.NONE
    found = screen(asked_in_turn(*told))
    assert (found.level, found.missing) == (expected, ())


@pytest.mark.parametrize("blank", cssrs.CODES)
def test_a_blank_is_never_taken_for_a_no(blank):
    asked = [answers for told in EVERY if blank in (answers := asked_in_turn(*told))]
    assert asked
    for answers in asked:
        whole, part = screen(answers), screen(answers | {blank: None})
        assert part.at_least <= whole.level
        assert part.level in (None, Risk.HIGH)


def test_nothing_answered_has_no_level():
    assert screen({}).level is None
    assert screen({}).missing == (WISH, THOUGHTS, METHOD, INTENT, PLAN, BEHAVIOUR)


def test_a_yes_counts_also_where_it_should_not_have_been_asked():
    assert screen({WISH: "no", THOUGHTS: "no", PLAN: "yes", BEHAVIOUR: "no"}).level is Risk.HIGH
