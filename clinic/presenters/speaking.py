"""Alerts in the banner with where they come from, and who may speak for a patient."""

from clinic.models import PatientAlert, Representative
from clinic.presenters.banner import alerts_in_force


def alerts_of(patient):
    """The alerts of this person in force, oldest first, with who noted and who looked into them. One query."""
    return list(alerts_in_force(patient).select_related("noted_by", "verified_by"))


def alert_by_id(pk):
    """One alert as a queryset, for the access door."""
    return PatientAlert.objects.select_related("patient").filter(pk=pk)


def representatives_of(patient):
    """Who speaks or has spoken for the patient, those in force first. One query."""
    found = patient.representatives.select_related("recorded_by", "ended_by").order_by("-since")
    return sorted(found, key=lambda speaker: speaker.until is not None)


def representative_by_id(pk):
    """One representative as a queryset, for the access door."""
    return Representative.objects.select_related("patient").filter(pk=pk)
