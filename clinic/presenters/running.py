"""How the installation is, for the clinic's admins: each part in a word, the last sign of life, what waits."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from clinic import health
from clinic.actions import standstill
from clinic.models import Message
from clinic.notify.sms import can_text
from clinic.presenters.outbox import Rest, rests
from clinic.words import age_words

PARTS = {
    "database": "Database",
    "redis": "Redis, which wakes the workers",
    "migrations": "Shape of the database",
    "beat": "Background work",
    "data": "Whose data",
}
WORDS = {
    "away": "does not answer",
    "pending": "migrations are pending",
    "late": "has given no sign of life for too long",
    "never": "has never given a sign of life",
    "demo": "the demo clinic stands beside real work",
}


@dataclass(frozen=True)
class Part:
    """One part: its name, whether it is well, and what ails it."""

    name: str
    is_well: bool
    words: str


@dataclass(frozen=True)
class Numbers:
    """How many messages of all sites stand where."""

    due: int
    oldest: datetime | None
    sending: int
    unknown: int
    failed: int
    sent_hour: int
    sent_day: int


@dataclass(frozen=True)
class Page:
    """Everything on the page."""

    parts: list[Part]
    cares: list[tuple[str, health.Care]]
    tick: str
    numbers: Numbers
    rests: list[Rest]
    can_text: bool
    at: datetime

    @property
    def is_well(self) -> bool:
        """Is every part well, every channel awake, and everything cared for?"""
        cared = all(care.level == health.OK for _, care in self.cares)
        return cared and all(part.is_well for part in self.parts) and not self.rests


def running_page(at: datetime) -> Page:
    """The state of the installation now."""
    parts = [_part(name, word) for name, word in health.readiness(at).items()]
    age = standstill.age(at)
    tick = age_words(at - age, at) if age is not None else ""
    return Page(parts, health.cares(at), tick, _numbers(at), rests(), can_text(), at)


def _part(name: str, word: str) -> Part:
    label = PARTS.get(name, name.replace("_", " ").capitalize())
    return Part(label, word == health.OK, "" if word == health.OK else WORDS.get(word, word))


def _numbers(at: datetime) -> Numbers:
    """One query over what is not old."""
    due = Q(state="due", next_attempt_at__lte=at)
    recent = Q(state__in=("due", "sending", "unknown", "failed")) | Q(sent_at__gt=at - timedelta(days=1))
    return Numbers(
        **Message.objects.filter(recent).aggregate(
            due=Count("pk", filter=due),
            oldest=Min("next_attempt_at", filter=due),
            sending=Count("pk", filter=Q(state="sending")),
            unknown=Count("pk", filter=Q(state="unknown")),
            failed=Count("pk", filter=Q(state="failed")),
            sent_hour=Count("pk", filter=Q(sent_at__gt=at - timedelta(hours=1))),
            sent_day=Count("pk", filter=Q(sent_at__gt=at - timedelta(days=1))),
        )
    )
