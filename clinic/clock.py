"""The one clock. Actions take `at=None` and read this once; rules are handed the time."""

from datetime import UTC, datetime

from django.utils import timezone


def now():
    """The present moment, aware, in UTC."""
    return timezone.now()


def at(seconds):
    """A moment given as seconds since 1970, aware, in UTC."""
    return datetime.fromtimestamp(seconds, tz=UTC)
