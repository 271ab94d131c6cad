"""Relief on the course page: the curve, how long it lasted after each infusion, what to expect, similar courses."""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from clinic import words
from clinic.charts import data as charts
from clinic.models import Course
from followup.models import ClinicCurve
from followup.queries.relief import Followed, curve_of, entries_of, follow, given_in
from followup.rules import relief, sentences, trend
from followup.rules.adjuncts import ATTENDED, marks
from followup.rules.booster import MIN_PRIOR_PATIENTS, Facts, expected_days
from followup.rules.forecast import Forecast

SHOWN_DAYS = 366
SHOWN_ROWS = 24
MEASURES = {"pain": "Pain", "mood": "Low mood"}
_OVER = "over time with infusions and levels of relief"
TITLES = {
    "pain": ("Pain, 0-10", "average of the day, from the diary", f"Pain {_OVER}"),
    "mood": ("Low mood, 0-10", "10 minus the mood of the day, from the diary", f"Low mood {_OVER}"),
}


@dataclass(frozen=True)
class Row:
    """One line of the table of durations; `fitted`: where relief most likely ended when that was not seen."""

    label: str
    key: str
    day: date
    mg: object
    mg_per_kg: object
    minutes: int | None
    best: str
    thirty: str
    fitted: str
    bar: charts.Duration
    fifty: str
    reports: int


@dataclass(frozen=True)
class Similar:
    """The clinic's curve of similar courses, or why there is none to show."""

    curve: ClinicCurve | None
    chart: charts.Survival | None
    words: str = ""
    compared: str = ""
    asked: str = ""


@dataclass(frozen=True)
class Expected:
    """What the next infusion may bring: a figure with its interval, and what it rests on. None of it is a promise."""

    days: str
    band: str
    reach: str
    rests_on: str
    compared: str = ""


def chart_of(
    followed: Followed, today: date, window: tuple[date, date] | None, beside: list[tuple[date, str]] = ()
) -> charts.Relief:
    """The reports of the last year with infusions, levels of relief and the proposed window.

    `beside`: (day, state) of appointments for other help.
    """
    reports = followed.daily
    first = min([r.day for r in reports[:1]] + [b.day for b in followed.blocks[:1]], default=today - timedelta(days=28))
    start = max(first - timedelta(days=1), today - timedelta(days=SHOWN_DAYS))
    end = max([today + timedelta(days=14)] + ([window[1] + timedelta(days=5)] if window else []))
    base = followed.baseline
    return charts.Relief(
        start=start,
        end=end,
        today=today,
        reports=[charts.Report(r.day, r.value) for r in reports if r.day >= start],
        infusions=[_dose(followed, block) for block in followed.blocks if block.day >= start],
        baseline=base.value if base.is_usable else None,
        baseline_words=baseline_words(base),
        window=window,
        title=TITLES[followed.measure][2],
        report_words=f"one diary report, {TITLES[followed.measure][1]}",
        beside=[(day, state == ATTENDED) for day, state in marks(beside, start, end)],
    )


def baseline_words(base: relief.Baseline) -> str:
    """Where the baseline comes from, in words."""
    return {"diary": f"{base.days} days before", "packet": "from the packet", "unknown": ""}[base.source]


def _dose(followed: Followed, block: relief.Infusion) -> charts.Dose:
    return charts.Dose(block.label, block.day, words.dose(followed.total(block, "mg"), "mg"))


def rows_of(followed: Followed, expected: Forecast | None, *, all_rows: bool = False) -> list[Row]:
    """One line an infusion, oldest first; only the newest 24 unless all are asked for."""
    shown = followed.episodes if all_rows else followed.episodes[-SHOWN_ROWS:]
    scale = _scale(shown)
    return [_row(followed, episode, scale, expected) for episode in shown]


def _scale(episodes: list[relief.Episode]) -> int:
    """Days at the right edge of the bars: 42, or the next whole fortnight above the longest."""
    longest = max((value for e in episodes for value in (e.spans[30].low, e.spans[30].high) if value), default=0)
    return max(42, -(-longest // 14) * 14)


def _row(followed: Followed, episode: relief.Episode, scale: int, expected: Forecast | None) -> Row:
    thirty = episode.spans[30]
    said, label = relief.in_words(thirty), episode.infusion.label
    return Row(
        label=label,
        key=episode.infusion.key,
        day=episode.infusion.day,
        mg=followed.total(episode.infusion, "mg"),
        mg_per_kg=followed.total(episode.infusion, "mg_per_kg"),
        minutes=followed.total(episode.infusion, "minutes"),
        best=_best(episode),
        thirty=said,
        fitted=_fitted(thirty, expected),
        bar=charts.Duration(thirty.low, thirty.high, f"30 % relief after infusion {label}: {said} days", scale),
        fifty=relief.in_words(episode.spans[50]),
        reports=episode.reports,
    )


def _best(episode: relief.Episode) -> str:
    """The best change with its day: "5.2 points on day 3"; what grew worse says so."""
    change = episode.best_change
    if change is None:
        return "not known"
    points = f"{words.figure(abs(change))} point{'' if abs(change) == 1 else 's'}"
    worse = " worse at best" if change < 0 else ""
    return f"{points}{worse}, day {episode.best_day}"


def _fitted(span: relief.Span, expected: Forecast | None) -> str:
    """For an end that was not seen: where it most likely lies, given the patient's other infusions."""
    if expected is None or span.ending not in (relief.STILL, relief.CUT_OFF):
        return ""
    days = expected.fitted(span.interval)
    return "" if days is None else f"likely about {days:.0f}"


def expected_of(facts: Facts) -> Expected | None:
    """What the forecast says of this patient, in words; None when too little is known to say anything."""
    found = expected_days(facts) if facts.episodes else None
    if found is None:
        return None
    prior = facts.prior.similar if facts.prior is not None and facts.prior.is_usable else None
    return Expected(
        days=f"{found.typical:.0f}",
        band=f"{found.low:.0f} to {found.high:.0f}",
        reach=f"{found.soon:.0f} to {found.late:.0f}",
        rests_on=_weights(found, prior.patients if prior else 0),
        compared=_beside_others(found, prior),
    )


def _weights(found: Forecast, patients: int) -> str:
    own = sentences.count(found.own, "own completed interval")
    if not patients:
        return f"Rests on {own} alone: no similar courses here yet."
    if found.own == 0:
        return f"Rests on {patients} patients with similar courses: no own completed interval yet."
    tenths = min(max(round(found.own_weight * 10), 1), 9)
    weigh = f"Own intervals weigh about {tenths} in 10 ({own}), {patients} patients with similar courses the rest."
    return (
        weigh if found.own_weight < 0.95 else f"Rests almost wholly on {own}; {patients} similar patients add little."
    )


def _beside_others(found: Forecast, prior) -> str:
    """Where this patient stands among similar ones; nothing while the own intervals say too little."""
    if prior is None or found.own < 3:
        return ""
    typical = f"Typical of similar patients: {math.exp(prior.centre):.0f} days"
    tenths = round(prior.longer_than(found.typical) * 10)
    if tenths in (0, 10):
        return f"{typical}; {'shorter' if tenths == 0 else 'longer'} here than in nearly all of them."
    return f"{typical}; longer here than in about {tenths} of 10 of them."


def similar_of(followed: Followed) -> Similar:
    """The clinic's curve with this patient's own intervals under it."""
    curve = curve_of(followed.course, followed.measure)
    if curve is None or curve.patients < MIN_PRIOR_PATIENTS:
        text = f"Fewer than {MIN_PRIOR_PATIENTS} patients with a similar course here so far: no curve is shown."
        return Similar(None, None, text)
    spans = [(e.infusion.label, e.spans[30]) for e in followed.episodes]
    own = [(label, (s.low, s.high)) for label, s in spans if s.is_complete]
    chart = charts.Survival(
        steps=[charts.Step(day, share, low, high, since) for day, share, low, high, _, since in curve.steps],
        n=curve.infusions,
        ended=curve.ended,
        median=curve.median,
        median_low=curve.median_low,
        median_high=curve.median_high,
        at_risk=[tuple(pair) for pair in curve.at_risk if pair[0] <= 56],
        patient=[span for _, span in own[-SHOWN_ROWS:]],
    )
    said = f"{sentences.condition(followed.course.reason)}, "
    said += f"{sentences.count(curve.infusions, 'infusion')} in {sentences.count(curve.patients, 'patient')}"
    return Similar(curve, chart, said, sentences.compared(own[-SHOWN_ROWS:], curve.median), _asked(curve))


def _asked(curve: ClinicCurve) -> str:
    """The sensitivity run beside the median: what it would be if asking for the next one were its end."""
    if curve.asked_median is None or curve.asked_median == curve.median:
        return ""
    return f"{words.figure(Decimal(str(curve.asked_median)))} days if asking for the next infusion counts as loss."


def notes_of(followed: Followed) -> list[str]:
    """What must be known to read the curve: a low or borrowed baseline, the trend with its interval."""
    notes = []
    if followed.baseline.is_low:
        notes.append("The baseline is low: percentages of it say little.")
    if followed.baseline.source == "packet":
        notes.append(
            "The baseline is the average from the packet: fewer than 7 diary days lie before the first infusion."
        )
    said = trend.in_words(trend.series_trend([e.spans[30] for e in followed.episodes]))
    return [*notes, said] if said else notes


HEAD = [
    *("infusion", "date", "mg", "mg_per_kg", "minutes", "measure", "baseline", "baseline_source", "level_percent"),
    *("ended", "last_day_with", "first_day_without", "onset_day", "best_change", "best_percent", "reports"),
    *("percent_day_1", "percent_day_7", "percent_day_30", "percent_day_90"),
]


def duration_table(course: Course) -> tuple[list[str], list[list]]:
    """The durations as a table for a file: head and rows, days as numbers, open ends blank."""
    given, entries = given_in(course), entries_of(course)
    rows = []
    for measure in MEASURES:
        followed = follow(course, measure, given=given, entries=entries)
        rows += [_line(followed, e, e.spans[p]) for e in followed.episodes for p in relief.LEVELS]
    return HEAD, rows


def _line(followed: Followed, episode: relief.Episode, span: relief.Span) -> list:
    block, base = episode.infusion, episode.baseline
    return [
        block.label, block.day.isoformat(), *(followed.total(block, f) for f in ("mg", "mg_per_kg", "minutes")),
        followed.measure, base.value, base.source, span.percent, span.ending, span.low, span.high, episode.onset_day,
        episode.best_change, episode.best_percent, episode.reports, *episode.changes.values(),
    ]  # fmt: skip
