"""Reading corrections that patients asked for."""

from clinic.models import AmendmentRequest, Appointment
from clinic.words import clinic_date, local, patient_date

PAST = ("arrived", "in_progress", "done")
SHOWN_VISITS = 20


def _rows():
    return AmendmentRequest.objects.select_related(
        "patient", "site", "entered_by", "decided_by", "extended_by"
    ).prefetch_related("statements__made_by")


def by_id(pk):
    """The request of an id as a queryset, for the access door."""
    return _rows().filter(pk=pk)


def of_patient(patient):
    """Every request of a person, newest first."""
    return _rows().filter(patient__person=patient.person_id).order_by("-asked_at")


def at_site(site, shown):
    """Requests of a site: "open" by their due date, or all answered ones, newest first."""
    rows = _rows().filter(site=site)
    return rows.filter(state="open").order_by("due_on") if shown == "open" else rows.exclude(state="open").order_by(
        "-asked_at"
    )  # fmt: skip


def parts_of(patient, *, other, visit, clinical=False):
    """[(code, words, row or None)] of what a request can be about: the patient's visits, or another part.

    `visit` a pattern with %(when)s, `other` the words for another part, both in the language in force.
    """
    rows = Appointment.objects.filter(patient__person=patient.person_id, state__in=PAST).select_related("site")
    named = []
    for row in rows.order_by("-starts_at")[:SHOWN_VISITS]:
        day = local(row.starts_at, row.site.zone).date()
        when = clinic_date(day) if clinical else f"{patient_date(day)} {day.year}"
        named.append((str(row.pk), visit % {"when": when}, row))
    return [*named, ("other", other, None)]
