"""Sheets charted on paper and typed in afterwards: which line is what, and when it was. Pure."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from clinic.refusal import Item, Refused

# What a line of the pump's part may be.
PUMP = {
    "start": "Started",
    "rate": "Rate changed",
    "pause": "Paused",
    "resume": "Went on",
    "stop": "Stopped",
}


@dataclass(frozen=True)
class Line:
    """One line of the sheet: its name in the form, the entry's id, kind (vitals, pump, note), time and values."""

    key: str
    entry_id: object
    kind: str
    at: datetime
    values: dict = field(default_factory=dict)


def moment(day, clock, zone, begins=None):
    """The moment of a wall-clock time on a sheet of `day`; a time before `begins` by over 12 h is after midnight."""
    at = datetime.combine(day, clock, tzinfo=zone)
    if begins is not None and begins - at > timedelta(hours=12):
        at += timedelta(days=1)
    return at


def in_order(lines):
    """The lines in the order in which things happened; of one minute the pump's come first."""
    return sorted(lines, key=lambda line: (line.at, line.kind != "pump", line.key))


def line_items(line):
    """What is missing on a line, as `Item`s whose field is the line's own."""
    values = line.values
    what = values.get("what")
    if line.kind != "pump":
        return []
    if what not in PUMP:
        return [Item("paper.what", "Say what happened.", field=f"{line.key}_what")]
    if what == "rate" and values.get("rate") is None:
        return [Item("paper.rate", "A change of rate needs the rate, mL/h.", field=f"{line.key}_rate")]
    return []


def check_open(signed_at):
    """Raise `Refused` when the sheet is signed: then another sheet is begun."""
    if signed_at is not None:
        raise Refused(Item("paper.signed", "This sheet is signed: begin another one."))


def check_signer(*, author, signer, lines):
    """Raise `Refused` unless the author signs a sheet that has lines."""
    if signer != author:
        raise Refused(Item("paper.author", "Only the person who charted on paper signs this sheet."))
    if not lines:
        raise Refused(Item("paper.empty", "Nothing was typed in from this sheet yet."))
