"""The logic of the C-SSRS screener: which question comes next and which level of risk its answers mean. Pure.

Only the logic is here, not the text: see ``docs/adr/0009-c-ssrs-logic-without-its-text.md``. Levels as published for
the screener: questions 1 and 2 low; 3, or 6 at any time, moderate; 4, 5, or 6 within 3 months, high.
"""

from dataclasses import dataclass
from enum import IntEnum

CODE = "c-ssrs"
YES, NO = "yes", "no"
WISH, THOUGHTS, METHOD, INTENT, PLAN = (f"cssrs_{n}" for n in range(1, 6))
BEHAVIOUR, RECENT = "cssrs_6", "cssrs_6_recent"
ONLY_AFTER_THOUGHTS = (METHOD, INTENT, PLAN)
CODES = (WISH, THOUGHTS, *ONLY_AFTER_THOUGHTS, BEHAVIOUR, RECENT)


class Risk(IntEnum):
    """The level of risk; its number is kept as the score, it is not a sum."""

    NONE = 0
    LOW = 1
    MODERATE = 2
    HIGH = 3


MEANS = {
    WISH: Risk.LOW,
    THOUGHTS: Risk.LOW,
    METHOD: Risk.MODERATE,
    INTENT: Risk.HIGH,
    PLAN: Risk.HIGH,
    BEHAVIOUR: Risk.MODERATE,
    RECENT: Risk.HIGH,
}


@dataclass(frozen=True, slots=True)
class Screen:
    """The level that the answers give at least, and the questions that are still needed to know it for certain."""

    at_least: Risk
    missing: tuple[str, ...]

    @property
    def level(self):
        """The Risk, None while a missing answer could still raise it."""
        return None if self.missing else self.at_least


def needed(answers):
    """The questions to ask, given ``answers`` (code -> "yes", "no" or blank): 3 to 5 only unless 2 is a no."""
    inner = () if answers.get(THOUGHTS) == NO else ONLY_AFTER_THOUGHTS
    recent = (RECENT,) if answers.get(BEHAVIOUR) == YES else ()
    return (WISH, THOUGHTS, *inner, BEHAVIOUR, *recent)


def screen(answers):
    """The Screen of ``answers``. A yes counts wherever it stands; the highest level needs nothing more."""
    at_least = max((MEANS[code] for code in CODES if answers.get(code) == YES), default=Risk.NONE)
    missing = tuple(code for code in needed(answers) if answers.get(code) not in (YES, NO))
    return Screen(at_least, () if at_least is Risk.HIGH else missing)
