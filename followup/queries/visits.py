"""A patient's visits, as far as their own pages need them."""

from datetime import datetime

from clinic.models import Appointment, PatientLink
from clinic.models.appointments import OCCUPIES


def visit_of(link: PatientLink) -> Appointment | None:
    """The visit a readiness link is about."""
    return Appointment.objects.filter(pk=link.subject_id, patient=link.patient_id).select_related("site").first()


def upcoming(patient, at: datetime) -> list[Appointment]:
    """Visits ahead, soonest first."""
    ahead = Appointment.objects.filter(patient=patient, state__in=OCCUPIES, ends_at__gt=at)
    return list(ahead.select_related("site").order_by("starts_at"))
