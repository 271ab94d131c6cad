"""What became of a message: each outcome is one write of its row, its history and its audit row, sent together.

One round trip without a transaction of its own: PostgreSQL takes statements that come together as one.
"""

from datetime import datetime

from clinic import audit, rows
from clinic.models import MESSAGE, BadAddress, DeliveryReport, Message, StateChange
from clinic.notify.base import Outgoing, TransportError
from clinic.notify.memory import Memory
from clinic.rules import sending


def move(message: Message, to: str, *, at: datetime, names=(), verb: str = "", reason: str = "", also=()) -> None:
    """Move a row that this process holds along its table; `names` are further fields to save, `also` further rows."""
    MESSAGE.check(message.state, to)
    change = StateChange(
        machine=MESSAGE.name, subject_id=message.pk, from_state=message.state, to_state=to, at=at, reason=reason
    )
    message.state = to
    told = [audit.event(verb, message, by=None, patient=message.patient, site=message.site, at=at)] if verb else []
    rows.send([change, *told, *also], [(message, ["state", *names])])


def claimed(message: Message, me: str, at: datetime) -> None:
    """It is being sent now, by us: from here on nobody sends it again by themselves."""
    message.attempts, message.claimed_at, message.claimed_by = message.attempts + 1, at, me
    move(message, "sending", at=at, names=["attempts", "claimed_at", "claimed_by"])


def sent(message: Message, ready: Outgoing, provider_id: str, at: datetime) -> None:
    """It was handed over."""
    message.sent_at, message.address, message.provider_id, message.last_error = at, ready.address, provider_id[:120], ""
    names = ["sent_at", "address", "provider_id", "last_error", "text"]
    move(message, "sent", at=at, names=names, verb="message.sent")


def not_sent(message: Message, problem: TransportError, at: datetime, rests_until: datetime | None = None) -> None:
    """It was not handed over, or may not have been: due again, failed, or unknown."""
    failure, names = problem.failure, ["last_error", "next_attempt_at", "attempts"]
    state = sending.next_state(failure, message.attempts)
    message.last_error = problem.code[:200]
    if state == "due":
        message.next_attempt_at = sending.next_try(failure, message.attempts, at, rests_until)
    if failure.away:
        message.attempts -= 1  # the channel failed, not the message
    move(message, state, at=at, names=names, verb=f"message.{state}", reason=problem.code)


def bounced_at_once(message: Message, address: str, code: str, at: datetime, memory: Memory) -> None:
    """The address was refused for good while we were speaking: it is noted, and nothing more goes there."""
    report = {"told": "bounced", "code": code[:80]}
    DeliveryReport.objects.get_or_create(message=message, **report, defaults={"source": "refusal", "heard_at": at})
    bad, made = BadAddress.objects.get_or_create(
        channel=message.channel, address=address, cleared_at=None, defaults={"since": at, "code": code[:80]}
    )
    if made:
        audit.record("address.bad", bad, by=None, patient=message.patient, site=message.site, at=at)
    memory.__dict__.pop("bad_addresses", None)
