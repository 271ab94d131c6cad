"""A course's questionnaires for staff: where each stands against its baseline, every score, the opioid dose."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from clinic.charts import data as charts
from clinic.instruments import library
from clinic.models import Course
from clinic.words import clinic_date, figure
from followup.forms.rounds import TITLES
from followup.models import OpioidReport, QuestionRound
from followup.queries import rounds as queries
from followup.rules import change, rounds
from intake.presenters.scores import band_words

ORDER = ("peg", "phq-9", "gad-7", "sleep-0-10", "function-0-10", "change-7")
BEFORE = timedelta(days=60)


@dataclass(frozen=True)
class Score:
    """One score in words."""

    day: date
    result: str
    band: str


@dataclass(frozen=True)
class Line:
    """One questionnaire: baseline, latest, change with its rule, trend, every score with the newest first."""

    code: str
    name: str
    baseline: Score | None
    latest: Score | None
    points: str
    verdict: str
    spark: charts.Spark
    scores: list[Score]


@dataclass(frozen=True)
class Dose:
    """The opioid dose of one day as told."""

    row: OpioidReport
    words: str
    named: str


@dataclass(frozen=True)
class Asked:
    """One round and what came of it."""

    row: QuestionRound
    pages: str
    state: str


@dataclass(frozen=True)
class ScorePage:
    """Everything the page shows."""

    course: Course
    lines: list[Line]
    doses: list[Dose]
    rounds: list[Asked]
    first: date | None


def score_page(course: Course, at: datetime) -> ScorePage:
    """Read once: answers, doses, rounds, infusions."""
    first = queries.first_infusion_of(course)
    since = course.opened_at - BEFORE
    found = queries.points_of([r for r in queries.responses_of(course) if r.answered_at >= since], course.site.zone)
    codes = [*(c for c in ORDER if c in found), *sorted(set(found) - set(ORDER))]
    return ScorePage(
        course=course,
        lines=[_line(code, found[code], first) for code in codes],
        doses=[_dose(row) for row in reversed(queries.opioids_told(course))],
        rounds=[_asked(row, at) for row in queries.rounds_of(course)],
        first=first,
    )


def _line(code: str, points: list[change.Point], first: date | None) -> Line:
    instrument = library.load(code)
    before = change.baseline_of(points, first)
    now = change.latest_of(points, before)
    moved = change.judge(code, before, now)
    known = [p.value for p in points]
    label = f"{instrument.short}: {len(known)} scores since {clinic_date(points[0].day)}"
    verdict = band_words(instrument, moved.verdict) if code in change.SINCE_START else moved.verdict
    return Line(
        code=code,
        name=instrument.short,
        baseline=_score(instrument, before),
        latest=_score(instrument, now),
        points=change.signed(moved.points),
        verdict=verdict,
        spark=charts.Spark(known, label, baseline=before.value if before else None),
        scores=[_score(instrument, point) for point in reversed(points)],
    )


def _score(instrument, point: change.Point | None) -> Score | None:
    if point is None:
        return None
    result = "not scorable" if point.value is None else f"{figure(point.value)} of {instrument.maximum}"
    return Score(point.day, result, band_words(instrument, point.band))


def _dose(row: OpioidReport) -> Dose:
    if row.is_none:
        return Dose(row, "none", "")
    total = "unknown: ask" if row.mme is None else f"{figure(row.mme)} mg morphine equivalents"
    return Dose(row, total, "; ".join(_medicine(m) for m in row.medicines))


def opioids_said(course: Course, on_record: str) -> str:
    """The opioid dose in one line: as told last beside before the first infusion, else what is on record.

    Each with its day; what can't be computed is unknown, never 0.
    """
    told = queries.opioids_told(course)
    if not told:
        return on_record
    first, last = queries.first_infusion_of(course), told[-1]
    before = next((row for row in reversed(told) if first is None or row.day <= first), None)
    now = f"{_dose(last).words}, told {clinic_date(last.day)}"
    return now if before in (None, last) else f"{now}; before the first infusion {_dose(before).words}"


def _medicine(told: dict) -> str:
    amount = f"{told['amount']} {told['unit']}" if told.get("amount") else "amount not said"
    times = f", {told['times_a_day']} a day" if told.get("times_a_day") else ""
    return f"{told['name']} {amount}{times}"


def _asked(row: QuestionRound, at: datetime) -> Asked:
    state = "answered" if row.finished_at else "missed" if row.closes_at <= at else "open"
    return Asked(row, ", ".join(str(TITLES[page]).lower() for page in row.pages), state)


@dataclass(frozen=True)
class Answered:
    """One questionnaire of a round, item by item."""

    name: str
    result: str
    band: str
    items: list[tuple[str, str]]
    spoken: str


@dataclass(frozen=True)
class RoundPage:
    """One round: what was answered to what."""

    asked: QuestionRound
    answered: list[Answered]
    doses: list[Dose]
    missing: list[str]


def round_page(asked: QuestionRound) -> RoundPage:
    """Every answer of a round; the later of two answers to one questionnaire counts."""
    rows = {row.instrument: row for row in queries.responses_in(asked).order_by("answered_at")}
    done = queries.answered_pages(asked)
    return RoundPage(
        asked,
        [_answered(row) for row in rows.values()],
        [_dose(row) for row in asked.opioid_reports.order_by("-told_at")[:1]],
        [str(TITLES[page]) for page in asked.pages if page not in done and page in rounds.INSTRUMENTS],
    )


def _answered(row) -> Answered:
    instrument = library.load(row.instrument)
    items = []
    for item in instrument.asked:
        value = row.answers.get(item.code)
        words = next((o.text for o in item.options if o.value == value), "")
        said = "left blank" if value is None else words if words == str(value) else f"{words} ({value})"
        items.append((item.text, said))
    result = f"{figure(row.score)} of {instrument.maximum}" if row.scorable else "not scorable"
    spoken = "" if row.language == library.ENGLISH else row.language
    return Answered(instrument.short, result, band_words(instrument, row.band), items, spoken)
