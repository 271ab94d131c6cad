"""What speaks against a drug (see `intake.rules.drugs`): who may go on in spite of it, and what that takes. Pure.

An allergy, or a pair that stops or needs action, is a prescriber's decision with a reason; once decided it is shown
again and acknowledged. What is not known (nobody asked about allergies, a drug that is not in the list) is looked up
and acknowledged by whoever acts. Lighter pairs are shown and never ask.
"""

from clinic.refusal import Item
from intake.rules.drugs import ALLERGY, ASK, PAIR
from intake.rules.engine import GATING

DECIDED = (ALLERGY, PAIR)
# Unknowns that ask. That nobody knows the medicines is the eligibility's own question, asked at every visit.
ASKED = ("allergies", "drug")
# A name shorter than this could be part of another word.
SHORTEST = 4


def gating(concerns):
    """The concerns that only a prescriber lets pass, one of each kind, the heaviest of it."""
    heavy = [c for c in concerns if c.kind in DECIDED and c.level in GATING]
    first = {c.kind: c for c in reversed(heavy)}
    return [first[kind] for kind in DECIDED if kind in first]


def unknown(concerns):
    """The concerns that whoever acts has to look up."""
    return [c for c in concerns if c.kind == ASK and c.code in ASKED]


def shown(concerns):
    """The lighter pairs, as words."""
    return [c.words for c in concerns if c.kind == PAIR and c.level not in GATING]


def items(concerns, *, decided, is_prescriber, confirmed=frozenset(), reason=""):
    """Why this drug may not be ordered or given yet.

    ``decided`` maps the words of a concern to the words of an earlier decision about it. A prescriber confirms
    (`confirm.allergy`, `confirm.interaction`) and gives a reason; anybody else can only acknowledge what a prescriber
    has decided; an unknown is acknowledged by anybody (`confirm.unknown`).
    """
    found = [_gating(c, decided.get(c.words, ""), is_prescriber, confirmed) for c in gating(concerns)]
    found += [_asked(unknown(concerns), confirmed)]
    lacking = [item for item in found if item is not None]
    if not lacking and not reason.strip() and to_write(concerns, decided=decided):
        lacking = [Item("concern.reason", "Write why it is right all the same.", field="concern_reason")]
    return lacking


def _gating(concern, before, is_prescriber, confirmed):
    said = concern.words.rstrip(".")
    if concern.kind in confirmed and (before or is_prescriber):
        return None
    if before:
        return Item(f"confirm.{concern.kind}", f"{said}. {before}")
    if is_prescriber:
        return Item(f"confirm.{concern.kind}", f"{said}: a prescriber decides, with a reason.")
    return Item(f"concern.{concern.kind}", f"{said}: a prescriber decides.", link="#concerns")


def _asked(concerns, confirmed):
    if not concerns or ASK in confirmed:
        return None
    return Item(f"confirm.{ASK}", " ".join(c.words for c in concerns) + " Ask and look it up before you go on.")


def to_write(concerns, *, decided):
    """The concerns that a prescriber who goes on now decides for the first time."""
    return [c for c in gating(concerns) if c.words not in decided]


def names_same(value, words):
    """Whether a settled finding's ``value`` ("theophylline, Theo-24") names what these words of a concern are about."""
    names = [name.strip().casefold() for name in (value or "").split(",")]
    return any(len(name) >= SHORTEST and name in words.casefold() for name in names)


def waiting(concerns):
    """Undecided concerns as `Item`s that stop a start or a bolus (`start.concern`)."""
    return [
        Item("start.concern", f"{c.words.rstrip('.')}: a prescriber decides.", "Needs a clinician: ask the nurse.")
        for c in concerns
    ]
