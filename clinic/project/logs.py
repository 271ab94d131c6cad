"""Log lines: UTC with its mark, one line an entry, nothing that a row of a patient's record was made of."""

import logging
import re
import time

SECRETS = (
    (re.compile(r"DETAIL:.*", re.DOTALL), "DETAIL: [withheld]"),
    (re.compile(r"(/p/)[^/\s?]+"), r"\1[withheld]"),
    (re.compile(r"(://[^:/\s]+:)[^@\s]+@"), r"\1[withheld]@"),
)


def discreet(text: str) -> str:
    """Return the text without database details, link tokens and passwords of URLs."""
    for pattern, instead in SECRETS:
        text = pattern.sub(instead, text)
    return text


class DiscreetFilter(logging.Filter):
    """Withhold from the message itself; LineFormatter does the same for the traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = discreet(record.getMessage()), ()
        return True


class LineFormatter(logging.Formatter):
    """A record as one line, its traceback included, so that nobody can forge an entry with a line break."""

    converter = time.gmtime
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def format(self, record: logging.LogRecord) -> str:
        text = discreet(super().format(record))
        return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
