"""Log lines: UTC with its mark, one line an entry, nothing that a row of a patient's record was made of.

What is withheld: what the database says about a row, a statement or a value it could not read; tokens in addresses;
what stands behind the question mark of an address; passwords of URLs; e-mail addresses; phone numbers; and an
error's own words, since they may quote what somebody typed. Kind, file and line of an error stay.
"""

import logging
import re
import time
import traceback
from collections.abc import Iterator

WITHHELD = "[withheld]"
SECRETS = (
    (re.compile(r"\b(DETAIL|LINE \d+|CONTEXT|STATEMENT|QUERY):.*", re.DOTALL), rf"\1: {WITHHELD}"),
    (re.compile(r"(invalid input (?:syntax|value)[^\"\n]{0,200}|out of range): *\"[^\"]*\""), rf"\1: {WITHHELD}"),
    (re.compile(r"(/p/|/calendar/|/password/reset/key/)[^/\s?]+"), rf"\1{WITHHELD}"),
    (re.compile(r"(?<=[\w/])\?[^\s\"'=]{0,200}=[^\s\"']*"), f"?{WITHHELD}"),
    (re.compile(r"(://[^:/\s]{0,200}:)[^@\s]{1,200}@"), rf"\1{WITHHELD}@"),
    (re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"), WITHHELD),
    (re.compile(r"(?<![\w.])\+\d[\d ().-]{6,18}\d"), WITHHELD),
)
OF_THE_PROGRAM = (AttributeError, NameError, ImportError)
BECAUSE = "\nThe above exception was the direct cause of the following exception:\n\n"
MEANWHILE = "\nDuring handling of the above exception, another exception occurred:\n\n"
FEWEST = 4  # an error's words that are shorter stand in too many places to be taken out
MOST_OF_A_MESSAGE, MOST_OF_A_LINE, MOST_LOOKED_AT = 2_000, 16_000, 64_000


def discreet(text: str) -> str:
    """Return the text without database details, tokens, queries of addresses, passwords and people's addresses."""
    text = text[:MOST_LOOKED_AT]  # what lies behind it is cut off anyway
    for pattern, instead in SECRETS:
        text = pattern.sub(instead, text)
    return text


class DiscreetFilter(logging.Filter):
    """Withhold from the message itself; LineFormatter does the same for the traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        problem = record.exc_info[1] if record.exc_info else None
        if problem is not None:  # the traceback names it, without the words it quotes
            for words in (repr(problem), str(problem)):
                text = text.replace(words, type(problem).__name__) if len(words) >= FEWEST else text
        record.msg, record.args = _cut(discreet(text), MOST_OF_A_MESSAGE), ()
        return True


class LineFormatter(logging.Formatter):
    """A record as one line, its traceback included, so that nobody can forge an entry with a line break."""

    converter = time.gmtime
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def formatException(self, ei) -> str:
        """Every error of the chain with its places; its own words only where they name parts of the program."""
        return "".join(_told(ei[1], set())).rstrip()

    def format(self, record: logging.LogRecord) -> str:
        text = _cut(discreet(super().format(record)), MOST_OF_A_LINE)
        return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _told(problem: BaseException, seen: set[int]) -> Iterator[str]:
    """The chain of causes, first things first, as the standard library writes it, without what the errors say."""
    before = problem.__cause__ or (None if problem.__suppress_context__ else problem.__context__)
    if before is not None and id(before) not in seen:
        yield from _told(before, seen | {id(problem)})
        yield BECAUSE if problem.__cause__ else MEANWHILE
    yield "Traceback (most recent call last):\n"
    yield from traceback.format_tb(problem.__traceback__)
    words = f"{problem}" if isinstance(problem, OF_THE_PROGRAM) else WITHHELD
    yield f"{type(problem).__module__}.{type(problem).__qualname__}: {words}\n"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]} [cut, {len(text)} characters]"
