"""What a noted call means: whether the contact is made, when it is tried again, what a person must see. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from clinic.refusal import Item, Refused, refuse_if

REACHED, GAVE_UP = "reached", "gave_up"
NOT_REACHED = ("message", "no_answer", "wrong_number", "other_person")
ENDS = (REACHED, GAVE_UP)
# Clinic defaults (unverified defaults, the clinic approves).
TRY_AGAIN_AFTER = timedelta(hours=3)
TRIES = 3
MOST_AHEAD = timedelta(days=7)


def is_made(outcomes: Sequence[str]) -> bool:
    """Is the contact made, or given up by a person's decision?"""
    return any(outcome in ENDS for outcome in outcomes)


def tries_in_vain(outcomes: Sequence[str]) -> int:
    """How many tries of ours have not reached the patient."""
    return sum(outcome in NOT_REACHED for outcome in outcomes)


def must_tell_prescriber(outcomes: Sequence[str]) -> bool:
    """Three tries in vain, or given up: the prescriber is told. Once, at the third."""
    if not outcomes:
        return False
    return outcomes[-1] == GAVE_UP or (not is_made(outcomes) and tries_in_vain(outcomes) == TRIES)


def next_try(outcome: str, called_at: datetime, chosen: datetime | None) -> datetime | None:
    """When it is tried again: as chosen, else three hours after a try in vain; None once it is made or given up."""
    if outcome in ENDS:
        return None
    return chosen or called_at + TRY_AGAIN_AFTER


def check_call(
    *, outcome: str, words: str, called_at: datetime, next_try_at: datetime | None, now: datetime, tries: int = TRIES
) -> None:
    """Refused with every reason: no words, a call still to come, a next try in the past or too far ahead.

    `tries`: tries in vain so far; giving up asks for one at least.
    """
    items = []
    if not words.strip() and outcome in ("reached", "other_person", "gave_up"):
        items.append(Item("call-words", "Write what was said, or why no more is tried", field="words"))
    if called_at > now:
        items.append(Item("call-ahead", "This moment is still to come", field="called_at"))
    if outcome == GAVE_UP and not tries:
        items.append(Item("call-tries", "Nobody has tried to call yet: try once at least", field="outcome"))
    if next_try_at is not None and not now < next_try_at <= now + MOST_AHEAD:
        items.append(Item("call-next", "The next try lies ahead, within a week", field="next_try_at"))
    refuse_if(items)


def can_call(**facts) -> bool:
    """The bool of check_call."""
    try:
        check_call(**facts)
    except Refused:
        return False
    return True
