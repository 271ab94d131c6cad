"""A course: planned from an approval, signed, changed with a reason, ended. By a prescriber of its site only."""

from datetime import timedelta

from django.db import transaction

from clinic import audit, clock
from clinic.actions.tasks import open_task
from clinic.models import COURSE, Course, CourseVersionMove, Membership, Patient, PlanSignature, Role
from clinic.queries import plans
from clinic.refusal import Conflict, Item, Refused, refuse_if
from clinic.states import transition
from followup.actions.diary import start_plan
from followup.rules import planning as rules
from intake.actions.assessments import plan_approval
from intake.actions.findings import COURSE as COURSE_OF
from intake.actions.findings import Occasion, run_rules
from intake.queries import check_eligible, current_approval, latest_answers
from intake.rules.engine import BOOKING

BOOK_WITHIN = timedelta(days=1)
CHANGEABLE = ("dose", "planned_number", "spacing_days", "goals", "adjuncts", "medicine_plan")


@transaction.atomic
def plan_course(*, patient, site, protocol_version, dose, planned_number, reason, goals, by, spacing_days=None,
                reason_words="", adjuncts="", medicine_plan="", approval=None, at=None):  # fmt: skip
    """Plan a course for an approved patient; returns the Course, not yet signed.

    `dose`: Decimal in the unit of the protocol drug's basis. `spacing_days`: aimed at, default the protocol's least.
    `approval`: default the patient's current one; it is tied to the course. Raises Refused with everything that is
    wrong: no approval in force, dose or spacing out of the protocol's bounds, a draft protocol, no prescriber.
    """
    at = at or clock.now()
    patient = Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    approval = approval or current_approval(patient)
    day = at.astimezone(site.zone).date()
    spacing_days = protocol_version.spacing_min_days if spacing_days is None else spacing_days
    drug = protocol_version.protocoldrugs.first()
    refuse_if(
        rules.prescriber_items(is_prescriber(by, site, at))
        + _version_items(protocol_version, drug)
        + rules.goal_items(reason, goals)
        + figure_items(protocol_version, drug, dose=dose, planned_number=planned_number, spacing_days=spacing_days)
        + _eligibility(patient, day)
    )
    course = Course.objects.create(
        patient=patient, site=site, number=_next_number(patient), protocol_version=protocol_version, reason=reason,
        reason_words=reason_words, goals=goals, planned_number=planned_number, spacing_days=spacing_days, dose=dose,
        dose_basis=drug.basis, adjuncts=adjuncts, medicine_plan=medicine_plan, opened_at=at, prescriber=by,
        packet_pain_average=latest_answers(patient).get("pain_average"),
    )  # fmt: skip
    plan_approval(approval=approval, course=course, by=by, at=at)
    audit.record("course.planned", course, by=by, patient=patient, site=site, at=at)
    return course


def is_prescriber(user, site, at):
    """Whether this user is a prescriber at the site then."""
    return Membership.objects.active(at).filter(user=user, site=site, role=Role.PRESCRIBER).exists()


def _next_number(patient):
    return 1 + Course.objects.filter(patient__person=patient.person_id).count()


def _version_items(version, drug):
    protocol = version.protocol
    return rules.version_items(
        is_approved=version.approved_at is not None, is_retired=protocol.retired_at is not None, has_drug=bool(drug)
    )


def figure_items(version, drug, *, dose, planned_number, spacing_days):
    """What is wrong with the figures of a plan against its protocol version."""
    if drug is None:
        return []
    least, most = (1, 1) if version.consecutive_days else (version.spacing_min_days, version.spacing_max_days)
    return (
        rules.dose_items(dose, low=drug.dose_min, high=drug.dose_max, basis=drug.basis)
        + rules.number_items(planned_number)
        + rules.spacing_items(spacing_days, least=least, most=most)
    )


def _eligibility(patient, day):
    try:
        check_eligible(patient, day=day)
    except Refused as refused:
        return list(refused.items)
    return []


def sign_plan(*, course, by, at=None, version=None):
    """Sign the plan: the course is under way, its diary begins, the front desk is asked to book the visits.

    The rules of eligibility are run first, and what is new since the approval is kept also when it stops the signature.
    Raises Refused when it is signed already or intake has something against treating now, Conflict for an old version.
    """
    at = at or clock.now()
    run_rules(
        patient=course.patient, site=course.site, stage=BOOKING, occasion=Occasion(COURSE_OF, course.pk), by=by, at=at
    )  # fmt: skip
    return _sign_plan(course, version, by, at)


@transaction.atomic
def _sign_plan(course, version, by, at):
    course = _locked(course, version)
    refuse_if(
        rules.prescriber_items(is_prescriber(by, course.site, at))
        + rules.sign_items(
            is_signed=course.signed_at is not None, state_label=COURSE.label(course.state), is_planned=_is_plan(course)
        )
        + _eligibility(course.patient, at.astimezone(course.site.zone).date())
    )
    course.signed_at, course.prescriber = at, by
    course.diary_from = course.diary_from or at.astimezone(course.site.zone).date()
    _next_version(course, "signed_at", "prescriber", "diary_from")
    _keep_signature(course, "signed", by, at)
    transition(course, "active", by=by, at=at, machine=COURSE)
    audit.record("course.signed", course, by=by, patient=course.patient, site=course.site, at=at)
    start_plan(course=course, by=by, at=at)
    _ask_for_booking(course, by, at)
    return course


def _keep_signature(course, occasion, by, at):
    """What was signed just now, as the database holds it; the audit row is that of the deed which signs."""
    facts = plans.facts_of(Course.objects.get(pk=course.pk))
    signature = PlanSignature(
        course=course, occasion=occasion, course_version=course.version, facts=facts, signed_at=at, signed_by=by,
        printed_name=by.display_name[:160],
    )  # fmt: skip
    signature.sha256 = plans.digest_of(signature)
    signature.save(force_insert=True)


def _is_plan(course):
    return course.state == COURSE.start


def _ask_for_booking(course, by, at):
    open_task(
        "booking", title=f"Book {course.planned_number} infusions", neutral_title="Book the visits of a new course",
        site=course.site, due_at=at + BOOK_WITHIN, by=by, for_role=Role.FRONT_DESK, patient=course.patient,
        subject=course, dedupe_key=booking_key(course), at=at,
    )  # fmt: skip


def booking_key(course):
    """What names the task to book a course's series: one a course."""
    return f"book-series:{course.pk}"


@transaction.atomic
def change_plan(*, course, changes, reason, by, version=None, at=None):
    """Change the plan (dose, planned_number, spacing_days, goals, adjuncts, medicine_plan), with the reason.

    A change of a signed plan is signed anew by whoever makes it. Raises like plan_course and sign_plan.
    """
    at = at or clock.now()
    course = _locked(course, version)
    changes = {name: value for name, value in changes.items() if name in CHANGEABLE}
    figures = {name: changes.get(name, getattr(course, name)) for name in ("dose", "planned_number", "spacing_days")}
    refuse_if(
        rules.prescriber_items(is_prescriber(by, course.site, at))
        + rules.reason_items(reason)
        + _ended_items(course)
        + figure_items(course.protocol_version, course.protocol_version.protocoldrugs.first(), **figures)
    )
    for name, value in changes.items():
        setattr(course, name, value)
    if course.signed_at is not None:
        course.signed_at, course.prescriber = at, by
    _next_version(course, *changes, "signed_at", "prescriber")
    if course.signed_at is not None:
        _keep_signature(course, "changed", by, at)
    audit.record("course.changed", course, by=by, patient=course.patient, site=course.site, at=at, reason=reason,
                 detail={"fields": sorted(changes)})  # fmt: skip
    return course


def _ended_items(course):
    """A course that is over is taken up again before its plan is changed."""
    over = course.state in ("completed", "stopped")
    return [Item("course-over", f"This course is {COURSE.label(course.state)}: its plan stays.")] if over else []


@transaction.atomic
def move_to_version(*, course, protocol_version, reason, by, at=None):
    """Move a course to another approved version of its protocol: a decision with its reason, kept for ever.

    The plan of a signed course stands under the signature of whoever moves it from then on.
    """
    at = at or clock.now()
    course = _locked(course)
    drug = protocol_version.protocoldrugs.first()
    figures = {name: getattr(course, name) for name in ("dose", "planned_number", "spacing_days")}
    same = protocol_version.protocol_id == course.protocol_version.protocol_id
    other = [] if same else [Item("other-protocol", "That version belongs to another protocol.")]
    refuse_if(
        rules.prescriber_items(is_prescriber(by, course.site, at))
        + rules.reason_items(reason)
        + _version_items(protocol_version, drug)
        + figure_items(protocol_version, drug, **figures)
        + other
    )
    CourseVersionMove.objects.create(
        course=course, frm=course.protocol_version, to=protocol_version, moved_at=at, moved_by=by, reason=reason
    )
    course.protocol_version, course.dose_basis = protocol_version, drug.basis
    _next_version(course, "protocol_version", "dose_basis")
    if course.signed_at is not None:
        _keep_signature(course, "moved", by, at)
    audit.record("course.moved_version", course, by=by, patient=course.patient, site=course.site, at=at, reason=reason)
    return course


@transaction.atomic
def set_state(*, course, to, reason, by, at=None):
    """Pause, complete, stop or take up a course again (`to`: a state of COURSE), with the reason."""
    at = at or clock.now()
    course = _locked(course)
    refuse_if(rules.prescriber_items(is_prescriber(by, course.site, at)) + rules.reason_items(reason))
    transition(course, to, by=by, at=at, machine=COURSE, reason=reason)
    _next_version(course)
    audit.record(f"course.{to}", course, by=by, patient=course.patient, site=course.site, at=at, reason=reason)
    return course


def _locked(course, version=None):
    rows = Course.objects.select_for_update(of=("self",)).select_related(
        "patient", "site", "protocol_version__protocol"
    )
    course = rows.get(pk=course.pk)
    if version is not None and version != course.version:
        words = "Somebody else changed this plan while the page was open. Look at it again."
        raise Conflict(Item("stale", words), current=course)
    return course


def _next_version(course, *names):
    course.version += 1
    course.save(update_fields=[*dict.fromkeys(names), "version"])
