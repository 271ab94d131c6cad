"""Whose bookings an address shows, and which; reads only."""

from datetime import datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from clinic import audit, links
from clinic.access import CARE_TEAM
from clinic.models import Membership, ResourceClaim, StaffAbsence, User
from followup.models import CalendarFeed

BEHIND, AHEAD = timedelta(days=14), timedelta(days=180)


def feed_by_token(token: str, at: datetime) -> CalendarFeed | None:
    """The feed of an address, while its person works here: a person switched off or without a site has none."""
    rows = CalendarFeed.objects.filter(token_hash=links.digest(token), revoked_at__isnull=True)
    feed = rows.select_related("user").first()
    if feed is None or not feed.user.is_active or not sites_of(feed.user, at):
        return None
    return feed


def sites_of(user: User, at: datetime) -> list:
    """Where somebody works in the care team now."""
    rows = Membership.objects.active(at).filter(user=user, role__in=CARE_TEAM)
    return list(rows.values_list("site", flat=True).distinct())


def feed_of(user: User) -> CalendarFeed | None:
    """The address in force of somebody."""
    return CalendarFeed.objects.filter(user=user, revoked_at__isnull=True).first()


def bookings_of(user: User, at: datetime) -> list[ResourceClaim]:
    """Claims on this person's time, two weeks back and half a year ahead, at the sites where they work."""
    window = DateTimeTZRange(at - BEHIND, at + AHEAD)
    rows = ResourceClaim.objects.filter(
        user=user, during__overlap=window, occupies=True, appointment__site__in=sites_of(user, at)
    )
    return list(rows.select_related("appointment__site").order_by("during", "lane"))


def chairs_of(claims) -> dict:
    """appointment id -> label of its chair. One query."""
    ids = [claim.appointment_id for claim in claims]
    rows = ResourceClaim.objects.filter(appointment__in=ids, chair__isnull=False, occupies=True)
    return dict(rows.values_list("appointment", "chair__label"))


def absences_of(user: User, at: datetime) -> list[StaffAbsence]:
    """When this person is away in the same time."""
    window = DateTimeTZRange(at - BEHIND, at + AHEAD)
    rows = StaffAbsence.objects.filter(user=user, during__overlap=window, called_off_at__isnull=True)
    return list(rows.order_by("during"))


def note_look(feed: CalendarFeed) -> None:
    """A calendar program has read the feed: a look, by the person it belongs to."""
    audit.event("look followup:feed", feed, by=feed.user, is_look=True).save(force_insert=True)
