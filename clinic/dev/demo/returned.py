"""What the mail servers of the demo's patients tell of messages that went out: come back, late, arrived."""

from datetime import timedelta

from clinic.actions.deliveries import heard
from clinic.models import Message
from clinic.rules.sending import Failure

KINDS = ("visit_booked", "series_booked", "diary", "reminder_week")
# (what is told, its code, what follows), a patient each: an address nobody has, a full mailbox, one that is slow.
TOLD = (
    ("bounced", "5.1.1", Failure(permanent=True, bad_address=True)),
    ("bounced", "5.2.2", Failure(permanent=True)),
    ("delayed", "4.4.1", None),
    ("delivered", "2.0.0", None),
)


def tell(now):
    """One of each, about the newest letters of different patients; nothing where too little went out."""
    sent = Message.objects.filter(state="sent", channel="email", kind__in=KINDS, patient__isnull=False)
    newest = {}
    for message in sent.order_by("-sent_at", "pk")[:60]:
        newest.setdefault(message.patient_id, message)
    for number, (message, told) in enumerate(zip(newest.values(), TOLD, strict=False), start=1):
        state, code, failure = told
        heard(
            message=message, state=state, code=code, failure=failure, source="mail", at=now - timedelta(minutes=number)
        )  # fmt: skip
