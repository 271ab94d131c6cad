"""How long relief lasted after an infusion: pure definitions, no query, no clock.

Burden is a number from 0 to 10 where less is better: pain as reported, or low mood (10 minus the mood reported).
Pain and mood are worked out apart, each with its own baseline. Days are whole local days counted from the day an
infusion ended (day 0). Definitions and sources: docs/relief.md.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from operator import attrgetter
from typing import NamedTuple

from followup.rules import response

BASELINE_WINDOW_DAYS = 14
BASELINE_MIN_DAYS = 7
ONSET_WITHIN_DAYS = 14
LOW_BASELINE = Decimal(3)
CONSECUTIVE_GAP_DAYS = 2
LEVELS = (30, 50)
TENTH = Decimal("0.1")

LOST, STILL, CUT_OFF, NO_RESPONSE, TOO_FEW = "lost", "still", "cut_off", "no_response", "too_few"


class Report(NamedTuple):
    """One diary report of one measure: when it was observed (aware), its local day, burden 0-10, "relief is gone"."""

    at: datetime
    day: date
    value: Decimal
    said_gone: bool = False


_at, _least = attrgetter("at"), attrgetter("value", "at")


@dataclass(frozen=True)
class Infusion:
    """One infusion, or a block on consecutive days: label ("3" or "1-5"), local day it ended, end (aware)."""

    label: str
    day: date
    ended_at: datetime
    started_at: datetime | None = None
    key: str = ""

    @property
    def begins(self) -> datetime:
        return self.started_at or self.ended_at


@dataclass(frozen=True)
class Baseline:
    """Burden before the first infusion: value (one decimal, None when unknown), source, days it rests on."""

    value: Decimal | None
    source: str
    days: int = 0

    @property
    def is_usable(self) -> bool:
        return self.value is not None and self.value > 0

    @property
    def is_low(self) -> bool:
        """True when so little burden was there at the start that percentages say little."""
        return self.value is not None and self.value < LOW_BASELINE

    def threshold(self, percent: int) -> Decimal:
        """The highest burden that still counts as `percent` relief; raises ValueError without a usable baseline."""
        if not self.is_usable:
            raise ValueError("relief in per cent needs a baseline above 0")
        return self.value * (100 - percent) / 100

    def percent(self, change: Decimal) -> int | None:
        """A fall of burden as a whole per cent of the baseline, half up; negative when it rose; None without one."""
        if not self.is_usable:
            return None
        return int((change * 100 / self.value).quantize(Decimal(1), ROUND_HALF_UP))


@dataclass(frozen=True)
class Span:
    """How long one level of relief held: it ended after day `low` and by day `high` (None: not seen to end).

    `ending` is lost, still, cut_off, no_response (0, 0) or too_few (None, None). `in_doubt`: the latest report is
    above the line, but one report alone does not end relief. `single`: only one report ever met the level.
    """

    percent: int
    ending: str
    low: int | None = None
    high: int | None = None
    in_doubt: bool = False
    single: bool = False

    @property
    def is_complete(self) -> bool:
        """Relief was reached and its loss was seen between two reports."""
        return self.ending == LOST

    @property
    def counts(self) -> bool:
        """May enter an estimate (a patient without enough reports is unknown, not zero)."""
        return self.ending != TOO_FEW

    @property
    def interval(self) -> tuple[int, int | None]:
        """(left, right) in days for the estimators: (0, 0) no response, (low, None) right-censored."""
        if not self.counts:
            raise ValueError("too few reports: no interval")
        return self.low or 0, self.high


@dataclass(frozen=True)
class Episode:
    """What followed one infusion until the next one or until now.

    `next_day`: days until the next infusion began. `changes`: per cent of relief a day, a week, a month and three
    months after it, from the report nearest to that day (None: no report near it).
    """

    infusion: Infusion
    baseline: Baseline
    spans: dict[int, Span]
    reports: int
    onset_day: int | None
    best_change: Decimal | None
    best_day: int | None
    next_day: int | None = None
    changes: dict[int, int | None] = field(default_factory=dict)

    @property
    def best_percent(self) -> int | None:
        """Best change as a whole per cent of the baseline; negative when burden never fell below it."""
        return None if self.best_change is None else self.baseline.percent(self.best_change)


def low_mood(mood: Decimal) -> Decimal:
    """Mood 0 (worst) to 10 (best) as a burden, so that one set of rules serves pain and mood."""
    return Decimal(10) - mood


def baseline(reports: Iterable[Report], first_infusion: Infusion | None, packet_average: Decimal | None) -> Baseline:
    """The course's own baseline: mean of the 14 days before its first infusion, if 7 of them have a report.

    Otherwise the average the patient gave in the packet, labelled so. Fixed for the course: later reports never
    move it. Source: clinic default (at least 7 days, unverified).
    """
    own = {r.day: r.value for r in sorted(_before(reports, first_infusion), key=_at)}
    if len(own) >= BASELINE_MIN_DAYS:
        mean = sum(own.values(), Decimal(0)) / len(own)
        return Baseline(mean.quantize(TENTH, ROUND_HALF_UP), "diary", len(own))
    if packet_average is not None:
        return Baseline(Decimal(packet_average).quantize(TENTH, ROUND_HALF_UP), "packet")
    return Baseline(None, "unknown", len(own))


def _before(reports: Iterable[Report], infusion: Infusion | None) -> Iterable[Report]:
    if infusion is None:
        return reports
    started = infusion.begins
    return [r for r in reports if r.at < started and (started - r.at).days < BASELINE_WINDOW_DAYS]


def join_consecutive(infusions: Sequence[Infusion]) -> list[Infusion]:
    """Infusions at most 2 days apart become one block, counted from its last day.

    A protocol over 4 or 5 consecutive days is one treatment; its relief starts when the last day ends.
    """
    blocks: list[list[Infusion]] = []
    for infusion in sorted(infusions, key=lambda i: i.ended_at):
        if blocks and (infusion.day - blocks[-1][-1].day).days <= CONSECUTIVE_GAP_DAYS:
            blocks[-1].append(infusion)
        else:
            blocks.append([infusion])
    return [_block(parts) for parts in blocks]


def _block(parts: list[Infusion]) -> Infusion:
    first, last = parts[0], parts[-1]
    label = last.label if first is last else f"{first.label}–{last.label}"
    return Infusion(label, last.day, last.ended_at, first.begins, last.key)


def episodes(
    infusions: Sequence[Infusion], reports: Iterable[Report], base: Baseline, daily: list[Report] | None = None
) -> list[Episode]:
    """One episode per infusion, in order; without a usable baseline every span is "too few".

    `daily`: `one_a_day(reports)`, where the caller has it already.
    """
    ordered = sorted(infusions, key=lambda i: i.ended_at)
    daily = sorted(one_a_day(reports) if daily is None else daily, key=_at)
    return [_episode(now, then, daily, base) for now, then in with_next(ordered)]


def with_next(infusions: Sequence[Infusion]) -> list[tuple[Infusion, Infusion | None]]:
    """Each infusion with the one that follows it; the last with None."""
    return [*zip(infusions, infusions[1:], strict=False), *[(last, None) for last in infusions[-1:]]]


def one_a_day(reports: Iterable[Report]) -> list[Report]:
    """The latest report of each local day, in order; relief said to be gone in any of them stays said."""
    days: dict[date, Report] = {}
    for r in sorted(reports, key=_at):
        before = days.get(r.day)
        days[r.day] = r._replace(said_gone=True) if before and before.said_gone else r
    return [days[day] for day in sorted(days)]


def _episode(infusion: Infusion, following: Infusion | None, reports: list[Report], base: Baseline) -> Episode:
    end = following.begins if following else None
    first = bisect_right(reports, infusion.ended_at, key=_at)
    own = reports[first : len(reports) if end is None else bisect_left(reports, end, key=_at)]
    spans = {p: _span(p, own, infusion, base, cut=following is not None) for p in LEVELS}
    best = min(own, key=_least, default=None)
    change = base.value - best.value if best and base.value is not None else None
    first = _first_in_relief(own, infusion, base, LEVELS[0]) if base.is_usable else None
    return Episode(
        infusion=infusion,
        baseline=base,
        spans=spans,
        reports=len(own),
        onset_day=None if first is None else _day(own[first], infusion),
        best_change=change,
        best_day=_day(best, infusion) if best else None,
        next_day=None if end is None else round((end - infusion.ended_at).total_seconds() / 86400),
        changes=_changes(own, infusion, base),
    )


def _changes(own: list[Report], infusion: Infusion, base: Baseline) -> dict[int, int | None]:
    """Relief in per cent on the days the response rates speak of; rounded down, so that 29.9 is never 30."""
    if not base.is_usable:
        return dict.fromkeys(response.DAYS)
    values = {_day(r, infusion): r.value for r in own}
    near = {day: response.nearest(day, values) for day in response.DAYS}
    return {
        day: None if value is None else int((base.value - value) * 100 // base.value) for day, value in near.items()
    }


def _day(report: Report, infusion: Infusion) -> int:
    return (report.day - infusion.day).days


def _first_in_relief(own: list[Report], infusion: Infusion, base: Baseline, percent: int) -> int | None:
    limit = base.threshold(percent)
    for index, r in enumerate(own):
        if _day(r, infusion) > ONSET_WITHIN_DAYS:
            return None
        if r.value <= limit:
            return index
    return None


def _span(percent: int, own: list[Report], infusion: Infusion, base: Baseline, *, cut: bool) -> Span:
    if not base.is_usable or not own:
        return Span(percent, TOO_FEW)
    first = _first_in_relief(own, infusion, base, percent)
    if first is None:
        return Span(percent, NO_RESPONSE, 0, 0) if len(own) >= 2 else Span(percent, TOO_FEW)
    return _held(percent, own[first:], infusion, base.threshold(percent), cut=cut)


def _held(percent: int, own: list[Report], infusion: Infusion, limit: Decimal, *, cut: bool) -> Span:
    """Walk the reports from onset: two in a row above the limit, or one that says "gone", end relief."""
    good, met = own[0], 0
    for index, r in enumerate(own):
        if r.value <= limit:
            good, met = r, met + 1
        elif r.said_gone or (index + 1 < len(own) and own[index + 1].value > limit):
            return Span(percent, LOST, _day(good, infusion), _day(r, infusion), single=met == 1)
    ending = CUT_OFF if cut else STILL
    return Span(percent, ending, _day(good, infusion), None, in_doubt=own[-1].value > limit, single=met == 1)


def is_rising(reports: Sequence[Report]) -> bool:
    """Two of the last three steps between reports went up (needs four reports)."""
    last = [r.value for r in reports][-4:]
    return len(last) == 4 and sum(b > a for a, b in zip(last, last[1:], strict=False)) >= 2


def asked_counts_as_loss(span: Span, asked_day: int | None, next_day: int | None, *, is_booster: bool):
    """(left, right) of the sensitivity run: relief ended when the next infusion was asked for, at the latest.

    A booster that came without a word counts as asked for on its day; an infusion of the planned series does not.
    No response stays none. Raises ValueError when there were too few reports.
    """
    left, right = span.interval
    if span.ending == NO_RESPONSE:
        return left, right
    asked = asked_day if asked_day is not None else next_day if is_booster and span.ending == CUT_OFF else None
    if asked is None or (right is not None and asked >= right):
        return left, right
    return min(left, max(asked - 1, 0)), asked


def in_words(span: Span) -> str:
    """A duration as shown: "none", "16–17", "6 or more", "too few reports" (days)."""
    if span.ending == NO_RESPONSE:
        return "none"
    if span.ending == TOO_FEW:
        return "too few reports"
    return f"{span.low}–{span.high}" if span.high is not None else f"{span.low} or more"
