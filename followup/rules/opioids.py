"""The opioids of a day as a patient tells them, in morphine equivalents. Pure; what can't be computed is never 0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intake.rules.mme import Mme, Part, mme

FENTANYL, OTHER, UNSURE = "fentanyl", "other", "unsure"
# Those with a factor (source: intake.rules.mme), one without that is often taken, and "another one".
NAMES = (
    *("codeine", FENTANYL, "hydrocodone", "hydromorphone", "methadone", "morphine", "oxycodone", "oxymorphone"),
    *("tapentadol", "tramadol", "buprenorphine", OTHER),
)


def medicine(name: str, amount, times_a_day) -> dict:
    """One line as it is kept: mg a dose and doses a day; a fentanyl patch in mcg an hour."""
    patch = name == FENTANYL
    return {
        "name": name,
        "amount": None if amount is None else str(amount),
        "unit": "mcg/h" if patch else "mg",
        "times_a_day": None if patch or times_a_day is None else str(times_a_day),
    }


def reckon(medicines: Sequence[Mapping], *, is_unsure: bool = False) -> Mme:
    """The day's total; unknown as soon as one line is another opioid, or the patient is not sure what they took."""
    found = mme([m for m in medicines if m["name"] != OTHER])
    others = tuple(Part(OTHER, None, "no factor: ask") for m in medicines if m["name"] == OTHER)
    others += (Part(UNSURE, None, "not sure: ask"),) if is_unsure else ()
    if not others:
        return found
    return Mme(None, (*found.parts, *others), found.factor_year)
