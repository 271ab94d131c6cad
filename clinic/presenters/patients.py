"""The list of patients: whom this user may see, when each comes next."""

from django.core.paginator import Paginator
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Lower

from clinic.access import patients_for
from clinic.models import OCCUPIES, Appointment
from clinic.prepared import Prepared

A_PAGE = 25


def with_next_visit(patients, at):
    """Annotate each with `next_at` and `next_zone`, None without a visit to come."""
    coming = Appointment.objects.filter(patient__person=OuterRef("person"), starts_at__gte=at, state__in=OCCUPIES)
    coming = coming.order_by("starts_at")
    return patients.annotate(
        next_at=Subquery(coming.values("starts_at")[:1]), next_zone=Subquery(coming.values("zone_name")[:1])
    )


def patient_page(request, *, visits="", number=1, at):
    """A page of 25 patients by name. `visits`: "" for all, "coming", "none". Two queries."""
    found = with_next_visit(patients_for(request).filter(person=F("pk")), at).order_by(
        Lower("family_name"), Lower("given_name"), "pk"
    )
    if visits:
        found = found.filter(next_at__isnull=visits == "none")
    return Paginator(found, A_PAGE).get_page(number)


def found_with_visits(patients, at):
    """The patients found by the box, each with its next visit as `next_at` and `next_zone`. One query."""
    persons = list({patient.person_id for patient in patients})
    coming = {row.person: row for row in _coming.rows(persons=persons, at=at)} if persons else {}
    for patient in patients:
        visit = coming.get(patient.person_id)
        patient.next_at, patient.next_zone = (visit.starts_at, visit.zone_name) if visit else (None, None)
    return patients


def _coming_in(of):
    rows = Appointment.objects.filter(patient__person__in=of.list("persons"), starts_at__gte=of.moment("at"))
    rows = rows.filter(state__in=OCCUPIES).annotate(person=F("patient__person")).only("starts_at", "zone_name")
    return rows.order_by("patient__person_id", "starts_at").distinct("patient__person_id")


_coming = Prepared(_coming_in)
