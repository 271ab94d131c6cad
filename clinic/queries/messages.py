"""Messages out, read: one by its id, those of a patient, what is heard back of them."""

from clinic.models import BadAddress, Message, StateChange, TextReply


def message_by_id(pk) -> Message | None:
    """A message of the outbox, whoever it is for: for callers that have no reader."""
    return Message.objects.filter(pk=pk).select_related("patient", "user", "site").first()


def messages_to(patient, *, most=100) -> list[Message]:
    """The newest messages to a patient and whoever speaks for them, on all records of that person."""
    rows = Message.objects.filter(patient__person=patient.person_id).select_related("site", "representative")
    return list(rows.order_by("-due_at")[:most])


def replies_of(patient, *, most=50) -> list[TextReply]:
    """The newest text messages that came from a patient."""
    return list(TextReply.objects.filter(patient__person=patient.person_id).order_by("-received_at")[:most])


def bad_addresses_of(patient) -> list[BadAddress]:
    """Addresses of a patient, as they are now, that sent a message back and were not looked at since."""
    mine = [("email", patient.email), ("sms", patient.phone)]
    rows = BadAddress.objects.filter(cleared_at=None, address__in=[address for _, address in mine if address])
    return [row for row in rows if (row.channel, row.address) in mine]


def steps_of(message) -> list[StateChange]:
    """Every change of a message's state, oldest first, with who made it."""
    return list(
        StateChange.objects.filter(subject_id=message.pk).select_related("by_user").order_by("at", "recorded_at")
    )
