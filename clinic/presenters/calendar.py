"""Visits as a calendar file: one entry a visit, the same entry when it moves, taken out when it is cancelled."""

from datetime import UTC
from zoneinfo import ZoneInfo

from django.utils.translation import gettext
from icalendar import Calendar, Event

from clinic import clock, notify
from clinic.models import OCCUPIES, Appointment
from clinic.notify.base import Attachment
from clinic.notify.registry import compose

FILE = "visit.ics"
PRODUCT = "-//Tideline//Visits//EN"
COMING = (*OCCUPIES, "cancelled")


def calendar_file(appointments, at):
    """The visits as iCalendar text. Titles are neutral: they tell neither why nor what."""
    over = all(one.state == "cancelled" for one in appointments)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if over else "PUBLISH")
    for appointment in appointments:
        calendar.add_component(_event(appointment, at))
    return calendar.to_ical().decode()


def _event(appointment, at):
    """The UID stays for the life of the visit and SEQUENCE grows, so that a calendar changes the entry it has."""
    site, event = appointment.site, Event()
    event.add("uid", f"visit-{appointment.pk}@tideline")
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", appointment.starts_at.astimezone(UTC))
    event.add("dtend", appointment.ends_at.astimezone(UTC))
    event.add("summary", gettext("Visit at %(site)s") % {"site": site.short_name})
    event.add("location", " ".join(site.address.split()))
    event.add("status", "CANCELLED" if appointment.state == "cancelled" else "CONFIRMED")
    return event


def visits_of(message):
    """The visits a message is about: one, or all of a course still to come."""
    rows = Appointment.objects.select_related("site")
    if message.kind == "series_cancelled":
        rows = rows.filter(course=message.subject_id, state="cancelled", starts_at__gte=message.queued_at)
    elif message.subject_kind == "clinic.course":
        rows = rows.filter(course=message.subject_id, state__in=OCCUPIES, starts_at__gte=clock.now())
    else:
        rows = rows.filter(pk=message.subject_id, state__in=COMING)
    return list(rows.order_by("starts_at"))


@compose("series_booked")
def say_when(message, at):
    """The times of the visits still to come, a line each, in the language of whoever reads them."""
    own = ZoneInfo(message.patient.zone_name)
    said = [notify.when_words(one.starts_at, ZoneInfo(one.zone_name), own) for one in visits_of(message)]
    return {"when": "\n".join(said)} if said else {}


@notify.attach("visit_booked")
@notify.attach("visit_moved")
@notify.attach("visit_cancelled")
@notify.attach("series_booked")
@notify.attach("series_cancelled")
def attach_calendar(message):
    """The calendar file that goes with a message about visits; none when there is nothing left to put in."""
    visits = visits_of(message)
    return [Attachment(FILE, "text/calendar", calendar_file(visits, clock.now()))] if visits else []
