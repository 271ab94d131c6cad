"""The rules in force and the two questions asked of them: what was found, and can every rule fire?"""

from datetime import date, timedelta
from functools import cache

from intake.rules import asked, cautions, history, interactions, mind, visit
from intake.rules.beside import Given, Record, SafetyCheck, Test
from intake.rules.engine import ASSESSMENT, cannot_fire, evaluate
from intake.rules.facts import FACTS, derive
from intake.rules.today import QUESTIONS

RULES = (*history.RULES, *mind.RULES, *cautions.RULES, *interactions.RULES, *visit.RULES)
BY_CODE = {rule.code: rule for rule in RULES}
DAY = date(2026, 3, 3)  # any day: what the examples of tests are counted from
EXAMPLE_DAYS = {"overdue": -1, "waiting": 7}


def find(answers, *, age, sex="unknown", record=None, today=None, stage=ASSESSMENT, levels=None):
    """Verdicts over answers (question code -> answer) and age in years (None when not known), heaviest first.

    ``record`` and ``today`` as in ``derive``; ``levels`` are the clinic's own (rule code -> Level or "off").
    """
    facts = derive(whole(answers, age=age, sex=sex), age=age, sex=sex, record=record, today=today)
    return evaluate(facts, rules=RULES, stage=stage, levels=levels)


def whole(answers, *, age, sex):
    """The answers with those that stand for pages not asked: "does not apply" instead of "not known"."""
    return answers | asked.not_asked(answers | {asked.AGE: age, asked.SEX: sex})


def inferred(answers, *, age, sex):
    """[(fact, why)] of what is known only because it was not asked, in words for staff."""
    why = whole(answers, age=age, sex=sex).get("pregnancy_not_asked")
    return [("pregnant", why), ("breastfeeding", why)] if why else []


def self_test(rules=RULES):
    """Codes of rules that could never fire as they stand; empty when all is well."""
    unread = [rule.code for rule in rules if not set(rule.facts) <= set(FACTS)]
    readable = [rule for rule in rules if rule.code not in unread]
    return unread + cannot_fire(readable, derive_example)


@cache
def dead_rules():
    """The self-test of the rules in force, run once a process."""
    return tuple(self_test())


def derive_example(example):
    """The facts of a rule's example, of nothing known at all when it is None.

    Beside answers an example may give ``age``, ``today``, ``scores`` (code -> (value, band)), ``tests`` ((code, title,
    "done" | "overdue" | "waiting", abnormal)) and ``safety`` ((title, "due" | "overdue")).
    """
    if example is None:
        return derive({}, age=None, today=dict.fromkeys(QUESTIONS, "unknown"))
    special = ("age", "today", "scores", "tests", "safety")
    answers = {code: value for code, value in example.items() if code not in special}
    scores = {code: Given(value, band) for code, (value, band) in example.get("scores", {}).items()}
    tests = tuple(_test(*said) for said in example.get("tests", ()))
    safety = tuple(_safety(*said) for said in example.get("safety", ()))
    record = Record(scores=scores, tests=tests, safety=safety, day=DAY)
    return derive(answers, age=example.get("age"), record=record, today=example.get("today"))


def _test(code, title, state, is_abnormal):
    days = EXAMPLE_DAYS.get(state)
    if days is None:
        return Test(code, title, taken_on=DAY, is_abnormal=is_abnormal)
    return Test(code, title, due_on=DAY + timedelta(days=days))


def _safety(title, state):
    return SafetyCheck(title, DAY, DAY + timedelta(days=0 if state == "overdue" else 1))
