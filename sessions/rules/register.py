"""The register of a controlled drug: which movement changes what is on hand, and the running balance. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from sessions.rules.ledger import ZERO

# What a movement does to what is on hand (in stock and in use together). Drawing and counting change nothing.
SIGN = {"received": 1, "given": -1, "wasted": -1, "returned": -1, "drawn": 0, "counted": 0}
WORDS = {
    "received": "Received",
    "drawn": "Drawn",
    "given": "Given",
    "wasted": "Wasted",
    "returned": "Returned",
    "counted": "Counted",
}


@dataclass(frozen=True)
class Line:
    """One movement with what is on hand after it, mg; `struck`: it was taken back later; `back`: it takes one back."""

    entry: object
    on_hand: Decimal
    struck: bool
    back: bool


def change(kind, mg):
    """What this movement does to what is on hand, signed mg."""
    return SIGN[kind] * mg


def running(entries, opening=ZERO, taken_back=frozenset()):
    """The `Line`s of entries in their order, from what was on hand before them. `taken_back`: ids struck through."""
    on_hand, lines = opening, []
    for entry in entries:
        on_hand += change(entry.kind, entry.mg)
        lines.append(Line(entry, on_hand, entry.pk in taken_back, entry.corrects_id is not None))
    return lines


def totals(entries):
    """kind -> summed mg of these entries, counts left out."""
    sums = dict.fromkeys(("received", "given", "wasted", "returned"), ZERO)
    for entry in entries:
        if entry.kind in sums:
            sums[entry.kind] += entry.mg
    return sums


def words_of(entry):
    """What a line is called: "Wasted: dead space of line and connectors", "Correction of wasted"."""
    if entry.corrects_id is not None:
        return f"Taken back: {WORDS[entry.kind].lower()}"
    if entry.discrepancy_id is not None:
        return f"Correction: {WORDS[entry.kind].lower()}"
    manner = entry.get_manner_display() if entry.manner else ""
    return f"{WORDS[entry.kind]}: {manner[0].lower()}{manner[1:]}" if manner else WORDS[entry.kind]
