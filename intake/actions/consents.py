"""Signing a consent: exactly this version, a typed name, and a drawing if there is one."""

import hashlib

from django.db import transaction

from clinic import audit, clock
from clinic.models import ConsentSignature, ContactChoice
from clinic.refusal import Conflict, Item, refuse_if
from intake.models import Packet
from intake.queries import current_consent_texts
from intake.rules.packet import check_can_fill

OCCASION = "packet"


def text_hash(text):
    """SHA-256 (hex) over the title and the words as they were shown."""
    return hashlib.sha256(f"{text.title}\n{text.body}".encode()).hexdigest()


@transaction.atomic
def sign_consent(*, packet, text, printed_name, agreed, by, drawing=None, relation="", at=None):
    """Sign ``text`` (a published ConsentText) for this packet. Twice is once.

    ``drawing``: strokes as lists of [x, y] in a 600 x 200 box, or None. Raises Refused without a name or without the
    tick, Conflict when a newer version has been published since the patient opened the page.
    """
    at = at or clock.now()
    packet = Packet.objects.select_for_update(of=("self",)).select_related("patient", "site").get(pk=packet.pk)
    age = packet.patient.age_on(at.astimezone(packet.site.zone).date())
    check_can_fill(state=packet.state, age=age)
    signed = ConsentSignature.objects.filter(text=text, occasion_kind=OCCASION, occasion_id=packet.pk).first()
    if signed is not None:
        return signed
    _check(text, printed_name, agreed)
    signature = ConsentSignature.objects.create(
        patient=packet.patient,
        text=text,
        printed_name=printed_name.strip(),
        drawing=drawing or None,
        relation=relation,
        text_hash=text_hash(text),
        signed_at=at,
        occasion_kind=OCCASION,
        occasion_id=packet.pk,
    )
    if text.kind == "messages":
        _agree_to_messages(packet.patient, at)
    audit.record("consent.signed", signature, by=by, patient=packet.patient, site=packet.site, at=at)
    return signature


def _check(text, printed_name, agreed):
    if text.pk not in {current.pk for current in current_consent_texts(text.language)}:
        raise Conflict(Item("consent-changed", "This text has been changed. Please read the new one."))
    refuse_if(
        [
            *(
                []
                if agreed
                else [Item("agree", "Tick the box to say that you have read this and agree", field="agreed")]
            ),
            *([] if printed_name.strip() else [Item("name", "Type your full name", field="printed_name")]),
        ]
    )


def _agree_to_messages(patient, at):
    ContactChoice.objects.update_or_create(
        patient=patient, channel="email", kind="all", defaults={"agreed_at": at, "opted_out_at": None}
    )
