"""An approval in force for a patient, without the walk through packet and findings that leads to it."""

from datetime import timedelta

from clinic import clock
from intake.models import Approval, Assessment, Packet
from tests.intake.settled import settle_all


def approved(patient, *, site, by, days=180, **fields):
    """A signed assessment with its approval, good for so many days (negative: over)."""
    at = clock.now() - timedelta(days=1)
    packet = Packet.objects.create(
        patient=patient, site=site, state="decided", made_at=at, submitted_at=at, touched_at=at
    )  # fmt: skip
    assessment = Assessment.objects.create(
        packet=packet, patient=patient, site=site, started_at=at, started_by=by, decision="candidate", reasons="Fits.",
        printed_name=by.name,
    )  # fmt: skip
    settle_all(assessment, by=by, at=at)
    assessment.signed_at, assessment.signed_by = at, by
    assessment.save(update_fields=["signed_at", "signed_by"])
    until = at.astimezone(site.zone).date() + timedelta(days=days)
    return Approval.objects.create(
        patient=patient, assessment=assessment, approved_at=at, approved_by=by, valid_until=until, **fields
    )  # fmt: skip
