"""How long the next infusion may help this patient: own intervals, drawn towards similar courses while they are few.

Durations are taken as log-normal: a patient has a typical duration, single infusions scatter around it. What similar
courses show (the typical duration, how far patients differ, how far infusions of one patient scatter) is fitted from
the clinic's intervals; a patient's own intervals then move the estimate by their weight (empirical Bayes). An interval
enters by what lies inside it, an end not yet seen by what lies beyond. No response is not a duration and stays out.
Pure; clinic default (unverified, the clinic approves); checked by the back-test, see docs/relief.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from followup.rules.groups import student
from followup.rules.survival import Interval

SHORTEST = 0.5  # days; the left end of an interval that began at once
USUAL_SCATTER = 0.2  # log days within a patient, until the clinic's own is known (clinic default, unverified)
TRUST_IN_SCATTER = {True: 5, False: 2}  # how many own deviations the scatter counts as, with and without a clinic
LAST = 6  # own intervals that count: what was years ago says little of next time
ROUNDS, STANDS_STILL = 60, 1e-5
FAR_OUT = 1e-6  # chance below which a value has left its interval
NORMAL = NormalDist()


@dataclass(frozen=True)
class Similar:
    """Similar courses: log of the typical duration, spread between patients, scatter within, how many patients."""

    centre: float
    between: float
    within: float
    patients: int

    @property
    def typical(self) -> float:
        """The typical duration in days."""
        return math.exp(self.centre)

    def longer_than(self, days: float) -> float:
        """Of patients like these, the share (0 to 1) whose typical duration is shorter than `days`."""
        return NORMAL.cdf((math.log(days) - self.centre) / self.between)


@dataclass(frozen=True)
class Forecast:
    """Days: the patient's typical duration with its 95 % interval, and the range for 8 of 10 next infusions.

    `own_weight`: how far it rests on own intervals (0 to 1); `own`: how many of them ended.
    """

    typical: float
    low: float
    high: float
    soon: float
    late: float
    own: int
    own_weight: float
    scatter: float = USUAL_SCATTER

    def fitted(self, interval: Interval) -> float | None:
        """Where the end of one infusion most likely lay: the middle of what is left inside its interval, in days.

        None for an infusion without response, which has no duration.
        """
        if not _durations([interval]):
            return None
        low, high = _log(interval)
        start, end = (NORMAL.cdf((edge - math.log(self.typical)) / self.scatter) for edge in (low, high))
        if end - start < FAR_OUT:
            return math.exp(low) if math.isinf(high) or low > math.log(self.typical) else math.exp(high)
        return math.exp(math.log(self.typical) + self.scatter * NORMAL.inv_cdf((start + end) / 2))


def fit(groups: Sequence[Sequence[Interval]]) -> Similar | None:
    """What the intervals of many patients say together; None with fewer than two patients who had relief."""
    groups = [kept for group in groups if (kept := _durations(group))]
    if len(groups) < 2:
        return None
    low, high = (np.array(ends) for ends in zip(*(_log(one) for group in groups for one in group), strict=True))
    who = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    count = np.bincount(who)
    first, _ = _inside(low, high, np.full(len(low), float(np.median(low))), 1.0)
    centre, between, within = float(first.mean()), 0.09, 0.09
    typical = np.full(len(groups), centre)
    for _ in range(ROUNDS):
        middle, spread = _inside(low, high, typical[who], math.sqrt(within))
        known = count / within + 1 / between
        typical = (np.bincount(who, middle) / within + centre / between) / known
        centre = float(typical.mean())
        between = max(float(((typical - centre) ** 2 + 1 / known).mean()), 1e-4)
        within = max(float((spread + (middle - typical[who]) ** 2 + (1 / known)[who]).mean()), 1e-4)
    return Similar(centre, math.sqrt(between), math.sqrt(within), len(groups))


def forecast(own: Sequence[Interval], similar: Similar | None) -> Forecast | None:
    """The estimate for one patient's next infusion; `own` oldest first. None: fewer than two ended, nobody similar."""
    kept = _durations(own)[-LAST:]
    ended = sum(right is not None for _, right in kept)
    if similar is None and ended < 2:
        return None
    centre = similar.centre if similar else 0.0
    between = similar.between**2 if similar else math.inf
    scatter = (similar.within if similar else USUAL_SCATTER) ** 2
    typical, doubt, within, weight = _settle(kept, centre, between, scatter, TRUST_IN_SCATTER[similar is not None])
    freedom = TRUST_IN_SCATTER[similar is not None] + max(len(kept) - 1, 0)
    wide, sure = student(0.9, freedom), student(0.975, freedom)
    reach, known = wide * math.sqrt(within + doubt), sure * math.sqrt(doubt)
    return Forecast(
        math.exp(typical), math.exp(typical - known), math.exp(typical + known), math.exp(typical - reach),
        math.exp(typical + reach), ended, weight, math.sqrt(within),
    )  # fmt: skip


def _settle(kept: Sequence[Interval], centre: float, between: float, usual: float, trust: int) -> tuple:
    """(typical log duration, its variance, scatter, own weight), worked out until it stands still."""
    if not kept:
        return centre, between, usual, 0.0
    count, rest = len(kept), 0.0 if math.isinf(between) else 1 / between
    logs = [_log(one) for one in kept]
    typical, within = _start(logs) if math.isinf(between) else centre, usual
    for _ in range(ROUNDS):
        inside = [_inside_one(low, high, typical, math.sqrt(within)) for low, high in logs]
        known = count / within + rest
        now = (sum(middle for middle, _ in inside) / within + centre * rest) / known
        off = sum((middle - now) ** 2 for middle, _ in inside) * count / max(count - 1, 1) if count > 1 else 0.0
        within = (trust * usual + off) / (trust + count - 1)
        moved, typical = abs(now - typical), now
        if moved < STANDS_STILL:
            break
    doubt = 1 / known + sum(variance for _, variance in inside) / count**2
    return typical, doubt, within, 1 - rest / known


def _start(logs: Sequence[tuple[float, float]]) -> float:
    seen = [low if math.isinf(high) else (low + high) / 2 for low, high in logs]
    return sum(seen) / len(seen)


def _inside_one(low: float, high: float, middle: float, scatter: float) -> tuple[float, float]:
    """Mean and variance of a normal value known to lie between `low` and `high`; so far out, only the nearer end."""
    a, b = (low - middle) / scatter, (high - middle) / scatter
    chance = NORMAL.cdf(b) - NORMAL.cdf(a)
    if chance < FAR_OUT:
        return (low if a > 0 or math.isinf(high) else high), 0.0
    da, db = NORMAL.pdf(a), 0.0 if math.isinf(b) else NORMAL.pdf(b)
    shift = (da - db) / chance
    tail = (a * da - (0.0 if math.isinf(b) else b * db)) / chance
    variance = scatter**2 * (1 + tail - shift**2)
    return min(max(middle + scatter * shift, low), high), min(max(variance, 0.0), scatter**2)


def _durations(group: Sequence[Interval]) -> list[Interval]:
    """The intervals that are durations: no response (0, 0) is none, and (0, None) says nothing."""
    return [(left, right) for left, right in group if (left, right) not in ((0, 0), (0, None))]


def _log(interval: Interval) -> tuple[float, float]:
    """The logs of both ends; infinity for an end not seen."""
    low = math.log(max(interval[0], SHORTEST))
    high = math.inf if interval[1] is None else math.log(max(interval[1], SHORTEST * 2))
    return low, max(high, low + 1e-6)


def _inside(low: np.ndarray, high: np.ndarray, middle: np.ndarray, scatter: float) -> tuple[np.ndarray, np.ndarray]:
    """The same as `_inside_one` for many values at once."""
    a, b = (low - middle) / scatter, (high - middle) / scatter
    chance = _normal(b) - _normal(a)
    da, db = _density(a), _density(b)
    safe = np.maximum(chance, FAR_OUT)
    shift = (da - db) / safe
    tail = (a * da - np.where(np.isinf(b), 0.0, np.where(np.isinf(b), 0.0, b) * db)) / safe
    mean, variance = middle + scatter * shift, scatter**2 * (1 + tail - shift**2)
    far = chance < FAR_OUT
    nearer = np.where((a > 0) | np.isinf(high), low, high)
    mean = np.clip(np.where(far, nearer, mean), low, high)
    return mean, np.clip(np.where(far, 0.0, variance), 0.0, scatter**2)


def _density(z: np.ndarray) -> np.ndarray:
    return np.exp(-np.minimum(z * z, 1400.0) / 2) / math.sqrt(2 * math.pi)


def _normal(z: np.ndarray) -> np.ndarray:
    """The normal distribution function to 1e-7 (Abramowitz and Stegun 26.2.17)."""
    t = 1 / (1 + 0.2316419 * np.minimum(np.abs(z), 40.0))
    poly = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
    upper = _density(z) * poly
    return np.where(z > 0, 1 - upper, upper)
