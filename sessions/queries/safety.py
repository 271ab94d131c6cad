"""How long-term safety stands for one person: exposure, each check with its clock, results over time.

A fixed number of queries (eleven at most), whatever was given; rows of merged records count as one person's.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from django.db.models import Sum

from clinic.models import Course, InstrumentResponse, Patient, SafetyCheck, SafetyWaiver
from clinic.prepared import Prepared
from clinic.queries.required_tests import in_order as values_of
from clinic.queries.required_tests import orders_of, taken_on
from sessions.models import DoseOrder, InfusionSession, LedgerEntry, VitalsReading
from sessions.rules import safety as rules
from sessions.rules.safety import Check, Due, Waiver

KETAMINE = "ketamine"  # also what is in the names of its forms
YEAR = timedelta(days=365)
NOT_GIVEN = ("not_started",)
SCORES = sorted({name for sources in rules.SOURCES.values() for kind, name in sources if kind == "score"})
TESTS = sorted({name for sources in rules.SOURCES.values() for kind, name in sources if kind == "test"})


@dataclass(frozen=True)
class Given:
    """One infusion that was begun: local day, mg of ketamine as the ledger has it, mg/kg; None where not known."""

    day: date
    started_at: datetime
    course_id: object
    number: int
    mg: Decimal | None
    mg_per_kg: Decimal | None


@dataclass(frozen=True)
class Exposure:
    """Everything given so far. Sums are of what is known; `unknown` counts the infusions without a figure."""

    given: list[Given]
    today: date

    @property
    def infusions(self) -> int:
        return len(self.given)

    @property
    def mg(self) -> Decimal:
        return sum((one.mg for one in self.given if one.mg is not None), Decimal(0))

    @property
    def mg_per_kg(self) -> Decimal:
        return sum((one.mg_per_kg for one in self.given if one.mg_per_kg is not None), Decimal(0))

    @property
    def unknown(self) -> int:
        return sum(one.mg is None for one in self.given)

    @property
    def unknown_per_kg(self) -> int:
        return sum(one.mg_per_kg is None for one in self.given)

    @property
    def in_last_year(self) -> list[Given]:
        """Infusions of the last 365 days."""
        return [one for one in self.given if self.today - one.day < YEAR]

    @property
    def days_since(self) -> int | None:
        """Days since the last infusion; None before the first."""
        return (self.today - self.given[-1].day).days if self.given else None

    @property
    def days(self) -> list[date]:
        return [one.day for one in self.given]


@dataclass(frozen=True)
class Reading:
    """One value on a day: an analyte of a test, a score, a pressure. `flag` as of required tests, "" for none."""

    day: date
    measure: str
    number: Decimal | None
    words: str = ""
    unit: str = ""
    flag: str = ""
    high: Decimal | None = None
    order_id: object = None


@dataclass(frozen=True)
class Standing:
    """One person's long-term safety on a day. `course` is the newest signed one; None: no clock runs."""

    patient: Patient
    today: date
    course: Course | None
    exposure: Exposure
    checks: dict[str, Check] = field(default_factory=dict)
    dues: list[Due] = field(default_factory=list)
    readings: dict[str, list[Reading]] = field(default_factory=dict)
    from_protocol: bool = False

    @property
    def wanted(self) -> list[Due]:
        """What is due or overdue now, the most pressing first."""
        return [due for due in self.dues if due.is_wanted]

    def newest(self, code: str, measure: str) -> Reading | None:
        """The newest reading of one measure of a check."""
        return next((r for r in reversed(self.readings.get(code, ())) if r.measure == measure), None)


def standing_of(patient: Patient, at: datetime) -> Standing:
    """Read everything and set the clocks. Without a signed course there is exposure, and no clock."""
    course = newest_course(patient)
    zone = course.site.zone if course else ZoneInfo(patient.zone_name)
    today = at.astimezone(zone).date()
    exposure = exposure_of(patient, today)
    readings = readings_of(patient, zone)
    if course is None:
        return Standing(patient, today, None, exposure, readings=readings)
    (checks, from_protocol), waivers = checks_of(course), waivers_of(patient)
    asked = [
        check for check in checks.values() if rules.applies(check.code, sex=patient.sex, age=patient.age_on(today))
    ]
    dues = [_due(course, check, exposure, readings, today, waivers.get(check.code)) for check in asked]
    return Standing(patient, today, course, exposure, checks, rules.in_order(dues), readings, from_protocol)


def newest_course(patient: Patient) -> Course | None:
    """The newest signed course of the person, whose protocol sets the clocks."""
    return _newest_course.first(person=patient.person_id)


_newest_course = Prepared(
    lambda of: (
        Course.objects.filter(patient__person=of("person"), signed_at__isnull=False)
        .select_related("site", "protocol_version__protocol", "patient")
        .order_by("-signed_at")[:1]
    )
)


def checks_of(course: Course) -> tuple[dict[str, Check], bool]:
    """Code -> Check of the course's protocol version, and whether they are its own; else the clinic's defaults."""
    rows = _checks.rows(version=course.protocol_version_id)
    own = [Check(r.code, r.at_start, r.every_infusions, r.every_days, r.grace_days) for r in rows]
    return {check.code: check for check in own or rules.DEFAULTS}, bool(own)


_checks = Prepared(lambda of: SafetyCheck.objects.filter(version=of("version")))


def _due(course, check, exposure, readings, today, waiver):
    last_on = max((reading.day for reading in readings.get(check.code, ())), default=None)
    return rules.due_of(
        check,
        began=course.signed_at.astimezone(course.site.zone).date(),
        infused=exposure.days,
        last_on=last_on,
        today=today,
        waiver=waiver,
    )


def waivers_of(patient: Patient) -> dict[str, Waiver]:
    """Code -> the waiver that counts: the newest row of a check, unless it lifted an earlier one. One query."""
    newest = _newest_waivers.rows(person=patient.person_id)
    return {row.code: Waiver(row.until, row.reason) for row in newest if not row.is_lifted}


_newest_waivers = Prepared(
    lambda of: (
        SafetyWaiver.objects.filter(patient__person=of("person"))
        .order_by("code", "-made_at", "-is_lifted")
        .distinct("code")
    )
)


def exposure_of(patient: Patient, today: date) -> Exposure:
    """Every infusion of the person that was begun, in any course, oldest first. Three queries."""
    person = patient.person_id
    mg, weights = dict(_mg_by_session.rows(person=person)), dict(_weights_by_session.rows(person=person))
    rows = _infusions.rows(person=person)
    return Exposure([_given(*row, mg.get(pk), weights.get(pk)) for pk, *row in rows], today)


def _given(started_at, zone_name, course_id, number, mg, weight):
    day = started_at.astimezone(ZoneInfo(zone_name)).date()
    per_kg = (mg / weight).quantize(Decimal("0.01"), ROUND_HALF_UP) if mg is not None and weight else None
    return Given(day, started_at, course_id, number, mg, per_kg)


_infusions = Prepared(
    lambda of: (
        InfusionSession.objects.filter(patient__person=of("person"), started_at__isnull=False)
        .exclude(ending__in=NOT_GIVEN)
        .order_by("started_at")
        .values_list("pk", "started_at", "site__zone_name", "course_id", "number")
    )
)
_mg_by_session = Prepared(
    lambda of: (
        LedgerEntry.objects.filter(
            session__patient__person=of("person"), kind="given", container__drug__icontains=KETAMINE
        )
        .order_by()
        .values_list("session")
        .annotate(mg=Sum("mg"))
    )
)
_weights_by_session = Prepared(
    lambda of: (
        DoseOrder.objects.filter(session__patient__person=of("person"), drug__icontains=KETAMINE)
        .order_by("order__ordered_at")
        .values_list("session", "dosing_weight_kg")
    )
)


def readings_of(patient: Patient, zone) -> dict[str, list[Reading]]:
    """Code of a check -> its readings, oldest first: scores, results of tests, pressures before infusions."""
    told = _scores(patient, zone) | _tests(patient)
    told[("vitals", "systolic")] = _pressures(patient, zone)
    found = defaultdict(list)
    for code, sources in rules.SOURCES.items():
        for source in sources:
            found[code] += told.get(source, [])
        found[code].sort(key=lambda reading: reading.day)
    return dict(found)


def _scores(patient, zone):
    found = defaultdict(list)
    for row in _responses.rows(person=patient.person_id):
        day = row.answered_at.astimezone(zone).date()
        found["score", row.instrument].append(Reading(day, row.instrument, row.score, row.band))
    return found


_responses = Prepared(
    lambda of: InstrumentResponse.objects.filter(
        patient__person=of("person"), instrument__in=SCORES, scorable=True
    ).order_by("answered_at")
)


def _tests(patient):
    found = defaultdict(list)
    for order in orders_of(patient):
        day = taken_on(order) if order.code in TESTS else None
        if day is None:
            continue
        high = {row.analyte: row.range_high for row in order.standing}
        found["test", order.code] += [
            Reading(day, value.label, value.number, value.choice, value.unit, value.flag, high[value.analyte], order.pk)
            for value in values_of(order)
        ]
    return found


def _pressures(patient, zone):
    """The newest baseline set of each session, systolic with diastolic beside it in words."""
    told = _newest_baselines.rows(person=patient.person_id)
    found = [
        Reading(
            at.astimezone(zone).date(), "systolic", Decimal(high), f"{high}/{low if low is not None else '?'}", "mmHg"
        )
        for at, high, low in told
    ]
    return sorted(found, key=lambda reading: reading.day)


def _newest_baselines_in(of):
    rows = VitalsReading.objects.filter(
        entry__session__patient__person=of("person"),
        entry__superseded_by__isnull=True,
        baseline=True,
        systolic__isnull=False,
    ).exclude(entry__role="strike")
    newest = rows.order_by("entry__session_id", "-entry__observed_at").distinct("entry__session_id")
    return newest.values_list("entry__observed_at", "systolic", "diastolic")


_newest_baselines = Prepared(_newest_baselines_in)
