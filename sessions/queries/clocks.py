"""How far the tablets' and monitors' clocks were off in the last day. Reads only."""

from datetime import timedelta

from django.db.models import Max
from django.db.models.functions import Abs

from clinic import health
from sessions.models import Entry

DAY = timedelta(days=1)
FLAGGED = 60  # seconds from which a device's offset is corrected and flagged (record, promise 2)


def care_of_devices(at) -> health.Care:
    """One line of the health page: the largest offset of a device in the sessions of the last day."""
    rows = Entry.objects.filter(session__checked_in_at__gte=at - DAY, received_at__gte=at - DAY)
    most = rows.aggregate(most=Max(Abs("clock_offset_s")))["most"] or 0
    if most > FLAGGED:
        return health.Care(
            health.CAUTION,
            f"A tablet or monitor was {most} s off in the last day. Its times were corrected and marked.",
        )
    return health.Care(health.OK, f"At most {most} s off in the last day.")


def care() -> None:
    """Put the line on the health page."""
    health.care("devices", "Clocks of tablets and monitors", care_of_devices)
