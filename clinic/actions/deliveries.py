"""What the other side tells of a message after it went out: taken, delivered, delayed, or come back."""

from datetime import datetime

from django.db import transaction

from clinic import audit, clock, notify
from clinic.actions.tasks import open_task
from clinic.models import MESSAGE, BadAddress, DeliveryReport, Message, Role
from clinic.rules.sending import Failure
from clinic.states import transition

# A later report may come first: what is said by a lower one then changes nothing.
WEIGHT = {"": 0, "accepted": 1, "delayed": 2, "delivered": 3, "bounced": 4}
CAME_BACK = {"email": "The mail came back", "sms": "The text message was not delivered"}


@transaction.atomic
def heard(
    *,
    message: Message,
    state: str,
    source: str,
    code: str = "",
    failure: Failure | None = None,
    provider_id: str = "",
    at: datetime | None = None,
) -> DeliveryReport:
    """Keep one report about a message; the same one twice is one. `state` is one of the delivery states.

    An unknown message that the other side has taken is sent after all. One that came back has failed: the desk gets a
    task, and where `failure` says that the address is bad, nothing more goes there until somebody has looked.
    """
    at = at or clock.now()
    rows = Message.objects.select_for_update(of=("self",)).select_related("patient", "user", "site", "representative")
    message = rows.get(pk=message.pk)
    report, made = DeliveryReport.objects.get_or_create(
        message=message, told=state, code=code[:80], defaults={"source": source, "heard_at": at}
    )
    if made and WEIGHT[state] > WEIGHT[message.delivery]:
        _apply(message, state, code, provider_id, at)
        if state == "bounced":
            _came_back(message, code, failure or Failure(permanent=True), at)
    return report


def _apply(message: Message, state: str, code: str, provider_id: str, at: datetime) -> None:
    message.delivery, message.delivery_at = state, at
    message.provider_id = message.provider_id or provider_id[:120]
    message.save(update_fields=["delivery", "delivery_at", "provider_id"])
    if message.state == "unknown":
        message.sent_at = message.sent_at or message.claimed_at or at
        message.last_error = ""
        message.save(update_fields=["sent_at", "last_error"])
        transition(message, "sent", by=None, at=at, machine=MESSAGE, reason=f"the provider's report: {state}")
    audit.record(f"message.{state}", message, by=None, patient=message.patient, site=message.site, at=at)


def _came_back(message: Message, code: str, failure: Failure, at: datetime) -> None:
    if message.state == "sent":
        message.last_error = f"came back ({code})" if code else "came back"
        message.save(update_fields=["last_error"])
        transition(message, "failed", by=None, at=at, machine=MESSAGE, reason=message.last_error)
    if failure.stopped and message.patient is not None:
        notify.stop(patient=message.patient, by=None, channel=message.channel, how="reply", at=at)
    if failure.bad_address and message.address:
        _note_bad(message, code, at)
    if message.patient is not None:
        _tell_desk(message, at)


def _note_bad(message: Message, code: str, at: datetime) -> None:
    bad, made = BadAddress.objects.get_or_create(
        channel=message.channel,
        address=message.address,
        cleared_at=None,
        defaults={"since": at, "code": code[:80]},
    )
    if made:
        audit.record("address.bad", bad, by=None, patient=message.patient, site=message.site, at=at)


def _tell_desk(message: Message, at: datetime) -> None:
    """One task a patient, channel and day, however many of their messages come back."""
    open_task(
        "message",
        title=f"{CAME_BACK[message.channel]}: ask for the right address, then send it again.",
        site=message.site,
        patient=message.patient,
        due_at=at,
        by=None,
        for_role=Role.FRONT_DESK,
        subject=message,
        dedupe_key=f"came-back:{message.patient_id}:{message.channel}:{at:%Y%m%d}",
        at=at,
    )
