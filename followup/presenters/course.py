"""The course page: one sentence, the curve, how long relief lasted, similar courses, the proposal."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from clinic import words
from clinic.charts import data as charts
from clinic.models import Course
from followup.models import ClinicCurve, DiaryEntry
from followup.presenters.proposal import Panel, panel_of
from followup.queries import courses
from followup.queries.booster import facts_of, next_infusion
from followup.queries.relief import Followed, curve_of, entries_of, follow, given_in, local_today, main_measure
from followup.rules import relief, sentences
from followup.rules.booster import MIN_PRIOR_PATIENTS, Facts
from followup.rules.diary import SERIOUS_EFFECTS, USUAL_EFFECTS

SHOWN_DAYS = 366
EFFECTS = SERIOUS_EFFECTS | USUAL_EFFECTS
_OVER = "over time with infusions and levels of relief"
TITLES = {
    "pain": ("Pain, 0-10", "average of the day, from the diary", f"Pain {_OVER}"),
    "mood": ("Low mood, 0-10", "10 minus the mood of the day, from the diary", f"Low mood {_OVER}"),
}


@dataclass(frozen=True)
class Row:
    """One line of the table of durations."""

    label: str
    key: str
    day: date
    mg: object
    minutes: int | None
    thirty: str
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


@dataclass(frozen=True)
class CoursePage:
    """Everything the page shows."""

    course: Course
    sentence: str
    facts_line: str
    title: str
    subtitle: str
    chart: charts.Relief
    rows: list[Row]
    entries: list[DiaryEntry]
    similar: Similar
    panel: Panel
    beside: list[tuple[str, str]]
    today: date
    notes: list[str] = field(default_factory=list)


def course_page(course: Course, at: datetime, *, may_decide: bool) -> CoursePage:
    """Read once, work out everything from it."""
    given, entries = given_in(course), entries_of(course)
    followed = follow(course, main_measure(course), given=given, entries=entries)
    facts = facts_of(course, at, followed=followed, entries=entries)
    proposal = courses.last_proposal(course)
    today = facts.today
    panel = panel_of(facts, followed, proposal, next_infusion(course, at), may_decide=may_decide)
    title, subtitle, chart_title = TITLES[followed.measure]
    return CoursePage(
        course=course,
        sentence=sentences.headline(followed.episodes, relief.one_a_day(followed.reports), today),
        facts_line=_facts_line(followed, entries, today),
        title=title,
        subtitle=subtitle,
        chart=_chart(followed, today, panel.window, chart_title),
        rows=_rows(followed),
        entries=[_told(e) for e in reversed(entries) if (today - e.day).days < SHOWN_DAYS],
        similar=_similar(followed),
        panel=panel,
        beside=_beside(course, entries, facts, at),
        today=today,
        notes=_notes(followed),
    )


def _told(entry: DiaryEntry) -> DiaryEntry:
    """What was said besides the numbers, as a list of words on the entry."""
    entry.said = [EFFECTS.get(code, code).lower() for code in entry.side_effects]
    entry.said += ["the effect is gone"] if entry.relief_gone else []
    entry.said += ["asks to be called"] if entry.call_me else []
    entry.said += ["thoughts of self-harm"] if entry.self_harm else []
    entry.said += [f"\u201c{entry.words}\u201d"] if entry.words else []
    return entry


def _facts_line(followed: Followed, entries: list[DiaryEntry], today: date) -> str:
    course = followed.course
    version = course.protocol_version
    parts = [course.reason_words or course.reason, f"{version.protocol.name}, version {version.number}"]
    if followed.given:
        since = _day(followed.given[0].infusion.day)
        parts.append(f"{_count(len(followed.given), 'infusion')} since {since}")
    if entries:
        days = (today - entries[0].day).days + 1
        parts.append(f"{_count(len(entries), 'diary report')} in {_count(days, 'day')}")
    parts.append(f"today {today:%a} {words.clinic_date(today)}")
    return " \u00b7 ".join(parts)


def _chart(followed: Followed, today: date, window, title: str) -> charts.Relief:
    reports = relief.one_a_day(followed.reports)
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
        title=title,
        report_words=f"one diary report, {TITLES[followed.measure][1]}",
    )


def baseline_words(base: relief.Baseline) -> str:
    """Where the baseline comes from, in words."""
    return {"diary": f"{base.days} days before", "packet": "from the packet", "unknown": ""}[base.source]


def _dose(followed: Followed, block: relief.Infusion) -> charts.Dose:
    return charts.Dose(block.label, block.day, words.dose(followed.total(block, "mg"), "mg"))


def _rows(followed: Followed) -> list[Row]:
    scale = _scale(followed.episodes)
    return [_row(followed, episode, scale) for episode in followed.episodes]


def _scale(episodes: list[relief.Episode]) -> int:
    """Days at the right edge of the bars: 42, or the next whole fortnight above the longest."""
    longest = max((value for e in episodes for value in (e.spans[30].low, e.spans[30].high) if value), default=0)
    return max(42, -(-longest // 14) * 14)


def _row(followed: Followed, episode: relief.Episode, scale: int) -> Row:
    thirty = episode.spans[30]
    said, label = relief.in_words(thirty), episode.infusion.label
    return Row(
        label=label,
        key=episode.infusion.key,
        day=episode.infusion.day,
        mg=followed.total(episode.infusion, "mg"),
        minutes=followed.total(episode.infusion, "minutes"),
        thirty=said,
        bar=charts.Duration(thirty.low, thirty.high, f"30 % relief after infusion {label}: {said} days", scale),
        fifty=relief.in_words(episode.spans[50]),
        reports=episode.reports,
    )


def _similar(followed: Followed) -> Similar:
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
        patient=[span for _, span in own],
    )
    said = f"{_condition(followed.course.reason)}, "
    said += f"{_count(curve.infusions, 'infusion')} in {_count(curve.patients, 'patient')}"
    return Similar(curve, chart, said, sentences.compared(own, curve.median))


def _condition(code: str) -> str:
    """A condition's code as a word: "CRPS", "Low back pain"."""
    return code.upper() if len(code) <= 4 else code.replace("_", " ").capitalize()


def _beside(course: Course, entries: list[DiaryEntry], facts: Facts, at: datetime) -> list[tuple[str, str]]:
    """Function, opioids and adjuncts: headlines like pain."""
    gained = {True: "better by 2 points or more", False: "no gain of 2 points", None: "gain unknown: ask"}
    latest = next((e.function for e in reversed(entries) if e.function is not None), None)
    function = f"{latest} now, {gained[facts.function_gained]}" if latest is not None else gained[facts.function_gained]
    return [
        ("What the patient can do, 0-10", function),
        ("Opioids a day", _opioids(courses.opioids(course))),
        ("Counselling and physical therapy", _adjuncts(courses.adjuncts(course, at))),
    ]


def _opioids(found) -> str:
    if found.total is None:
        return f"unknown: {found.unknown[0].why}"
    return "none on record" if not found.parts else f"{words.figure(found.total)} mg morphine equivalents"


def _adjuncts(counts: dict[str, int]) -> str:
    if not any(counts.values()):
        return "no visits booked since the course began"
    return f"{counts['attended']} attended, {counts['missed']} missed, {counts['cancelled']} cancelled"


def _notes(followed: Followed) -> list[str]:
    notes = []
    if followed.baseline.is_low:
        notes.append("The baseline is low: percentages of it say little.")
    if followed.baseline.source == "packet":
        notes.append(
            "The baseline is the average from the packet: fewer than 7 diary days lie before the first infusion."
        )
    trend = relief.series_trend([e.spans[30] for e in followed.episodes])
    said = {"longer": "Relief gets longer over the series.", "shorter": "Relief gets shorter over the series."}
    if trend in said:
        notes.append(said[trend])
    if trend == "unclear":
        notes.append("No clear trend over the series.")
    return notes


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _day(day: date) -> str:
    return f"{day.day:02d}-{words.MONTHS[day.month - 1]}"


HEAD = [
    *("infusion", "date", "mg", "mg_per_kg", "minutes", "measure", "baseline", "baseline_source", "level_percent"),
    *("ended", "last_day_with", "first_day_without", "onset_day", "best_change", "best_percent", "reports"),
]


def duration_table(course: Course, at: datetime) -> tuple[list[str], list[list]]:
    """The durations as a table for a file: head and rows, days as numbers, open ends blank."""
    given, entries = given_in(course), entries_of(course)
    rows = []
    for measure in ("pain", "mood"):
        followed = follow(course, measure, given=given, entries=entries)
        rows += [_line(followed, e, e.spans[p]) for e in followed.episodes for p in relief.LEVELS]
    return HEAD, rows


def _line(followed: Followed, episode: relief.Episode, span: relief.Span) -> list:
    block, base = episode.infusion, episode.baseline
    return [
        block.label, block.day.isoformat(), *(followed.total(block, f) for f in ("mg", "mg_per_kg", "minutes")),
        followed.measure, base.value, base.source, span.percent, span.ending, span.low, span.high, episode.onset_day,
        episode.best_change, episode.best_percent, episode.reports,
    ]  # fmt: skip


def local_day(course: Course, at: datetime) -> date:
    """Today at the course's site, for the name of a file."""
    return local_today(course, at)
