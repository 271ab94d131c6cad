"""The one sender. Claims a row, commits that, sends, then writes what became of it.

A worker killed before the claim leaves a row that is due; killed after it, a row in `sending`, which after ten minutes
is shown as "unknown, check": nobody sends it again by themselves. One bad row never holds up the others, and a channel
that does not answer rests without costing its messages a try.
"""

import logging
import os
import socket
import time
from contextlib import ExitStack
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, transaction

from clinic import audit, clock
from clinic.models import MESSAGE, Message
from clinic.notify import judging, outcome, resting, sms
from clinic.notify.base import Transport, TransportError
from clinic.notify.choices import stop
from clinic.notify.composing import outgoing
from clinic.notify.email import EmailTransport
from clinic.notify.log import LogTransport
from clinic.notify.memory import Memory
from clinic.notify.outbox import withdraw_one
from clinic.notify.texts import TextError
from clinic.prepared import Prepared
from clinic.states import transition

log = logging.getLogger(__name__)

# What a bad row or a bad text can raise before anything was handed over: it failed, and the next row goes on.
UNREADABLE = (TextError, ObjectDoesNotExist, LookupError, ValueError, TypeError, AttributeError)
UNWRITABLE = (*UNREADABLE, DatabaseError)
UNKNOWN_AFTER = timedelta(minutes=10)
SWEEP_SECONDS = 40


def transports() -> dict[str, Transport]:
    """One transport a channel; a server set to NOTIFY_LOG_ONLY sends nothing."""
    if settings.NOTIFY_LOG_ONLY:
        return {"email": LogTransport(), "sms": LogTransport()}
    return {"email": EmailTransport(), "sms": sms.transport()}


def sweep(*, at: datetime | None = None, seconds: float = SWEEP_SECONDS) -> int:
    """Send everything that is due, for at most `seconds`; returns how many rows were taken up.

    `at` is for tests and the demo: without it each row is judged at its own moment.
    """
    settle_unknown(at=at)
    until, taken, me, memory = time.monotonic() + seconds, 0, _me(), Memory(at)
    with ExitStack() as stack:
        ways = {channel: stack.enter_context(way) for channel, way in transports().items()}
        while time.monotonic() < until:
            message = claim(me, at=at, memory=memory)
            if message is None:
                break
            taken += 1
            if message.state == "sending":
                _send(message, ways[message.channel], at, memory)
    return taken


def waiting(at: datetime | None = None, *, most: int = 1) -> int:
    """How many messages could be sent now, counted up to `most`; those of a channel at rest are not among them."""
    at = at or clock.now()
    due = Message.objects.filter(state="due", next_attempt_at__lte=at, channel__in=Memory(at).open_channels())
    return due.order_by()[:most].count()


def is_due(at: datetime | None = None) -> bool:
    """Whether anything waits to be sent now."""
    return waiting(at) > 0


def _me() -> str:
    return f"{socket.gethostname()[:40]}:{os.getpid()}"


def _next_due(channels: tuple[str, ...]) -> Prepared:
    def build(of):
        due = Message.objects.filter(state="due", next_attempt_at__lte=of.moment("at"), channel__in=channels)
        locked = due.select_for_update(skip_locked=True, of=("self",))
        related = ("patient", "user", "site", "representative")
        return locked.select_related(*related).order_by("next_attempt_at")[:1]

    return Prepared(build)


_NEXT = {channels: _next_due(channels) for channels in (("email", "sms"), ("email",), ("sms",))}


@transaction.atomic
def claim(me: str, *, at: datetime | None = None, memory: Memory | None = None) -> Message | None:
    """Take the next due row; returns it as `sending`, or withdrawn, failed or put off, or None when nothing is due."""
    at, memory = at or clock.now(), memory or Memory(at)
    channels = memory.open_channels()
    message = _NEXT[channels].first(at=at) if channels else None
    if message is not None:
        _take(message, me, at, memory)
    return message


def _take(message: Message, me: str, at: datetime, memory: Memory) -> None:
    """Claim a locked row, or write why it is not sent now; a row that can't even be judged has failed."""
    try:
        if not _held(message, at, memory):
            outcome.claimed(message, me, at)
    except UNREADABLE as problem:
        message.last_error = f"could not be judged ({type(problem).__name__})"
        log.warning("Message %s of kind %s could not be judged: %s", message.pk, message.kind, type(problem).__name__)
        outcome.move(message, "failed", at=at, names=["last_error"], verb="message.failed", reason=message.last_error)


def _held(message: Message, at: datetime, memory: Memory) -> bool:
    """Is it not sent now? Then what becomes of it is written."""
    reason = judging.unwanted(message, at)
    when = at if reason else judging.later(message, at, memory)
    if not reason and when > at and message.expires_at is not None and when >= message.expires_at:
        reason = f"{judging.TOO_LATE}: quiet hours or the day's number of messages"
    if reason:
        withdraw_one(message=message, by=None, at=at, reason=reason)
    elif when > at:
        message.next_attempt_at = when
        message.save(update_fields=["next_attempt_at"])
    elif problem := judging.unreachable(message, memory):
        message.last_error = problem
        outcome.move(message, "failed", at=at, names=["last_error"], verb="message.failed", reason=problem)
    else:
        return False
    return True


def _send(message: Message, way: Transport, at: datetime | None, memory: Memory) -> None:
    now, ready = at or clock.now(), None
    try:
        with transaction.atomic():
            ready = outgoing(message, now, memory)
        provider_id = way.send(ready)
    except TransportError as problem:
        _failed(message, ready, problem, at or clock.now(), memory)
    except UNWRITABLE as problem:
        code = str(problem) if isinstance(problem, TextError) else f"could not be written ({type(problem).__name__})"
        log.warning("Message %s of kind %s could not be written: %s", message.pk, message.kind, type(problem).__name__)
        outcome.not_sent(message, TransportError(code, permanent=True), now)
    else:
        outcome.sent(message, ready, provider_id, at or clock.now())
        if message.channel in memory.pauses:
            resting.note_works(message.channel, at=at or clock.now(), memory=memory)


def _failed(message, ready, problem: TransportError, at: datetime, memory: Memory) -> None:
    failure, until = problem.failure, None
    if failure.away:
        until = resting.note_away(message.channel, problem, at=at, memory=memory)
    with transaction.atomic():
        outcome.not_sent(message, problem, at, until)
        if failure.bad_address:
            outcome.bounced_at_once(message, ready.address, problem.code, at, memory)
        if failure.stopped and message.patient is not None:
            stop(patient=message.patient, by=None, channel=message.channel, how="reply", at=at)


def settle_unknown(*, at: datetime | None = None) -> int:
    """Rows in `sending` for over ten minutes become "unknown, check"; returns how many."""
    at = at or clock.now()
    count = 0
    while True:
        with transaction.atomic():
            stuck = Message.objects.filter(state="sending", claimed_at__lt=at - UNKNOWN_AFTER)
            message = stuck.select_for_update(skip_locked=True, of=("self",)).select_related("patient", "site").first()
            if message is None:
                return count
            message.last_error = "the worker went away while sending"
            message.save(update_fields=["last_error"])
            transition(message, "unknown", by=None, at=at, machine=MESSAGE)
            audit.record("message.unknown", message, by=None, patient=message.patient, site=message.site, at=at)
            count += 1
