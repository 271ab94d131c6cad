"""A private address under which a calendar program reads one person's own bookings."""

import pghistory
from django.db import models
from django.db.models import Q

from clinic.models.base import SAFE, Row


@pghistory.track()
class CalendarFeed(Row):
    """Only a hash of the address is kept; making a new one ends the old one."""

    CLASSIFY = {"token_hash": SAFE, "made_at": SAFE, "revoked_at": SAFE}

    user = models.ForeignKey("clinic.User", models.PROTECT, related_name="calendar_feeds")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(revoked_at__isnull=True), name="calendar_feed_one_open"
            )
        ]
