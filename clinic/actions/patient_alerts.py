"""What must be known before touching a patient: noted by staff or said by the patient, looked into, ended."""

from django.db import transaction

from clinic import audit, clock
from clinic.models import PatientAlert
from clinic.rules import speaking as rules


@transaction.atomic
def note_alert(*, patient, kind, words, by, site=None, at=None):
    """Staff notes an alert; the same words again are the same alert. Raises Refused without words or a known kind."""
    at = at or clock.now()
    rules.check_alert(words=words, kind=kind, kinds=dict(PatientAlert.KINDS))
    alert, is_new = PatientAlert.objects.get_or_create(
        patient=patient, kind=kind, words=words.strip(), ended_at=None, defaults={"since": at, "noted_by": by}
    )
    if is_new:
        audit.record("alert.noted", alert, by=by, patient=patient, site=site, at=at)
    elif alert.is_unverified:
        _verify(alert, by, site, at)
    return alert


@transaction.atomic
def said_alerts(*, patient, said, occasion, by, site=None, at=None):
    """Put what the patient said (kind, words) in the banner, marked as theirs; returns the new ones.

    What stands there in the same words stays as it is: a second packet doubles nothing. What is no longer said stays
    too, until staff ends it: a thing left out is not a thing gone. ``occasion`` is the row it was said on.
    """
    at = at or clock.now()
    made = []
    for kind, words in said:
        alert, is_new = PatientAlert.objects.get_or_create(
            patient=patient,
            kind=kind,
            words=words[:200],
            ended_at=None,
            defaults={
                "since": at, "source": "patient", "occasion_kind": occasion._meta.model_name, "occasion_id": occasion.pk
            },
        )  # fmt: skip
        if is_new:
            audit.record("alert.said", alert, by=by, patient=patient, site=site, at=at)
            made.append(alert)
    return made


@transaction.atomic
def verify_alert(*, alert, by, site=None, at=None):
    """Staff has looked into it and it is so. Doing it again changes nothing; raises Refused once it was ended."""
    at = at or clock.now()
    alert = PatientAlert.objects.select_for_update().get(pk=alert.pk)
    rules.check_open(ended_at=alert.ended_at)
    if alert.verified_at is None:
        _verify(alert, by, site, at)
    return alert


@transaction.atomic
def end_alert(*, alert, by, site=None, at=None):
    """It no longer holds: it leaves the banner and stays in the record. Raises Refused when it was ended before."""
    at = at or clock.now()
    alert = PatientAlert.objects.select_for_update().get(pk=alert.pk)
    rules.check_open(ended_at=alert.ended_at)
    alert.ended_at, alert.ended_by = at, by
    alert.save(update_fields=["ended_at", "ended_by"])
    audit.record("alert.ended", alert, by=by, patient=alert.patient, site=site, at=at)
    return alert


def _verify(alert, by, site, at):
    alert.verified_at, alert.verified_by = at, by
    alert.save(update_fields=["verified_at", "verified_by"])
    audit.record("alert.verified", alert, by=by, patient=alert.patient, site=site, at=at)
