"""Signing a consent, on a screen or on paper: exactly this version, a typed name, a drawing if there is one."""

import hashlib
from datetime import datetime, time

from django.db import transaction

from clinic import audit, clock
from clinic.models import ConsentSignature, ContactChoice, Patient
from clinic.refusal import Item, refuse_if
from intake.actions.copies import copy_on_commit
from intake.consents import OCCASION, published, standing_of
from intake.models import Packet
from intake.rules import consents as rules
from intake.rules.packet import check_can_fill

CHANNELS = ("email", "sms")


def text_hash(text):
    """SHA-256 (hex) over the title and the words as they were shown."""
    return hashlib.sha256(f"{text.title}\n{text.body}".encode()).hexdigest()


@transaction.atomic
def sign_consent(*, packet, text, by, at=None, **signed):
    """Sign ``text`` (a published ConsentText) for this packet; returns the signature. Twice is once.

    ``signed``: see `_sign`. Raises Refused for what is missing or when the packet was sent, Conflict when a newer
    version has been published since the patient opened the page.
    """
    at = at or clock.now()
    packet = Packet.objects.select_for_update(of=("self",)).select_related("patient", "site").get(pk=packet.pk)
    age = packet.patient.age_on(at.astimezone(packet.site.zone).date())
    check_can_fill(state=packet.state, age=age)
    mine = packet.patient.consents.filter(occasion_kind=OCCASION, occasion_id=packet.pk, revocation__isnull=True)
    there = mine.filter(text=text).first()
    if there is not None:
        return there
    occasion = {"occasion_kind": OCCASION, "occasion_id": packet.pk}
    return _sign(packet.patient, packet.site, text, by=by, at=at, **signed, **occasion)


@transaction.atomic
def sign_again(*, patient, site, text, by, at=None, **signed):
    """Sign ``text`` outside a packet, on a screen: it changed, the clinic asked, or it was taken back. Twice is once.

    ``signed``: see `_sign`. Raises as `sign_consent` does.
    """
    at = at or clock.now()
    patient = Patient.objects.select_for_update(of=("self",)).get(pk=patient.pk)
    stands = standing_of(patient, text.kind, text.language)
    if stands.state == rules.IN_FORCE and stands.signature.text_id == text.pk and not stands.is_asked:
        return stands.signature
    return _sign(patient, site, text, by=by, at=at, **signed)


def _sign(
    patient,
    site,
    text,
    *,
    printed_name,
    agreed,
    electronic_agreed,
    by,
    at,
    drawing=None,
    relation="",
    representative=None,
    taken_by=None,
    **occasion,
):
    """``agreed``, ``electronic_agreed``: the two ticks; ``drawing``: strokes as lists of [x, y] in a 600 x 200 box.

    ``representative`` and ``relation``: who signs in the patient's place; ``taken_by``: staff who handed over a tablet.
    """
    said = {"agreed": agreed, "electronic_agreed": electronic_agreed, "printed_name": printed_name}
    rules.check_signature(is_current=_is_current(text), **said)
    fields = {"drawing": drawing or None, "relation": relation, "representative": representative, "taken_by": taken_by}
    fields |= {"printed_name": printed_name.strip(), "electronic_agreed": True}
    return _keep(patient, site, text, by=by, at=at, signed_at=at, **fields, **occasion)


@transaction.atomic
def record_paper(*, patient, site, text, printed_name, signed_on, by, relation="", at=None):
    """Write down that ``text`` was signed on paper on ``signed_on`` (the site's day); returns the signature.

    Raises Refused without a name, for a day to come, or when the text is not the newest.
    """
    at = at or clock.now()
    today = at.astimezone(site.zone).date()
    refuse_if(
        [
            *([] if _is_current(text) else [Item("consent-changed", "A newer version has been published.")]),
            *([] if printed_name.strip() else [Item("name", "Write who signed.", field="printed_name")]),
            *([] if signed_on <= today else [Item("day", "This day has not come yet.", field="signed_on")]),
        ]
    )
    fields = {"printed_name": printed_name.strip(), "relation": relation.strip(), "method": "paper", "taken_by": by}
    signed_at = at if signed_on == today else datetime.combine(signed_on, time(12), tzinfo=site.zone)
    return _keep(patient, site, text, by=by, at=at, signed_at=signed_at, **fields)


def _keep(patient, site, text, *, by, at, signed_at, **fields):
    signature = ConsentSignature.objects.create(
        patient=patient, site=site, text=text, text_hash=text_hash(text), signed_at=signed_at, **fields
    )
    if text.kind == "messages":
        _agree_to_messages(patient, at)
    detail = {"kind": text.kind, "version": text.number, "language": text.language}
    audit.record("consent.signed", signature, by=by, patient=patient, site=site, at=at, detail=detail)
    copy_on_commit(signature, at)
    return signature


def _is_current(text):
    """Is this the newest published version of its kind in its language?"""
    same = [row for row in published() if (row.kind, row.language) == (text.kind, text.language)]
    return text.pk == rules.text_for(same, text.language)[0].pk if same else False


def _agree_to_messages(patient, at):
    for channel in CHANNELS:
        ContactChoice.objects.update_or_create(
            patient=patient, channel=channel, kind="all", defaults={"agreed_at": at, "opted_out_at": None}
        )
