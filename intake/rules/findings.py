"""The rules in force and the two questions asked of them: what was found, and can every rule fire?"""

from intake.rules import history, interactions
from intake.rules.engine import ASSESSMENT, cannot_fire, evaluate
from intake.rules.facts import FACTS, derive

RULES = (*history.RULES, *interactions.RULES)
BY_CODE = {rule.code: rule for rule in RULES}


def find(answers, *, age, stage=ASSESSMENT):
    """Verdicts over answers (question code -> answer) and age in years (None when not known), heaviest first."""
    return evaluate(derive(answers, age=age), rules=RULES, stage=stage)


def self_test(rules=RULES):
    """Codes of rules that could never fire as they stand; empty when all is well."""
    unread = [rule.code for rule in rules if rule.fact not in FACTS]
    readable = [rule for rule in rules if rule.fact in FACTS]
    return unread + cannot_fire(readable, _derive_example)


def _derive_example(example):
    answers = {code: value for code, value in example.items() if code != "age"}
    return derive(answers, age=example.get("age"))
