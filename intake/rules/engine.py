"""Runs the rules over the facts. Three answers are possible: it fires, it doesn't, or "not known: ask"."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """How much a finding weighs, heaviest first."""

    HARD_STOP = "hard_stop"
    NEEDS_ACTION = "needs_action"
    WARN = "warn"
    INFO = "info"
    UNKNOWN = "unknown"


WEIGHT = {level: place for place, level in enumerate(Level)}
GATING = (Level.HARD_STOP, Level.NEEDS_ACTION)
ASSESSMENT, BOOKING, CHECK_IN = "assessment", "booking", "check_in"
EVERY_STAGE = (ASSESSMENT, BOOKING, CHECK_IN)
NEUTRAL = "Needs a clinician: ask the prescriber."


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as data.

    ``test`` takes the value of the fact and says whether the rule fires; it is never asked about an unknown fact.
    ``fires_on`` are answers (or an age) that make it fire and ``clear_on`` answers that don't: the self-test runs both.
    """

    code: str
    level: Level
    fact: str
    test: Callable
    reason: str
    ask: str
    source: str
    fires_on: dict
    clear_on: dict
    version: int = 1
    neutral: str = NEUTRAL
    stages: tuple[str, ...] = EVERY_STAGE
    shown: Callable = field(default=str)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule found. For an unknown, ``level`` is UNKNOWN and ``would_be`` is the weight it would have had."""

    rule: str
    version: int
    level: Level
    would_be: Level
    stage: str
    reason: str
    neutral: str
    fact: str
    value: str
    source: str

    @property
    def gates(self):
        """Must a prescriber settle this before a candidate can be treated?"""
        return self.would_be in GATING


def judge(rule, facts, stage):
    """The Verdict of one rule, or None when it is known not to apply. KeyError when nothing derives its fact."""
    value = facts[rule.fact]
    if value is None:
        return _verdict(rule, Level.UNKNOWN, stage, f"Not known: ask. {rule.ask}", "not known")
    if not rule.test(value):
        return None
    shown = rule.shown(value)
    return _verdict(rule, rule.level, stage, rule.reason.format(value=shown), shown)


def evaluate(facts, *, rules, stage=ASSESSMENT):
    """All Verdicts of the rules in force at ``stage``, heaviest first, unknowns last by the weight they might have."""
    found = [verdict for rule in rules if stage in rule.stages and (verdict := judge(rule, facts, stage))]
    return sorted(found, key=lambda v: (WEIGHT[v.level], WEIGHT[v.would_be]))


def cannot_fire(rules, derive):
    """Self-test: codes of rules that their own example does not fire, or that fire where they should not."""
    return [rule.code for rule in rules if not _works(rule, derive)]


def _works(rule, derive):
    on, off, nothing = (judge(rule, derive(example), ASSESSMENT) for example in (rule.fires_on, rule.clear_on, {}))
    fires = on is not None and on.level == rule.level
    return fires and off is None and nothing is not None and nothing.level == Level.UNKNOWN


def _verdict(rule, level, stage, reason, value):
    return Verdict(
        rule=rule.code,
        version=rule.version,
        level=level,
        would_be=rule.level,
        stage=stage,
        reason=reason,
        neutral=rule.neutral,
        fact=rule.fact,
        value=value,
        source=rule.source,
    )
