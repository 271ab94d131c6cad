"""Live notices: who changed what, never what it says. A page that hears of it fetches through its normal door.

`announce` puts one entry on the site's capped Redis Stream; the stream process (clinic/project/live.py) passes it to
the browsers that hold a ticket. A lost notice loses nothing: pages look again every 30 seconds by themselves.
"""

import hashlib
import json
import logging
import time
from functools import cache
from uuid import UUID

import redis
from django.conf import settings
from django.core import signing
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

STREAM = "tideline:live:{site}"
KEPT_ENTRIES = 2000
EPOCH = "tideline:live:epoch"
ENDED = "tideline:live:ended"
SALT = "clinic.live.ticket"
TICKET_SECONDS = 15
RENEW_SECONDS = 8
QUIET_SECONDS = 5.0  # after a failure Redis is left alone for so long, so that no save waits for it twice

_quiet_until = 0.0


def announce(site_id: UUID | str, topic: str, ident: UUID | str, version: int | str = 0) -> None:
    """Tell the site's open pages that `topic` `ident` is now at `version`. Call it on commit; it never raises.

    `topic` is one lower-case word ("session", "alert", "task", "appointment"...); nothing clinical goes in.
    """
    global _quiet_until
    if time.monotonic() < _quiet_until:
        return
    news = json.dumps({"topic": topic, "id": str(ident), "version": version}, separators=(",", ":"))
    try:
        _add(STREAM.format(site=site_id), {"n": news, "t": topic})
    except (RedisError, OSError) as problem:
        _quiet_until = time.monotonic() + QUIET_SECONDS
        log.warning("A live notice was lost, Redis does not answer: %s", type(problem).__name__)


def end(*, user_id: UUID | str, session_key: str = "") -> None:
    """Close the streams of one sign-in at once, or of this user everywhere; tickets given before now open nothing.

    Called after the commit when somebody signs out, loses a role or is switched off, or a screen is revoked. It never
    raises: without Redis there is no stream, and a ticket that is not renewed ends within TICKET_SECONDS anyway.
    """
    who = {"h": holder_of(user_id, session_key)} if session_key else {"u": person_of(user_id)}
    try:
        _add(ENDED, who | {"at": repr(time.time())})
    except (RedisError, OSError) as problem:
        log.warning("A stream was not closed at once, Redis does not answer: %s", type(problem).__name__)


def _add(stream: str, entry: dict) -> None:
    client(settings.REDIS_URL).xadd(stream, entry, maxlen=KEPT_ENTRIES, approximate=True)


@cache
def client(url: str) -> redis.Redis:
    """Return this process's client of the Redis at `url`; it gives up within a second."""
    return redis.from_url(url, socket_connect_timeout=0.5, socket_timeout=1.0)


def ticket(
    *,
    user_id: UUID | str,
    site_id: UUID | str,
    session_key: str,
    now: float,
    topics: tuple[str, ...] = (),
    here: dict | None = None,
) -> str:
    """Return a signed ticket for the stream of one site, good for TICKET_SECONDS from `now` (seconds, epoch).

    The holder is told by user and a digest of the sign-in's session, so that a renewal reaches its own streams only.
    With `topics` the stream passes on these alone. `here` names the page for others who have it open: see `place`.
    """
    said = {"h": holder_of(user_id, session_key), "u": person_of(user_id), "s": str(site_id), "e": now + TICKET_SECONDS}
    said |= ({"t": list(topics)} if topics else {}) | ({"p": here} if here else {})
    return signing.dumps(said, salt=SALT)


def place(*, ident: UUID | str, name: str, writes: bool) -> dict:
    """Who is at the page of `ident`, as a ticket says it to others who are there too: a name of staff, nothing else."""
    return {"at": str(ident), "n": name, "w": writes}


def holder_of(user_id: UUID | str, session_key: str) -> str:
    """One sign-in of one user, as a digest."""
    return _digest(f"{user_id}/{session_key}")


def person_of(user_id: UUID | str) -> str:
    """One user, or one screen on a wall, as a digest."""
    return _digest(f"{user_id}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def read_ticket(text: str, *, now: float) -> dict | None:
    """Return what a ticket says, or None when it is forged, of another kind or past its time."""
    try:
        said = signing.loads(text, salt=SALT, max_age=TICKET_SECONDS * 2)
    except signing.BadSignature:
        return None
    return said if said["e"] > now else None
