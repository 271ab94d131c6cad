"""What the findings mean for each condition that is treated: cleared, ask, needs review, do not proceed. Pure."""

from dataclasses import dataclass

from intake.rules.conditions import GROUPS
from intake.rules.engine import Level

STOP, REVIEW, ASK, CLEARED = "stop", "review", "ask", "cleared"
WORDS = {STOP: "Do not proceed", REVIEW: "Needs review", ASK: "Ask first", CLEARED: "Cleared"}
STANDS = "stands"


@dataclass(frozen=True, slots=True)
class ConditionVerdict:
    """The outcome for one condition, with the findings it rests on; ``cautions`` are those that only want care."""

    condition: str
    outcome: str
    because: tuple
    cautions: tuple

    @property
    def words(self):
        """The outcome in words."""
        return WORDS[self.outcome]

    @property
    def name(self):
        """The condition in words."""
        return GROUPS[self.condition]

    @property
    def reasons(self):
        """The sentences of what it rests on."""
        return [finding.reason for finding in self.because]


def verdicts(findings, conditions=tuple(GROUPS)):
    """Condition -> its ConditionVerdict. Findings are rows or Verdicts; one that is settled no longer counts.

    Unknown is never fine: whatever its weight, a question that nobody has settled leaves the condition at "ask".
    """
    return {condition: _of(condition, [f for f in findings if counts(f, condition)]) for condition in conditions}


def counts(finding, condition):
    """Does this finding count for the condition?"""
    return not finding.conditions or condition in finding.conditions


def _of(condition, findings):
    open_ones = [finding for finding in findings if getattr(finding, "resolution", "") in ("", STANDS)]
    found = {
        STOP: [f for f in open_ones if f.level == Level.HARD_STOP],
        REVIEW: [f for f in open_ones if f.level == Level.NEEDS_ACTION],
        ASK: [f for f in open_ones if f.level == Level.UNKNOWN],
    }
    outcome = next((outcome for outcome in found if found[outcome]), CLEARED)
    cautions = tuple(f for f in open_ones if f.level in (Level.WARN, Level.INFO))
    return ConditionVerdict(condition, outcome, tuple(found.get(outcome, ())), cautions)
