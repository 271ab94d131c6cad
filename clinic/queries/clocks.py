"""How far the clocks of one installation are from each other. Reads only.

45 CFR 170.210(g) wants the times of the record to be those of a synchronised clock.
"""

from datetime import UTC, datetime, timedelta

import redis
from django.conf import settings
from django.db import connection

from clinic import clock, live

WARN = timedelta(seconds=2)  # source: reference, trust 1.3


def offsets() -> dict[str, timedelta]:
    """{name: its clock minus this process's}, of the database and, where it answers, of Redis."""
    asked = {"the database": _database, "Redis": _redis}
    found = {name: _offset(ask) for name, ask in asked.items()}
    return {name: off for name, off in found.items() if off is not None}


def _offset(ask):
    """Against the middle of the question: half of its time was the way there."""
    begun = clock.now()
    told = ask()
    return None if told is None else told - (begun + (clock.now() - begun) / 2)


def _database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def _redis():
    try:
        seconds, micros = live.client(settings.REDIS_URL).time()
    except (redis.RedisError, OSError):
        return None
    return datetime.fromtimestamp(seconds, UTC) + timedelta(microseconds=micros)


def is_apart(found) -> bool:
    """Is a clock more than two seconds away?"""
    return any(abs(off) > WARN for off in found.values())
