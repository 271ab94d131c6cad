"""The outbox: rows that must be said, put in by any floor, taken out by one sender (clinic.notify.sender).

A row is written in the caller's transaction and the worker is woken on commit; a lost wake-up loses nothing, because
the beat sweeps every minute. `dedupe_key` is unique: what is enqueued twice is one row.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from celery import current_app
from django.db import transaction
from django.utils.translation import gettext
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from clinic import audit, clock, words
from clinic.models import MESSAGE, BadAddress, Message, Patient, Representative, Site
from clinic.notify.choices import channel_for
from clinic.notify.kinds import KINDS
from clinic.refusal import Refused
from clinic.states import transition

log = logging.getLogger(__name__)

SWEEP = "clinic.sweep_outbox"
WITHDRAWABLE = ("due", "failed")


@dataclass(frozen=True)
class Outside:
    """Somebody who is neither patient nor staff, an on-call service say: by mail, or by text message without one."""

    name: str
    email: str = ""
    phone: str = ""


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
    channel: str = "",
    at: datetime | None = None,
) -> Message:
    """Put one message in the outbox, or return the one that is already there under `dedupe_key`.

    `recipient` is a Patient, a Representative of one, a User or an Outside; `context` holds values for the
    placeholders of `kind`, never a token. Of no use after `expires_at`: then it is withdrawn instead of sent late.
    Without a `channel` it goes as the recipient chose.
    Raises KeyError for an unknown kind.
    """
    at = at or clock.now()
    made_of = {
        "kind": kind,
        "choice_kind": KINDS[kind].choice,
        "channel": channel or channel_for(recipient, KINDS[kind].choice),
        "site": site,
        "context": context or {},
        "due_at": due_at,
        "next_attempt_at": due_at,
        "expires_at": expires_at,
        "queued_at": at,
        "queued_by": by if getattr(by, "is_staff_user", False) else None,
        "subject_kind": subject_kind,
        "subject_id": subject_id,
        **_to(recipient),
    }
    message, made = Message.objects.get_or_create(dedupe_key=dedupe_key, defaults=made_of)
    if made:
        audit.record("message.queued", message, by=by, patient=message.patient, site=site, at=at)
        if due_at <= clock.now():
            transaction.on_commit(wake)
    return message


def _to(recipient) -> dict:
    if isinstance(recipient, Outside):
        return {"outside": recipient.name, "address": recipient.email or recipient.phone}
    if isinstance(recipient, Representative):
        return {"patient": recipient.patient, "representative": recipient}
    return {"patient" if isinstance(recipient, Patient) else "user": recipient}


def wake(*, alone: bool = False) -> None:
    """Ask the worker to look at the outbox now. It never raises: the beat looks every minute anyway.

    `alone`: without calling further senders to help, however much waits.
    """
    try:
        current_app.send_task(SWEEP, kwargs={"alone": alone}, ignore_result=True, expires=55)
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
    message.last_error = message.delivery = ""
    message.sent_at = message.delivery_at = message.expires_at = None
    message.save(update_fields=[*AGAIN])
    transition(message, "due", by=by, at=at, machine=MESSAGE, reason="sent again by hand")
    audit.record("message.retried", message, by=by, patient=message.patient, site=message.site, at=at)
    _trust_again(message, by, at)
    transaction.on_commit(wake)
    return message


def retry_each(*, messages: list[Message], by, at: datetime | None = None) -> int:
    """Send several failed ones again, each in its own transaction; returns how many. What somebody else has settled
    meanwhile is left as it is."""
    done = 0
    for message in messages:
        try:
            retry(message=message, by=by, at=at)
            done += 1
        except Refused as refused:
            log.info("Message %s is not sent again: %s", message.pk, refused)
    return done


AGAIN = (
    *("attempts", "next_attempt_at", "claimed_at", "claimed_by", "last_error"),
    *("delivery", "delivery_at", "sent_at", "expires_at"),
)


def _trust_again(message: Message, by, at: datetime) -> None:
    """Whoever sends again to an address that came back has looked at it: it is tried again."""
    recipient = message.representative or message.patient or message.user
    now = message.address if message.outside else recipient.email if message.channel == "email" else recipient.phone
    clear_address(channel=message.channel, address=now, patient=message.patient, site=message.site, by=by, at=at)


@transaction.atomic
def clear_address(*, channel: str, address: str, patient, site, by, at: datetime | None = None) -> bool:
    """A person has looked at an address that had sent messages back: it is used again. True when it was noted."""
    at = at or clock.now()
    rows = BadAddress.objects.select_for_update().filter(channel=channel, address=address, cleared_at=None)
    bad = rows.first() if address else None
    if bad is None:
        return False
    bad.cleared_at, bad.cleared_by = at, by
    bad.save(update_fields=["cleared_at", "cleared_by"])
    audit.record("address.cleared", bad, by=by, patient=patient, site=site, at=at)
    return True


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


def when_words(starts_at: datetime, site_zone: ZoneInfo, own_zone: ZoneInfo | None = None) -> str:
    """A visit's time for a patient in the language in force: "Thursday 14 May at 2:05 pm".

    It says whose time it is when their clock differs.
    """
    local = starts_at.astimezone(site_zone)
    said = words.patient_moment(local)
    if own_zone is None or starts_at.astimezone(own_zone).utcoffset() == local.utcoffset():
        return said
    return gettext("%(when)s (%(city)s time)") % {"when": said, "city": zone_words(site_zone)}


def zone_words(zone: ZoneInfo) -> str:
    """A zone as people say it: "New York", "Chicago"."""
    return zone.key.rpartition("/")[2].replace("_", " ")
