"""What the patient is told of bookings, and the calendar file that goes with it."""

import datetime as dt
from datetime import timedelta

import pytest
from icalendar import Calendar

from clinic import clock
from clinic.actions import appointments, series
from clinic.actions.series import Wish
from clinic.models import Message
from clinic.notify.registry import attachers
from tests import factories
from tests.people import people
from tests.standing import standing

pytestmark = pytest.mark.django_db


def everyone_with_a_course(made):
    version = factories.protocol_version(approved_by=made.prescriber)
    made.course = factories.course(of=made.patient, at_site=made.harbor, prescriber=made.prescriber, version=version)
    return made


p = standing(everyone_with_a_course, on=standing(people))


def at_hour(p, day=3, hour=9):
    date = clock.now().astimezone(p.harbor.zone).date() + timedelta(days=day)
    return dt.datetime.combine(date, dt.time(hour), tzinfo=p.harbor.zone).astimezone(dt.UTC)


def book(p, **changes):
    visit = {"patient": p.patient, "site": p.harbor, "kind": "infusion", "course": p.course, "by": p.front_desk}
    return appointments.book(**visit | {"starts_at": at_hour(p)} | changes)


def told():
    rows = Message.objects.filter(kind__in=["visit_booked", "visit_moved", "visit_cancelled", "series_booked"])
    return [(row.kind, row.state) for row in rows.order_by("queued_at", "kind")]


def entries(kind):
    message = Message.objects.get(kind=kind)
    [file] = attachers[kind](message)
    calendar = Calendar.from_ical(file.content)
    return calendar, calendar.walk("VEVENT")


def test_one_visit_is_one_message_with_a_neutral_calendar_entry(p):
    made = book(p)
    assert told() == [("visit_booked", "due")]
    calendar, [event] = entries("visit_booked")
    assert str(event["UID"]) == f"visit-{made.pk}@tideline"
    assert (event["SEQUENCE"], str(event["STATUS"]), str(calendar["METHOD"])) == (0, "CONFIRMED", "PUBLISH")
    assert event.decoded("DTSTART") == made.starts_at
    assert str(event["SUMMARY"]) == "Visit at Harbor clinic"
    assert "nfusion" not in calendar.to_ical().decode()


def test_moving_changes_the_same_entry_and_takes_back_what_was_not_sent(p):
    made = book(p)
    moved = appointments.move(appointment=made, starts_at=at_hour(p, hour=13), by=p.front_desk)
    assert sorted(told()) == [("visit_booked", "withdrawn"), ("visit_moved", "due")]
    _, [event] = entries("visit_moved")
    assert (str(event["UID"]), event["SEQUENCE"]) == (f"visit-{made.pk}@tideline", 1)
    assert event.decoded("DTSTART") == moved.starts_at


def test_cancelling_takes_the_entry_out(p):
    made = book(p)
    appointments.cancel(appointment=made, reason="ill", by=p.front_desk)
    calendar, [event] = entries("visit_cancelled")
    assert (str(calendar["METHOD"]), str(event["STATUS"]), event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)


def test_a_series_is_one_message_with_all_its_entries_and_one_more_when_it_shifts(p):
    wishes = [Wish(at_hour(p, day)) for day in (3, 6, 9)]
    made = series.book_series(course=p.course, wishes=wishes, by=p.front_desk)
    assert told() == [("series_booked", "due")]
    _, events = entries("series_booked")
    assert [str(event["UID"]) for event in events] == [f"visit-{one.pk}@tideline" for one in made]
    series.shift_series(course=p.course, days=7, by=p.front_desk)
    assert sorted(told()) == [("series_booked", "due"), ("series_booked", "withdrawn")]


def test_nothing_is_said_about_what_is_over_or_to_nobody(p):
    start = at_hour(p, day=-10)
    book(p, starts_at=start, at=start - timedelta(days=3))
    p.patient.email = ""
    p.patient.save()
    book(p, patient=p.patient)
    assert told() == []
