"""How an entry comes into the record: once, in order, with both times and its author; then everything follows from it.

`@entry_action` wraps a function `(pen, **inputs) -> Entry`. Callers say `session`, `entry_id` (made by the device),
`by`, `at=None`, `when=None` beside the function's own inputs, and get a `Recorded`. The same id with the same inputs
is recorded once; with other inputs it is a `Conflict`.
"""

import functools
import hashlib
import inspect
import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.db import IntegrityError, models, transaction

from clinic import audit, clock
from clinic.refusal import Conflict, Item, Refused
from sessions.actions.following import follow
from sessions.actions.sessions import bump, lock
from sessions.models import Addendum, Entry

# A device's clock further off than this is corrected and flagged; entries older than this are marked late.
CLOCK_OFFSET_SECONDS = 60
LATE_AFTER = timedelta(minutes=5)
CHECK_VIOLATION = "23514"


@dataclass(frozen=True)
class When:
    """When and how it happened: observed at (None: now), source, who sent it, the device's clock minus ours."""

    observed_at: datetime | None = None
    source: str = "typed"
    sent_by: object = None
    clock_offset_s: int = 0


@dataclass(frozen=True)
class Recorded:
    """The entry, whether this call made it, the session's version after it, and the alarms it raised (entries)."""

    entry: Entry
    created: bool
    version: int
    alarms: list = field(default_factory=list)


@dataclass
class Pen:
    """What an entry is written with, once the session is locked."""

    session: object
    entry_id: object
    by: object
    at: datetime
    when: When
    body_hash: str
    observed_at: datetime = None

    def write(self, kind, detail, *, role="observation", supersedes=None, reason=""):
        """Write header and detail (an unsaved model instance, None for a strike); return the `Entry`."""
        session = self.session
        session.last_seq += 1
        entry = Entry(
            id=self.entry_id,
            session=session,
            seq=session.last_seq,
            kind=kind,
            role=role,
            supersedes=supersedes,
            observed_at=self.observed_at,
            received_at=self.at,
            recorded_by=self.by,
            sent_by=self.when.sent_by,
            source=self.when.source,
            late=self.at - self.observed_at > LATE_AFTER or session.ended_at is not None,
            clock_offset_s=self.when.clock_offset_s,
            reason=reason,
            body_hash=self.body_hash,
            after_signature=session.signed_at is not None,
        )
        entry.save(force_insert=True)
        if detail is not None:
            detail.entry = entry
            detail.save(force_insert=True)
        if entry.after_signature:
            words = reason or "Entry that arrived after the signature."
            Addendum.objects.create(session=session, entry=entry, text=words, added_at=self.at, added_by=self.by)
        return entry


def entry_action(verb):
    """Decorator: see the module. `verb` is the audit's word for it."""

    def wrap(function):
        @functools.wraps(function)
        def call(*, session, entry_id, by, at=None, when=None, **inputs):
            return _run(function, verb, session, entry_id, by, at or clock.now(), when or When(), inputs)

        call.__signature__ = _signature(function)
        return call

    return wrap


def _signature(function):
    kw = inspect.Parameter.KEYWORD_ONLY
    own = [p.replace(kind=kw) for p in list(inspect.signature(function).parameters.values())[1:]]
    first = [inspect.Parameter(n, kw) for n in ("session", "entry_id")]
    last = [inspect.Parameter("by", kw), *(inspect.Parameter(n, kw, default=None) for n in ("at", "when"))]
    return inspect.Signature([*first, *own, *last])


def _run(function, verb, session, entry_id, by, at, when, inputs):
    digest = body_digest(verb, session.pk, by, when.observed_at, inputs)
    with transaction.atomic():
        locked = lock(session)
        again = _known(entry_id, digest)
        if again is not None:
            return Recorded(again, False, locked.version)
        pen = Pen(locked, entry_id, by, at, when, digest, observed_time(when, at))
        try:
            with transaction.atomic():
                entry = function(pen, **inputs)
        except IntegrityError as problem:
            raise _as_refusal(problem) from problem
        alarms = follow(locked, entry, by=by, at=at)
        audit.record(verb, entry, by=by, patient=locked.patient, site=locked.site, at=at, reason=entry.reason)
        return Recorded(entry, True, bump(locked), alarms)


def _as_refusal(problem):
    """Two devices with one id, one entry corrected twice, values a CHECK refuses; anything else is our fault."""
    text = str(problem)
    if "entry_pkey" in text:
        return Conflict(Item("entry.id_taken", "This entry was already recorded with other content."))
    if "supersedes_id" in text:
        return Conflict(Item("entry.already_corrected", "Somebody has corrected this entry already: look again."))
    if getattr(problem.__cause__, "pgcode", "") == CHECK_VIOLATION:
        return Refused(Item("hard.together", "These values do not fit together."))
    raise problem


def _known(entry_id, digest):
    """The entry with this id when it is the same one; `Conflict` when it is another."""
    entry = Entry.objects.filter(pk=entry_id).first()
    if entry is not None and entry.body_hash != digest:
        raise Conflict(Item("entry.id_taken", "This entry was already recorded with other content."))
    return entry


def observed_time(when, at):
    """When it happened on our clock. A hand-typed time in the future is refused; a device's clock is corrected."""
    observed = when.observed_at or at
    if when.source in ("monitor",) or abs(when.clock_offset_s) > CLOCK_OFFSET_SECONDS:
        observed -= timedelta(seconds=when.clock_offset_s if abs(when.clock_offset_s) > CLOCK_OFFSET_SECONDS else 0)
        return min(observed, at)
    if observed > at + timedelta(seconds=CLOCK_OFFSET_SECONDS):
        raise Refused(Item("time.future", "That time is in the future.", field="observed_at"))
    return min(observed, at)


def body_digest(verb, session_id, by, observed_at, inputs):
    """SHA-256 over what was sent, so that the same id with another body is told apart."""
    body = {
        "verb": verb,
        "session": session_id,
        "by": getattr(by, "pk", None),
        "observed_at": observed_at,
        "inputs": inputs,
    }
    return hashlib.sha256(json.dumps(body, sort_keys=True, default=_plain).encode()).hexdigest()


def _plain(value):
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)


def at_time(pen, observed_at):
    """The same pen for another observed time (None: unchanged)."""
    return pen if observed_at is None else replace(pen, observed_at=observed_at)
