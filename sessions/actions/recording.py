"""How an entry comes into the record: once, in order, with both times and its author; then everything follows from it.

`@entry_action` wraps a function `(pen, **inputs) -> Entry`. Callers say `session`, `entry_id` (made by the device),
`by`, `at=None`, `when=None` beside the function's own inputs, and get a `Recorded`. The same id with the same inputs
is recorded once; with other inputs it is a `Conflict`.
"""

import functools
import hashlib
import inspect
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, models, transaction

from clinic import audit, clock, rows
from clinic.refusal import Conflict, Item, Refused
from sessions.actions.following import follow, is_calm
from sessions.actions.sessions import announce
from sessions.models import Addendum, Entry
from sessions.queries.standing import locked_standing

# A device's clock further off than this is corrected and flagged; entries older than this are marked late.
CLOCK_OFFSET_SECONDS = 60
LATE_AFTER = timedelta(minutes=5)
CHECK_VIOLATION = "23514"


@dataclass(frozen=True)
class When:
    """When and how it happened: observed at (None: now), source, who sent it, the device's clock minus ours.

    Written without network: by which tablet and ticket, at what time of the tablet's own clock, with a note where
    something about it is odd. `is_stamp`: the time is when it was written down, nobody typed one; sent a second time
    it is the same entry as one sent at once, whose answer got lost.
    """

    observed_at: datetime | None = None
    source: str = "typed"
    sent_by: object = None
    clock_offset_s: int = 0
    tablet: object = None
    tablet_at: datetime | None = None
    ticket: object = None
    note: str = ""
    is_stamp: bool = False


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
    standing: object
    observed_at: datetime = None
    waiting: list = field(default_factory=list)

    def write(self, kind, detail, *, role="observation", supersedes=None, reason="", waits=False):
        """Write header and detail (an unsaved model instance, None for a strike); return the `Entry`.

        `waits`: the rows go to the database together with the audit's, unless `send` is called before.
        """
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
            tablet=self.when.tablet,
            tablet_at=self.when.tablet_at,
            ticket=self.when.ticket,
            reason=" ".join(filter(None, [reason, self.when.note])),
            body_hash=self.body_hash,
            after_signature=session.signed_at is not None,
        )
        self.waiting.append(entry)
        if detail is not None:
            detail.entry = entry
            self.waiting.append(detail)
        if entry.after_signature:
            words = reason or "Entry that arrived after the signature."
            self.waiting.append(Addendum(session=session, entry=entry, text=words, added_at=self.at, added_by=self.by))
        if not waits:
            self.send()
        return entry

    def send(self, *more, changed=()):
        """What waits, and `more`, to the database in one round trip. Raises Refused or Conflict for what it refuses."""
        waiting, self.waiting = [*self.waiting, *more], []
        try:
            rows.send(waiting, changed)
        except IntegrityError as problem:
            raise _as_refusal(problem) from problem


def entry_action(verb):
    """Decorator: see the module. `verb` is the audit's word for it."""

    def wrap(function):
        @functools.wraps(function)
        def call(*, session, entry_id, by, at=None, when=None, **inputs):
            return _run(function, verb, session, entry_id, by, at, when or When(), inputs)

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
    digest = body_digest(verb, session.pk, by, None if when.is_stamp else when.observed_at, inputs)
    with transaction.atomic():
        locked, standing = locked_standing(session, entry_id)
        # Read once it is our turn: an earlier "now" would not see what somebody recorded while we waited.
        at = at or clock.now()
        if standing.known_hash is not None:
            return Recorded(_same(entry_id, standing.known_hash, digest), False, locked.version)
        pen = Pen(locked, entry_id, by, at, when, digest, standing, observed_time(when, at))
        entry = _written(function, pen, inputs)
        alarms = [] if is_calm(entry, locked, standing) else _followed(pen, entry)
        locked.version += 1
        pen.send(_audit(verb, entry, locked, by, when, at), changed=[(locked, ("version", "last_seq"))])
        announce(locked)
        return Recorded(entry, True, locked.version, alarms)


def _written(function, pen, inputs):
    try:
        return function(pen, **inputs)
    except IntegrityError as problem:
        raise _as_refusal(problem) from problem


def _followed(pen, entry):
    """The alarms that the entry raised, with the rest of what follows from it."""
    pen.send()
    return follow(pen.session, entry, by=pen.by, at=pen.at)


def _audit(verb, entry, session, by, when, at):
    """Who acted is who sent it; of what was written without network the author stands beside."""
    detail = {"author": str(by.pk), "source": when.source} if when.sent_by not in (None, by) else None
    return audit.event(
        verb, entry, by=when.sent_by or by, patient=session.patient, site=session.site, at=at, reason=entry.reason,
        detail=detail,
    )  # fmt: skip


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


def _same(entry_id, known_hash, digest):
    """The entry with this id, when it is the same one; raises `Conflict` when it is another."""
    if known_hash != digest:
        raise Conflict(Item("entry.id_taken", "This entry was already recorded with other content."))
    return Entry.objects.get(pk=entry_id)


def observed_time(when, at):
    """When it happened on our clock. A hand-typed time in the future is refused; a device's clock is corrected.

    What was written without network comes here with its time corrected already (`sessions.rules.offline`).
    """
    observed = when.observed_at or at
    if when.source == "offline":
        return min(observed, at)
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
