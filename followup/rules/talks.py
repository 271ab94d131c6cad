"""Messages of patients: what may be written, when an answer is due, whose matter it is. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from clinic.refusal import Item, Refused, refuse_if
from clinic.rules.hours import Hours, from_opening

MOST_WORDS = 2000
# Clinic defaults (unverified defaults, the clinic approves).
A_DAY = 20  # messages of one patient in 24 hours
HEALTH_WITHIN = timedelta(hours=4)
DESK_WITHIN = timedelta(hours=8)
LATE_AFTER = timedelta(hours=4)  # so long after it was due somebody else is asked too
GOES_ON_FOR = timedelta(days=14)


def check_write(*, words: str, has_files: bool = False, sent_today: int = 0) -> None:
    """Refused without words, with too many, with a file, or when it is too often."""
    items = []
    if has_files:
        items.append(
            Item("talk-file", _("We can’t take pictures or files here. Write to us, or bring them along."),
                 field="words")
        )  # fmt: skip
    if not words.strip():
        items.append(Item("talk-words", _("Write a few words"), field="words"))
    elif len(words) > MOST_WORDS:
        items.append(Item("talk-long", _("This is too long. Please write less, or call us."), field="words"))
    if sent_today >= A_DAY:
        items.append(Item("talk-often", _("You have written very often today. Please call us."), field="words"))
    refuse_if(items)


def can_write(**facts) -> bool:
    """The bool of check_write."""
    try:
        check_write(**facts)
    except Refused:
        return False
    return True


def due_at(topic: str, hours: Hours, at: datetime) -> datetime:
    """Until when it should be answered: four hours about health, eight else, from the next opening when closed."""
    return from_opening(hours, at) + (HEALTH_WITHIN if topic == "health" else DESK_WITHIN)


def is_late(topic: str, hours: Hours, waiting_since: datetime, at: datetime) -> bool:
    """Has it waited so long beyond its time that somebody else must hear of it?"""
    return at > due_at(topic, hours, waiting_since) + LATE_AFTER


def goes_on(last_at: datetime, at: datetime) -> bool:
    """Does a new message belong to a talk whose last one was then? Later it is a matter of its own."""
    return at - last_at <= GOES_ON_FOR


def check_hand_over(*, frm: str, to: str, has_clinical: bool) -> None:
    """Refused from health back to the desk once something about health was written in it: the desk never reads that."""
    is_back = frm == "health" and to != "health"
    words = "What was written here about health stays with clinicians. Begin a new message about the visit instead."
    refuse_if([Item("talk-clinical", words)] if is_back and has_clinical else [])


def can_hand_over(**facts) -> bool:
    """The bool of check_hand_over."""
    try:
        check_hand_over(**facts)
    except Refused:
        return False
    return True
