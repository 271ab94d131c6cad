"""Who may speak for a patient: recorded by staff, and ended."""

from django.db import transaction

from clinic import audit, clock
from clinic.actions.links import end_link
from clinic.models import PatientLink, Representative
from clinic.rules import speaking as rules


@transaction.atomic
def add_representative(*, patient, name, relation, by, email="", phone="", site=None, at=None):
    """Record somebody who may speak for the patient from now on. Raises Refused without name, relation or address."""
    at = at or clock.now()
    rules.check_representative(name=name, relation=relation, email=email, phone=phone)
    speaker = Representative.objects.create(
        patient=patient,
        name=name.strip(),
        relation=relation.strip(),
        email=email.strip(),
        phone=phone.strip(),
        since=at,
        recorded_by=by,
    )
    audit.record("representative.added", speaker, by=by, patient=patient, site=site, at=at)
    return speaker


@transaction.atomic
def end_representative(*, representative, by, site=None, at=None):
    """They no longer speak for the patient: their links end at once. Raises Refused when this was ended before."""
    at = at or clock.now()
    speaker = Representative.objects.select_for_update().get(pk=representative.pk)
    rules.check_open(ended_at=speaker.until)
    speaker.until, speaker.ended_by = at, by
    speaker.save(update_fields=["until", "ended_by"])
    for link in PatientLink.objects.select_for_update().filter(representative=speaker, ended_at__isnull=True):
        end_link(link, "revoked", by=by, at=at)
    audit.record("representative.ended", speaker, by=by, patient=speaker.patient, site=site, at=at)
    return speaker
