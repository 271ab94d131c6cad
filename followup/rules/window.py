"""The window of days after an infusion in which relief is likely to go, and how often past windows met its end. Pure.

The back-test takes each infusion with infusions before it, makes the window from those alone (and from what patients of
the other half of the clinic show, so that nobody's own future helps), and looks where relief really ended. An end that
was not seen can't be judged and is counted apart.
"""

from __future__ import annotations

import math
import statistics
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from followup.rules.forecast import Forecast, Similar, fit, forecast
from followup.rules.relief import TOO_FEW, Span
from followup.rules.response import clustered_wilson

MIN_WIDTH, MAX_WIDTH = 4, 14
MIN_PATIENTS = 5
GOAL = 0.8
MET, EARLY, LATE, UNSEEN = "met", "early", "late", "unseen"
BINS = ("none", "few", "fair", "good")


def bin_of(own: int) -> str:
    """none, few (1 or 2), fair (3 or 4), good (5 or more) completed intervals: what the words of confidence rest on."""
    return "none" if own == 0 else "few" if own < 3 else "fair" if own < 5 else "good"


def days(found: Forecast, min_days: int = 0) -> tuple[int, int]:
    """First and last day after the infusion: 4 to 14 days wide, not before the protocol's spacing."""
    middle = (found.soon + found.late) / 2
    if found.late - found.soon > MAX_WIDTH:
        middle = found.typical
    width = min(max(math.ceil(found.late - found.soon), MIN_WIDTH), MAX_WIDTH)
    start = round(middle - width / 2)
    earliest = max(min_days, 1)
    return (start, start + width) if start >= earliest else (earliest, max(start + width, earliest + MIN_WIDTH))


def is_cut_down(found: Forecast) -> bool:
    """Whether 8 of 10 next infusions need a wider window than is ever proposed."""
    return found.late - found.soon > MAX_WIDTH + 1


def verdict(window: tuple[int, int], span: Span) -> str:
    """Where relief ended against the window: met when the two reports between which it ended reach into it."""
    if not span.is_complete:
        return UNSEEN
    start, end = window
    return EARLY if span.low >= end else LATE if span.high < start else MET


@dataclass(frozen=True)
class Case:
    """One course: whose, the protocol's spacing, its 30 % spans, oldest first."""

    person: object
    min_days: int
    spans: Sequence[Span]


@dataclass
class Result:
    """What came of the windows made from so many own intervals; `cut_down`: which of them said they were too narrow."""

    own: str
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys((MET, EARLY, LATE, UNSEEN), 0))
    widths: list[int] = field(default_factory=list)
    answers: list[tuple[object, bool]] = field(default_factory=list)
    cut_down: list[bool] = field(default_factory=list)

    @property
    def tried(self) -> int:
        return sum(self.counts[name] for name in (MET, EARLY, LATE))

    @property
    def share(self) -> float | None:
        """Windows that met the end of relief, 0 to 1; None: none could be judged."""
        return self.counts[MET] / self.tried if self.tried else None

    @property
    def patients(self) -> int:
        return len({person for person, _ in self.answers})

    @property
    def band(self) -> tuple[float | None, float | None]:
        """95 % interval of the share, patients as clusters."""
        return clustered_wilson(self.answers)

    @property
    def width(self) -> float | None:
        return statistics.median(self.widths) if self.widths else None


def back_test(cases: Iterable[Case]) -> dict[str, Result]:
    """Every window that could have been proposed, by how many own completed intervals it rested on."""
    cases = list(cases)
    learned = [_learn(case for case in cases if _half(case.person) != half) for half in (0, 1)]
    results = {name: Result(name) for name in BINS}
    for case in cases:
        for place in range(1, len(case.spans)):
            _try(case, place, learned[_half(case.person)], results)
    return results


def _half(person: object) -> int:
    return zlib.crc32(str(person).encode()) % 2


def _learn(cases: Iterable[Case]) -> Similar | None:
    groups: dict[object, list] = {}
    for case in cases:
        groups.setdefault(case.person, []).extend(s.interval for s in case.spans if s.counts)
    found = fit(list(groups.values()))
    return found if found and found.patients >= MIN_PATIENTS else None


def _try(case: Case, place: int, similar: Similar | None, results: dict[str, Result]) -> None:
    before, span = [s for s in case.spans[:place] if s.counts], case.spans[place]
    found = forecast([s.interval for s in before], similar)
    if found is None or span.ending == TOO_FEW:
        return
    result = results[bin_of(found.own)]
    window = days(found, case.min_days)
    said = verdict(window, span)
    result.counts[said] += 1
    if said != UNSEEN:
        result.widths.append(window[1] - window[0])
        result.answers.append((case.person, said == MET))
        result.cut_down.append(is_cut_down(found))
