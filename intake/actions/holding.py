"""Who holds a packet's assessment: claim, assign, hand over, release."""

from django.db import transaction

from clinic import audit, clock
from clinic.access import roles_of
from intake.models import Packet
from intake.rules import holding as rules


@transaction.atomic
def hold_packet(*, packet, holder, expected, by, at=None):
    """Give the packet to ``holder``, a prescriber of the site, or to nobody (None). Twice is once.

    ``expected``: who held it when the page was opened (or None); Conflict when somebody was faster.
    """
    at = at or clock.now()
    packet = Packet.objects.select_for_update(of=("self",)).select_related("patient", "site").get(pk=packet.pk)
    if packet.held_by_id == getattr(holder, "pk", None):
        return packet
    rules.check_can_hold(
        state=packet.state,
        holder=holder,
        holder_is_prescriber=holder is not None and "prescriber" in roles_of(holder, packet.site, at),
        expected=getattr(expected, "pk", expected),
        current=packet.held_by_id,
        by=by.pk,
        roles=roles_of(by, packet.site, at),
    )
    before = packet.held_by_id
    packet.held_by, packet.held_at = holder, at if holder else None
    packet.save(update_fields=["held_by", "held_at"])
    detail = {"from": str(before or ""), "to": str(getattr(holder, "pk", ""))}
    verb = "packet.held" if holder else "packet.released"
    audit.record(verb, packet, by=by, patient=packet.patient, site=packet.site, at=at, detail=detail)
    return packet
