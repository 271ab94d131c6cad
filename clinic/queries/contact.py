"""What a patient wants to hear, by channel, and how we know."""

from clinic.actions.contact import STOPPABLE
from clinic.models import ContactChoice, Patient
from clinic.rules import sending
from clinic.rules.sending import Choice


def choices_by_person(patient: Patient) -> list[ContactChoice]:
    """Every choice on any record of this person, with who wrote it down. One query."""
    rows = ContactChoice.objects.filter(patient__person=patient.person_id).select_related("recorded_by")
    return list(rows.order_by("channel", "kind"))


def wanted_by(patient: Patient, channel: str = "email") -> list[str]:
    """The kinds that go out by this channel: by mail what is not stopped, by text message what was agreed to."""
    rows = choices_by_person(patient)
    choices = [Choice(row.channel, row.kind, row.agreed_at is not None, row.opted_out_at is not None) for row in rows]
    if channel == "sms":
        return [kind for kind in STOPPABLE if sending.has_agreed(choices, channel, kind)]
    return [kind for kind in STOPPABLE if not sending.is_stopped(choices, channel, kind)]
