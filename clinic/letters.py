"""The words of letters: shipped defaults, the clinic's own published ones, what may stand in them, how they are filled.

A letter is the patient's record: it is read by its prescriber before it goes, and it may say what a mail must not.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from clinic.models import LetterText
from clinic.notify.texts import TextError, placeholders_in, tells_to_stop_medicine
from clinic.refusal import Item, Refused

SHIPPED = Path(__file__).resolve().parent / "texts" / "letters.toml"
COMMON = frozenset({"patient", "name", "today", "site", "address", "phone", "prescriber"})
TO_PATIENT = frozenset({"conditions", "wait_for"})
TO_REFERRER = TO_PATIENT | {"referrer", "organisation", "born_on", "record", "decision", "assessed_on"}
SAID_OF_PROGRESS = "given baseline relief function opioids side_effects adjuncts safety next"
OF_PROGRESS = {"referrer", "organisation", "born_on", "record", *SAID_OF_PROGRESS.split()}
ENGLISH = "en"
# What a preview is filled with: nobody's data.
SAMPLE = {
    "patient": "Sam Sample",
    "name": "Sam",
    "today": "14-May-2026",
    "site": "Sample clinic",
    "address": "1 Sample Street",
    "phone": "555 0100",
    "prescriber": "Pat Prescriber MD",
    "conditions": "Blood pressure below 140 over 90 on the day.",
    "wait_for": "A new ECG.",
    "referrer": "Dr. Rae Ferrer",
    "organisation": "Sample practice",
    "born_on": "02-Feb-1970",
    "record": "TL-000000",
    "decision": "Candidate with conditions",
    "assessed_on": "12-May-2026",
    "given": "6 infusions between 02-Feb-2026 and 20-Feb-2026, 6 planned",
    "baseline": "Pain 7.8 of 10 before the first infusion (mean of 12 days of diary).",
    "relief": "Relief of at least 30 % of pain lasted 19–20 and 23–25 days after the infusions with enough reports.",
    "function": "What the patient can do in a day: better by 2 points of 10 or more.",
    "opioids": "Opioids now: none on record.",
    "side_effects": "During and after the infusions: nausea (2).",
    "adjuncts": "Beside the infusions: physical therapy with Sample practice: 4 attended.",
    "safety": "Ketamine so far: 240 mg in all; 6 infusions in the last 365 days.",
    "next": "",
}


class Words(NamedTuple):
    """Title and body of a letter, and the published LetterText they come from (None: the shipped ones)."""

    title: str
    body: str
    text: LetterText | None
    language: str


@cache
def shipped():
    """Language -> kind -> {"title", "body"} of the shipped letters, read once."""
    return tomllib.loads(SHIPPED.read_text(encoding="utf-8"))


def placeholders_of(kind):
    """The names that may stand in braces in a letter of this kind."""
    return COMMON | {"referrer": TO_REFERRER, "progress": OF_PROGRESS}.get(kind, TO_PATIENT)


def words_of(kind, language):
    """The Words in force: the newest published text in this language, else the shipped one, else both in English."""
    published = LetterText.objects.filter(kind=kind, published_at__isnull=False).order_by("-number")
    by_language = {}
    for text in published:
        by_language.setdefault(text.language, text)
    for wanted in dict.fromkeys((language, ENGLISH)):
        if wanted in by_language:
            text = by_language[wanted]
            return Words(text.title, text.body, text, wanted)
        if kind in shipped().get(wanted, {}):
            told = shipped()[wanted][kind]
            return Words(told["title"], told["body"].strip(), None, wanted)
    raise LookupError(f"No letter of the kind {kind} is shipped.")


def fill(words, values):
    """(title, body) with the values in. A paragraph whose placeholders are all empty is left out."""
    paragraphs = [part for part in words.body.split("\n\n") if _says_something(part, values)]
    filled = "\n\n".join(_lines(part.strip().format_map(values)) for part in paragraphs)
    return " ".join(words.title.format_map(values).split()), filled


def _says_something(paragraph, values):
    names = placeholders_in(paragraph)
    return not names or any(str(values[name]).strip() for name in names)


def _lines(text):
    """Lines that an empty placeholder left blank go."""
    return "\n".join(line.rstrip() for line in text.splitlines() if line.strip())


def problems(kind, title, body):
    """All that is wrong with a text of this kind, in words; [] when it may be published."""
    try:
        used = placeholders_in(title) | placeholders_in(body)
    except TextError as problem:
        return [Item("braces", f"Check the braces: {problem}.", field="body")]
    known = placeholders_of(kind)
    listed = ", ".join(f"{{{name}}}" for name in sorted(known))
    found = [
        Item("placeholder", f"{{{name}}} is not known here. Known: {listed}.", field="body")
        for name in sorted(used - known)
    ]
    if tells_to_stop_medicine(body):
        found.append(Item("medicine", "A letter never tells anyone to stop a medicine.", field="body"))
    return found


def check_text(kind, title, body):
    """Raise Refused with everything that is wrong with a text."""
    if found := problems(kind, title, body):
        raise Refused(*found)


def preview(text):
    """(title, body) of a LetterText filled with sample values; raises TextError when it can't be filled."""
    if problems(text.kind, text.title, text.body):
        raise TextError("this text can't be filled as it stands")
    return fill(Words(text.title, text.body, text, text.language), SAMPLE)
