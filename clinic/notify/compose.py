"""From an outbox row to what leaves: who it goes to, its text, its values, its links and files, made when it is sent.

Links are made here, at the last moment, so that no token ever stands in a row.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.apps import apps

from clinic import words
from clinic.actions import links
from clinic.models import Appointment, LinkCode, Message, MessageText
from clinic.notify.base import Outgoing
from clinic.notify.kinds import KINDS
from clinic.notify.outbox import when_words
from clinic.notify.registry import attachers, composers
from clinic.notify.texts import TextError, render

# How long a link opens its page. Invitation: at most 7 days; the rest as long as it is of use.
LINK_DAYS = {"packet": 7, "diary": 3, "readiness": 7, "visits": 7, "stop": 30}
STOP_WORDS = "\n--\nNo more messages like this: {stop_link}\n"


def address_of(message: Message) -> str:
    """Where the message goes, from the record as it is now; raises TextError when there is nowhere."""
    recipient = message.patient or message.user
    address = recipient.email if message.channel == "email" else recipient.phone
    if not address:
        raise TextError("no address on record")
    return address


def outgoing(message: Message, at: datetime) -> Outgoing:
    """Everything of one message; makes its links. Raises TextError."""
    kind = KINDS.get(message.kind)
    if kind is None:
        raise TextError("no such kind of message")
    address = address_of(message)
    text = published_text(message)
    values = _values(message, at)
    stop_link = _link("stop", message, at) if kind.choice and message.patient_id else ""
    subject, body = render(message.kind, *text, values)
    if stop_link:
        body += STOP_WORDS.format(stop_link=stop_link)
    files = tuple(attachers[message.kind](message)) if message.kind in attachers else ()
    return Outgoing(str(message.pk), message.kind, address, subject, body, stop_link, files)


def published_text(message: Message) -> tuple[str, str]:
    """Subject and body: the newest published text of the kind in the recipient's language, else the shipped one."""
    recipient = message.patient or message.user
    language = getattr(recipient, "language", "en")
    texts = MessageText.objects.filter(kind=message.kind, channel=message.channel, published_at__isnull=False)
    found = texts.filter(language=language).order_by("-number").first() or texts.order_by("-number").first()
    if found is None:
        return KINDS[message.kind].subject, KINDS[message.kind].body
    message.text = found
    return found.subject, found.body


def _values(message: Message, at: datetime) -> dict:
    """Values of the placeholders: from the record as it is now; what was queued along fills the rest."""
    person = message.patient
    values = {
        "name": person.short_name if person else message.user.name,
        "site": message.site.short_name,
        "phone": message.site.phone,
        **message.context,
        **_of_subject(message),
    }
    if message.kind == "diary":
        values["day"] = words.patient_date(_diary_day(message, at))
    if KINDS[message.kind].link:
        values["link"] = _link(KINDS[message.kind].link, message, at)
    if message.kind in composers:
        values |= composers[message.kind](message, at)
    return values


def _of_subject(message: Message) -> dict:
    """What the subject itself says: a visit its time, a code its digits."""
    if message.subject_kind == "clinic.appointment":
        visit = Appointment.objects.get(pk=message.subject_id)
        own = ZoneInfo(message.patient.zone_name) if message.patient else None
        return {"when": when_words(visit.starts_at, ZoneInfo(visit.zone_name), own)}
    if message.subject_kind == "clinic.linkcode":
        return {"code": links.digits_of(LinkCode(pk=message.subject_id))}
    return {}


def _diary_day(message: Message, at: datetime) -> date:
    """The local day a diary message asks about: as queued, else today where the patient is."""
    day = message.context.get("local_day")
    return date.fromisoformat(day) if day else words.today_in(ZoneInfo(message.patient.zone_name), at)


def _link(purpose: str, message: Message, at: datetime) -> str:
    """A fresh link for this message; its address is known only here and in the mail."""
    _, token = links.make_link(
        patient=message.patient,
        site=message.site,
        purpose=purpose,
        by=None,
        subject=_subject(message),
        days=LINK_DAYS[purpose],
        local_day=_diary_day(message, at) if purpose == "diary" else None,
        at=at,
    )
    return links.url_of(token)


def _subject(message: Message):
    """What the message is about, as far as a link needs it: its kind and id, without reading it."""
    if not message.subject_id:
        return None
    return apps.get_model(message.subject_kind)(pk=message.subject_id)
