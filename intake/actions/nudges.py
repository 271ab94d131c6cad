"""The one reminder to finish a packet, when nothing has happened for some days. Each packet is reminded once."""

from datetime import datetime, timedelta

from django.db import transaction

from clinic import audit, clock, notify
from intake.models import Packet

# Days without anything happening. Source: clinic default (unverified default, the clinic approves).
NUDGE_AFTER = timedelta(days=3)
BATCH = 500


def nudge_packets(*, at: datetime | None = None) -> int:
    """Queue the reminders that are due; returns how many. Each in its own transaction."""
    at = at or clock.now()
    count = 0
    while count < BATCH and _nudge_next(at):
        count += 1
    return count


@transaction.atomic
def _nudge_next(at):
    packet = (
        Packet.objects.open()
        .filter(nudged_at__isnull=True, touched_at__lte=at - NUDGE_AFTER)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("patient", "site")
        .order_by("touched_at")
        .first()
    )
    if packet is None:
        return False
    packet.nudged_at = at
    packet.save(update_fields=["nudged_at"])
    if packet.patient.email:
        _remind(packet, at)
    audit.record("packet.nudged", packet, by=None, patient=packet.patient, site=packet.site, at=at)
    return True


def _remind(packet, at):
    notify.enqueue(
        "packet_reminder",
        recipient=packet.patient,
        dedupe_key=f"packet_reminder:{packet.pk}",
        due_at=at,
        subject_kind="intake.packet",
        subject_id=packet.pk,
        site=packet.site,
    )
