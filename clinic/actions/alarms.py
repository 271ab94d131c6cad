"""Telling the admins, once, that something outside the record needs them, and once more when it is over.

The mail goes out at once, past the outbox: what is wrong may be what the outbox needs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from clinic import audit, clock
from clinic.actions.standstill import recipients
from clinic.models import Heartbeat

PREFIX = "alarm "


@dataclass(frozen=True)
class Letter:
    """What is told: the subject, and the sentences of its body."""

    subject: str
    sentences: Iterable[str]

    def body(self) -> str:
        """The text of the mail."""
        return "\n\n".join([*self.sentences, f"The page {settings.BASE_URL.rstrip('/')}/health/ says more."]) + "\n"


@transaction.atomic
def tell_once(*, part: str, mark: str, letter: Letter, at: datetime | None = None) -> bool:
    """Tell the admins unless they know: `mark` names what is wrong ("" when nothing is); returns whether it was told.

    A mail server that is away raises, and nothing is noted as told: the next look tries again.
    """
    at = at or clock.now()
    row, _ = Heartbeat.objects.select_for_update().get_or_create(part=f"{PREFIX}{part}", defaults={"at": at})
    if row.detail == mark:
        return False
    row.at, row.detail = at, mark
    row.save(update_fields=["at", "detail"])
    audit.record(f"alarm.{part}", row, by=None, at=at, detail={"mark": mark})
    for address in recipients(at):
        EmailMessage(letter.subject, letter.body(), settings.DEFAULT_FROM_EMAIL, [address]).send()
    return True
