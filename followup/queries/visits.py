"""A patient's visits, as far as their own pages need them."""

from datetime import date, datetime

from clinic.models import Appointment, PatientLink
from clinic.models.appointments import OCCUPIES
from clinic.presenters.booking import IN_A_CHAIR
from followup.models import WaitlistEntry


def visit_of(link: PatientLink) -> Appointment | None:
    """The visit a readiness link is about."""
    return Appointment.objects.filter(pk=link.subject_id, patient=link.patient_id).select_related("site").first()


def upcoming(patient, at: datetime) -> list[Appointment]:
    """Visits ahead, soonest first."""
    ahead = Appointment.objects.filter(patient__person=patient.person_id, state__in=OCCUPIES, ends_at__gt=at)
    return list(ahead.select_related("site").order_by("starts_at"))


def own_visit(patient, pk) -> Appointment | None:
    """One visit of this person that is still expected or under way."""
    rows = Appointment.objects.filter(patient__person=patient.person_id, state__in=OCCUPIES, pk=pk)
    return rows.select_related("site", "patient", "course__protocol_version").first()


def own_waiting(patient, pk) -> list[WaitlistEntry]:
    """What this person waits for instead of a visit."""
    rows = WaitlistEntry.objects.filter(patient__person=patient.person_id, appointment=pk, state="waiting")
    return list(rows)


def infusion_days(patient) -> list[date]:
    """The local days of the visits in a chair that took place."""
    rows = Appointment.objects.filter(patient__person=patient.person_id, kind__in=IN_A_CHAIR, state="done")
    return [one.starts_at.astimezone(one.site.zone).date() for one in rows.select_related("site")]
