"""The one sender. Claims a row, commits that, sends, then writes what became of it.

A worker killed before the claim leaves a row that is due; killed after it, a row in `sending`, which after ten minutes
is shown as "unknown, check": nobody sends it again by themselves. One bad row never holds up the others.
"""

import logging
import os
import socket
import time
from contextlib import ExitStack
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, transaction

from clinic import audit, clock
from clinic.models import MESSAGE, ContactChoice, Message
from clinic.notify.base import Outgoing, Transport, TransportError
from clinic.notify.compose import outgoing
from clinic.notify.email import EmailTransport
from clinic.notify.kinds import KINDS
from clinic.notify.log import LogTransport
from clinic.notify.outbox import withdraw_one
from clinic.notify.sms import SmsTransport
from clinic.notify.texts import TextError
from clinic.rules import quiet
from clinic.states import transition

log = logging.getLogger(__name__)

# Minutes until the next try after the first, second... failure; then it has failed. Clinic default.
LADDER = (1, 5, 15, 60)
# What a bad row or a bad text can raise before anything was handed over: it failed, and the next row goes on.
UNWRITABLE = (TextError, ObjectDoesNotExist, LookupError, ValueError, TypeError, AttributeError, DatabaseError)
UNKNOWN_AFTER = timedelta(minutes=10)
SWEEP_SECONDS = 40


def transports() -> dict[str, Transport]:
    """One transport a channel; a server set to NOTIFY_LOG_ONLY sends nothing."""
    if settings.NOTIFY_LOG_ONLY:
        return {"email": LogTransport(), "sms": LogTransport()}
    return {"email": EmailTransport(), "sms": SmsTransport()}


def sweep(*, at: datetime | None = None, seconds: float = SWEEP_SECONDS) -> int:
    """Send everything that is due, for at most `seconds`; returns how many rows were taken up.

    `at` is for tests and the demo: without it each row is judged at its own moment.
    """
    settle_unknown(at=at)
    until, taken, me = time.monotonic() + seconds, 0, _me()
    with ExitStack() as stack:
        ways = {channel: stack.enter_context(way) for channel, way in transports().items()}
        while time.monotonic() < until:
            message = claim(me, at=at)
            if message is None:
                break
            taken += 1
            if message.state == "sending":
                _send(message, ways[message.channel], at)
    return taken


def is_due(at: datetime | None = None) -> bool:
    """Whether anything waits to be sent now."""
    return Message.objects.filter(state="due", next_attempt_at__lte=at or clock.now()).exists()


def _me() -> str:
    return f"{socket.gethostname()[:40]}:{os.getpid()}"


@transaction.atomic
def claim(me: str, *, at: datetime | None = None) -> Message | None:
    """Take the next due row; returns it as `sending`, or withdrawn or put off, or None when nothing is due."""
    at = at or clock.now()
    due = Message.objects.filter(state="due", next_attempt_at__lte=at).order_by("next_attempt_at")
    message = due.select_for_update(skip_locked=True, of=("self",)).select_related("patient", "user", "site").first()
    if message is None:
        return None
    reason = _unwanted(message, at)
    if reason:
        withdraw_one(message=message, by=None, at=at, reason=reason)
        return message
    later = _quiet_until(message, at)
    if later > at:
        message.next_attempt_at = later
        message.save(update_fields=["next_attempt_at"])
        return message
    message.attempts, message.claimed_at, message.claimed_by = message.attempts + 1, at, me
    message.save(update_fields=["attempts", "claimed_at", "claimed_by"])
    return transition(message, "sending", by=None, at=at, machine=MESSAGE)


def _unwanted(message: Message, at: datetime) -> str:
    """Why this row is not to be sent any more, or ""."""
    if message.expires_at is not None and message.expires_at <= at:
        return "too late to be of use"
    if message.patient_id and message.choice_kind and is_stopped(message):
        return "the patient asked for no more of these"
    return ""


def is_stopped(message: Message) -> bool:
    """Whether the patient has opted out of this kind, or of everything, on this channel."""
    return ContactChoice.objects.filter(
        patient=message.patient_id,
        channel=message.channel,
        kind__in=("all", message.choice_kind),
        opted_out_at__isnull=False,
    ).exists()


def _quiet_until(message: Message, at: datetime) -> datetime:
    """When this row may go out: now, or when the recipient's quiet hours end."""
    kind = KINDS.get(message.kind)
    if message.patient_id is None or (kind is not None and kind.urgent):
        return at
    policy = message.site.policy
    hours = (policy.quiet_from, policy.quiet_until) if policy else quiet.QUIET
    return quiet.after_quiet(at, ZoneInfo(message.patient.zone_name), hours)


def _send(message: Message, way: Transport, at: datetime | None) -> None:
    now = at or clock.now()
    try:
        with transaction.atomic():
            ready = outgoing(message, now)
        provider_id = way.send(ready)
    except TransportError as problem:
        _not_sent(message, problem, now)
    except UNWRITABLE as problem:
        code = str(problem) if isinstance(problem, TextError) else f"could not be written ({type(problem).__name__})"
        log.warning("Message %s of kind %s could not be written: %s", message.pk, message.kind, type(problem).__name__)
        _not_sent(message, TransportError(code, permanent=True), now)
    else:
        _sent(message, ready, provider_id, now)


@transaction.atomic
def _sent(message: Message, ready: Outgoing, provider_id: str, at: datetime) -> None:
    message.sent_at, message.address, message.provider_id, message.last_error = at, ready.address, provider_id[:120], ""
    message.save(update_fields=["sent_at", "address", "provider_id", "last_error", "text"])
    transition(message, "sent", by=None, at=at, machine=MESSAGE)
    audit.record("message.sent", message, by=None, patient=message.patient, site=message.site, at=at)


@transaction.atomic
def _not_sent(message: Message, problem: TransportError, at: datetime) -> None:
    message.last_error = problem.code[:200]
    state = _after(message, problem)
    if state == "due":
        message.next_attempt_at = at + timedelta(minutes=LADDER[message.attempts - 1])
    message.save(update_fields=["last_error", "next_attempt_at"])
    transition(message, state, by=None, at=at, machine=MESSAGE, reason=problem.code)
    audit.record(f"message.{state}", message, by=None, patient=message.patient, site=message.site, at=at)


def _after(message: Message, problem: TransportError) -> str:
    if problem.uncertain:
        return "unknown"
    return "failed" if problem.permanent or message.attempts > len(LADDER) else "due"


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
