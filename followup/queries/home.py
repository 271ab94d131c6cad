"""What is open for a patient on their own page: forms, signatures, the diary, answers not read. Reads only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from clinic.models import Appointment, Course, Patient, PatientLink
from clinic.words import today_in
from followup.actions.diary import ASKED
from followup.models import DiaryEntry, DiaryPlan
from followup.queries.rounds import open_round_of
from followup.queries.talks import unread_by
from followup.queries.waitlist import MOVABLE
from intake.consents import standings
from intake.education import is_published, questions_of, reading_of
from intake.models import Packet, PageRequest

READY_WITHIN = timedelta(days=8)


@dataclass(frozen=True)
class Door:
    """Something to do or to see: its words, the purpose of the link behind it, what that link is about.

    `is_due`: it waits for the patient. `name` is the door's own, as the page's form sends it.
    """

    name: str
    purpose: str
    words: str
    is_due: bool = False
    subject: object = None
    day: object = None


def doors_of(patient: Patient, at: datetime) -> list[Door]:
    """Every way on from the own page, what is due first. About ten queries."""
    found = [
        *_packet(patient),
        *_questions(patient),
        *_consents(patient),
        *_education(patient),
        *_diary(patient, at),
        *_checkup(patient, at),
        *_readiness(patient, at),
        Door("stop", "stop", _("Which messages we may send you")),
    ]
    return sorted(found, key=lambda door: not door.is_due)


def door_of(patient: Patient, name: str, at: datetime) -> Door | None:
    """One of them by its name."""
    return next((door for door in doors_of(patient, at) if door.name == name), None)


def _packet(patient):
    row = Packet.objects.open().filter(patient__person=patient.person_id).first()
    return [Door("packet", "packet", _("Fill in your forms"), True, row)] if row else []


def _questions(patient):
    rows = PageRequest.objects.filter(packet__patient__person=patient.person_id, state="asked").select_related("packet")
    return [Door("questions", "questions", _("Answer our question about your forms"), True, row) for row in rows[:1]]


def _consents(patient):
    every = standings(patient)
    if not any(one.text for one in every):
        return []
    due = any(one.is_to_sign for one in every)
    words = _("Read and sign a text") if due else _("What you have signed")
    return [Door("consent", "consent", words, due)]


def _education(patient):
    if not is_published() or not Course.objects.filter(patient__person=patient.person_id).exists():
        return []
    reading, asked = reading_of(patient), questions_of(patient)
    words = _("What to know before the first visit") if reading else _("Read what to know before the first visit")
    return [Door("education", "education", words, reading is None, asked[-1] if asked else None)]


def _diary(patient, at):
    plan = DiaryPlan.objects.filter(
        course__patient__person=patient.person_id, course__state__in=ASKED, ended_at__isnull=True
    )
    plan = plan.select_related("course").order_by("-started_at").first()
    if plan is None:
        return []
    today = today_in(ZoneInfo(patient.zone_name), at)
    is_said = DiaryEntry.objects.filter(course=plan.course, day=today).exists()
    words = _("Your diary of today") if not is_said else _("Change your diary of today")
    return [Door("diary", "diary", words, not is_said, plan.course, today)]


def _checkup(patient, at):
    row = open_round_of(patient, at)
    return [Door("checkup", "checkup", _("Answer a few questions about how you are"), True, row)] if row else []


def _readiness(patient, at):
    """Questions before the next visit, in the week before it, until they are answered."""
    rows = Appointment.objects.filter(
        patient__person=patient.person_id, state__in=MOVABLE, starts_at__gt=at, starts_at__lte=at + READY_WITHIN,
        readiness_answers__isnull=True,
    )  # fmt: skip
    visit = rows.order_by("starts_at").first()
    return [Door("readiness", "readiness", _("A few questions before your visit"), True, visit)] if visit else []


def unread_answers(patient: Patient) -> int:
    """How many of our answers to messages this person has not opened."""
    return unread_by(patient)


def diary_of(patient: Patient) -> list[DiaryEntry]:
    """Every diary entry of this person, the newest last: of each day the last one counts."""
    rows = DiaryEntry.objects.filter(patient__person=patient.person_id).order_by("day", "recorded_at")
    return list({row.day: row for row in rows}.values())


def patients_by_email(email: str) -> list[Patient]:
    """Everyone alive with this address: couples and families share one."""
    rows = Patient.objects.filter(email__iexact=email, died_on__isnull=True).select_related("person")
    return list({row.person_id: row.person for row in rows}.values())[:5]


def site_of(patient: Patient):
    """The site where somebody is seen: of the newest link that was mailed, else of where they came last."""
    mailed = PatientLink.objects.filter(patient__person=patient.person_id).select_related("site")
    link = mailed.order_by("-made_at").first()
    here = patient.sites.filter(until__isnull=True).select_related("site").order_by("-since").first()
    return link.site if link else here.site if here else None
