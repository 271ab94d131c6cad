"""The figures of the clinic's reports: shares with their interval, middles with their spread, waits that go on. Pure.

No share stands alone: it comes with how many of how many and a 95 % interval. Groups of fewer than five people are not
shown: their row says so and nothing else.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from followup.rules import survival
from followup.rules.response import clustered_wilson

LEAST_PEOPLE = 5
WEEKS_UP_TO = timedelta(days=120)  # a period up to this long is told by weeks, a longer one by months
EXACT_RANKS = 200
LESS, MORE = Decimal("0.7"), Decimal("1.3")
# When a dose after the series counts as "after": clinic default (unverified default, the clinic approves).
AFTER_DAYS = 28


@dataclass(frozen=True)
class Share:
    """Of `of` (in `people` patients) `hits`; low and high (0 to 1) of the 95 % interval, None without any."""

    hits: int
    of: int
    people: int
    low: float | None
    high: float | None

    @property
    def is_shown(self) -> bool:
        """Are there enough people that nobody can be told from it?"""
        return self.people >= LEAST_PEOPLE

    @property
    def value(self) -> float | None:
        """The share itself, 0 to 1."""
        return self.hits / self.of if self.of else None


def share(answers: Iterable[tuple[object, bool]]) -> Share:
    """The share of those that are so among (person, is so); the answers of one person belong together."""
    known = list(answers)
    low, high = clustered_wilson(known)
    return Share(sum(hit for _, hit in known), len(known), len({person for person, _ in known}), low, high)


@dataclass(frozen=True)
class Middle:
    """The median of `n` values (of `people`), its 95 % interval from the order of the values, and the quartiles."""

    n: int
    people: int
    median: float
    low: float | None
    high: float | None
    quarter: float
    three_quarters: float

    @property
    def is_shown(self) -> bool:
        """Are there enough people that nobody can be told from it?"""
        return self.people >= LEAST_PEOPLE


def middle(values: Iterable[tuple[object, float]]) -> Middle | None:
    """The middle of (person, value); None without any. The interval is that of ranks (binomial), so of no shape."""
    known = list(values)
    if not known:
        return None
    ordered = sorted(float(value) for _, value in known)
    low, high = _median_ranks(len(ordered))
    return Middle(
        len(ordered), len({person for person, _ in known}), _at(ordered, 0.5),
        None if low is None else ordered[low - 1], None if high is None else ordered[high - 1],
        _at(ordered, 0.25), _at(ordered, 0.75),
    )  # fmt: skip


def _at(ordered: Sequence[float], part: float) -> float:
    """The value a part of the way up, between two values in proportion."""
    place = part * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def _median_ranks(n: int) -> tuple[int | None, int | None]:
    """The ranks (from 1) between which the median lies with at least 95 %; (None, None) below six values.

    Exact by the binomial up to 200 values, beyond that by its normal limit, rounded outwards.
    """
    if n > EXACT_RANKS:
        rank = max(1, math.floor(n / 2 - survival.Z95 * math.sqrt(n) / 2))
        return rank, n - rank + 1
    total, below = 2**n, 0
    for rank in range(1, n // 2 + 1):
        below += math.comb(n, rank - 1)
        if Fraction(below, total) > Fraction(25, 1000):
            return (rank - 1, n - rank + 2) if rank > 1 else (None, None)
    return (None, None)


@dataclass(frozen=True)
class Wait:
    """How long a step takes, those included who still wait: `reached` of `n`; the median None while half still wait."""

    n: int
    reached: int
    median: float | None
    low: float | None
    high: float | None

    @property
    def waiting(self) -> int:
        """Who has not reached it yet."""
        return self.n - self.reached

    @property
    def is_shown(self) -> bool:
        """Are there enough people that nobody can be told from it?"""
        return self.n >= LEAST_PEOPLE


def wait(days: Iterable[tuple[float, bool]]) -> Wait | None:
    """The wait over (days, has reached), by Kaplan and Meier: who still waits counts with the days so far."""
    known = list(days)
    if not known:
        return None
    curve = survival.kaplan_meier(known)
    low, high = curve.median_band
    return Wait(curve.n, curve.events, curve.median, low, high)


def is_by_week(first: date, last: date) -> bool:
    """Is a period of this length told by weeks?"""
    return last - first <= WEEKS_UP_TO


def buckets(first: date, last: date) -> list[tuple[date, date]]:
    """The weeks (Monday to Sunday) or months of a period, cut at its ends, as (first day, last day)."""
    by_week, found, begin = is_by_week(first, last), [], first
    while begin <= last:
        end = min(begin + timedelta(days=6 - begin.weekday()) if by_week else _month_end(begin), last)
        found.append((begin, end))
        begin = end + timedelta(days=1)
    return found


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


LEADS = ((2, "0 to 2 days"), (7, "3 to 7 days"), (14, "8 to 14 days"), (28, "15 to 28 days"), (None, "29 days or more"))


def lead(days: int) -> str:
    """How long before the visit it was booked, in words."""
    return next(words for most, words in LEADS if most is None or days <= most)


STOPPED, LOWER, ALIKE, HIGHER, STARTED = "stopped", "lower", "alike", "higher", "started"
CHANGES = {
    STOPPED: "stopped",
    LOWER: "lower by 30 % or more",
    ALIKE: "within 30 % of before",
    HIGHER: "higher by more than 30 %",
    STARTED: "none before, some after",
}


def change(before: Decimal, after: Decimal) -> str:
    """How a day's opioid dose (mg morphine equivalents) changed; 30 % as in pain (clinic default, unverified)."""
    if before == 0:
        return STARTED if after else ALIKE
    if after == 0:
        return STOPPED
    if after <= before * LESS:
        return LOWER
    return HIGHER if after > before * MORE else ALIKE


def counted(values: Iterable, order: Iterable = ()) -> list[tuple[object, int]]:
    """(value, how often), in `order` first, then the most frequent."""
    counts = Counter(values)
    known = [value for value in order if value in counts]
    return [(value, counts[value]) for value in known] + [pair for pair in counts.most_common() if pair[0] not in known]
