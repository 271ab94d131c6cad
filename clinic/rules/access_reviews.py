"""Who judges somebody's access, and when a judgement is complete. Pure: facts in, verdict out."""

from datetime import datetime, timedelta

from clinic.refusal import Item, refuse_if

JUDGES = ("clinic_admin", "auditor")
REVIEW_WITHIN = timedelta(days=3)  # clinic default (unverified default, the clinic approves)
CHECK_EVERY = timedelta(days=90)  # the list of who has access; clinic default (unverified, the clinic approves)
LEAST_WORDS = 10


def check_can_judge(*, roles, is_own: bool) -> None:
    """Raise Refused unless this person judges access at that site, and it is not about themselves."""
    refuse_if(_against_judge(set(roles), is_own))


def can_judge(*, roles, is_own: bool) -> bool:
    """Whether `check_can_judge` lets this person."""
    return not list(_against_judge(set(roles), is_own))


def _against_judge(roles, is_own):
    if not roles & set(JUDGES):
        yield Item("not-judge", "A clinic admin or an auditor of that site judges it.")
    if is_own:
        yield Item("own-access", "Nobody judges their own access. Ask another clinic admin or the auditor.")


def check_can_settle(*, outcome: str, words: str) -> None:
    """Raise Refused while the outcome or the words about it are missing."""
    found = [] if outcome else [Item("outcome", "Choose what came of it.", field="outcome")]
    if len(words.strip()) < LEAST_WORDS:
        found.append(Item("outcome-words", "Write what you found, in a sentence.", field="outcome_words"))
    refuse_if(found)


def is_check_due(checked_at: datetime | None, at: datetime) -> bool:
    """Is it time to go through the list of who has access?"""
    return checked_at is None or at - checked_at > CHECK_EVERY
