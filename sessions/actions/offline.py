"""What a tablet wrote without network and the record could not take by itself: held, then decided by a human."""

import hashlib
import json

from django.db import transaction

from clinic import audit, clock
from clinic.actions.tasks import close_task, open_task
from clinic.models import Role, Task
from clinic.refusal import Conflict, Item, Refused
from sessions.actions.sessions import bump, lock
from sessions.models import Entry, HeldEntry


def is_known(session, entry_id):
    """Whether an entry of this id is in the session's record already."""
    return Entry.objects.filter(pk=entry_id, session=session).exists()


@transaction.atomic
def hold_entry(*, session, held, reasons, by, at=None):
    """Keep what could not be recorded (`held` is an unsaved `HeldEntry`), open a task; the same one is kept once.

    `reasons`: Items. Returns (the held entry, whether this call made it). Another body under the same id is kept too,
    under an id that follows from both.
    """
    session = lock(session)
    at = at or clock.now()
    held.session, held.sent_by, held.received_at = session, by, at
    held.reasons = [[item.code, str(item.text)] for item in reasons]
    held.body_hash = digest(held)
    there = HeldEntry.objects.filter(session=session, body_hash=held.body_hash).first()
    if there is not None:
        return there, False
    held.save(force_insert=True)
    words = "; ".join(text for _, text in held.reasons)
    audit.record("entry.held", held, by=by, patient=session.patient, site=session.site, at=at, reason=words)
    _ask_somebody(session, held, by, at)
    bump(session)
    return held, True


def digest(held):
    """SHA-256 over what the tablet wrote: page, values, its time, its ticket."""
    body = [str(held.pk), held.door, held.fields, held.tablet_at.isoformat(), str(held.ticket)]
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _ask_somebody(session, held, by, at):
    open_task(
        "review",
        title=f"A tablet's entry needs a decision: infusion {session.number}",
        neutral_title="A chairside entry needs a nurse",
        site=session.site,
        patient=session.patient,
        due_at=at,
        by=by,
        for_role=Role.NURSE.value,
        subject=held,
        dedupe_key=f"held:{held.pk}",
        at=at,
    )


@transaction.atomic
def set_aside(*, held, words, by, at=None):
    """It does not belong in the record: it stays readable with the reason. Refused without one, or decided already."""
    at = at or clock.now()
    if not words.strip():
        raise Refused(Item("held.words", "Say why it is not recorded.", field="words"))
    held = _open(held)
    return _settle(held, outcome="set_aside", words=words.strip(), entry=None, by=by, at=at)


@transaction.atomic
def take_in(*, held, record, words="", by, at=None):
    """Record it after all: `record()` writes the entry and returns a `Recorded`; raises what the record refuses."""
    at = at or clock.now()
    held = _open(held)
    recorded = record()
    return _settle(held, outcome="recorded", words=words.strip(), entry=recorded.entry, by=by, at=at)


def _open(held):
    lock(held.session)
    row = HeldEntry.objects.select_related("session__patient", "session__site").get(pk=held.pk)
    if not row.is_waiting:
        raise Conflict(Item("held.settled", f"Decided already by {row.settled_by.name}."))
    return row


def _settle(held, *, outcome, words, entry, by, at):
    held.settled_at, held.settled_by, held.outcome, held.words, held.entry = at, by, outcome, words, entry
    held.save(update_fields=["settled_at", "settled_by", "outcome", "words", "entry"])
    session = held.session
    audit.record(f"entry.{outcome}", held, by=by, patient=session.patient, site=session.site, at=at, reason=words)
    task = Task.objects.filter(dedupe_key=f"held:{held.pk}", state="open").first()
    if task is not None:
        close_task(task=task, by=by, outcome=held.get_outcome_display(), at=at)
    bump(lock(session))
    return held
