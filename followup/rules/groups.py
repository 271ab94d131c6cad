"""The curve of many patients: Turnbull over all infusions, its band and its median by drawing patients, not infusions.

Infusions of one patient are alike, so patients are drawn with replacement, each with all of their infusions. The 95 %
interval is the percentile interval with its ends moved out by Student's t for the number of patients, because plain
percentiles of few clusters are too narrow (Hesterberg, Am Stat 2015;69:371-386).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np

from followup.rules import survival
from followup.rules.survival import AtRisk, Interval, Step, Turnbull, innermost, kaplan_meier, turnbull

DRAWS, SEED = 200, 1
SHOWN_DAYS = 84
NORMAL = NormalDist()


@dataclass(frozen=True)
class Clinic:
    """Relief of a group: Turnbull curve with its band, median and quarters (days; None: not reached).

    `km_median` is Kaplan and Meier's, loss counted on the first report without relief: a check, never the headline.
    """

    steps: tuple[Step, ...]
    patients: int
    infusions: int
    ended: int
    no_response: int
    median: float | None
    median_low: float | None
    median_high: float | None
    first_quarter: float | None = None
    third_quarter: float | None = None
    km_median: float | None = None


@dataclass(frozen=True)
class _Table:
    """The observations once each: which cells they cover (`first` to `last`), whose they are, as positions."""

    cells: list[tuple[float, float]]
    first: np.ndarray
    last: np.ndarray
    kind: np.ndarray
    patient: np.ndarray
    patients: int


def clinic_curve(
    groups: Sequence[Sequence[Interval]], *, draws: int = DRAWS, seed: int = SEED, until: int = SHOWN_DAYS
) -> Clinic:
    """The curve of all patients' (left, right] intervals; `groups` holds one list a patient.

    Inside an interval in which the curve falls the median lies where an even fall would cross one half. Raises
    ValueError on no observations at all.
    """
    observations = [observation for group in groups for observation in group]
    fit = turnbull(observations)
    table = _table(groups)
    shares = draw(table, draws=draws, seed=seed)
    medians = [_median(table.cells, row) for row in shares]
    low, high = bounds(medians, len(groups))
    return Clinic(
        steps=_steps(fit, table, shares, observations, until),
        patients=len(groups),
        infusions=fit.n,
        ended=fit.events,
        no_response=sum(1 for observation in observations if observation == (0, 0)),
        median=fit.day_of(0.5),
        median_low=_finite(low),
        median_high=_finite(high),
        first_quarter=fit.day_of(0.75),
        third_quarter=fit.day_of(0.25),
        km_median=kaplan_meier(_seen(observations)).median,
    )


def _seen(observations: Sequence[Interval]) -> list[tuple[float, bool]]:
    return [(left, False) if right is None else (right, True) for left, right in observations]


def _table(groups: Sequence[Sequence[Interval]]) -> _Table:
    kinds: dict[tuple[float, float], int] = {}
    kind, patient = [], []
    for number, group in enumerate(groups):
        for left, right in group:
            kind.append(kinds.setdefault((float(left), math.inf if right is None else float(right)), len(kinds)))
            patient.append(number)
    cells = innermost(kinds)
    covered = [survival.covered(cells, one) for one in kinds]
    first, last = (np.array([span[side] for span in covered]) for side in (0, 1))
    return _Table(cells, first, last, np.array(kind), np.array(patient), len(groups))


def draw(table: _Table, *, draws: int, seed: int) -> np.ndarray:
    """Shares of the cells for each of `draws` samples of patients, fitted together; the same seed, the same answer."""
    chance = np.random.default_rng(seed)
    weights = np.empty((draws, len(table.first)))
    for row in weights:
        picked = np.bincount(chance.integers(table.patients, size=table.patients), minlength=table.patients)
        row[:] = np.bincount(table.kind, picked[table.patient], len(table.first))
    return _fit(table, weights)


def _fit(table: _Table, weights: np.ndarray, *, tolerance: float = 1e-4, limit: int = 600) -> np.ndarray:
    """Self-consistency for many samples at once, one a row."""
    cells = len(table.cells)
    shares = np.full((len(weights), cells), 1 / cells)
    enter, leave = _Sums(table.first, cells), _Sums(table.last, cells)
    total = weights.sum(axis=1, keepdims=True)
    sums = np.zeros((len(weights), cells + 1))
    for _ in range(limit):
        np.cumsum(shares, axis=1, out=sums[:, 1:])
        chance = np.maximum(sums[:, table.last] - sums[:, table.first], 1e-300)
        part = weights / chance
        slope = np.cumsum(enter.of(part) - leave.of(part), axis=1)[:, :cells]
        new = shares * slope / total
        moved, shares = np.abs(new - shares).max(), new
        if moved < tolerance:
            break
    return shares


class _Sums:
    """Adds up columns that go to the same cell: sorted once, summed in runs."""

    def __init__(self, where: np.ndarray, cells: int):
        self.order = np.argsort(where, kind="stable")
        self.cell, self.start = np.unique(where[self.order], return_index=True)
        self.cells = cells

    def of(self, part: np.ndarray) -> np.ndarray:
        out = np.zeros((len(part), self.cells + 1))
        out[:, self.cell] = np.add.reduceat(part[:, self.order], self.start, axis=1)
        return out


def _median(cells: Sequence[tuple[float, float]], shares: np.ndarray) -> float:
    """The day on which this sample's curve crosses one half; infinity when it stays above."""
    gone = np.cumsum(shares)
    at = int(np.searchsorted(gone, 0.5 - 1e-9))
    left, right = cells[min(at, len(cells) - 1)]
    if math.isinf(right):
        return math.inf
    before = gone[at - 1] if at else 0.0
    return left + (right - left) * min(max((0.5 - before) / shares[at], 0.0), 1.0)


def _steps(fit: Turnbull, table: _Table, shares: np.ndarray, observations: Sequence[Interval], until: int) -> tuple:
    rights = np.array([right for _, right in table.cells])
    found, risk = [], AtRisk(observations)
    for day, since in _falls(fit, until):
        low, high = bounds(1 - shares[:, rights <= day].sum(axis=1), table.patients)
        share = fit.share_after(day)
        low, high = min(low, share), max(high, share)
        found.append(Step(day, share, max(float(low), 0.0), min(float(high), 1.0), risk.after(day), since))
    return tuple(found)


def _falls(fit: Turnbull, until: int) -> list[tuple[float, float | None]]:
    """(day, since) of each fall of the curve up to `until`, day 0 first."""
    falls = {m.right: None if m.left == m.right else m.left for m in fit.masses if m.right is not None}
    return sorted((day, since) for day, since in {0.0: None, **falls}.items() if day <= until)


def bounds(values: Sequence[float], clusters: int) -> tuple[float, float]:
    """95 % interval of drawn values, widened for the number of clusters (at least two, else the whole range)."""
    ordered = np.sort(np.asarray(values, dtype=float))
    tail = NORMAL.cdf(-math.sqrt(clusters / (clusters - 1)) * student(0.975, clusters - 1)) if clusters > 1 else 0.0
    last = len(ordered) - 1
    return float(ordered[math.floor(tail * last)]), float(ordered[math.ceil((1 - tail) * last)])


def student(level: float, freedom: float) -> float:
    """Quantile of Student's t: exact for 1 and 2 degrees of freedom, else the Cornish-Fisher expansion in 1/freedom.

    Source: Abramowitz and Stegun 26.7.5; the error is below 0.02 from 3 degrees of freedom on at 0.975.
    """
    if freedom == 1:
        return math.tan(math.pi * (level - 0.5))
    if freedom == 2:
        return (2 * level - 1) * math.sqrt(2 / (4 * level * (1 - level)))
    z = NORMAL.inv_cdf(level)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / freedom ** (power + 1) for power, term in enumerate(terms))


def rounded(curve: Clinic, digits: int = 1) -> Clinic:
    """The same with days rounded as they are shown and kept."""
    names = ("median", "median_low", "median_high", "first_quarter", "third_quarter")
    days = {name: getattr(curve, name) for name in names}
    return replace(curve, **{name: None if day is None else round(day, digits) for name, day in days.items()})


def _finite(value: float) -> float | None:
    return None if math.isinf(value) else value
