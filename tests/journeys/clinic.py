"""The clinic the journeys happen in: two sites, everyone at the first one, one of them in the middle of its morning."""

from clinic.models import Patient, Site
from tests.people import People, people


def open_clinic(zone: str) -> People:
    """Everyone of tests.people, at a site whose clock stands at about half past nine, open all day."""
    everyone = people()
    Site.objects.filter(pk=everyone.harbor.pk).update(zone_name=zone)
    Patient.objects.filter(pk=everyone.patient.pk).update(zone_name=zone)
    everyone.harbor.hours.update(opens="06:00", closes="22:00")
    everyone.harbor.refresh_from_db()
    everyone.patient.refresh_from_db()
    return everyone
