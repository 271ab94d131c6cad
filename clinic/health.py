"""Whether this installation can work: each part answers in one word, none of them tells more than that."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from clinic import live
from clinic.models import DeploymentMark, Heartbeat

OK, CAUTION, ALARM = "ok", "caution", "alarm"


@dataclass(frozen=True)
class Care:
    """How something stands that the admins care for, though pages work without it: a level, and a sentence."""

    level: str
    words: str


_cares: dict[str, tuple[str, Callable[[datetime], Care]]] = {}
_watched: dict[str, tuple[Callable[[], str], Callable[[], str]]] = {}


def watch(part: str, ask: Callable[[], str], tell: Callable[[], str]) -> None:
    """Let an upper floor add a part, from its apps.py.

    `ask` answers "ok" or one word of trouble, `tell` says the trouble in a sentence for the set-up's first page.
    """
    _watched[part] = (ask, tell)


def care(name: str, label: str, ask: Callable[[datetime], Care]) -> None:
    """Add a line to the health page, from an apps.py. It does not touch readiness: nobody is sent away for it."""
    _cares[name] = (label, ask)


def cares(at: datetime) -> list[tuple[str, Care]]:
    """Every such line, with its label, at the given time."""
    return [(label, ask(at)) for label, ask in _cares.values()]


def watched() -> dict[str, str]:
    """What the parts of the upper floors answer now."""
    return {part: ask() for part, (ask, tell) in _watched.items()}


def troubles() -> list[str]:
    """A sentence for each part of the upper floors that is not well."""
    return [tell() for ask, tell in _watched.values() if ask() != OK]


def readiness(at: datetime) -> dict[str, str]:
    """Return "ok" or one word of trouble for each part, at the given time."""
    parts = {"database": _database(), "redis": _redis()}
    if parts["database"] == OK:
        parts |= {"migrations": _migrations(), "beat": _beat(at), "data": _data()}
    return parts | watched()


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "away"
    return OK


def _redis() -> str:
    try:
        live.client(settings.REDIS_URL).ping()
    except (redis.RedisError, OSError):
        return "away"
    return OK


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    return "pending" if executor.migration_plan(executor.loader.graph.leaf_nodes()) else OK


def _beat(at: datetime) -> str:
    beat = Heartbeat.objects.filter(part="beat").first()
    if beat is None:
        return "never"
    return OK if at - beat.at <= timedelta(seconds=settings.BEAT_STALE_SECONDS) else "late"


def _data() -> str:
    demo = not settings.TIDELINE_DEVELOPMENT and DeploymentMark.objects.filter(kind="demo").exists()
    return "demo" if demo else OK
