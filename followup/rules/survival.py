"""Time-to-loss estimators: Kaplan-Meier, and Turnbull's NPMLE with its median and quantiles.

An observation is (left, right) in days: relief ended after `left` and by `right`; (t, t) means exactly t (no response
is (0, 0)); right None means it was not seen to end (right-censored at `left`). Methods: Kaplan and Meier 1958 with
Greenwood's variance on the log-log scale; Turnbull 1976 by self-consistency (EM).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

Z95 = 1.959963984540054
Interval = tuple[float, float | None]


@dataclass(frozen=True)
class Step:
    """The curve from `day` on: share still in relief with its 95 % band (0..1) and the number at risk.

    `since`: the fall happened somewhere between that day and `day` (interval-censored data), None: exactly at `day`.
    """

    day: float
    share: float
    low: float
    high: float
    at_risk: int = 0
    since: float | None = None


@dataclass(frozen=True)
class Curve:
    """A step curve with what it rests on; `median` is None where the curve stays above one half."""

    steps: tuple[Step, ...]
    n: int
    events: int

    @property
    def median(self) -> float | None:
        return _first_at_most_half(self.steps, "share")

    @property
    def median_band(self) -> tuple[float | None, float | None]:
        """95 % interval of the median (days); None: not reached within the follow-up."""
        return _first_at_most_half(self.steps, "low"), _first_at_most_half(self.steps, "high")

    def share_at(self, day: float) -> float:
        """Share still in relief just after `day` (0..1)."""
        return [s.share for s in self.steps if s.day <= day][-1]


def _first_at_most_half(steps: Sequence[Step], field: str) -> float | None:
    return next((s.day for s in steps if getattr(s, field) <= 0.5), None)


def kaplan_meier(observations: Iterable[tuple[float, bool]]) -> Curve:
    """Kaplan-Meier over (day, ended) with 95 % log-log bands; ended False is right-censored at that day."""
    data = sorted(observations)
    if not data:
        raise ValueError("no observations")
    share, greenwood, steps = 1.0, 0.0, [Step(0.0, 1.0, 1.0, 1.0, len(data))]
    events, days = Counter(day for day, ended in data if ended), [day for day, _ in data]
    for day in sorted(events):
        risk, ended = len(days) - bisect_left(days, day), events[day]
        share *= 1 - ended / risk
        greenwood = greenwood + ended / (risk * (risk - ended)) if risk > ended else math.inf
        low, high = log_log_band(share, greenwood)
        steps.append(Step(day, share, low, high, risk))
    return Curve(tuple(steps), len(data), sum(events.values()))


def log_log_band(share: float, greenwood: float) -> tuple[float, float]:
    """95 % band of a survival share on the log(-log) scale; a share of 0 or 1 has no band (0..1 at 0, 1..1 at 1)."""
    if share >= 1.0:
        return 1.0, 1.0
    if share <= 0.0 or math.isinf(greenwood):
        return 0.0, 1.0
    spread = math.exp(Z95 * math.sqrt(greenwood) / abs(math.log(share)))
    return share**spread, share ** (1 / spread)


class AtRisk:
    """Observations counted once: days are whole, so tens of thousands of them are a few hundred different ones."""

    def __init__(self, observations: Iterable[Interval]) -> None:
        self.counted = Counter(observations)

    def after(self, day: float) -> int:
        """How many are followed and may still be in relief just after `day`."""
        known = self.counted.items()
        return sum(n for (left, right), n in known if (left >= day if right is None else right > day))


@dataclass(frozen=True)
class Mass:
    """Probability that relief ends after `left` and by `right` (right None: later than anything seen)."""

    left: float
    right: float | None
    share: float


@dataclass(frozen=True)
class Turnbull:
    """Non-parametric maximum likelihood estimate: where the curve falls, and by how much; undefined inside a mass."""

    masses: tuple[Mass, ...]
    n: int
    events: int

    def share_after(self, day: float) -> float:
        """Highest share still in relief after `day` that the data allow (mass inside an interval falls at its end)."""
        return 1.0 - sum(m.share for m in self.masses if m.right is not None and m.right <= day)

    def quantile(self, level: float) -> tuple[float, float] | None:
        """The interval in which the share in relief falls to `level` (0..1), or None when it never does."""
        gone = 0.0
        for mass in self.masses:
            gone += mass.share
            if gone >= 1 - level - 1e-9:
                return None if mass.right is None else (mass.left, mass.right)
        return None

    @property
    def median(self) -> tuple[float, float] | None:
        return self.quantile(0.5)

    def day_of(self, level: float) -> float | None:
        """The day on which the share in relief falls to `level`, falling evenly inside a mass; None: it never does."""
        gone = 0.0
        for mass in self.masses:
            if gone + mass.share >= 1 - level - 1e-9:
                return None if mass.right is None else _inside(mass, (1 - level - gone) / mass.share)
            gone += mass.share
        return None


def _inside(mass: Mass, part: float) -> float:
    return mass.left + (mass.right - mass.left) * min(max(part, 0.0), 1.0)


def turnbull(observations: Iterable[Interval], *, tolerance: float = 1e-7, limit: int = 20_000) -> Turnbull:
    """Turnbull's NPMLE of (left, right] observations; raises ValueError on none or on left > right."""
    weights: Counter[tuple[float, float]] = Counter()
    for (left, right), count in Counter(observations).items():
        weights[_checked(left, right)] += count
    if not weights:
        raise ValueError("no observations")
    cells = innermost(weights)
    spans = [(covered(cells, obs), weight) for obs, weight in weights.items()]
    shares = _self_consistent(spans, len(cells), tolerance, limit)
    total = sum(weights.values())
    masses = (Mass(a, None if math.isinf(b) else b, p) for (a, b), p in zip(cells, shares, strict=True) if p > 1e-9)
    return Turnbull(tuple(masses), total, sum(w for (_, right), w in weights.items() if not math.isinf(right)))


def _checked(left: float, right: float | None) -> tuple[float, float]:
    end = math.inf if right is None else float(right)
    if left < 0 or end < left:
        raise ValueError(f"not an interval: {left} to {right}")
    return float(left), end


def innermost(observations: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """The cells that can carry mass: a left end directly followed by a right end, exact times being closed."""
    ends = set()
    for left, right in observations:
        ends.add((left, 0 if left == right else 2))
        ends.add((right, 1))
    ordered = sorted(ends)
    return [(a, b) for (a, kind), (b, then) in zip(ordered, ordered[1:], strict=False) if kind != 1 and then == 1]


def covered(cells: list[tuple[float, float]], observation: tuple[float, float]) -> tuple[int, int]:
    """The cells inside an observation, from the first to one past the last: they lie in a row."""
    left, right = observation
    inside = [i for i, (a, b) in enumerate(cells) if _within(a, b, left, right)]
    return inside[0], inside[-1] + 1


def _within(a: float, b: float, left: float, right: float) -> bool:
    if left == right:
        return a == b == left
    return a >= left and b <= right and not (a == b == left)


def _self_consistent(spans: Sequence[tuple[tuple[int, int], int]], cells: int, tolerance: float, limit: int):
    """EM in O(observations + cells) a step: each observation spreads its weight over the cells it covers."""
    first, last = (np.array([span[side] for span, _ in spans]) for side in (0, 1))
    weight = np.array([w for _, w in spans], dtype=float)
    shares = np.full(cells, 1 / cells)
    for _ in range(limit):
        sums = np.concatenate(([0.0], np.cumsum(shares)))
        part = weight / (sums[last] - sums[first])
        slope = np.bincount(first, part, cells + 1) - np.bincount(last, part, cells + 1)
        new = shares * np.cumsum(slope)[:cells] / weight.sum()
        moved, shares = np.abs(new - shares).max(), new
        if moved < tolerance:
            break
    return shares.tolist()
