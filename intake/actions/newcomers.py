"""Add a patient and invite them in one step."""

from django.db import transaction

from clinic.actions.patients import add_patient
from clinic.refusal import Item, Refused
from intake.actions.packets import invite
from intake.models import Packet


@transaction.atomic
def add_and_invite(*, site, by, invite_now=False, at=None, **details):
    """Add a patient (see clinic.actions.patients.add_patient) and, with `invite_now`, send the packet's link.

    Both or neither: when the invitation is refused, nothing is added. The same form twice adds and invites once.
    """
    patient = add_patient(site=site, by=by, at=at, **details)
    if invite_now and not Packet.objects.filter(patient__person=patient.person_id).exists():
        try:
            invite(patient=patient, site=site, by=by, at=at)
        except Refused as refused:
            raise Refused(*map(_on_its_field, refused.items)) from refused
    return patient


def _on_its_field(item):
    if item.code != "no-email":
        return item
    return Item(item.code, "Type an e-mail address, so that the invitation can be sent.", field="email")
