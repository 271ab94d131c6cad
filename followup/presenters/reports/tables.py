"""The parts of a report: a table as it is read, the same as a file, and its picture."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from clinic.charts import data as charts
from clinic.words import figure
from followup.rules.reports import LEAST_PEOPLE, Middle, Share, Wait

HIDDEN = f"fewer than {LEAST_PEOPLE} people: not shown"
SHARE_FILE = ("hits", "of", "people", "share", "low_95", "high_95")
MIDDLE_FILE = ("n", "people", "median", "low_95", "high_95", "quarter", "three_quarters")
WAIT_FILE = ("n", "reached", "waiting", "median", "low_95", "high_95")


@dataclass(frozen=True)
class Head:
    """The head of a column; `is_number`: its cells are set to the right."""

    words: str
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """One table of a report. `rows` hold text for readers, `file_rows` values for a file under `file_head`."""

    key: str
    title: str
    head: Sequence[Head]
    rows: Sequence[Sequence[str]]
    file_head: Sequence[str]
    file_rows: Sequence[Sequence]
    note: str = ""
    chart: object | None = None
    empty: str = ""

    @property
    def lines(self):
        """Each row as its first cell and (head, cell) of the others."""
        return [(row[0], list(zip(self.head[1:], row[1:], strict=True))) for row in self.rows]


@dataclass(frozen=True)
class Report:
    """What one report says: the answer in a sentence, then its tables; `notes` tell what it can't say."""

    sentence: str
    tables: Sequence[Table]
    notes: Sequence[str] = field(default_factory=tuple)

    def table(self, key: str) -> Table | None:
        """The table of this key, if the reader has it."""
        return next((table for table in self.tables if table.key == key), None)


def percent(value: float | None) -> str:
    """15 %; below ten with one decimal, so that a rare thing is not nothing."""
    if value is None:
        return ""
    number = value * 100
    return f"{number:.0f} %" if number >= 10 or number == 0 else f"{number:.1f} %"


def interval(low: float | None, high: float | None, write: Callable = percent) -> str:
    """9 % to 24 %; from 9 % where it has no end."""
    if low is None:
        return "too few for one"
    return f"{write(low)} to {write(high)}" if high is not None else f"from {write(low)}, no end yet"


def said(share: Share, what: str) -> str:
    """12 of 80 visits (15 %, 95 % interval 9 % to 24 %)."""
    if not share.is_shown:
        return f"{HIDDEN} ({what})"
    return (
        f"{share.hits} of {share.of} {what} ({percent(share.value)}, 95 % interval {interval(share.low, share.high)})"
    )


def shares(key, title, what: str, rows: Iterable[tuple[str, Share]], **more) -> Table:
    """A table of shares, a line each; `what` heads the first column."""
    rows = list(rows)
    head = (Head(what), Head("How many", True), Head("Share", True), Head("95 % interval", True))
    return Table(
        key, title, head, [[label, *_share_cells(one)] for label, one in rows],
        (what.lower().replace(" ", "_"), *SHARE_FILE), [[label, *_share_values(one)] for label, one in rows],
        chart=_chart(title, "%", [_share_mark(label, one) for label, one in rows]), **more,
    )  # fmt: skip


def _share_cells(one: Share) -> list[str]:
    if not one.is_shown:
        return [HIDDEN, "", ""]
    return [f"{one.hits} of {one.of}", percent(one.value), interval(one.low, one.high)]


def _share_values(one: Share) -> list:
    if not one.is_shown:
        return [None] * len(SHARE_FILE)
    return [one.hits, one.of, one.people, round(one.value, 4), _rounded(one.low), _rounded(one.high)]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _share_mark(label: str, one: Share) -> charts.Estimate:
    if not one.is_shown:
        return charts.Estimate(label, None, words="not shown")
    marks = [None if v is None else v * 100 for v in (one.value, one.low, one.high)]
    return charts.Estimate(label, *marks, words=f"{one.hits} of {one.of}")


def middles(key, title, what: str, unit: str, rows: Iterable[tuple[str, Middle | None]], **more) -> Table:
    """A table of medians with their interval and the middle half of the values."""
    rows = [(label, one) for label, one in rows if one is not None]
    head = (
        Head(what), Head("How many", True), Head(f"Median, {unit}", True), Head("95 % interval", True),
        Head("Middle half", True),
    )  # fmt: skip
    return Table(
        key, title, head, [[label, *_middle_cells(one)] for label, one in rows],
        (what.lower().replace(" ", "_"), *MIDDLE_FILE), [[label, *_middle_values(one)] for label, one in rows],
        chart=_chart(title, unit, [_middle_mark(label, one) for label, one in rows]), **more,
    )  # fmt: skip


def _middle_cells(one: Middle) -> list[str]:
    if not one.is_shown:
        return [HIDDEN, "", "", ""]
    half = f"{amount(one.quarter)} to {amount(one.three_quarters)}"
    return [str(one.n), amount(one.median), interval(one.low, one.high, amount), half]


def _middle_values(one: Middle) -> list:
    if not one.is_shown:
        return [None] * len(MIDDLE_FILE)
    spread = (one.median, one.low, one.high, one.quarter, one.three_quarters)
    return [one.n, one.people, *(_rounded(value) for value in spread)]


def _middle_mark(label: str, one: Middle) -> charts.Estimate:
    if not one.is_shown:
        return charts.Estimate(label, None, words="not shown")
    return charts.Estimate(label, one.median, one.low, one.high, f"n = {one.n}")


def waits(key, title, what: str, rows: Iterable[tuple[str, Wait | None]], **more) -> Table:
    """A table of waits in days, those who still wait counted in."""
    rows = [(label, one) for label, one in rows if one is not None]
    head = (
        Head(what), Head("People", True), Head("Still waiting", True), Head("Half waited at most, days", True),
        Head("95 % interval", True),
    )  # fmt: skip
    return Table(
        key, title, head, [[label, *_wait_cells(one)] for label, one in rows],
        (what.lower().replace(" ", "_"), *WAIT_FILE), [[label, *_wait_values(one)] for label, one in rows],
        chart=_chart(title, "days", [_wait_mark(label, one) for label, one in rows]), **more,
    )  # fmt: skip


def _wait_cells(one: Wait) -> list[str]:
    if not one.is_shown:
        return [HIDDEN, "", "", ""]
    if one.median is None:
        return [str(one.n), str(one.waiting), "more than half still wait", ""]
    return [str(one.n), str(one.waiting), amount(one.median), interval(one.low, one.high, amount)]


def _wait_values(one: Wait) -> list:
    if not one.is_shown:
        return [None] * len(WAIT_FILE)
    return [one.n, one.reached, one.waiting, *(_rounded(value) for value in (one.median, one.low, one.high))]


def _wait_mark(label: str, one: Wait) -> charts.Estimate:
    if not one.is_shown or one.median is None:
        return charts.Estimate(label, None, words="not shown" if not one.is_shown else "over half wait")
    return charts.Estimate(label, one.median, one.low, one.high, f"n = {one.n}")


def amount(value: float) -> str:
    """Days, minutes or mg as they are read: one decimal below ten, whole above."""
    return figure(round(value, 1) if abs(value) < 10 else round(value))


def _chart(title: str, unit: str, marks: list[charts.Estimate]) -> charts.Estimates | None:
    """The picture of these lines, those below zero left to the table; None when there is nothing to draw."""
    marks = [mark for mark in marks if mark.value is None or mark.value >= 0]
    ends = [v for mark in marks if mark.value is not None for v in (mark.value, mark.low, mark.high) if v is not None]
    if not ends:
        return None
    top = 100.0 if unit == "%" and max(ends) > 60 else _round_up(max(ends))
    return charts.Estimates(marks, title, unit, top)


def _round_up(value: float) -> float:
    """The next 1, 2, 5 or 10 times a power of ten, so that the axis ends at a round figure."""
    if value <= 1:
        return 1.0
    power = 10 ** math.floor(math.log10(value))
    return float(next(power * n for n in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if value <= power * n))
