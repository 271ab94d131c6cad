"""A clinic that never was, with the truth known: durations of relief drawn, diaries filled in, infusions given.

Patients have a typical duration each (log-normal), their infusions scatter around it, some infusions do not help at
all, diaries have gaps, follow-up ends, and infusions of the planned series cut relief off whether it fades or not. With
`early` boosters some patients are infused again because relief fades: censoring that knows of the loss.
"""

import math
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np

from followup.rules import groups, relief, window
from followup.rules.relief import CUT_OFF, LOST, NO_RESPONSE, STILL, TOO_FEW, Span

BETWEEN, WITHIN = 0.35, 0.2  # log days: patients differ by 42 % either way, infusions of one patient by 22 %


@dataclass(frozen=True)
class Recipe:
    """What a simulated clinic is made of. Days, and shares from 0 to 1."""

    patients: int = 60
    infusions: tuple[int, int] = (2, 7)  # per patient, the last one excluded
    typical: float = 20.0
    between: float = BETWEEN
    within: float = WITHIN
    silent: float = 0.1  # infusions without any relief
    answered: float = 0.6  # share of the days with a report
    followed: int = 75
    cut: float = 0.15  # infusions cut off on a day that knows nothing of relief
    early: float = 0.0  # infusions cut off because relief is about to go

    @property
    def true_median(self) -> float:
        """The day by which half of all infusions had lost relief: those that never helped count as day 0."""
        left = 0.5 / (1 - self.silent)
        spread = math.hypot(self.between, self.within)
        return self.typical * math.exp(spread * NormalDist().inv_cdf(1 - left))


def sized(recipe: Recipe, patients: int, **more) -> Recipe:
    """The same clinic with so many patients."""
    return replace(recipe, patients=patients, **more)


def clinic(recipe: Recipe, chance: np.random.Generator) -> list[list[Span]]:
    """One list of 30 % spans a patient, as the rules make them from diaries."""
    return [_patient(recipe, chance) for _ in range(recipe.patients)]


def intervals(patients: list[list[Span]]) -> list[list[tuple]]:
    """The same as the estimators ask for it."""
    return [kept for spans in patients if (kept := [s.interval for s in spans if s.counts])]


def cases(patients: list[list[Span]], min_days: int = 7) -> list[window.Case]:
    """The same as the back-test asks for it."""
    return [window.Case(number, min_days, spans) for number, spans in enumerate(patients)]


def _patient(recipe: Recipe, chance: np.random.Generator) -> list[Span]:
    own = chance.normal(0, recipe.between)
    count = int(chance.integers(*recipe.infusions))
    return [_infusion(recipe, own, chance) for _ in range(count)]


def _infusion(recipe: Recipe, own: float, chance: np.random.Generator) -> Span:
    end = _followed_until(recipe, chance)
    days = np.flatnonzero(chance.random(end) < recipe.answered) + 1
    true = recipe.typical * math.exp(own + chance.normal(0, recipe.within))
    if chance.random() < recipe.silent:
        return Span(relief.LEVELS[0], NO_RESPONSE, 0, 0) if len(days) >= 2 else Span(relief.LEVELS[0], TOO_FEW)
    stop = recipe.followed
    if chance.random() < recipe.early:
        stop = max(int(true * chance.uniform(0.75, 1.0)), 1)
    days = days[days <= stop]
    return _span(days, true, cut=end < recipe.followed or stop < recipe.followed)


def _followed_until(recipe: Recipe, chance: np.random.Generator) -> int:
    if chance.random() < recipe.cut:
        return int(chance.integers(5, recipe.followed))
    return recipe.followed


def _span(days: np.ndarray, true: float, *, cut: bool) -> Span:
    """Last report with relief and first without: relief of 19.4 days is there on day 19 and gone on day 20."""
    good, bad = days[days <= true], days[days > true]
    percent = relief.LEVELS[0]
    if not len(good) and not len(bad):
        return Span(percent, TOO_FEW)
    low = int(good[-1]) if len(good) else 0
    if len(bad) >= 2:
        return Span(percent, LOST, low, int(bad[0]))
    return Span(percent, CUT_OFF if cut else STILL, low)


def one_interval(asked: tuple[int, Recipe]) -> tuple[bool, float | None]:
    """(held the true median, days off) of one clinic of 20 to 99 patients; runs in a helper process without Django."""
    number, recipe = asked
    chance = np.random.default_rng([2026, number])
    made = sized(recipe, int(chance.integers(20, 100)))
    curve = groups.clinic_curve(intervals(clinic(made, chance)), seed=number)
    low, high = (math.inf if end is None else end for end in (curve.median_low, curve.median_high))
    return low <= made.true_median <= high, None if curve.median is None else curve.median - made.true_median
