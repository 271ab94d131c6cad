"""Handing a device of the clinic to a patient, so that they can sign here."""

from django.db import transaction

from clinic import audit, clock, links
from clinic.actions.links import make_link

HOURS = 2


@transaction.atomic
def hand_over(*, patient, site, device, by, at=None):
    """Make a link for this device (its cookie's secret), good for two hours; returns the PatientLink.

    The patient still proves their date of birth; `by`, who knows whom they hand it to, stands for the code that an
    unknown device is asked for, and is named on what is signed.
    """
    at = at or clock.now()
    link, _ = make_link(patient=patient, site=site, purpose="consent", by=by, days=HOURS / 24, at=at)
    link.first_opened_at, link.trusted_device = at, links.digest(device)
    link.save(update_fields=["first_opened_at", "trusted_device"])
    audit.record("consent.handed-over", link, by=by, patient=patient, site=site, at=at)
    return link
