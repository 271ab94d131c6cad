"""Whether this installation can work: each part answers in one word, none of them tells more than that."""

from datetime import datetime, timedelta

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from clinic import live
from clinic.models import DeploymentMark, Heartbeat

OK = "ok"


def readiness(at: datetime) -> dict[str, str]:
    """Return "ok" or one word of trouble for each part, at the given time."""
    parts = {"database": _database(), "redis": _redis()}
    if parts["database"] == OK:
        parts |= {"migrations": _migrations(), "beat": _beat(at), "data": _data()}
    return parts


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
