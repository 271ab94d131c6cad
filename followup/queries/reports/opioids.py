"""The opioid dose a day before and after the first series, as morphine equivalents."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Min

from clinic.models import Course, MedicationStatement
from followup.models import OpioidReport
from followup.queries.courses import medicine
from followup.queries.reports.scope import Scope
from followup.rules.reports import AFTER_DAYS
from intake.rules.mme import mme


@dataclass(frozen=True)
class Pair:
    """One course: mg of morphine equivalents a day before the first infusion and after, None where unknown."""

    person: object
    reason: str
    protocol: str
    before: Decimal | None
    after: Decimal | None
    follow_up_days: int


def pairs_in(scope: Scope) -> list[Pair]:
    """The courses whose first infusion began in the period. Three queries."""
    courses = _courses(scope)
    people = {course.patient.person_id for course in courses}
    told = _by_person(OpioidReport.objects.filter(patient__person__in=people).order_by("day", "told_at"))
    taken = _by_person(MedicationStatement.objects.filter(patient__person__in=people).order_by("said_at"))
    return [
        _pair(scope, course, told.get(course.patient.person_id, []), taken.get(course.patient.person_id, []))
        for course in courses
    ]


def _courses(scope: Scope) -> list[Course]:
    rows = Course.objects.filter(site=scope.site).annotate(first=Min("infusion_sessions__started_at"))
    rows = rows.filter(first__gte=scope.begin, first__lt=scope.end)
    return list(rows.select_related("patient", "protocol_version__protocol").order_by("first"))


def _by_person(rows) -> dict:
    found: dict = {}
    for row in rows.select_related("patient"):
        found.setdefault(row.patient.person_id, []).append(row)
    return found


def _pair(scope: Scope, course: Course, told: list, taken: list) -> Pair:
    until = course.first + timedelta(days=AFTER_DAYS)
    reports = [row for row in told if row.day <= scope.day(course.first)]
    before = reports[-1].mme if reports else _as_said(taken, course.first)
    later = [row for row in told if row.day >= scope.day(until)]
    after = later[-1].mme if later else _if_asked_again(taken, until, scope.now)
    return Pair(
        course.patient.person_id, course.reason, course.protocol_version.protocol.name, before, after,
        (scope.day(scope.now) - scope.day(course.first)).days,
    )  # fmt: skip


def _as_said(taken: list, at: datetime) -> Decimal | None:
    """The dose of the medicines in force then; unknown when nobody had said anything about medicines."""
    known = [row for row in taken if row.said_at <= at]
    if not known:
        return None
    return mme([medicine(row) for row in known if row.ended_at is None or row.ended_at > at]).total


def _if_asked_again(taken: list, until: datetime, now: datetime) -> Decimal | None:
    """The dose now, if medicines were said, verified or ended after `until`: an old list says nothing about later."""
    touched = [at for row in taken for at in (row.said_at, row.verified_at, row.ended_at) if at is not None]
    return _as_said(taken, now) if any(at >= until for at in touched) else None
