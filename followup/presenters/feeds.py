"""One person's bookings as a calendar: where and when, never who or what for."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event

from clinic.presenters.calendar import PRODUCT
from followup.queries import feeds as queries

REFRESH = timedelta(minutes=30)


def feed_text(feed, at: datetime) -> str:
    """The feed as iCalendar text. The title names site and chair; nobody's name and no treatment stands in it."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Tideline")
    calendar.add("refresh-interval", REFRESH)
    calendar.add("x-published-ttl", "PT30M")
    claims = queries.bookings_of(feed.user, at)
    chairs = queries.chairs_of(claims)
    for claims_of_one in _by_visit(claims):
        calendar.add_component(_visit(claims_of_one, chairs, at))
    for absence in queries.absences_of(feed.user, at):
        calendar.add_component(_absence(absence, at))
    return calendar.to_ical().decode()


def _by_visit(claims):
    """A nurse may hold several lanes of one visit: one entry each visit all the same."""
    found = {}
    for claim in claims:
        found.setdefault(claim.appointment_id, claim)
    return found.values()


def _visit(claim, chairs, at) -> Event:
    visit, event = claim.appointment, Event()
    chair = chairs.get(visit.pk)
    event.add("uid", f"booking-{visit.pk}@tideline")
    event.add("sequence", visit.sequence)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", claim.during.lower.astimezone(UTC))
    event.add("dtend", claim.during.upper.astimezone(UTC))
    event.add("summary", f"Chair {chair}" if chair else "Booked")
    event.add("location", visit.site.short_name)
    event.add("class", "PRIVATE")
    event.add("url", settings.BASE_URL.rstrip("/") + reverse("followup:visit-show", args=[visit.pk]))
    return event


def _absence(absence, at) -> Event:
    event = Event()
    event.add("uid", f"absence-{absence.pk}@tideline")
    event.add("dtstamp", at.astimezone(UTC))
    begin = absence.during.lower or at - queries.BEHIND
    event.add("dtstart", begin.astimezone(UTC))
    event.add("dtend", (absence.during.upper or begin + queries.AHEAD).astimezone(UTC))
    event.add("summary", "Away")
    event.add("class", "PRIVATE")
    return event
