"""A way of sending that does not answer rests, so that ten thousand messages do not each try it in vain."""

from datetime import datetime

from django.db import transaction

from clinic import audit
from clinic.actions.tasks import open_task, withdraw_task
from clinic.models import ChannelPause, Site, Task
from clinic.notify.base import TransportError
from clinic.notify.memory import Memory
from clinic.rules import sending

ASKS_AFTER = 3  # failures in a row, about a minute and a half: what answers again by then is nobody's work
WORDS = {"email": "E-mail does not go out", "sms": "Text messages do not go out"}


@transaction.atomic
def note_away(channel: str, problem: TransportError, *, at: datetime, memory: Memory) -> datetime:
    """The channel as a whole failed: let it rest; returns until when. A second worker's failure of the same minute is
    the same failure."""
    pause, _ = ChannelPause.objects.select_for_update().get_or_create(channel=channel)
    if pause.until is None or pause.until <= at:
        pause.failures += 1
        pause.since = pause.since if pause.failures > 1 else at
        pause.until = sending.rest(pause.failures, at, problem.wait)
        pause.why = problem.code[:200]
        pause.save()
        audit.record("channel.rests", pause, by=None, at=at, reason=problem.code)
        if pause.failures == ASKS_AFTER:
            _ask(pause, at)
    memory.pauses[channel] = pause
    return pause.until


@transaction.atomic
def note_works(channel: str, *, at: datetime, memory: Memory) -> None:
    """It answers again. Only asked where it had failed: a working channel costs nothing."""
    memory.pauses.pop(channel)
    pause = ChannelPause.objects.select_for_update().filter(channel=channel, failures__gt=0).first()
    if pause is not None:
        _answered(pause, at)
        pause.failures, pause.since, pause.until, pause.why = 0, None, None, ""
        pause.save()
        audit.record("channel.works", pause, by=None, at=at)


def _ask(pause: ChannelPause, at: datetime) -> None:
    """A task for every site's front desk: nothing is lost, but whoever must know today is to be called."""
    told = "Messages wait and go out by themselves once it answers. Call whoever must know before then."
    for site in Site.objects.all():
        open_task("message", title=f"{WORDS[pause.channel]}: call whoever must know today", site=site, due_at=at,
                  by=None, for_role="front_desk", details=told, subject=pause, dedupe_key=f"{_key(pause)}:{site.pk}",
                  at=at)  # fmt: skip


def _answered(pause: ChannelPause, at: datetime) -> None:
    """The tasks about this rest that nobody has finished are no longer needed."""
    for task in Task.objects.filter(dedupe_key__startswith=f"{_key(pause)}:", state="open"):
        withdraw_task(task=task, by=None, reason="It answers again.", at=at)


def _key(pause: ChannelPause) -> str:
    """What names one rest of a channel, from its first failure until it answers again."""
    return f"rests:{pause.channel}:{pause.since:%Y%m%dT%H%M%S}"
