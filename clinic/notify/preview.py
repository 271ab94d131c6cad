"""A message as its reader would see it, filled with nobody's data: for the admin and for the page of texts."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext

from clinic import words
from clinic.models import MessageText
from clinic.notify import gsm, kinds_sms
from clinic.notify.composing import STOP_WORDS
from clinic.notify.kinds import FOR_STAFF, KINDS, shipped
from clinic.notify.outbox import when_words
from clinic.notify.texts import TextError, problems, render

VISIT, ZONE = datetime(2026, 5, 14, 15, tzinfo=UTC), ZoneInfo("America/New_York")
LINK = "https://clinic.example/p/…"
SAMPLE = {"name": "Sam", "site": "Sample clinic", "phone": "555 0100", "code": "012345", "minutes": "10",
          "since": "14-May-2026 14:05", "page": "https://clinic.example/tasks/", "link": LINK}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """One text in one language and channel: what the reader sees, whose words they are, what is wrong."""

    channel: str
    language: str
    subject: str
    body: str
    version: MessageText | None = None
    parts: int = 0
    problem: str = ""


def sample_of(kind: str) -> dict:
    """A value for every placeholder of a kind, in the language in force."""
    known = dict(SAMPLE)
    known |= {"when": when_words(VISIT, ZONE), "day": words.patient_date(VISIT.date()),
              "due": words.patient_date(VISIT.date()), "next_step": gettext("Please call us.")}  # fmt: skip
    return {name: known.get(name, f"({name})") for name in KINDS[kind].placeholders}


def shown(kind: str, channel: str, language: str, text: MessageText | None = None) -> Shown:
    """A kind's words in one language by one channel: those of `text`, else the shipped ones."""
    with translation.override(language):
        subject, body = (text.subject, text.body) if text else _shipped(kind, channel, language)
        found = problems(kind, subject, body) if text else []
        if found:
            return Shown(channel, language, subject, body, text, problem=" ".join(str(item.text) for item in found))
        try:
            subject, body = render(kind, subject, body, sample_of(kind))
        except TextError as problem:
            return Shown(channel, language, subject, body, text, problem=f"{problem}")
        return _ended(kind, channel, language, subject, body, text)


def _shipped(kind: str, channel: str, language: str) -> tuple[str, str]:
    return ("", kinds_sms.short(kind, language)) if channel == "sms" else shipped(kind, language)


def _ended(kind, channel, language, subject, body, text) -> Shown:
    can_stop = bool(KINDS[kind].choice)
    if channel == "sms":
        body = gsm.plain(body.replace("…", "x" * 43) + (f" {gettext(kinds_sms.STOP_WORDS)}" if can_stop else ""))
        return Shown(channel, language, "", body.replace("x" * 43, "…"), text, gsm.parts(body))
    body += gettext(STOP_WORDS).format(stop_link=LINK) if can_stop else ""
    return Shown(channel, language, subject, body, text)


def in_force(kind: str, texts: dict, languages: list[str]) -> list[Shown]:
    """Every channel and language of a kind; `texts` holds the published ones by (kind, channel, language)."""
    spoken = ["en"] if kind in FOR_STAFF else languages
    return [shown(kind, channel, language, texts.get((kind, channel, language)))
            for channel in ("email", "sms") for language in spoken]  # fmt: skip
