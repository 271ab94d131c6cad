"""From an outbox row to what leaves: who it goes to, its text, its values, its links and files, made when it is sent.

Links are made here, at the last moment, so that no token ever stands in a row.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.apps import apps
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from clinic import language, rows, words
from clinic.actions import links
from clinic.models import Appointment, LinkCode, Message
from clinic.notify import gsm, kinds_sms
from clinic.notify.base import Outgoing
from clinic.notify.kinds import KINDS, shipped
from clinic.notify.memory import Memory
from clinic.notify.outbox import when_words
from clinic.notify.registry import attachers, composers
from clinic.notify.texts import TextError, render
from clinic.prepared import Prepared

# How long a link opens its page: 7 days at most. The one that stops messages shows nothing and must work for a month.
LINK_DAYS = {
    "packet": 7,
    "questions": 7,
    "diary": 3,
    "readiness": 7,
    "visits": 7,
    "documents": 7,
    "consent": 7,
    "education": 7,
    "checkup": 7,
    "messages": 7,
    "offer": 1,
    "home": 7,
    "stop": 30,
}
SENTENCES = {"next_step"}
STOP_WORDS = gettext_noop("\n--\nNo more messages like this: {stop_link}\n")


def address_of(message: Message) -> str:
    """Where the message goes, from the record as it is now; raises TextError when there is nowhere."""
    if message.outside:
        return message.address
    recipient = message.representative or message.patient or message.user
    address = recipient.email if message.channel == "email" else recipient.phone
    if not address:
        raise TextError("no address on record")
    return address


def outgoing(message: Message, at: datetime, memory: Memory | None = None) -> Outgoing:
    """Everything of one message, in the language of whoever gets it; makes its links. Raises TextError."""
    with translation.override(language.of_person(message.patient or message.user)):
        return _outgoing(message, at, memory or Memory(at))


def _outgoing(message: Message, at: datetime, memory: Memory) -> Outgoing:
    kind = KINDS.get(message.kind)
    if kind is None:
        raise TextError("no such kind of message")
    address = address_of(message)
    text = published_text(message, memory)
    made: list = []
    values = _values(message, at, made, text)
    can_stop = bool(kind.choice and message.patient_id)
    subject, body = render(message.kind, *text, values)
    if message.channel == "sms":
        subject, body = gsm.plain(subject), _short_text(body, can_stop)
        stop_link, files = "", ()
    else:
        stop_link = _link("stop", message, at, made) if can_stop else ""
        body += gettext(STOP_WORDS).format(stop_link=stop_link) if stop_link else ""
        files = tuple(attachers[message.kind](message)) if message.kind in attachers else ()
    rows.send(made)
    return Outgoing(str(message.pk), message.kind, address, subject, body, stop_link, files)


def _short_text(body: str, can_stop: bool) -> str:
    """A text message in the phones' alphabet, with how to stop it behind."""
    ending = f" {gettext(kinds_sms.STOP_WORDS)}" if can_stop else ""
    return _short_enough(gsm.plain(body + ending))


def _short_enough(body: str) -> str:
    if gsm.parts(body) > gsm.MOST_PARTS:
        raise TextError("too long for a text message")
    return body


def published_text(message: Message, memory: Memory) -> tuple[str, str]:
    """Subject and body in the recipient's language: the newest published text of the kind, else the shipped one.

    Words in the right language come before words of the clinic's own: an English text is no answer to a Spanish reader.
    """
    spoken = language.of_person(message.patient or message.user)
    found = memory.texts.get((message.kind, message.channel, spoken))
    if found is not None:
        message.text = found
        return found.subject, found.body
    if message.channel == "sms":
        return "", kinds_sms.short(message.kind, spoken)
    return shipped(message.kind, spoken)


def _values(message: Message, at: datetime, made: list, text: tuple[str, str]) -> dict:
    """Values of the placeholders: from the record as it is now; what was queued along fills the rest.

    `made` takes the rows of the links; a link is only made where the text has a place for it.
    """
    person = message.representative or message.patient
    values = {
        "name": person.short_name if person else message.outside or message.user.name,
        "site": message.site.short_name,
        "phone": message.site.phone,
        **{name: _said(name, value) for name, value in message.context.items()},
        **_of_subject(message),
    }
    if message.kind == "diary":
        values["day"] = words.patient_date(_diary_day(message, at))
    if KINDS[message.kind].link and "{link}" in "".join(text):
        values["link"] = _link(KINDS[message.kind].link, message, at, made)
    if message.kind in composers:
        values |= composers[message.kind](message, at)
    return values


def _said(name: str, value):
    """A queued value; one of our own English sentences is said in the recipient's language."""
    return gettext(value) if name in SENTENCES and value else value


def _of_subject(message: Message) -> dict:
    """What the subject itself says: a visit its time, a code its digits."""
    if message.subject_kind == "clinic.appointment":
        visit = visit_of(message)
        own = ZoneInfo(message.patient.zone_name) if message.patient else None
        return {"when": when_words(visit.starts_at, ZoneInfo(visit.zone_name), own)}
    if message.subject_kind == "clinic.linkcode":
        return {"code": links.digits_of(LinkCode(pk=message.subject_id))}
    return {}


def visit_of(message: Message) -> Appointment:
    """The visit a message is about, read once; raises Appointment.DoesNotExist."""
    known = message.__dict__.get("_visit")
    if known is None:
        known = message._visit = _visits.first(pk=message.subject_id)
    if known is None:
        raise Appointment.DoesNotExist
    return known


_visits = Prepared(lambda of: Appointment.objects.filter(pk=of("pk")))


def _diary_day(message: Message, at: datetime) -> date:
    """The local day a diary message asks about: as queued, else today where the patient is."""
    day = message.context.get("local_day")
    return date.fromisoformat(day) if day else words.today_in(ZoneInfo(message.patient.zone_name), at)


def _link(purpose: str, message: Message, at: datetime, made: list) -> str:
    """A fresh link for this message; its address is known only here and in the mail."""
    row, told, token = links.new_link(
        patient=message.patient,
        representative=message.representative,
        site=message.site,
        purpose=purpose,
        by=None,
        subject=_subject(message),
        days=LINK_DAYS[purpose],
        local_day=_diary_day(message, at) if purpose == "diary" else None,
        at=at,
    )
    made += [row, told]
    return links.url_of(token)


def _subject(message: Message):
    """What the message is about, as far as a link needs it: its kind and id, without reading it."""
    if not message.subject_id:
        return None
    return apps.get_model(message.subject_kind)(pk=message.subject_id)
