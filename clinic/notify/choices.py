"""What a person chose to hear, and by which channel: read for the rules, changed with its proof."""

from datetime import datetime

from django.db import transaction

from clinic import audit, clock
from clinic.events import contact_changed, tell_on_commit
from clinic.models import ContactChoice, Patient
from clinic.notify.sms import can_text
from clinic.prepared import Prepared
from clinic.rules import sending
from clinic.rules.sending import Choice

_choices = Prepared(lambda of: ContactChoice.objects.filter(patient=of("patient")))


def choices_of(patient_id) -> list[Choice]:
    """What a patient chose, as the rules read it. One query."""
    rows = _choices.rows(patient=patient_id)
    return [Choice(row.channel, row.kind, row.agreed_at is not None, row.opted_out_at is not None) for row in rows]


def channel_for(recipient, kind: str) -> str:
    """By which channel a message goes to this recipient; `kind` is the contact choice that stops it, or ""."""
    has_mail, has_phone = bool(recipient.email), bool(getattr(recipient, "phone", ""))
    if not isinstance(recipient, Patient) or not has_phone or not kind or not can_text():
        return "email" if has_mail or not has_phone else "sms"
    return sending.way_of(choices_of(recipient.pk), kind, has_mail=has_mail, has_phone=True, can_text=True)


@transaction.atomic
def stop(
    *, patient: Patient, by, channel: str = "email", kind: str = "all", how: str = "", at: datetime | None = None
) -> ContactChoice:
    """The patient wants no more of these. It holds at once: rows still due are withdrawn when their turn comes."""
    at = at or clock.now()
    choice = _locked(patient, channel, kind)
    if choice.opted_out_at is None:
        choice.opted_out_at = at
        _changed("contact.stopped", choice, by, how, at)
    return choice


@transaction.atomic
def start(
    *, patient: Patient, by, channel: str = "email", kind: str = "all", how: str = "", at: datetime | None = None
) -> ContactChoice:
    """The patient wants them (again): this is their consent, with who said so and how."""
    at = at or clock.now()
    choice = _locked(patient, channel, kind)
    if choice.agreed_at is None or choice.opted_out_at is not None:
        choice.agreed_at, choice.opted_out_at = at, None
        _changed("contact.started", choice, by, how, at)
    return choice


def _locked(patient, channel, kind) -> ContactChoice:
    rows = ContactChoice.objects.select_for_update()
    return rows.get_or_create(patient=patient, channel=channel, kind=kind)[0]


def _changed(verb, choice, by, how, at) -> None:
    choice.how, choice.recorded_by = how, by if getattr(by, "is_staff_user", False) else None
    choice.save(update_fields=["agreed_at", "opted_out_at", "how", "recorded_by"])
    detail = {"channel": choice.channel, "kind": choice.kind, "how": how}
    audit.record(verb, choice, by=by, patient=choice.patient, at=at, detail=detail)
    tell_on_commit(contact_changed, patient=choice.patient, by=by, at=at)
