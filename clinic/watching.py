"""Counts what one person opens, takes out, asks for in vain and searches, while it happens.

The counts stand in Redis under opaque keys and are gone with their time; without Redis nothing is counted here, and the
look over the audit each minute (`clinic.actions.watching`) still raises what is odd. What is stopped is only the next
new record, file or search: what somebody already has before them stays open.
"""

import hashlib
import logging
import time
from dataclasses import dataclass

from django.conf import settings
from redis.exceptions import RedisError

from clinic import audit, live
from clinic.rules import watching as rules

log = logging.getLogger(__name__)

KEY = "tideline:watch:{kind}:{who}"
SEARCHES = ("clinic:patient-find", "clinic:patient-likely")

_quiet_until = 0.0


@dataclass(frozen=True)
class Found:
    """One count that this answer added to: `verdict` is of clinic.rules.watching, `is_crossed` if a bar was passed."""

    bound: rules.Bound
    count: int
    verdict: str
    is_crossed: bool


def judge(request, response, *, is_open):
    """What this answer to a member of staff adds to their counts. `is_open()` is asked for files only.

    What is stopped is not counted: it stays new, and is stopped again until older ones have run out of their time.
    """
    factor = settings.ACCESS_LIMIT_FACTOR
    return [_found(request, *one, factor) for one in _added(request, response, is_open)] if factor else []


def _found(request, bound, names, factor):
    key = KEY.format(kind=f"{bound.kind}-{bound.odd}", who=_digest(request.user.pk))
    count, new = _count(key, bound, names)
    verdict = bound.verdict(count, factor) if new else rules.FINE
    if verdict == rules.STOP:
        _ask(lambda client: client.zrem(key, *new))
    return Found(bound, count, verdict, bool(new) and bound.is_crossed(count - len(new), count, factor))


def _added(request, response, is_open):
    """(bound, names) of each count this answer adds to: the same name twice counts once."""
    if response.status_code in (403, 404):
        yield rules.REFUSED, _names(1)
    if patients := _patients(request):
        yield rules.RECORDS, [_digest(pk) for pk in sorted(patients)]
    if response.status_code == 200 and rules.is_file(*_kind_of(response)):
        bound = rules.files_bound(is_open=is_open())
        yield bound, _names(rules.weight(_lines(response), bound))
    if request.method == "POST" and request.resolver_match and request.resolver_match.view_name in SEARCHES:
        yield rules.SEARCHES, _names(1)


def _patients(request):
    """Whose records were looked at, but the one of an emergency look: that has its own review."""
    seen = audit.patients_seen(request)
    return seen - {request.glass.patient_id} if request.glass else seen


def _kind_of(response):
    return response.headers.get("Content-Type", ""), response.headers.get("Content-Disposition", "")


def _lines(response):
    if response.streaming:
        return None
    return response.content.count(b"\n") if response.headers.get("Content-Type", "").startswith("text/csv") else 0


def _names(amount):
    now = time.time()
    return [f"{now:.6f}.{number}" for number in range(amount)]


def _count(key, bound, names):
    """(how many within the time with these, which of them are new). (0, []) without Redis."""
    now = time.time()

    def add(client):
        with client.pipeline() as pipe:
            pipe.zremrangebyscore(key, 0, now - bound.seconds)
            for name in names:
                pipe.zadd(key, {name: now}, nx=True)
            pipe.zcard(key)
            pipe.expire(key, bound.seconds)
            _, *added, count, _ = pipe.execute()
        return count, [name for name, new in zip(names, added, strict=True) if new]

    return _ask(add) or (0, [])


def _ask(question):
    """What Redis answers; None when it is away, and then it is left alone for a while."""
    global _quiet_until
    if time.monotonic() < _quiet_until:
        return None
    try:
        return question(live.client(settings.REDIS_URL))
    except (RedisError, OSError) as problem:
        _quiet_until = time.monotonic() + live.QUIET_SECONDS
        log.warning("Access was not counted, Redis does not answer: %s", type(problem).__name__)
        return None


def _digest(text):
    return hashlib.sha256(f"{text}".encode()).hexdigest()[:20]
