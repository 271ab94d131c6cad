"""A private address for one's own calendar: made, replaced, ended. Only a hash of it is kept."""

import secrets
from datetime import datetime

from django.db import transaction

from clinic import audit, clock, links
from clinic.models import User
from followup.models import CalendarFeed


@transaction.atomic
def make_feed(*, by: User, at: datetime | None = None) -> tuple[CalendarFeed, str]:
    """A new address for the bookings of `by`; the old one ends at once. Returns (feed, token): shown once, not kept."""
    at = at or clock.now()
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    end_feed(by=by, at=at)
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(user=by, token_hash=links.digest(token), made_at=at)
    audit.record("feed.made", feed, by=by, at=at)
    return feed, token


@transaction.atomic
def end_feed(*, by: User, at: datetime | None = None) -> int:
    """End the address in force, if there is one; returns how many were ended."""
    at = at or clock.now()
    rows = list(CalendarFeed.objects.select_for_update().filter(user=by, revoked_at__isnull=True))
    for feed in rows:
        feed.revoked_at = at
        feed.save(update_fields=["revoked_at"])
        audit.record("feed.ended", feed, by=by, at=at)
    return len(rows)
