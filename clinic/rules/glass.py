"""When somebody may look at one record beyond their own sites in an emergency. Pure: facts in, verdict out.

The figures are clinic defaults (unverified defaults, the clinic approves); an hour is the record's own promise.
"""

from datetime import datetime, timedelta

from clinic.refusal import Item, refuse_if

# The identified set of people who have emergency access (45 CFR 170.315(d)(6)): those who treat.
ROLES = ("nurse", "prescriber")
LASTS = timedelta(minutes=60)
LEAST_WORDS = 15
MISSES, MISSES_WITHIN = 5, timedelta(minutes=15)
REVIEW_WITHIN = timedelta(days=3)
NO_MATCH = "No single record has exactly this name and date of birth. Check the spelling with the patient."


def until_of(opened_at: datetime) -> datetime:
    """When a look opened at `opened_at` is over."""
    return opened_at + LASTS


def minutes_left(until: datetime, at: datetime) -> int:
    """Whole minutes that are left, never below zero; the last begun one counts."""
    return max(0, -int((at - until).total_seconds() // 60))


def check_can_open(*, roles, words: str, misses: int) -> None:
    """Raise Refused with everything that speaks against it.

    `roles`: held now where this person works. `misses`: how often they named nobody within MISSES_WITHIN.
    """
    refuse_if(_against(set(roles), words, misses))


def _against(roles, words, misses):
    if not roles & set(ROLES):
        yield Item("glass-role", "Only nurses and prescribers have emergency access.")
    if len(words.strip()) < LEAST_WORDS:
        yield Item("glass-words", "Say in a sentence why you need this record now.", field="words")
    if misses >= MISSES:
        yield Item("glass-misses", "Too many names that were nobody's. Wait a quarter of an hour, or call an admin.")
