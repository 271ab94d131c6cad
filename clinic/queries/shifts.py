"""Who works when, and which visits lie outside it. Reads only."""

from datetime import date, time, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject, Lower, Upper

from clinic.models import Shift, ShiftDay
from clinic.queries.away import parts_of
from clinic.rules.booking import Span
from clinic.rules.shifts import Shifts, Weekly

LOOK_AHEAD = timedelta(days=400)


def said_of_memberships(memberships):
    """The memberships with what is said of each one's hours at that site, for `shifts_of`: still one query."""
    week = JSONObject(weekday="weekday", starts="starts", ends="ends", first=Lower("days"), until=Upper("days"))
    weeks = Shift.objects.filter(user=OuterRef("user"), site=OuterRef("site"), days__isempty=False).order_by("pk")
    other = ShiftDay.objects.filter(user=OuterRef("user"), site=OuterRef("site"), called_off_at__isnull=True)
    day = JSONObject(day="day", starts="starts", ends="ends")
    return memberships.annotate(
        weeks=ArraySubquery(weeks.values(said=week)), other_days=ArraySubquery(other.order_by("pk").values(said=day))
    )


def shifts_of(membership):
    """The hours of one membership read with `said_of_memberships`."""
    weekly = tuple(_weekly(row) for row in membership.weeks)
    other = {
        date.fromisoformat(row["day"]): (time.fromisoformat(row["starts"]), time.fromisoformat(row["ends"]))
        for row in membership.other_days
    }
    return Shifts(weekly, other)


def _weekly(row):
    until = date.fromisoformat(row["until"]) if row["until"] else None
    return Weekly(
        row["weekday"],
        time.fromisoformat(row["starts"]),
        time.fromisoformat(row["ends"]),
        date.fromisoformat(row["first"]),
        until,
    )


def shifts_at(user, site):
    """The hours of this person at this site, read from the rows. Two queries."""
    weekly = tuple(
        Weekly(row.weekday, row.starts, row.ends, row.days.lower, row.days.upper)
        for row in Shift.objects.filter(user=user, site=site, days__isempty=False)
    )
    other = {row.day: (row.starts, row.ends) for row in days_ahead([user], site)}
    return Shifts(weekly, other)


def days_ahead(users, site, today=None):
    """Days with other hours of these users that still stand, from `today` on, the soonest first."""
    rows = ShiftDay.objects.filter(user__in=users, site=site, called_off_at__isnull=True)
    rows = rows.filter(day__gte=today) if today else rows
    return list(rows.select_related("user", "noted_by").order_by("day", "user__name"))


def outside_shifts(user, site, at):
    """Visits of this person at the site still to come that lie outside their hours, in order of time."""
    parts, shifts = parts_of([user], Span(at, at + LOOK_AHEAD), site=site), shifts_at(user, site)
    return outside(parts, shifts, site.zone)


def outside(parts, shifts, zone):
    """The visits of those parts (claims) that lie outside the hours, each once, in their order."""
    found = {}
    for part in parts:
        mine = Span(part.during.lower, part.during.upper)
        days = {mine.start.astimezone(zone).date(), mine.end.astimezone(zone).date()}
        if any(mine.overlaps(off) for off in shifts.off(sorted(days), zone)):
            found[part.appointment_id] = part.appointment
    return list(found.values())
