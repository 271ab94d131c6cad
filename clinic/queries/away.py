"""Which visits an absence or a closed day hits. Reads only."""

from datetime import time, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from clinic.models import Appointment, ClosedDay, ResourceClaim, StaffAbsence
from clinic.rules.booking import Span, wall
from clinic.rules.visits import CAN_MOVE

DAY = timedelta(days=1)


def parts_of(users, span, *, site=None):
    """Parts that these users have in visits still to come within the span (claims), in order of time. One query."""
    rows = ResourceClaim.objects.filter(
        user__in=users, occupies=True, appointment__state__in=CAN_MOVE,
        during__overlap=DateTimeTZRange(span.start, span.end),
    )  # fmt: skip
    rows = rows.filter(appointment__site=site) if site is not None else rows
    related = ("appointment__patient", "appointment__site", "appointment__course", "user")
    return list(rows.select_related(*related).order_by("appointment__starts_at", "lane"))


def visits_between(site, first, last):
    """Visits still to come on these local days, both included, in order of time. One query."""
    rows = Appointment.objects.filter(site=site, state__in=CAN_MOVE, starts_at__gte=wall(first, time(0), site.zone))
    rows = rows.filter(starts_at__lt=wall(last + DAY, time(0), site.zone))
    return list(rows.select_related("patient", "site").order_by("starts_at"))


def outside(visits, closed_day):
    """Those of the visits that lie on that day and not within its own hours; closed all day: all of that day."""
    zone, day = closed_day.site.zone, closed_day.day
    mine = [one for one in visits if one.starts_at.astimezone(zone).date() == day]
    if closed_day.opens is None:
        return mine
    opened = Span(wall(day, closed_day.opens, zone), wall(day, closed_day.closes, zone, later=True))
    return [one for one in mine if not opened.holds(Span(one.starts_at, one.ends_at))]


def absences_ahead(users, at):
    """Absences of these users that still stand and are not over, the soonest first."""
    rows = StaffAbsence.objects.filter(user__in=users, called_off_at__isnull=True, during__endswith__gt=at)
    return list(rows.select_related("user", "noted_by").order_by("during__startswith"))


def closed_days_ahead(site, today):
    """Days from today on with hours of their own, the soonest first."""
    return list(ClosedDay.objects.filter(site=site, day__gte=today).select_related("site").order_by("day"))
