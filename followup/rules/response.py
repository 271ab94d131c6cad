"""How many had relief a day, a week, a month and three months after an infusion, and between which limits that lies.

A share is never shown alone: it comes with how many were asked and how many answered, and with a 95 % interval. Pure.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from followup.rules.groups import student

# Day -> the first and the last day whose report stands for it (clinic default, unverified: the clinic approves).
DAYS = {1: (1, 2), 7: (6, 8), 30: (27, 33), 90: (83, 97)}
NAMES = {1: "24 hours", 7: "7 days", 30: "30 days", 90: "90 days"}
# Day -> the days whose report stands for it, the nearest first, of two as near the earlier.
NEAREST = {
    day: sorted(range(first, last + 1), key=lambda on: (abs(on - day), on)) for day, (first, last) in DAYS.items()
}
T = TypeVar("T")
RESPONDED, NOT, CUT, WAITING, MISSING = "responded", "not", "cut", "waiting", "missing"


def nearest(day: int, told: Mapping[int, T]) -> T | None:
    """What was reported (day -> it) nearest to `day` within its limits, the earlier of two; else None."""
    return next((told[on] for on in NEAREST[day] if on in told), None)


@dataclass(frozen=True)
class Outcome:
    """One infusion on one of the days: whose, per cent of relief (None: no report), days to the next infusion (None:
    none came), days since it ended."""

    person: object
    change: int | None
    next_day: int | None
    age_days: int


def state_of(outcome: Outcome, day: int, percent: int) -> str:
    """responded, not, cut (infused again before), waiting (the day has not come), missing (no report)."""
    if outcome.change is not None:
        return RESPONDED if outcome.change >= percent else NOT
    if outcome.next_day is not None and outcome.next_day <= day:
        return CUT
    return WAITING if outcome.age_days <= DAYS[day][1] else MISSING


@dataclass(frozen=True)
class Rate:
    """Of `known` infusions (in `patients`) `responded`; the others were cut off, not yet due, or gave no report."""

    day: int
    responded: int
    known: int
    patients: int
    low: float | None
    high: float | None
    cut: int = 0
    waiting: int = 0
    missing: int = 0


def rate(day: int, percent: int, outcomes: Iterable[Outcome]) -> Rate:
    """The response rate on `day`; shares 0 to 1, None where nobody is known."""
    states = [(outcome.person, state_of(outcome, day, percent)) for outcome in outcomes]
    known = [(person, state == RESPONDED) for person, state in states if state in (RESPONDED, NOT)]
    count = {name: sum(state == name for _, state in states) for name in (CUT, WAITING, MISSING)}
    low, high = clustered_wilson(known)
    return Rate(
        day, sum(hit for _, hit in known), len(known), len({person for person, _ in known}), low, high,
        count[CUT], count[WAITING], count[MISSING],
    )  # fmt: skip


def clustered_wilson(answers: Sequence[tuple[object, bool]]) -> tuple[float | None, float | None]:
    """95 % Wilson interval for a share whose answers come in clusters; (None, None) without any.

    The number of answers is divided by the design effect of the clusters (Kish), never below 1 and never so far that
    fewer than the clusters are left; Student's t for the clusters takes the place of 1.96 (Korn and Graubard, Survey
    Methodology 1998;24:193-201). When all answers agree, the clusters are what counts.
    """
    n, clusters = len(answers), len({person for person, _ in answers})
    if n == 0:
        return None, None
    share = sum(hit for _, hit in answers) / n
    size = n / _design_effect(answers, share, clusters)
    wide = student(0.975, clusters - 1) if clusters > 2 else 4.302652729749462
    return _wilson(share, max(size, clusters), wide)


def _design_effect(answers: Sequence[tuple[object, bool]], share: float, clusters: int) -> float:
    n = len(answers)
    if share in (0.0, 1.0) or clusters < 2:
        return n / clusters
    off: dict[object, float] = {}
    for person, hit in answers:
        off[person] = off.get(person, 0.0) + hit - share
    variance = clusters / (clusters - 1) * sum(value**2 for value in off.values()) / n**2
    return max(variance / (share * (1 - share) / n), 1.0)


def _wilson(share: float, n: float, z: float) -> tuple[float, float]:
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(middle - half, 0.0), min(middle + half, 1.0)
