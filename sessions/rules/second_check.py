"""The second check: what another person read, blind, off label and pump, against what was computed."""

from dataclasses import dataclass
from decimal import Decimal

from clinic.refusal import Item, Refused

OCCASIONS = ("start", "syringe", "rate")
STAND_INS = ("prescriber", "self_delayed")
# A delayed self-check by the only person there waits this long, so that it is a fresh look. Source: clinic default.
SELF_DELAY_MINUTES = 10


@dataclass(frozen=True)
class ReadOff:
    """Patient (record number or name as typed), strength mg/mL, pump rate mL/h, volume mL; None = not read."""

    patient: str
    strength_mg_ml: Decimal
    rate_ml_h: Decimal
    volume_ml: Decimal


def orderer_of(order):
    """Whose order counts as theirs at a second check: who computed a dose within the signed plan, else who ordered."""
    return order.taken_by if order.kind == "plan" else order.ordered_by


def compare(read, computed, *, patient_names):
    """All mismatches in words, both figures named; an empty list means that the check holds.

    `patient_names` are the spellings that identify this patient (record number, surname, full name).
    """
    known = {_fold(n) for n in patient_names}
    found = (
        []
        if _fold(read.patient) in known
        else [f"Patient read as {read.patient or 'nothing'!r}, the order is for {patient_names[0]}."]
    )
    for label, unit, got, want in (
        ("Strength", "mg/mL", read.strength_mg_ml, computed.strength_mg_ml),
        ("Pump rate", "mL/h", read.rate_ml_h, computed.rate_ml_h),
        ("Volume", "mL", read.volume_ml, computed.volume_ml),
    ):
        if got is None or got != want:
            found.append(f"{label} read as {_num(got)} {unit}, computed {_num(want)} {unit}.")
    return found


def _fold(text):
    return " ".join((text or "").replace(",", " ").split()).casefold()


def _num(value):
    return "nothing" if value is None else format(value.normalize(), "f")


def person_items(*, checker, orderer, drawer, stand_in="", allowed_stand_ins=(), reason="", minutes_since_made=None):
    """Why this person may not be the second one. Ids in, `Item`s out.

    Never the orderer or the one who drew; where nobody else is there, only the stand-in the site's policy allows: the
    prescriber checking the preparation (never their own order), or a delayed blind self-check with a reason.
    """
    if stand_in == "":
        return _plain_person(checker, orderer, drawer)
    if stand_in not in allowed_stand_ins:
        return [Item("check.policy", "This site's policy does not allow this stand-in for the second check.")]
    items = [] if reason.strip() else [Item("check.reason", "Say why nobody else could check.")]
    if stand_in == "prescriber" and checker == orderer:
        items.append(Item("check.orderer", "The prescriber cannot check their own order."))
    if stand_in == "self_delayed" and (minutes_since_made is None or minutes_since_made < SELF_DELAY_MINUTES):
        items.append(Item("check.delay", f"A self-check waits {SELF_DELAY_MINUTES} minutes after the preparation."))
    return items


def _plain_person(checker, orderer, drawer):
    items = []
    if checker == orderer:
        items.append(Item("check.orderer", "The second check cannot be made by the person who ordered the dose."))
    if checker == drawer:
        items.append(Item("check.drawer", "The second check cannot be made by the person who drew the drug."))
    return items


def check_person(**facts):
    """Raise `Refused` with everything `person_items` lists."""
    items = person_items(**facts)
    if items:
        raise Refused(*items)
