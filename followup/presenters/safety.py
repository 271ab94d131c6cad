"""Long-term safety of one person as a page and as a file, and the list of everybody whose checks are due."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.core.paginator import Paginator
from django.urls import reverse

from clinic import access
from clinic.charts.data import Spark
from clinic.instruments import library
from clinic.models import SAFETY_CHECKS, Patient, SafetyCheckDue
from clinic.words import clinic_date, figure
from intake.presenters.scores import band_words
from intake.queries import answers_of
from intake.rules.exposure import elsewhere
from sessions.actions.safety import tests_due
from sessions.queries.safety import Exposure, Reading, Standing, standing_of
from sessions.rules import safety as rules

TITLES = dict(SAFETY_CHECKS)
LEVELS = {rules.OVERDUE: "alarm", rules.DUE: "caution", rules.SOON: "", rules.OK: "ok", rules.OFF: ""}
A_PAGE = 50
MOST_POINTS = 12
HEAD = ["check", "measure", "day", "value", "unit", "result", "laboratory_upper_limit"]


@dataclass(frozen=True)
class Clock:
    """One check with its clock, in words; `enter` is where its result is typed."""

    code: str
    title: str
    status: str
    level: str
    due: rules.Due
    every: str
    last: str
    when: str
    enter: str
    is_waived: bool
    with_next: bool


@dataclass(frozen=True)
class Trend:
    """What was measured more than once, oldest first."""

    label: str
    unit: str
    points: list[tuple[date, str]]
    spark: Spark | None
    says: str
    flag: str = ""


@dataclass(frozen=True)
class SafetyPage:
    """Everything the page shows."""

    patient: Patient
    standing: Standing
    headline: str
    clocks: list[Clock]
    exposure: list[tuple[str, str]]
    years: list[tuple[int, int, str]]
    trends: list[Trend]
    tests: list[str] = field(default_factory=list)
    source: str = ""


def safety_page(patient: Patient, at, packet=None) -> SafetyPage:
    """Read once, put everything in words. `packet`: the newest one, for what was had elsewhere."""
    standing = standing_of(patient, at)
    return SafetyPage(
        patient=patient,
        standing=standing,
        headline=headline(standing),
        clocks=[_clock(patient, standing, due) for due in standing.dues],
        exposure=_exposure(standing, packet),
        years=years_of(standing.exposure),
        trends=_trends(standing),
        tests=tests_due(standing),
        source=_source(standing),
    )


def headline(standing: Standing) -> str:
    """The page in one sentence."""
    if standing.course is None:
        return "No signed plan: no clock runs."
    counts = [(rules.OVERDUE, "overdue"), (rules.DUE, "due")]
    said = [
        f"{number} {words}"
        for status, words in counts
        if (number := sum(due.status == status for due in standing.dues))
    ]
    if said:
        return f"Safety checks: {', '.join(said)}."
    soon = min((due.due_on for due in standing.dues if due.due_on), default=None)
    return f"Nothing is due. Next: {clinic_date(soon)}." if soon else "Nothing is due."


def _source(standing):
    if standing.course is None:
        return ""
    if standing.from_protocol:
        return f"Clocks of {standing.course.protocol_version}."
    return f"{standing.course.protocol_version} names no safety checks: the clinic's defaults count (unverified)."


def _clock(patient, standing, due):
    check = standing.checks[due.code]
    kind, name = rules.SOURCES[due.code][0]
    return Clock(
        code=due.code,
        title=TITLES[due.code],
        status=rules.STATUS_WORDS[due.status],
        level=LEVELS[due.status],
        due=due,
        every=check.words,
        last=clinic_date(due.last_on) if due.last_on else "never",
        when=clinic_date(due.due_on) if due.due_on else "",
        enter=_enter(patient, kind, name),
        is_waived=due.why.startswith(("Put off", "Does not apply")),
        with_next=rules.with_next_infusion(check, due),
    )


def _enter(patient, kind, name):
    if kind == "score":
        return reverse("intake:score-add", args=[patient.pk])
    return reverse("clinic:test-bring", args=[patient.pk, name]) if kind == "test" else ""


def _exposure(standing, packet):
    """Cumulative exposure as facts; what is not known is said."""
    told, year = standing.exposure, standing.exposure.in_last_year
    rows = [
        ("Infusions", figure(told.infusions)),
        ("Ketamine in all", f"{figure(told.mg)} mg{_missing(told.unknown)}"),
        ("by weight", f"{figure(told.mg_per_kg)} mg/kg{_missing(told.unknown_per_kg)}"),
        ("Last 365 days", _year(standing, year)),
        ("Since the last infusion", "none yet" if told.days_since is None else f"{told.days_since} days"),
    ]
    return [*rows, ("From elsewhere, as told", _elsewhere(packet))]


def _missing(count):
    return f", {count} not known" if count else ""


def _year(standing, year):
    mg = sum((one.mg for one in year if one.mg is not None), Decimal(0))
    ceiling = standing.course.protocol_version.yearly_ceiling if standing.course else None
    of = f" of at most {ceiling}" if ceiling else ""
    return f"{len(year)}{of} infusions, {figure(mg)} mg"


def _elsewhere(packet):
    if packet is None:
        return "no packet: ask"
    courses = answers_of(packet).get("ketamine_courses") or []
    found = elsewhere(courses)
    if not courses:
        return "none told"
    last = f", last {found.last}" if found.last else ""
    return f"{found.treatments}{'' if found.is_whole else ' or more'} treatments{last}"


def years_of(exposure: Exposure) -> list[tuple[int, int, str]]:
    """[(year, infusions, mg known)], the newest first."""
    years = sorted({one.day.year for one in exposure.given}, reverse=True)
    found = []
    for year in years:
        mine = [one for one in exposure.given if one.day.year == year]
        mg = sum((one.mg for one in mine if one.mg is not None), Decimal(0))
        found.append((year, len(mine), f"{figure(mg)} mg"))
    return found


def _trends(standing):
    found = []
    for code, readings in standing.readings.items():
        for measure in dict.fromkeys(reading.measure for reading in readings):
            mine = [reading for reading in readings if reading.measure == measure]
            found.append(_trend(TITLES[code], measure, mine))
    return found


def _trend(title, measure, readings):
    numbers = [reading.number for reading in readings if reading.number is not None]
    newest = readings[-1]
    spark = Spark(numbers, f"{title}: {measure}", limit=newest.high) if len(numbers) > 1 else None
    points = [(reading.day, _value(reading)) for reading in readings[-MOST_POINTS:]]
    return Trend(_label(measure), newest.unit, points, spark, rules.trend_words(numbers), newest.flag)


def _label(measure):
    if measure in library.entered_codes():
        return library.load(measure).short
    return {"systolic": "Pressure before the infusion"}.get(measure, measure)


def _value(reading: Reading) -> str:
    if reading.measure == "systolic":
        return reading.words
    if reading.number is None:
        return reading.words.replace("_", " ")
    if reading.measure in library.entered_codes():
        band = band_words(library.load(reading.measure), reading.words)
        return f"{figure(reading.number)}{f' {band}' if band else ''}"
    return figure(reading.number)


def results_table(patient: Patient, at) -> tuple[list[str], list[list]]:
    """Every reading as a table for a file: head and rows, oldest first."""
    readings = standing_of(patient, at).readings
    rows = [
        [code, one.measure, one.day.isoformat(), one.number, one.unit, one.words, one.high]
        for code, found in readings.items()
        for one in found
    ]
    return HEAD, rows


@dataclass(frozen=True)
class Line:
    """One person on the list: the checks due and overdue, and from when the first one was."""

    patient: Patient
    overdue: list[str]
    due: list[str]
    since: date


def due_list(request, at):
    """One page of the people of the reader's site with something due, those overdue first. Three queries."""
    day = at.astimezone(request.site.zone).date()
    rows = SafetyCheckDue.objects.filter(due_on__lte=day, patient__in=access.patients_for(request))
    by_patient = {}
    for row in rows.select_related("patient").order_by("due_on"):
        by_patient.setdefault(row.patient_id, []).append(row)
    lines = [_line(mine, day) for mine in by_patient.values()]
    lines.sort(key=lambda line: (not line.overdue, line.since))
    return Paginator(lines, A_PAGE).get_page(request.GET.get("page"))


def _line(mine, day):
    overdue = [TITLES[row.code].lower() for row in mine if row.is_overdue(day)]
    due = [TITLES[row.code].lower() for row in mine if not row.is_overdue(day)]
    return Line(mine[0].patient, overdue, due, min(row.due_on for row in mine))


def due_words(patient: Patient, day: date) -> str:
    """What is due and overdue on a local day, as last worked out, in one sentence; "" for nothing. One query."""
    rows = list(SafetyCheckDue.objects.filter(patient__person=patient.person_id, due_on__lte=day))
    overdue = [TITLES[row.code].lower() for row in rows if row.is_overdue(day)]
    due = [TITLES[row.code].lower() for row in rows if not row.is_overdue(day)]
    parts = [f"{word}: {', '.join(names)}" for word, names in (("Overdue", overdue), ("Due", due)) if names]
    return f"{'. '.join(parts)}." if parts else ""
