"""Calls with patients: the log, and the next-day contact it belongs to. Reads only."""

from clinic import access
from clinic.models import Patient
from followup.models import CallNote, FollowUpContact

SHOWN = 50


def contact_or_404(request, pk) -> FollowUpContact:
    """A next-day contact of a patient this reader may see; the look is recorded."""
    related = ("session__patient", "session__site", "session__course__protocol_version__protocol", "task")
    rows = FollowUpContact.objects.filter(pk=pk).select_related(*related)
    return access.get_for_patient_or_404(request, rows, path="session__patient")


def calls_of(patient: Patient) -> list[CallNote]:
    """The log of a person's calls, the newest first. One query."""
    rows = CallNote.objects.filter(patient__person=patient.person_id).select_related("noted_by", "site", "contact")
    return list(rows.order_by("-called_at", "-noted_at")[:SHOWN])


def outcomes_of(contact: FollowUpContact) -> list[str]:
    """What came of each call for one contact, oldest first."""
    return list(contact.calls.order_by("called_at", "noted_at").values_list("outcome", flat=True))
