"""The facts about medicines: what the patient listed, what staff recorded beside it, what is new today. Pure."""

import re
from dataclasses import dataclass
from decimal import Decimal

from intake.rules.medicines import match
from intake.rules.mme import HIGH_MME, mme

FACTS = ("medicines", "unrecognised", "opioid_dose", "opioid_dose_unknown")
PARTED = re.compile(r"[,;\n]|\band\b|\bplus\b|\+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Taken:
    """The medicines by class, names as written; ``is_complete`` False: there may be others that nobody listed."""

    classes: dict
    is_complete: bool = True


def medicines_in(answers):
    """The medicines listed, [] when the patient says they take none, None when the question was not answered."""
    if answers.get("no_medicines") == "yes":
        return []
    return [entry for entry in answers.get("medicines") or () if entry.get("name")] or None


def new_today(today):
    """The medicines named at a visit as new since the last one, as entries; None when it is not known whether any."""
    said = (today or {}).get("medicines")
    if said == "unknown":
        return None
    words = (today or {}).get("medicines_words") or ""
    return [{"name": name} for name in names_in(words)] if said == "yes" else []


def names_in(words):
    """The names in a line of words, each once: "sertraline 50 mg, Ativan and zinc" are three."""
    parts = [part.strip(" .") for part in PARTED.split(words)]
    return list(dict.fromkeys(part for part in parts if part))


def medicine_facts(answers, record, today):
    """The facts of FACTS. A list that may lack something never says "no", and its opioid dose is "ask"."""
    told, new = medicines_in(answers), new_today(today)
    entries = _once([*(told or ()), *(record.medicines if record else ()), *(new or ())])
    is_complete = told is not None and new is not None
    return {
        "medicines": Taken(classes_in(entries), is_complete),
        "unrecognised": unrecognised_in(entries) or ([] if is_complete else None),
        **_opioids(mme(entries), is_complete),
    }


def classes_in(medicines):
    """Class code -> the names, as written, of the medicines in that class."""
    found = {}
    for entry in medicines:
        for code in match(entry["name"]).classes:
            found.setdefault(code, []).append(entry["name"])
    return found


def unrecognised_in(medicines):
    """Names as written that our list does not have."""
    return [entry["name"] for entry in medicines if not match(entry["name"]).is_known]


def _once(entries):
    """Each name once, the first saying of it counts."""
    first = {}
    for entry in entries:
        first.setdefault(entry["name"].casefold(), entry)
    return list(first.values())


def _opioids(found, is_complete):
    """A dose known to reach the limit is known; below it, it is known only when every part of it is."""
    known = sum((part.mme for part in found.parts if part.mme is not None), Decimal(0))
    is_whole = is_complete and not found.unknown
    parts = [f"{part.name} ({part.why})" for part in found.unknown]
    return {
        "opioid_dose": known if is_whole or known >= HIGH_MME else None,
        "opioid_dose_unknown": parts or ([] if is_complete else None),
    }
