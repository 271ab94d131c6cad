"""The one clock. Actions take `at=None` and read this once; rules are handed the time."""

from django.utils import timezone


def now():
    """The present moment, aware, in UTC."""
    return timezone.now()
