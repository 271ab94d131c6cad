"""Visits and courses for planning, through the access door."""

from clinic import access
from clinic.models import Appointment, Course, ProtocolVersion
from clinic.prepared import Prepared

BOOKABLE = ("planned", "active", "completed")


def visit_or_404(request, pk):
    """One visit of a patient the request may see, at a site of the user's; the look recorded."""
    rows = Appointment.objects.filter(pk=pk).select_related("patient", "site", "course__protocol_version")
    return access.get_for_patient_or_404(request, rows)


def visit_if_seen(request, pk):
    """The same for an id in the query that may be absent or another's: None then."""
    rows = Appointment.objects.filter(pk=pk, patient__in=access.patients_for(request), site=request.site)
    return rows.select_related("patient", "site", "course__protocol_version").first() if pk else None


def plan_or_404(request, pk):
    """One course with its protocol, through the door; the look recorded."""
    rows = Course.objects.filter(pk=pk).select_related("patient", "site", "prescriber", "protocol_version__protocol")
    return access.get_for_patient_or_404(request, rows)


def bookable_courses(patient):
    """The patient's signed courses that take bookings, the newest first, as a list."""
    return _bookable.rows(person=patient.person_id)


_bookable = Prepared(
    lambda of: (
        Course.objects.filter(patient__person=of("person"), signed_at__isnull=False, state__in=BOOKABLE)
        .select_related("patient", "site", "protocol_version")
        .order_by("-number")
    )
)


def protocols_in_force():
    """The newest approved version of each protocol that is not retired, by name, with its drugs."""
    rows = ProtocolVersion.objects.filter(approved_at__isnull=False, protocol__retired_at__isnull=True)
    newest = rows.order_by("protocol_id", "-number").distinct("protocol_id").values("pk")
    found = ProtocolVersion.objects.filter(pk__in=newest).select_related("protocol").prefetch_related("protocoldrugs")
    return list(found.order_by("protocol__name"))
