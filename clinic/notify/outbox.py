"""The outbox: rows that must be said, put in by any floor, taken out by one sender (clinic.notify.sender).

A row is written in the caller's transaction and the worker is woken on commit; a lost wake-up loses nothing, because
the beat sweeps every minute. `dedupe_key` is unique: what is enqueued twice is one row.
"""

import logging
from datetime import datetime
from zoneinfo import ZoneInfo

from celery import current_app
from django.db import transaction
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from clinic import audit, clock, words
from clinic.models import MESSAGE, ContactChoice, Message, Patient, Site
from clinic.notify.kinds import KINDS
from clinic.states import transition

log = logging.getLogger(__name__)

SWEEP = "clinic.sweep_outbox"
WITHDRAWABLE = ("due", "failed")


@transaction.atomic
def enqueue(
    kind: str,
    *,
    recipient,
    dedupe_key: str,
    due_at: datetime,
    site: Site,
    by=None,
    subject_kind: str = "",
    subject_id=None,
    context: dict | None = None,
    expires_at: datetime | None = None,
    at: datetime | None = None,
) -> Message:
    """Put one message in the outbox, or return the one that is already there under `dedupe_key`.

    `recipient` is a Patient or a User; `context` holds values for the placeholders of `kind`, never a token. Of no use
    after `expires_at`: then it is withdrawn instead of sent late. Raises KeyError for an unknown kind.
    """
    at = at or clock.now()
    made_of = {
        "kind": kind,
        "choice_kind": KINDS[kind].choice,
        "channel": _channel(recipient),
        "site": site,
        "context": context or {},
        "due_at": due_at,
        "next_attempt_at": due_at,
        "expires_at": expires_at,
        "queued_at": at,
        "queued_by": by if getattr(by, "is_staff_user", False) else None,
        "subject_kind": subject_kind,
        "subject_id": subject_id,
        "patient" if isinstance(recipient, Patient) else "user": recipient,
    }
    message, made = Message.objects.get_or_create(dedupe_key=dedupe_key, defaults=made_of)
    if made:
        audit.record("message.queued", message, by=by, patient=message.patient, site=site, at=at)
        if due_at <= clock.now():
            transaction.on_commit(wake)
    return message


def _channel(recipient) -> str:
    """Mail where there is an address; else a text message. What is really possible is decided when it is sent."""
    return "email" if recipient.email or not getattr(recipient, "phone", "") else "sms"


def wake() -> None:
    """Ask the worker to look at the outbox now. It never raises: the beat looks every minute anyway."""
    try:
        current_app.send_task(SWEEP, ignore_result=True, expires=55)
    except (KombuError, RedisError, OSError) as problem:
        log.warning("The worker could not be woken, the next beat will: %s", type(problem).__name__)


@transaction.atomic
def withdraw(*, subject_kind: str, subject_id, kinds=(), by=None, at: datetime | None = None, reason: str) -> int:
    """Withdraw what is still to be said about a subject (of these kinds, or all); returns how many.

    What is being sent at this moment is not held: it may already be out.
    """
    at = at or clock.now()
    rows = Message.objects.select_for_update().filter(
        subject_kind=subject_kind, subject_id=subject_id, state__in=WITHDRAWABLE
    )
    rows = list(rows.filter(kind__in=kinds) if kinds else rows)
    for message in rows:
        withdraw_one(message=message, by=by, at=at, reason=reason)
    return len(rows)


def withdraw_one(*, message: Message, by, at: datetime, reason: str) -> None:
    """Withdraw one locked row and say why."""
    message.last_error = reason[:200]
    message.save(update_fields=["last_error"])
    transition(message, "withdrawn", by=by, at=at, machine=MESSAGE, reason=reason)
    audit.record("message.withdrawn", message, by=by, patient=message.patient, site=message.site, at=at, reason=reason)


@transaction.atomic
def retry(*, message: Message, by, at: datetime | None = None) -> Message:
    """A person decides: send it again. From failed or unknown; raises Refused from anything else."""
    at = at or clock.now()
    message = Message.objects.select_for_update().get(pk=message.pk)
    MESSAGE.check(message.state, "due")
    message.attempts, message.next_attempt_at, message.claimed_at, message.claimed_by = 0, at, None, ""
    message.last_error = ""
    message.save(update_fields=["attempts", "next_attempt_at", "claimed_at", "claimed_by", "last_error"])
    transition(message, "due", by=by, at=at, machine=MESSAGE, reason="sent again by hand")
    audit.record("message.retried", message, by=by, patient=message.patient, site=message.site, at=at)
    transaction.on_commit(wake)
    return message


@transaction.atomic
def resolve(*, message: Message, went_out: bool, by, at: datetime | None = None) -> Message:
    """A person has found out about an unknown or failed message: it did go out, or it is no longer wanted."""
    at = at or clock.now()
    message = Message.objects.select_for_update().get(pk=message.pk)
    state = "sent" if went_out else "withdrawn"
    MESSAGE.check(message.state, state)
    message.resolved_at, message.resolved_by = at, by
    if went_out:
        message.sent_at = message.claimed_at or at
    message.save(update_fields=["resolved_at", "resolved_by", "sent_at"])
    transition(message, state, by=by, at=at, machine=MESSAGE, reason="settled by hand")
    audit.record("message.settled", message, by=by, patient=message.patient, site=message.site, at=at)
    return message


@transaction.atomic
def stop(
    *, patient: Patient, by, channel: str = "email", kind: str = "all", at: datetime | None = None
) -> ContactChoice:
    """The patient wants no more of these. It holds at once: rows still due are withdrawn when their turn comes."""
    at = at or clock.now()
    choice, _ = ContactChoice.objects.select_for_update().get_or_create(patient=patient, channel=channel, kind=kind)
    if choice.opted_out_at is None:
        choice.opted_out_at = at
        choice.save(update_fields=["opted_out_at"])
        audit.record(
            "contact.stopped", choice, by=by, patient=patient, at=at, detail={"channel": channel, "kind": kind}
        )
    return choice


@transaction.atomic
def start(
    *, patient: Patient, by, channel: str = "email", kind: str = "all", at: datetime | None = None
) -> ContactChoice:
    """The patient wants them (again)."""
    at = at or clock.now()
    choice, _ = ContactChoice.objects.select_for_update().get_or_create(patient=patient, channel=channel, kind=kind)
    choice.agreed_at, choice.opted_out_at = at, None
    choice.save(update_fields=["agreed_at", "opted_out_at"])
    audit.record("contact.started", choice, by=by, patient=patient, at=at, detail={"channel": channel, "kind": kind})
    return choice


def when_words(starts_at: datetime, site_zone: ZoneInfo, own_zone: ZoneInfo | None = None) -> str:
    """A visit's time for a patient: "Thursday 14 May at 2:05 pm", and whose time it is when their clock differs."""
    local = starts_at.astimezone(site_zone)
    said = f"{words.patient_date(local.date())} at {words.patient_time(local)}"
    if own_zone is None or starts_at.astimezone(own_zone).utcoffset() == local.utcoffset():
        return said
    return f"{said} ({zone_words(site_zone)} time)"


def zone_words(zone: ZoneInfo) -> str:
    """A zone as people say it: "New York", "Chicago"."""
    return zone.key.rpartition("/")[2].replace("_", " ")
