"""When the next infusion may be right: a window of dates with its reasons, or "stop and reassess", or nothing yet.

A proposal never books and never names a dose. Pure: facts in, verdict out, today passed in. The rules are clinic
defaults (unverified; the clinic approves them); how each was chosen stands in docs/relief.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from . import forecast, window
from .forecast import Forecast, Similar
from .relief import CUT_OFF, LOST, NO_RESPONSE, STILL, TOO_FEW, Episode, Report, in_words, is_rising

WINDOW, REASSESS, NOTHING = "window", "reassess", "nothing"
LEVEL = 30
ENOUGH_INTERVALS = 3
MIN_PRIOR_PATIENTS = 5
MIN_REPORTS = 3
LEAD_DAYS = 14
MIN_WIDTH, MAX_WIDTH = window.MIN_WIDTH, window.MAX_WIDTH
QUARTILES_APART = 1.349  # standard deviations between the quartiles of a normal distribution
ASK_WITHIN_DAYS = 14


@dataclass(frozen=True)
class Prior:
    """Relief of similar courses at this clinic: median and quartile days of loss, and how many patients it rests on.

    `fitted`: how far patients differ and how far infusions of one patient scatter, when the worker has told them apart.
    """

    median: float
    low: float
    high: float
    patients: int
    fitted: Similar | None = None

    @property
    def is_usable(self) -> bool:
        return self.patients >= MIN_PRIOR_PATIENTS

    @property
    def similar(self) -> Similar:
        """As the forecast asks for it; what was not told apart counts half as patients, half as infusions."""
        if self.fitted is not None:
            return self.fitted
        spread = math.log(max(self.high, 1.0) / max(self.low, 0.5)) / QUARTILES_APART
        part = max(spread, 0.1) / math.sqrt(2)
        return Similar(math.log(max(self.median, 0.5)), part, part, self.patients)


@dataclass(frozen=True)
class Record:
    """How past windows of this kind went at this clinic: how many could be judged, how many met the end of relief."""

    tried: int
    met: int
    patients: int

    @property
    def is_usable(self) -> bool:
        return self.patients >= MIN_PRIOR_PATIENTS


@dataclass(frozen=True)
class Spacing:
    """The plan's limits: least days to a booster, infusions of the series, after how many a response is judged, and
    the most in any 365 days (None: no ceiling)."""

    min_days: int
    series: int
    check_after: int
    max_in_year: int | None = None


@dataclass(frozen=True)
class Note:
    """One reason or objection: code, sentence, what it rests on."""

    code: str
    text: str
    source: str = ""


@dataclass(frozen=True)
class Facts:
    """Everything a proposal rests on. `doses` are total mg per episode, oldest first (None: not known).

    `function_gained` None means no function score to compare: unknown, ask. `asked_days` are the days since the last
    infusion on which the patient asked for the next one, one per past infusion, oldest first. `flags` are misuse or
    bladder findings; `against` what else must be weighed (findings, overdue checks, last infusion's pressures).
    """

    today: date
    episodes: Sequence[Episode]
    reports: Sequence[Report]
    spacing: Spacing
    prior: Prior | None = None
    doses: Sequence[float | None] = ()
    done: int = 0
    in_last_year: int = 0
    function_gained: bool | None = None
    asked_on: date | None = None
    asked_days: Sequence[int] = ()
    flags: Sequence[Note] = ()
    against: Sequence[Note] = ()
    record: Record | None = None


@dataclass(frozen=True)
class Proposal:
    """The verdict: kind, headline, window of dates (None unless kind is "window"), reasons, objections, confidence."""

    kind: str
    headline: str
    start: date | None = None
    end: date | None = None
    reasons: tuple[Note, ...] = ()
    against: tuple[Note, ...] = ()
    confidence: str = "none"
    rests_on: str = ""
    not_before: date | None = field(default=None)


def propose(facts: Facts) -> Proposal:
    """Weigh one course: "reassess" wins over a window, and a window needs reports, relief and a reason."""
    if not facts.episodes:
        return Proposal(NOTHING, "No infusion yet: nothing to propose.")
    stop = reassess_reasons(facts)
    if stop:
        return Proposal(
            REASSESS,
            "Stop and reassess before another infusion.",
            reasons=tuple(stop),
            against=tuple(facts.against),
            confidence=confidence(facts),
            rests_on=rests_on(facts),
        )
    if facts.done < facts.spacing.series:
        text = f"The series is still running: {facts.done} of {facts.spacing.series} infusions given."
        return Proposal(NOTHING, text, rests_on=rests_on(facts))
    return _window(facts)


def reassess_reasons(facts: Facts) -> list[Note]:
    """Why another infusion should wait for a fresh look; empty when nothing says so."""
    checks = (_no_gain(facts), _shortening(facts), _ever_earlier(facts), _ceiling(facts))
    return [*[note for note in checks if note], *facts.flags]


def _no_gain(facts: Facts) -> Note | None:
    spans = [e.spans[LEVEL] for e in facts.episodes]
    known = [s for s in spans if s.ending != TOO_FEW]
    if facts.done < facts.spacing.check_after or not known or facts.function_gained:
        return None
    if any(s.ending != NO_RESPONSE for s in known):
        return None
    function = "no gain in function" if facts.function_gained is False else "gain in function unknown: ask"
    text = f"No relief of {LEVEL} % after {facts.done} infusions, {function}."
    return Note("no_gain", text, f"{len(known)} infusions with enough reports")


def _shortening(facts: Facts) -> Note | None:
    """The last three completed intervals each end before the one before them began to, on doses that rose."""
    doses = list(facts.doses) + [None] * (len(facts.episodes) - len(facts.doses))
    pairs = zip(facts.episodes, doses, strict=False)
    done = [(e.spans[LEVEL], d) for e, d in pairs if e.spans[LEVEL].ending == LOST]
    last = done[-3:]
    if len(last) < 3 or any(d is None for _, d in last):
        return None
    shorter = all(b.high <= a.low for (a, _), (b, _) in zip(last, last[1:], strict=False))
    rising = last[-1][1] > last[0][1] and all(b >= a for (_, a), (_, b) in zip(last, last[1:], strict=False))
    if not (shorter and rising):
        return None
    spans = ", ".join(in_words(s) for s, _ in last)
    text = f"Relief gets shorter ({spans} days) while doses rise ({', '.join(f'{d:g}' for _, d in last)} mg)."
    return Note("shortening", text, "last three infusions")


def _ever_earlier(facts: Facts) -> Note | None:
    last = list(facts.asked_days)[-3:]
    if len(last) == 3 and last[0] > last[1] > last[2]:
        text = f"The next infusion is asked for ever earlier: day {last[0]}, {last[1]}, {last[2]}."
        return Note("ever_earlier", text, "diary and calls")
    return None


def _ceiling(facts: Facts) -> Note | None:
    ceiling = facts.spacing.max_in_year
    if ceiling is None or facts.in_last_year < ceiling:
        return None
    text = f"{facts.in_last_year} infusions in 365 days; the protocol's ceiling is {ceiling}."
    return Note("ceiling", text, "protocol")


def _window(facts: Facts) -> Proposal:
    expected = expected_days(facts)
    if expected is None or facts.episodes[-1].reports < MIN_REPORTS:
        return _too_few(facts)
    start, end = window_dates(facts, expected)
    reasons = fading_reasons(facts)
    opens = start - timedelta(days=LEAD_DAYS)
    if not reasons and facts.today < opens:
        text = f"Relief holds: nothing to propose before {_short(opens)}."
        return Proposal(NOTHING, text, rests_on=rests_on(facts), not_before=opens)
    return Proposal(
        WINDOW,
        f"Booster proposed for {_short(start)} to {_short(end)}.",
        start,
        end,
        (*reasons, *_experience(facts)),
        (*facts.against, *_doubts(facts), *_doubts_of_window(facts, expected)),
        confidence(facts),
        rests_on(facts),
    )


def completed(facts: Facts) -> list[tuple[int, int]]:
    """The patient's own completed 30 % intervals (last day with, first day without), oldest first."""
    spans = (e.spans[LEVEL] for e in facts.episodes)
    return [(s.low, s.high) for s in spans if s.ending == LOST]


def expected_days(facts: Facts) -> Forecast | None:
    """How long this infusion is likely to help (followup.rules.forecast); None when too little is known.

    Own ended intervals count, and those cut off or still open as far as they were followed; similar courses draw the
    estimate towards them while the own ones are few. The infusion asked about does not speak for itself until it ended.
    """
    last = facts.episodes[-1].spans[LEVEL]
    earlier = [e.spans[LEVEL] for e in facts.episodes[:-1]] + ([last] if last.is_complete else [])
    prior = facts.prior.similar if facts.prior is not None and facts.prior.is_usable else None
    return forecast.forecast([s.interval for s in earlier if s.counts], prior)


def window_dates(facts: Facts, expected: Forecast) -> tuple[date, date]:
    """The expected days as dates: 4 to 14 days wide, after the protocol's spacing, from tomorrow on."""
    given = facts.episodes[-1].infusion.day
    first, last = window.days(expected, facts.spacing.min_days)
    start, end = given + timedelta(days=first), given + timedelta(days=last)
    tomorrow = facts.today + timedelta(days=1)
    if start >= tomorrow:
        return start, end
    return tomorrow, max(end, tomorrow + timedelta(days=MIN_WIDTH))


def fading_reasons(facts: Facts) -> list[Note]:
    """What says that relief is going now: lost levels, rising scores, a request."""
    last = facts.episodes[-1]
    day = (facts.today - last.infusion.day).days
    found = [n for n in (_lost(last, 30), _lost(last, 50)) if n]
    recent = [r for r in facts.reports if r.at > last.infusion.ended_at]
    if is_rising(recent):
        values = ", ".join(f"{r.value:g}" for r in recent[-4:])
        text = f"Two of the last three changes were upwards ({values}); day {day} today."
        found.append(Note("rising", text, "diary"))
    if facts.asked_on and 0 <= (facts.today - facts.asked_on).days <= ASK_WITHIN_DAYS:
        found.append(Note("asked", "Asked for a call or the next infusion.", _short(facts.asked_on)))
    return found


def _lost(episode: Episode, percent: int) -> Note | None:
    span = episode.spans[percent]
    if span.ending == LOST:
        text = f"{percent} % relief ended between day {span.low} and day {span.high}."
        return Note(f"lost_{percent}", text, f"two reports above {episode.baseline.threshold(percent):.1f}")
    if span.ending in (STILL, CUT_OFF) and span.in_doubt:
        text = f"The last report is above the line of {percent} % relief; one more would confirm the loss."
        return Note(f"doubt_{percent}", text, "diary")
    return None


def _experience(facts: Facts) -> list[Note]:
    own = completed(facts)[-4:]
    found = []
    if own:
        spans = _listed([f"{a}–{b}" for a, b in own])
        text = f"Relief of at least {LEVEL} % lasted {spans} days after earlier infusions."
        found.append(Note("own", text, "own diary"))
    if facts.prior and facts.prior.is_usable and len(own) < ENOUGH_INTERVALS:
        text = f"Half of similar courses here had lost it by day {facts.prior.median:g}."
        found.append(Note("prior", text, f"{facts.prior.patients} patients"))
    return found


def _doubts(facts: Facts) -> list[Note]:
    found = []
    if facts.function_gained is False:
        found.append(Note("function", "No gain in function so far.", "diary"))
    if facts.function_gained is None:
        found.append(Note("function_unknown", "Gain in function unknown: ask.", "no score to compare"))
    if facts.episodes[-1].baseline.source == "packet":
        found.append(Note("packet_baseline", "The baseline is the packet's average, not a diary.", "packet"))
    return found


def _doubts_of_window(facts: Facts, expected: Forecast) -> list[Note]:
    """What says that the window may miss: relief too uneven for it, or windows of this kind that missed before."""
    found = []
    if window.is_cut_down(expected):
        days = f"day {expected.soon:.0f} to day {expected.late:.0f}"
        text = f"Relief is too uneven for {MAX_WIDTH} days: 8 of 10 would end on {days}."
        found.append(Note("uneven", text, "own and similar intervals"))
    record = facts.record
    if record is not None and record.is_usable and record.met < window.GOAL * record.tried:
        text = f"Windows like this met the end of relief in {record.met} of {record.tried} past cases here."
        found.append(Note("record", text, "back-test"))
    if (record is None or not record.is_usable) and len(completed(facts)) < ENOUGH_INTERVALS:
        found.append(Note("untested", "How often windows like this are right is not known here yet.", "back-test"))
    return found


def confidence(facts: Facts) -> str:
    """good: 5 or more completed intervals; fair: 3 or 4; low: fewer."""
    count = len(completed(facts))
    return "good" if count >= 5 else "fair" if count >= ENOUGH_INTERVALS else "low"


def rests_on(facts: Facts) -> str:
    """What the verdict rests on, in words."""
    count, reports = len(completed(facts)), len(facts.reports)
    return f"Rests on {_number(count, 'completed interval')} and {_number(reports, 'report')}."


def _too_few(facts: Facts) -> Proposal:
    last = facts.episodes[-1]
    missing = max(MIN_REPORTS - last.reports, 1)
    earliest = last.infusion.day + timedelta(days=facts.spacing.min_days)
    until = max(earliest, facts.today + timedelta(days=missing))
    text = f"Too few reports: nothing proposed before {_short(until)}."
    why = Note("too_few", f"{_number(last.reports, 'report')} since the last infusion; {MIN_REPORTS} are needed.")
    if last.reports >= MIN_REPORTS:
        intervals = _number(len(completed(facts)), "completed interval")
        why = Note(
            "no_estimate", f"{intervals} so far, and no curve of {MIN_PRIOR_PATIENTS} similar patients here yet."
        )
    return Proposal(NOTHING, text, reasons=(why,), rests_on=rests_on(facts), not_before=until)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _short(day: date) -> str:
    return f"{day.day}-{day:%b}"
