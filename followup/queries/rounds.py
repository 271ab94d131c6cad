"""Rounds of questionnaires: which is open, what of it is answered, what a course has told so far. Reads only."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from clinic import access
from clinic.models import Course, InstrumentResponse, Patient, PatientLink
from clinic.prepared import Prepared
from followup.models import OpioidReport, QuestionRound
from followup.queries.courses import opioids
from followup.queries.relief import NOT_GIVEN
from followup.rules import rounds as rules
from followup.rules.change import Point, baseline_of
from sessions.models import InfusionSession

OCCASION = "round"
SUBJECT = "followup.questionround"


def open_round_of(patient: Patient, at: datetime) -> QuestionRound | None:
    """The newest round of this person that is not finished and not closed yet."""
    rows = QuestionRound.objects.filter(patient__person=patient.person_id, finished_at__isnull=True, closes_at__gt=at)
    return rows.select_related("course__site", "patient").order_by("-day").first()


def round_of(link: PatientLink, at: datetime) -> QuestionRound | None:
    """The round behind a link: the one it names, else, from a diary, the one that is open."""
    if link.subject_kind == SUBJECT:
        rows = QuestionRound.objects.filter(pk=link.subject_id, patient__person__records=link.patient_id)
        return rows.select_related("course__site", "patient").first()
    return open_round_of(link.patient, at)


def round_or_404(request, pk) -> QuestionRound:
    """A round of a patient this reader may see; the look is recorded."""
    rows = QuestionRound.objects.filter(pk=pk).select_related("patient", "course__site", "course__patient")
    return access.get_for_patient_or_404(request, rows)


def answered_pages(asked: QuestionRound) -> list[str]:
    """The pages of a round that were answered, in order. Two queries."""
    codes = set(responses_in(asked).values_list("instrument", flat=True))
    done = {page for page in asked.pages if codes & set(rules.INSTRUMENTS[page])}
    if asked.opioid_reports.exists():
        done.add(rules.OPIOIDS)
    return [page for page in asked.pages if page in done]


def responses_in(asked: QuestionRound):
    """The answered questionnaires of a round."""
    return InstrumentResponse.objects.filter(occasion_kind=OCCASION, occasion_id=asked.pk)


def responses_of(course: Course) -> list[InstrumentResponse]:
    """Every questionnaire of this person, oldest first. One query."""
    rows = InstrumentResponse.objects.filter(patient__person__records=course.patient_id)
    return list(rows.order_by("answered_at"))


def points_of(responses, zone: ZoneInfo) -> dict[str, list[Point]]:
    """Questionnaire -> its scores in order of their local day."""
    found: dict[str, list[Point]] = {}
    for row in responses:
        day = row.answered_at.astimezone(zone).date()
        value = row.score if row.scorable else None
        found.setdefault(row.instrument, []).append(Point(day, value, row.band, row.language, str(row.pk)))
    return found


def first_infusion_of(course: Course) -> date | None:
    """The local day of the course's first infusion. One query."""
    given = InfusionSession.objects.filter(course=course, started_at__isnull=False, stopped_at__isnull=False)
    first = given.exclude(ending__in=NOT_GIVEN).order_by("started_at").first()
    return first.stopped_at.astimezone(course.site.zone).date() if first else None


def baselines(course: Course) -> dict[str, Decimal]:
    """Questionnaire -> its score before the first infusion; those without one are left out."""
    first, zone = first_infusion_of(course), course.site.zone
    points = points_of(responses_of(course), zone)
    found = {code: baseline_of(scores, first) for code, scores in points.items()}
    return {code: point.value for code, point in found.items() if point is not None}


def fresh_codes(course: Course, at: datetime) -> set[str]:
    """Questionnaires this person has answered within the last fortnight."""
    since = at - timedelta(days=rules.FRESH_DAYS)
    rows = InstrumentResponse.objects.filter(
        patient__person__records=course.patient_id, answered_at__gte=since, scorable=True
    )
    return set(rows.values_list("instrument", flat=True))


def opioids_told(course: Course) -> list[OpioidReport]:
    """The opioid dose as told, the last report of each day, oldest first. One query."""
    return list({row.day: row for row in _told_opioids.rows(patient=course.patient_id)}.values())


_told_opioids = Prepared(
    lambda of: OpioidReport.objects.filter(patient__person__records=of("patient")).order_by("day", "told_at")
)


def takes_opioids(course: Course) -> bool:
    """Are opioids on record, or were any told last time?"""
    told = opioids_told(course)
    return not told[-1].is_none if told else bool(opioids(course).parts)


def rounds_of(course: Course) -> list[QuestionRound]:
    """All rounds of a course, the newest first. One query."""
    return list(QuestionRound.objects.filter(course=course).order_by("-day"))
