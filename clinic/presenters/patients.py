"""The list of patients: whom this user may see, when each comes next."""

from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Lower

from clinic.access import patients_for
from clinic.models import OCCUPIES, Appointment, Patient

A_PAGE = 25


def with_next_visit(patients, at):
    """Annotate each with `next_at` and `next_zone`, None without a visit to come."""
    coming = Appointment.objects.filter(patient=OuterRef("pk"), starts_at__gte=at, state__in=OCCUPIES)
    coming = coming.order_by("starts_at")
    return patients.annotate(
        next_at=Subquery(coming.values("starts_at")[:1]), next_zone=Subquery(coming.values("zone_name")[:1])
    )


def patient_page(request, *, visits="", number=1, at):
    """A page of 25 patients by name. `visits`: "" for all, "coming", "none". Two queries."""
    mine = Patient.objects.filter(pk__in=patients_for(request).values("pk"))
    found = with_next_visit(mine, at).order_by(Lower("family_name"), Lower("given_name"), "pk")
    if visits:
        found = found.filter(next_at__isnull=visits == "none")
    return Paginator(found, A_PAGE).get_page(number)


def found_with_visits(patients, at):
    """The patients found by the box, in their order, each with its next visit. One query."""
    rows = {row.pk: row for row in with_next_visit(Patient.objects.filter(pk__in=[p.pk for p in patients]), at)}
    return [rows[patient.pk] for patient in patients]
