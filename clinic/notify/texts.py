"""The words of messages: shipped defaults, what may stand in them, and what must never leave the building.

A text published in the admin (MessageText) wins over the default of its kind. Placeholders are allow-listed per kind;
an unknown one, or a word that tells what is treated, is refused when it is written and again when it is sent.
"""

import re
import string
import unicodedata

from clinic.notify.kinds import IN_SUBJECT, KINDS, Kind
from clinic.refusal import Item, Refused


class TextError(ValueError):
    """A text can't be rendered: unknown placeholder, missing value, forbidden word. The message holds no values."""


# Words that tell what is treated, with what, or how a person is. Whole words, any case, without accents; * is any
# ending. A text must hold none of them in any of our languages, whichever it is written in.
FORBIDDEN_WORDS = """
ketamine esketamine spravato ketalar infusion* infuse* booster* dose* mg mcg ml drug* opioid* morphine lidocaine
magnesium depress* suicid* anxi* ptsd trauma* bipolar psych* mental* mood* phq* gad* peg pcl* c-ssrs crps fibromyalgia
neuropath* pain* chronic* diagnos* addict* misuse* overdose* bladder* urine liver* therap* treatment* symptom* score*
relief
ketamina esketamina refuerzo* dosis droga* opioide* morfina lidocaina magnesio ansios* ansied* tept psiq* psic* animo
sdrc fibromialgia dolor* cronic* adicc* adict* sobredosis vejiga orina* higado* terap* tratamiento* sintoma* puntaje*
puntuacion* alivio
"""
FORBIDDEN = tuple(sorted(set(FORBIDDEN_WORDS.split())))
_ANY = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in FORBIDDEN)
_PATTERN = re.compile(rf"\b(?:{_ANY})(?!\w)", re.I)
_STOPS_ES = re.compile(
    r"\b(dej[ea]r?|no tome|no use|suspend[ae]r?|par[ea]r? de|salt[ea]r?|omit[ai]r?)\b[^.!?\n]{0,40}"
    r"\b(medicinas?|medicamentos?|pastillas?|tabletas?|insulina)\b", re.I)  # fmt: skip
_STOPS = re.compile(
    r"\b(stop|skip|hold|omit|leave out|quit|do not take|don't take|never take)\b[^.!?\n]{0,40}"
    r"\b(medicine|medication|tablet|pill|insulin|blood)", re.I)  # fmt: skip


def placeholders_in(text: str) -> set[str]:
    """Names in braces; raises TextError on broken braces or anything but a plain name."""
    try:
        parts = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
    except ValueError as problem:
        raise TextError("a brace is open or stands alone") from problem
    if any(not name.isidentifier() for name in parts):
        raise TextError("a placeholder is not a plain name")
    return set(parts)


def forbidden_in(text: str) -> list[str]:
    """Words of `text` that must not leave the building, in order, once each."""
    return list(dict.fromkeys(match.group().lower() for match in _PATTERN.finditer(_bare(text))))


def _bare(text: str) -> str:
    """Without accents: "ánimo" and "animo" are one word."""
    return "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one))


def tells_to_stop_medicine(text: str) -> bool:
    """True when a text tells anyone to stop or skip a medicine: only a person's own signed plan may say so."""
    return _STOPS.search(text) is not None or _STOPS_ES.search(text) is not None


def problems(kind: str, subject: str, body: str) -> list[Item]:
    """All that is wrong with a text of this kind, in words; empty when it may be published."""
    known = KINDS.get(kind)
    if known is None:
        return [Item("kind", f"There is no kind of message called {kind}.", field="kind")]
    try:
        used = placeholders_in(subject) | placeholders_in(body)
    except TextError as problem:
        return [Item("braces", f"Check the braces: {problem}.", field="body")]
    found = [Item("placeholder", f"{{{name}}} is not known here. Known: {_listed(known)}.", field="body")
             for name in sorted(used - known.placeholders)]  # fmt: skip
    if known.link and "link" not in used:
        found.append(Item("link", "{link} is missing: without it nobody gets to the page.", field="body"))
    words = forbidden_in(f"{subject}\n{body}")
    found += [Item("word", f"“{word}” must not leave the building.", field="body") for word in words]
    if tells_to_stop_medicine(body):
        found.append(Item("medicine", "A message never tells anyone to stop a medicine.", field="body"))
    told = placeholders_in(subject) & known.placeholders - IN_SUBJECT
    found += [Item("told", f"{{{name}}} has no place in a subject, only in the text.", field="subject")
              for name in sorted(told)]  # fmt: skip
    if "\n" in subject:
        found.append(Item("subject", "The subject is one line.", field="subject"))
    return found


def _listed(kind: Kind) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(kind.placeholders))


def check_text(kind: str, subject: str, body: str) -> None:
    """Raise Refused with everything that is wrong with a text."""
    found = problems(kind, subject, body)
    if found:
        raise Refused(*found)


def render(kind: str, subject: str, body: str, values: dict) -> tuple[str, str]:
    """Subject and body with their values; raises TextError, without repeating any value."""
    known = KINDS.get(kind)
    if known is None:
        raise TextError("no such kind of message")
    unknown = (placeholders_in(subject) | placeholders_in(body)) - known.placeholders
    if unknown:
        raise TextError(f"unknown placeholder {', '.join(sorted(unknown))}")
    try:
        filled = subject.format_map(values), body.format_map(values)
    except KeyError as problem:
        raise TextError(f"no value for {problem.args[0]}") from problem
    return _checked(" ".join(filled[0].split())[:150], filled[1], values)


def _checked(subject: str, body: str, values: dict) -> tuple[str, str]:
    """The last look before it leaves. Names of people and links may contain anything; what is left may not."""
    bare = f"{subject}\n{body}"
    for name in ("name", "link", "page", "site"):
        bare = bare.replace(str(values.get(name) or "\0"), "")
    words = forbidden_in(bare)
    if words:
        raise TextError(f"words that must not leave: {', '.join(words)}")
    return subject, body
