"""Whether relief gets longer or shorter from infusion to infusion, and how sure that is. Pure.

The slope is Theil and Sen's: the median of all pairwise slopes, its interval by Kendall's rank distribution (Sen, J Am
Stat Assoc 1968;63:1379-1389), which one odd infusion can't turn. An end lies between two reports, so the interval takes
the flattest and the steepest slope each pair allows: coarse diaries make it wider, never narrower.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from followup.rules.relief import Span

LONGER, SHORTER, UNCLEAR, TOO_FEW = "longer", "shorter", "unclear", "too_few"
ENOUGH = 5  # with four values even a perfect order has a chance of 1 in 12: no 95 % interval exists


@dataclass(frozen=True)
class Trend:
    """Days gained from one infusion to the next, with a 95 % interval; direction too_few has no figures."""

    direction: str
    infusions: int
    slope: float | None = None
    low: float | None = None
    high: float | None = None


def series_trend(spans: Sequence[Span]) -> Trend:
    """The trend over a course's completed intervals, oldest first; the place in the series counts, gaps included."""
    done = [(place, s.low, s.high) for place, s in enumerate(spans) if s.is_complete]
    if len(done) < ENOUGH:
        return Trend(TOO_FEW, len(done))
    place, low, high = np.array(done, dtype=float).T
    middle = (low + high) / 2
    first, second = np.triu_indices(len(done), 1)  # every pair; 300 infusions make 45,000
    apart = place[second] - place[first]
    flattest, steepest = (low[second] - high[first]) / apart, (high[second] - low[first]) / apart
    lower, upper = _ranks(middle.tolist(), len(apart))
    least, most = float(np.partition(flattest, lower)[lower]), float(np.partition(steepest, upper)[upper])
    direction = LONGER if least > 0 else SHORTER if most < 0 else UNCLEAR
    return Trend(direction, len(done), float(np.median((middle[second] - middle[first]) / apart)), least, most)


def _ranks(values: Sequence[float], pairs: int) -> tuple[int, int]:
    """Positions of the ends of the 95 % interval among the sorted slopes, ties in the values counted."""
    n = len(values)
    ties = [values.count(value) for value in set(values)]
    variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
    reach = 1.959963984540054 * math.sqrt(variance)
    upper = min(round((pairs + reach) / 2), pairs - 1)
    lower = max(round((pairs - reach) / 2) - 1, 0)
    return lower, upper


def in_words(trend: Trend) -> str:
    """A sentence for the course page: direction, days an infusion, the interval, what it rests on; "" when too few."""
    if trend.direction == TOO_FEW:
        return ""
    said = {
        LONGER: "Relief gets longer over the series",
        SHORTER: "Relief gets shorter over the series",
        UNCLEAR: "No clear trend over the series",
    }[trend.direction]
    slope, low, high = (_signed(value) for value in (trend.slope, trend.low, trend.high))
    figures = f"{slope} days from one infusion to the next, 95 % interval {low} to {high}"
    return f"{said}: {figures}; {trend.infusions} completed intervals."


def _signed(days: float) -> str:
    """Days with a sign and one decimal: "+1.5", "\u22120.3", "0"."""
    return "0" if abs(days) < 0.05 else f"{days:+.1f}".replace("-", "\u2212")
