"""Emergencies of a session, out of its entries, and what has to be put in order after one."""

from dataclasses import dataclass, field
from datetime import datetime

from clinic.refusal import Item, Refused

CALLED, ENDS = "called", ("over", "handed_over")
END_WORDS = (("over", "The emergency is over."), ("handed_over", "Handed over to the emergency services."))


@dataclass
class Emergency:
    """One emergency: the call, the times tapped since (calls of others too), and when it ended (None: still open)."""

    called: object
    steps: list = field(default_factory=list)
    ended_at: datetime | None = None

    @property
    def since(self):
        """When it was called."""
        return self.called.observed_at


def emergencies(effective):
    """The emergencies of a session, oldest first, from its effective entries in the order in which things happened.

    Times that come after the end belong to the last one: they are charted late, or the ambulance left later.
    """
    found = []
    for entry in [e for e in effective if e.kind == "emergency"]:
        step = entry.detail.step
        if step == CALLED and (not found or found[-1].ended_at is not None):
            found.append(Emergency(entry))
        elif found:
            found[-1].steps.append(entry)
            if step in ENDS and found[-1].ended_at is None:
                found[-1].ended_at = entry.observed_at
    return found


@dataclass(frozen=True)
class Point:
    """One thing to put in order. `done` None: a person has to say so; `link` is a page's name and what it is about."""

    code: str
    label: str
    done: bool | None
    words: str = ""
    link: tuple = ()


@dataclass(frozen=True)
class AfterFacts:
    """What the record shows after an emergency.

    `unread`: (drug, stop entry id) of pumps that stopped without a volume; `in_use`: (label, mg words, preparation
    id) not accounted for; `drug_steps` and `drugs_charted` counted since the call; `without_container`: controlled
    drugs given by hand that name no container; `to_cosign`: verbal orders that wait.
    """

    ended: bool
    unread: tuple = ()
    in_use: tuple = ()
    drug_steps: int = 0
    drugs_charted: int = 0
    without_container: tuple = ()
    to_cosign: tuple = ()


def points(f):
    """All that has to be put in order after an emergency, in the order of working through it."""
    return [
        Point("over", "The emergency is over", f.ended, "" if f.ended else "Still open.", ("emergency",)),
        Point("times", "Times checked against what others wrote down", None),
        *_drugs(f),
        *_volumes(f),
        *_waste(f),
        *_orders(f),
        Point("told", "Prescriber and the person to call have been told", None),
    ]  # fmt: skip


def _drugs(f):
    lacking = f.drug_steps - f.drugs_charted
    words = f"{f.drug_steps} tapped, {f.drugs_charted} charted with a dose." if f.drug_steps else ""
    yield Point("drugs", "Every drug given is charted with its dose", False if lacking > 0 else None, words,
                ("order-list",))  # fmt: skip
    for drug in f.without_container:
        yield Point("container", f"{drug}: from which container", False, "A controlled drug without its container.",
                    ("vial-list",))  # fmt: skip


def _volumes(f):
    if not f.unread:
        yield Point("volumes", "Pumps read", True, "Every pump that stopped has its volume.")
    for drug, entry_id in f.unread:
        yield Point("volumes", f"{drug}: volume read off the pump", False, "Not read yet.", ("pump-read", entry_id))


def _waste(f):
    if not f.in_use:
        yield Point("waste", "Drug left over accounted for", True, "Nothing is left in use.")
    for label, mg, preparation_id in f.in_use:
        words = f"{mg} are neither given nor wasted."
        yield Point("waste", f"Waste of {label}", False, words, ("preparation-waste", preparation_id))


def _orders(f):
    for words in f.to_cosign:
        yield Point("orders", f"Verbal order: {words}", False, "Not co-signed yet.", ("order-list",))


def missing_to_reconcile(found, *, said=frozenset(), note=""):
    """What still stops the reconciliation: ticks that were not made, open points without a word about them.

    `said`: codes a person confirms. With a `note` open points may stay open: it says why, and they are kept with it.
    """
    items = [
        Item(f"reconcile.{p.code}", f"{p.label}: confirm it, or say in the note what is not clear.", field=p.code)
        for p in found
        if p.done is None and p.code not in said and not note.strip()
    ]
    return items + [
        Item(f"reconcile.{p.code}", f"{p.label}. {p.words}".strip(), link=f"#{p.code}")
        for p in found
        if p.done is False and (p.code == "over" or not note.strip())
    ]


def check_reconcile(found, **said):
    """Raise `Refused` with everything `missing_to_reconcile` lists."""
    items = missing_to_reconcile(found, **said)
    if items:
        raise Refused(*items)


def can_reconcile(found, **said):
    """True when `check_reconcile` would let it pass."""
    return not missing_to_reconcile(found, **said)
