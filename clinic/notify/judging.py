"""Whether a message whose turn has come may go out now: is it still of use, still wanted, at this hour, today."""

from datetime import datetime
from zoneinfo import ZoneInfo

from clinic.models import Message
from clinic.notify.choices import choices_of
from clinic.notify.composing import address_of
from clinic.notify.kinds import KINDS
from clinic.notify.memory import Memory
from clinic.notify.registry import judges
from clinic.notify.texts import TextError
from clinic.prepared import Prepared
from clinic.rules import quiet, sending

TOO_LATE = "too late to be of use"
STOPPED = "the patient asked for no more of these"
STOPPED_TEXTS = "the patient replied STOP to text messages"
NOT_AGREED = "the patient has not agreed to text messages"
GONE = "no longer works here"
BAD_ADDRESS = "an earlier message to this address came back: correct it, or send again"

_sent = {
    channel: Prepared(
        lambda of, channel=channel: (
            Message.objects.filter(patient=of("patient"), channel=channel, sent_at__gt=of.moment("since"))
            .exclude(choice_kind="")
            .order_by("sent_at")
        )
    )
    for channel in ("email", "sms")
}


def unwanted(message: Message, at: datetime) -> str:
    """Why this row is not to be sent any more, or ""."""
    if message.expires_at is not None and message.expires_at <= at:
        return TOO_LATE
    if message.user_id and not message.user.is_active:
        return GONE
    if message.patient_id and (message.choice_kind or message.channel == "sms"):
        reason = _not_chosen(message)
        if reason:
            return reason
    judge = judges.get(message.kind)
    return judge(message, at) if judge else ""


def _not_chosen(message: Message) -> str:
    choices = choices_of(message.patient_id)
    if sending.is_stopped(choices, message.channel, message.choice_kind):
        return STOPPED if message.choice_kind else STOPPED_TEXTS
    if message.channel == "sms" and message.choice_kind:
        return "" if sending.has_agreed(choices, "sms", message.choice_kind) else NOT_AGREED
    return ""


def unreachable(message: Message, memory: Memory) -> str:
    """Why nothing can reach the recipient, or ""."""
    try:
        address = address_of(message)
    except TextError:
        return ""  # it fails with these words when it is written
    return BAD_ADDRESS if memory.is_bad(message.channel, address) else ""


def later(message: Message, at: datetime, memory: Memory) -> datetime:
    """When this row may go out: now, or after quiet hours, or on the first day with room for it."""
    kind = KINDS.get(message.kind)
    if message.patient_id is None or (kind is not None and kind.urgent):
        return at
    zone, hours = ZoneInfo(message.patient.zone_name), memory.quiet_hours(message.site)
    moment = quiet.after_quiet(at, zone, hours)
    if not message.choice_kind:
        return max(moment, at)
    rows = _sent[message.channel].rows(patient=message.patient_id, since=at - sending.WEEK)
    caps = memory.caps(message.site, message.channel)
    return max(sending.cap_until([row.sent_at for row in rows], moment, zone, caps, hours), at)
