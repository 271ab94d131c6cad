"""Runs the rules over the facts. Three answers are possible: it fires, it doesn't, or "not known: ask"."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a finding weighs, heaviest first."""

    HARD_STOP = "hard_stop"
    NEEDS_ACTION = "needs_action"
    WARN = "warn"
    INFO = "info"
    UNKNOWN = "unknown"


# The words for staff, and what each asks of them.
LEVEL_WORDS = {
    Level.HARD_STOP: "Hard stop",
    Level.NEEDS_ACTION: "Needs action",
    Level.WARN: "Caution",
    Level.INFO: "Note",
    Level.UNKNOWN: "Not known: ask",
}
OFF = "off"
SETTABLE = (Level.HARD_STOP, Level.NEEDS_ACTION, Level.WARN, Level.INFO)
WEIGHT = {level: place for place, level in enumerate(Level)}
GATING = (Level.HARD_STOP, Level.NEEDS_ACTION)
SUBMISSION, ASSESSMENT, DECISION, BOOKING, CHECK_IN = "submission", "assessment", "decision", "booking", "check_in"
EVERY_STAGE = (SUBMISSION, ASSESSMENT, DECISION, BOOKING, CHECK_IN)
NEUTRAL = "Needs a clinician: ask the prescriber."
NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as data.

    ``when`` is the condition (see intake.rules.when) and names the facts. ``resolves`` says what would settle it.
    ``conditions`` are the codes of what is treated for which it counts; empty: all. ``fires_on`` are answers that make
    it fire and ``clear_on`` answers that don't; the self-test runs both. ``stays``: a clinic can't switch it off.
    """

    code: str
    level: Level
    when: object
    reason: str
    ask: str
    resolves: str
    source: str
    fires_on: dict
    clear_on: dict
    version: int = 1
    neutral: str = NEUTRAL
    stages: tuple[str, ...] = EVERY_STAGE
    conditions: tuple[str, ...] = ()
    stays: bool = False

    @property
    def facts(self):
        """The codes of the facts it rests on."""
        return self.when.facts

    @property
    def is_verified(self):
        """Does its source stand for all of it? Else it is a default that the clinic approves."""
        return "unverified" not in self.source

    @property
    def can_be_off(self):
        """May a clinic switch it off? Never a hard stop."""
        return not self.stays and self.level != Level.HARD_STOP


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule found. For an unknown, ``level`` is UNKNOWN and ``would_be`` is the weight it would have had.

    ``would_be`` is the level in force in this clinic, ``default_level`` the one the rule ships with.
    """

    rule: str
    rule_version: int
    level: Level
    would_be: Level
    default_level: Level
    stage: str
    reason: str
    neutral: str
    facts: tuple[str, ...]
    value: str
    source: str
    resolves: str
    conditions: tuple[str, ...]

    @property
    def fact(self):
        """The first fact it rests on; for an unknown the first that is not known."""
        return self.facts[0]

    @property
    def gates(self):
        """Must a prescriber settle this before a candidate can be treated?"""
        return self.would_be in GATING

    @property
    def key(self):
        """What makes two findings the same: the rule, known or not, and what it rests on."""
        return self.rule, self.level == Level.UNKNOWN, self.value


def judge(rule, facts, stage, level=None):
    """The Verdict of one rule at ``level`` (default: its own), or None when it is known not to apply.

    KeyError when nothing derives one of its facts.
    """
    level, holds = level or rule.level, rule.when.holds(facts)
    if holds is None:
        missing = tuple(fact for fact in rule.facts if is_unknown(facts[fact]))
        return _verdict(rule, Level.UNKNOWN, level, stage, f"Not known: ask. {rule.ask}", NOT_KNOWN, missing)
    if not holds:
        return None
    shown = rule.when.shown(facts)
    return _verdict(rule, level, level, stage, rule.reason.format(value=shown), shown, rule.facts)


def evaluate(facts, *, rules, stage=ASSESSMENT, levels=None):
    """All Verdicts of the rules in force at ``stage``, heaviest first, unknowns last by the weight they might have.

    ``levels`` are the clinic's own (rule code -> Level or "off"). A rule whose facts were not asked at all today is
    left out: that a question of the visit is still open is the visit's own gate.
    """
    levels = levels or {}
    in_force = [rule for rule in rules if stage in rule.stages and levels.get(rule.code) != OFF]
    asked = [rule for rule in in_force if set(rule.facts) <= facts.keys()]
    found = [verdict for rule in asked if (verdict := judge(rule, facts, stage, levels.get(rule.code)))]
    return sorted(found, key=lambda v: (WEIGHT[v.level], WEIGHT[v.would_be]))


def is_unknown(value):
    """Is this fact not known, or known only in part (a list that is not complete)?"""
    return value is None or getattr(value, "is_complete", True) is False


def cannot_fire(rules, derive):
    """Self-test: codes of rules that their own example does not fire, or that fire where they should not."""
    return [rule.code for rule in rules if not _works(rule, derive)]


def _works(rule, derive):
    on, off, nothing = (_tried(rule, derive(example)) for example in (rule.fires_on, rule.clear_on, None))
    fires = on is not None and on.level == rule.level
    return fires and off is None and nothing is not None and nothing.level == Level.UNKNOWN


def _tried(rule, facts):
    return judge(rule, facts, rule.stages[0]) if set(rule.facts) <= facts.keys() else None


def _verdict(rule, level, would_be, stage, reason, value, facts):
    return Verdict(
        rule=rule.code,
        rule_version=rule.version,
        level=level,
        would_be=would_be,
        default_level=rule.level,
        stage=stage,
        reason=reason,
        neutral=rule.neutral,
        facts=facts,
        value=value,
        source=rule.source,
        resolves=rule.resolves,
        conditions=rule.conditions,
    )
