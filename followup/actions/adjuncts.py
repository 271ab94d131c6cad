"""Note referrals to counselling, physical therapy and the like, their appointments, and whether these were kept."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from clinic import audit, clock
from clinic.access import roles_of
from clinic.models import Course
from clinic.refusal import Conflict, Item, refuse_if
from clinic.states import transition
from followup.models import ADJUNCT_VISIT, REFERRAL, AdjunctReferral, AdjunctVisit
from followup.queries.relief import local_today
from followup.rules import adjuncts as rules

KINDS = [code for code, _ in AdjunctReferral.KINDS]


@transaction.atomic
def refer(
    *, course: Course, kind: str, to_whom: str, asked_on: date, by, phone: str = "", goal: str = "",
    planned_visits: int | None = None, at: datetime | None = None,
) -> AdjunctReferral:  # fmt: skip
    """Note a referral made on a day of the site. Raises Refused with everything wrong."""
    at = at or clock.now()
    today = local_today(course, at)
    refuse_if([
        *rules.clinician_items(roles_of(by, course.site, at)),
        *rules.refer_items(kind=kind, kinds=KINDS, to_whom=to_whom, planned=planned_visits, asked_on=asked_on,
                           today=today),
    ])  # fmt: skip
    row = AdjunctReferral.objects.create(
        course=course, kind=kind, to_whom=to_whom.strip(), phone=phone.strip(), goal=goal.strip(),
        planned_visits=planned_visits, asked_on=asked_on, asked_at=at, asked_by=by,
    )  # fmt: skip
    _record("adjunct.referred", row, row, by, at)
    return row


@transaction.atomic
def set_referral(
    *, referral: AdjunctReferral, state: str, by, reason: str = "", at: datetime | None = None
) -> AdjunctReferral:
    """Under way, declined, ended or asked again. Raises Refused without a reason where one is due."""
    at = at or clock.now()
    referral = _locked(referral)
    refuse_if([*rules.clinician_items(roles_of(by, referral.course.site, at)), *rules.over_items(state, reason)])
    referral.why_ended = reason.strip() if state in ("declined", "ended") else ""
    referral.version += 1
    transition(referral, state, by=by, at=at, machine=REFERRAL, reason=reason, also=("why_ended", "version"))
    _record(f"adjunct.{state}", referral, referral, by, at, reason=reason)
    return referral


@transaction.atomic
def plan_visit(
    *, referral: AdjunctReferral, day: date, by, state: str = rules.PLANNED, words: str = "", at: datetime | None = None
) -> AdjunctVisit:
    """Note an appointment of a referral on a day of the site, and at once whether it was kept, if that is known.

    A first one sets the referral under way. Raises Refused with all that is wrong, Conflict when that day has one.
    """
    at = at or clock.now()
    referral = _locked(referral)
    today = local_today(referral.course, at)
    roles = roles_of(by, referral.course.site, at)
    refuse_if([*rules.clinician_items(roles), *(rules.day_items(day, today) or rules.told_items(state, day, today))])
    row = _keep(referral, day, by, at)
    if referral.state == "asked":
        transition(referral, "active", by=by, at=at, machine=REFERRAL)
    _record("adjunct.visit_planned", row, referral, by, at)
    return row if state == rules.PLANNED else tell_visit(visit=row, state=state, words=words, by=by, at=at)


def _keep(referral, day, by, at):
    try:
        with transaction.atomic():
            return AdjunctVisit.objects.create(referral=referral, day=day, planned_at=at, planned_by=by)
    except IntegrityError as problem:
        raise Conflict(Item("day-taken", "An appointment on this day is noted already.", field="day")) from problem


@transaction.atomic
def tell_visit(*, visit: AdjunctVisit, state: str, by, words: str = "", at: datetime | None = None) -> AdjunctVisit:
    """Attended, missed or cancelled; "planned" takes it back. The same again changes nothing.

    Raises Refused for an appointment still to come.
    """
    at = at or clock.now()
    related = ("referral__course__site", "referral__course__patient")
    visit = AdjunctVisit.objects.select_for_update(of=("self",)).select_related(*related).get(pk=visit.pk)
    course = visit.referral.course
    roles = roles_of(by, course.site, at)
    refuse_if([*rules.clinician_items(roles), *rules.told_items(state, visit.day, local_today(course, at))])
    if visit.state == state:
        return visit
    if visit.state != rules.PLANNED and state != rules.PLANNED:
        transition(visit, rules.PLANNED, by=by, at=at, machine=ADJUNCT_VISIT)
    visit.told_at, visit.told_by = (None, None) if state == rules.PLANNED else (at, by)
    visit.words = words.strip()
    transition(visit, state, by=by, at=at, machine=ADJUNCT_VISIT, also=("told_at", "told_by", "words"))
    _record(f"adjunct.visit_{state}", visit, visit.referral, by, at)
    return visit


def _locked(referral):
    rows = AdjunctReferral.objects.select_for_update(of=("self",)).select_related("course__site", "course__patient")
    return rows.get(pk=referral.pk)


def _record(verb, row, referral, by, at, reason=""):
    course = referral.course
    audit.record(verb, row, by=by, patient=course.patient, site=course.site, at=at, reason=reason)
