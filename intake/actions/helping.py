"""Somebody helps with a packet: a relative beside the patient, staff in the clinic, a representative with a link."""

from django.db import transaction

from clinic import audit, clock, links, notify
from clinic.actions.links import make_link
from clinic.models import Role
from clinic.refusal import Item, Refused
from intake.actions.packets import age_at
from intake.models import Invitation, Packet, PacketHelp
from intake.queries import open_help
from intake.rules import helping as rules
from intake.rules.packet import check_can_fill

HAND_OVER_DAYS = 1  # a tablet handed over in the clinic is back the same day


@transaction.atomic
def begin_help(*, packet, name, relation, by, at=None):
    """A relative or friend helps from now on; who helped before stops. Raises Refused without name or relation."""
    at = at or clock.now()
    packet = _open(packet, at)
    rules.check_can_help(name=name, relation=relation)
    earlier = open_help(packet, PacketHelp.RELATIVE)
    if earlier is not None:
        _end(earlier, by, at)
    return _begin(packet, PacketHelp.RELATIVE, name.strip(), relation.strip(), by, at)


@transaction.atomic
def end_help(*, packet, by, at=None):
    """The relative has stopped helping. Doing it again changes nothing; returns the help that ended, or None."""
    at = at or clock.now()
    packet = _open(packet, at)
    going_on = open_help(packet, PacketHelp.RELATIVE)
    if going_on is not None:
        _end(going_on, by, at)
    return going_on


@transaction.atomic
def begin_together(*, packet, role, by, at=None):
    """A member of staff fills in with the patient from now on; beginning again goes on with the same help."""
    at = at or clock.now()
    packet = _open(packet, at)
    return open_help(packet, PacketHelp.STAFF, user=by) or _begin(
        packet, PacketHelp.STAFF, by.name, Role(role).label.lower(), by, at, user=by
    )


@transaction.atomic
def end_together(*, packet, by, at=None):
    """This member of staff has stopped. Doing it again changes nothing."""
    at = at or clock.now()
    packet = _locked(packet)
    going_on = open_help(packet, PacketHelp.STAFF, user=by)
    if going_on is not None:
        _end(going_on, by, at)
    return going_on


@transaction.atomic
def help_of_save(*, packet, actor, at=None):
    """The PacketHelp that a save by this actor carries, None for a patient alone.

    A representative's begins with the first page they save: nobody has to say so first.
    """
    if actor.representative is None:
        return actor.help
    at = at or clock.now()
    packet = _open(packet, at)
    found = open_help(packet, PacketHelp.REPRESENTATIVE, representative=actor.representative)
    return found or _begin(
        packet, PacketHelp.REPRESENTATIVE, actor.name, actor.relation, packet.patient, at,
        representative=actor.representative,
    )  # fmt: skip


@transaction.atomic
def hand_over(*, packet, device, by, at=None):
    """A member of staff hands a device of the clinic to the patient, who goes on alone; returns the link for it.

    The patient still proves their date of birth; the staff member, who knows whom they hand it to, stands for the code
    that a new device is asked for. Raises Refused when the packet can't be filled in any more.
    """
    at = at or clock.now()
    packet = _open(packet, at)
    link, _token = make_link(
        patient=packet.patient, site=packet.site, purpose="packet", by=by, subject=packet, days=HAND_OVER_DAYS, at=at
    )
    link.first_opened_at, link.trusted_device = at, links.digest(device)
    link.save(update_fields=["first_opened_at", "trusted_device"])
    end_together(packet=packet, by=by, at=at)
    audit.record("packet.handed-over", packet, by=by, patient=packet.patient, site=packet.site, at=at)
    return link


@transaction.atomic
def invite_representative(*, packet, representative, by, at=None):
    """Send the packet's link to somebody who may speak for the patient. Raises Refused without an address, or ended."""
    at = at or clock.now()
    packet = _open(packet, at)
    if representative.patient_id != packet.patient_id:
        raise Refused(Item("other-patient", "This is a representative of somebody else."))
    in_force = representative.is_in_force(at)
    rules.check_can_invite_representative(email=representative.email, is_in_force=in_force)
    count = packet.invitations.count() + 1
    message = notify.enqueue(
        "invitation_for",
        recipient=representative,
        dedupe_key=f"invitation:{packet.pk}:{count}",
        due_at=at,
        subject_kind="intake.packet",
        subject_id=packet.pk,
        site=packet.site,
        by=by,
    )
    Invitation.objects.create(packet=packet, message=message, made_at=at, made_by=by)
    audit.record("packet.representative-invited", packet, by=by, patient=packet.patient, site=packet.site, at=at)
    return message


def _locked(packet):
    return Packet.objects.select_for_update(of=("self",)).select_related("patient", "site").get(pk=packet.pk)


def _open(packet, at):
    """The packet, locked, when it can still be filled in."""
    packet = _locked(packet)
    check_can_fill(state=packet.state, age=age_at(packet.patient, packet.site, at))
    return packet


def _begin(packet, helper, name, relation, by, at, **who):
    row = PacketHelp.objects.create(packet=packet, helper=helper, name=name, relation=relation, at=at, **who)
    audit.record("packet.help-began", row, by=by, patient=packet.patient, site=packet.site, at=at)
    return row


def _end(going_on, by, at):
    row = PacketHelp.objects.create(
        packet=going_on.packet, helper=going_on.helper, name=going_on.name, relation=going_on.relation,
        user=going_on.user, representative=going_on.representative, ends=going_on, at=at,
    )  # fmt: skip
    packet = going_on.packet
    audit.record("packet.help-ended", row, by=by, patient=packet.patient, site=packet.site, at=at)
    return row
