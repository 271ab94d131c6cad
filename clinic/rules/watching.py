"""How much access of one person in a short time is odd, and how much is stopped. Pure: counts in, verdict out.

Clinic defaults (unverified defaults, the clinic approves). They lie far above a busy day at the chair: what is stopped
are records, files and searches that are new, never the patient somebody already has before them.
"""

from dataclasses import dataclass

MINUTE, HOUR = 60, 3600
FINE, ODD, STOP = "fine", "odd", "stop"


@dataclass(frozen=True)
class Bound:
    """`odd`: this many within `seconds` raise an alert; `stop`: from so many on, the next one is not given."""

    kind: str
    odd: int
    stop: int
    seconds: int
    words: str

    def verdict(self, count: int, factor: int = 1) -> str:
        """FINE, ODD or STOP for the `count`-th within the time; `factor` widens both bounds, 0 lifts them."""
        if not factor or count < self.odd * factor:
            return FINE
        return ODD if count <= self.stop * factor else STOP

    def is_crossed(self, before: int, count: int, factor: int = 1) -> bool:
        """Did it become odd, or too much, between `before` and `count`?"""
        bars = (self.odd * factor, self.stop * factor + 1)
        return bool(factor) and any(before < bar <= count for bar in bars)

    def said(self, count: int) -> str:
        """What the review reads."""
        return f"{self.words.format(count=count)} within {self.seconds // MINUTE} minutes."


RECORDS = Bound("many_records", 60, 150, HOUR, "Records of {count} different patients opened")
FILES = Bound("many_files", 20, 60, HOUR, "{count} files taken out (PDF, CSV, copies of records)")
FILES_CLOSED = Bound("many_files", 5, 20, HOUR, "{count} files taken out while the clinic was closed")
REFUSED = Bound("many_refused", 15, 40, 10 * MINUTE, "{count} pages asked for that are not theirs to open")
SEARCHES = Bound("many_searches", 300, 600, 10 * MINUTE, "{count} searches for patients")
# One long list is worth as much as many short files; a stream, whose length nobody knows yet, as five.
LINES_A_FILE, STREAM_WEIGHT = 200, 5

FILE_TYPES = ("text/csv", "application/pdf", "application/zip", "text/calendar", "application/octet-stream")


def is_file(content_type: str, disposition: str) -> bool:
    """Does an answer hand out a file rather than a page?"""
    return content_type.partition(";")[0].strip() in FILE_TYPES or disposition.startswith("attachment")


def files_bound(*, is_open: bool) -> Bound:
    """The bound for files: narrower while the clinic is closed."""
    return FILES if is_open else FILES_CLOSED


def weight(lines: int | None, bound: Bound) -> int:
    """As how many files one counts; `lines` None: a stream. Never so many that one file alone is stopped."""
    return STREAM_WEIGHT if lines is None else min(1 + lines // LINES_A_FILE, bound.odd)
