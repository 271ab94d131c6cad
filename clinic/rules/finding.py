"""What somebody typed into the one search box: names, a phone number, a date of birth, a record number. Pure."""

from __future__ import annotations

import datetime
import re
import string
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
RECORD_PREFIX = "TL-"
LEAST_PHONE_DIGITS = 4
LEAST_INSIDE = 3  # letters before the middle of a name is searched too
MOST_WORDS = 5
SHORTEST_SLIP = 3  # a slip in two letters may be any name

_DROPPED = re.compile("[\u0300-\u036f'\u2019.]")
_GAPS = re.compile("[\\s\u2010-\u2015,;-]+")
_YEAR_FIRST = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b")
_YEAR_LAST = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b")
_DAY_MONTH = re.compile(r"\b(\d{1,2})[-\s.]*([A-Za-z]{3,9})[-\s.,]*(\d{4})\b")
_MONTH_DAY = re.compile(r"\b([A-Za-z]{3,9})\s*(\d{1,2})(?:st|nd|rd|th)?[\s,]+(\d{4})\b")
_RECORD = re.compile(r"\b([A-Za-z]{1,3})[-\s]?((?:\d[\s]?){3,9})$")


@dataclass(frozen=True)
class Wanted:
    """What the text may mean; each part is empty where it says nothing of that sort."""

    words: tuple[str, ...] = ()
    born_on: tuple[datetime.date, ...] = ()
    digits: str = ""
    records: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.born_on or self.digits or self.records)


def read(text: str) -> Wanted:
    """Take the text apart. 5/6/1978 may be the fifth of June or the sixth of May: both are looked for."""
    text = " ".join(text.replace("\0", " ").split())[:80]
    born_on, rest = _dates(text)
    records, rest = _records(rest)
    digits = "".join(c for c in rest if c.isdigit())
    words = tuple(word for word in re.split(r"[\s,;]+", re.sub(r"[\d()+]", " ", rest)) if word.strip("-./"))
    if digits and not words:
        records = (*records, record_number(int(digits[:9])))
    return Wanted(words, born_on, digits if len(digits) >= LEAST_PHONE_DIGITS else "", records)


def fold(text: str) -> str:
    """A name as it is compared: no accents, no apostrophes or dots, small letters, one blank for each gap.

    The database does the same to the names it keeps (`clinic.models.finding`).
    """
    plain = _DROPPED.sub("", unicodedata.normalize("NFD", text)).lower()
    return " ".join(_GAPS.split(plain)).strip()


def folded(words: Iterable[str]) -> tuple[str, ...]:
    """The typed words as they are looked up, the longest (it leaves the fewest names) first; at most five."""
    found = dict.fromkeys(word for text in words for word in fold(text).split())
    return tuple(sorted(found, key=len, reverse=True)[:MOST_WORDS])


def slips(word: str) -> tuple[str, ...]:
    """Every word that one slip of the keyboard makes of this one: a letter left out, added, changed, or two swapped."""
    if len(word) < SHORTEST_SLIP:
        return ()
    parts = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    made = {a + b[1:] for a, b in parts if b}
    made |= {a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1}
    made |= {a + letter + b[1:] for a, b in parts if b for letter in string.ascii_lowercase}
    made |= {a + letter + b for a, b in parts for letter in string.ascii_lowercase}
    return tuple(sorted(made - {word}))


def is_alike(words: Iterable[str], line: str) -> bool:
    """Whether a name (folded) has each of these words, or one that is a single slip away from it."""
    names = set(line.split())
    return all(word in line or not names.isdisjoint(slips(word)) for word in words)


def record_number(number: int) -> str:
    """A record number as it is stored and shown, for example TL-000042."""
    return f"{RECORD_PREFIX}{number:06d}"


def _records(text: str) -> tuple[tuple[str, ...], str]:
    found = _RECORD.search(text)
    if not found:
        return (), text
    prefix, number = found.group(1).upper(), found.group(2).replace(" ", "")
    spelled = {f"{prefix}{number}", f"{prefix}-{number}", f"{prefix}-{int(number):06d}"}
    return tuple(sorted(spelled)), text[: found.start()]


def _dates(text: str) -> tuple[tuple[datetime.date, ...], str]:
    for pattern, reader in _READERS:
        for found in pattern.finditer(text):
            days = tuple(dict.fromkeys(day for day in reader(*found.groups()) if day))
            if days:
                return days, f"{text[: found.start()]} {text[found.end() :]}"
    return (), text


def _day(year, month, day) -> datetime.date | None:
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _month(word: str) -> int:
    return MONTHS.index(word[:3].lower()) + 1 if word[:3].lower() in MONTHS else 0


_READERS = (
    (_YEAR_FIRST, lambda year, month, day: (_day(year, month, day),)),
    (_YEAR_LAST, lambda one, two, year: (_day(year, one, two), _day(year, two, one))),
    (_DAY_MONTH, lambda day, month, year: (_day(year, _month(month), day),)),
    (_MONTH_DAY, lambda month, day, year: (_day(year, _month(month), day),)),
)
