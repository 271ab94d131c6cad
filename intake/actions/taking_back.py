"""Taking a consent back: the signature stays in the record for ever, and what rested on it stops."""

from datetime import timedelta

from django.db import transaction

from clinic import audit, clock, notify
from clinic.actions.tasks import open_task
from clinic.models import Appointment, ConsentRevocation, Course, Patient, Role
from clinic.words import clinic_date
from intake.actions.consents import CHANNELS
from intake.consents import OPEN_COURSES, signatures_by, standing_of
from intake.rules import consents as rules

# Until when a clinician should have spoken to the patient: clinic default (unverified default, the clinic approves).
TALK_WITHIN = timedelta(hours=4)
COMING = ("booked", "confirmed", "arrived", "in_progress")


@transaction.atomic
def take_back(*, patient, site, kind, by, words="", at=None):
    """Take a consent of this kind back; returns the rows written, one for each signature that was in force.

    ``by``: the patient through a link, or staff on the patient's word. ``words``: the reason, may be empty. Messages
    stop at once; for what treatment rests on, booking and check-in stop, and a running course or a visit ahead opens a
    task for the prescriber. Raises Refused when there is nothing to take back.
    """
    at = at or clock.now()
    patient = Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)
    stands = standing_of(patient, kind)
    rules.check_take_back(kind=kind, state=stands.state if stands else rules.MISSING)
    staff = by if getattr(by, "is_staff_user", False) else None
    rows = [
        ConsentRevocation.objects.create(signature=signature, revoked_at=at, taken_by=staff, words=words.strip())
        for signature in signatures_by(patient)
        if signature.text.kind == kind and not signature.is_taken_back
    ]
    for row in rows:
        audit.record("consent.taken-back", row, by=by, patient=patient, site=site, at=at, detail={"kind": kind})
    if kind == "messages":
        _stop_messages(patient, by, at)
    if kind in rules.NEEDED_TO_TREAT:
        _tell_clinicians(patient, site, rows[-1], at)
    return rows


def _stop_messages(patient, by, at):
    for channel in CHANNELS:
        notify.stop(patient=patient, by=by, channel=channel, kind="all", at=at)


def _tell_clinicians(patient, site, row, at):
    """A task, where a course runs or a visit is booked: somebody talks to the patient and decides about both."""
    concerned = _concerned(patient, at)
    if not concerned:
        return
    open_task(
        "call_back",
        title=f"“{row.signature.text.title}” was taken back: {concerned}",
        neutral_title="A patient took back a consent",
        details=row.words,
        site=site,
        patient=patient,
        for_role=Role.PRESCRIBER,
        due_at=at + TALK_WITHIN,
        by=None,
        subject=row.signature,
        dedupe_key=f"taken-back:{row.pk}",
        at=at,
    )


def _concerned(patient, at):
    """What is affected, in words: "course 2 is under way, next visit 14-May-2026"; "" for nothing."""
    open_ones = Course.objects.filter(patient__person=patient.person_id, state__in=OPEN_COURSES)
    course = open_ones.order_by("-number").first()
    visit = (
        Appointment.objects.filter(patient__person=patient.person_id, state__in=COMING, ends_at__gte=at)
        .select_related("site")
        .order_by("starts_at")
        .first()
    )
    said = [f"course {course.number} is {course.get_state_display()}"] if course else []
    said += [f"next visit {clinic_date(visit.starts_at.astimezone(visit.site.zone).date())}"] if visit else []
    return ", ".join(said)
