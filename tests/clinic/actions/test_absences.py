"""Absences and closed days: nothing new is booked then, what is booked becomes a task; and the rest of a series."""

import datetime as dt
from datetime import date, time, timedelta

import pytest
import time_machine

from clinic.actions import absences, appointments, series, series_changes
from clinic.actions.series import Wish
from clinic.models import Appointment, AuditEvent, ClosedDay, Hold, Message, StaffAbsence, Task
from clinic.refusal import Conflict, Refused
from tests import factories
from tests.people import people

pytestmark = pytest.mark.django_db
NINE = dt.datetime(2026, 5, 14, 13, tzinfo=dt.UTC)  # 09:00 in New York
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
THURSDAY = date(2026, 5, 14)


@pytest.fixture
def p():
    with time_machine.travel(NINE - DAY, tick=False):
        made = people()
        type(made.patient).objects.filter(pk=made.patient.pk).update(email="ngozi@tideline.example")
        made.patient.refresh_from_db()
        version = factories.protocol_version(approved_by=made.prescriber)
        made.course = factories.course(
            of=made.patient, at_site=made.harbor, prescriber=made.prescriber, version=version
        )  # fmt: skip
        yield made


def book(p, starts_at=NINE, **asked):
    return appointments.book(
        patient=p.patient, site=p.harbor, kind="infusion", course=p.course, starts_at=starts_at, by=p.front_desk,
        **asked,
    )  # fmt: skip


def away(p, user=None, start=NINE - HOUR, end=NINE + 8 * HOUR, **more):
    return absences.note_absence(user=user or p.nurse, site=p.harbor, start=start, end=end, by=p.front_desk, **more)


def test_nobody_is_booked_with_somebody_who_is_away(p):
    made = away(p, kind="ill", why="Flu")
    with pytest.raises(Conflict, match="is away"):
        book(p, nurse=p.nurse)
    assert AuditEvent.objects.get(verb="absence.noted").subject_id == made.pk
    assert not Task.objects.filter(kind="booking").exists()
    assert book(p)


def test_visits_in_an_absence_become_one_task_of_the_front_desk(p):
    visit = book(p, nurse=p.nurse)
    away(p)
    task = Task.objects.get(kind="booking")
    assert (task.for_role, "1 visit" in task.title) == ("front_desk", True)
    assert Appointment.objects.get(pk=visit.pk).state == "booked"


def test_an_absence_overlaps_no_other_and_is_called_off_once(p):
    made = away(p)
    with pytest.raises(Conflict, match="away then already"):
        away(p, start=NINE, end=NINE + DAY)
    absences.call_off_absence(absence=made, site=p.harbor, by=p.front_desk)
    assert book(p, nurse=p.nurse)
    with pytest.raises(Refused, match="already"):
        absences.call_off_absence(absence=made, site=p.harbor, by=p.front_desk)
    assert away(p)
    assert StaffAbsence.objects.count() == 2


def test_somebody_of_another_clinic_is_not_noted_here(p):
    with pytest.raises(Refused, match="does not work"):
        away(p, user=p.stranger)


def test_a_closed_day_takes_no_bookings_and_says_what_is_booked(p):
    book(p)
    closed = absences.close_day(site=p.harbor, day=THURSDAY, by=p.clinic_admin, why="Water")
    assert "1 visit to move" in Task.objects.get(kind="booking").title
    with pytest.raises(Refused, match="closed"):
        book(p, NINE + 3 * HOUR)
    absences.open_day_again(closed_day=closed, by=p.clinic_admin)
    assert not ClosedDay.objects.exists()
    assert AuditEvent.objects.filter(verb__in=["site.day_closed", "site.day_opened"]).count() == 2
    assert book(p, NINE + 3 * HOUR)


def test_a_day_with_other_hours_hits_only_what_lies_outside(p):
    book(p)
    absences.close_day(site=p.harbor, day=THURSDAY, opens=time(9), closes=time(12), by=p.clinic_admin)
    assert not Task.objects.filter(kind="booking").exists()
    with pytest.raises(Refused, match="open 09:00 to 12:00"):
        book(p, NINE + 2 * HOUR)
    with pytest.raises(Conflict, match="hours of its own already"):
        absences.close_day(site=p.harbor, day=THURSDAY, by=p.clinic_admin)


def test_a_day_that_has_passed_stays_as_it_was(p):
    closed = absences.close_day(site=p.harbor, day=THURSDAY, by=p.clinic_admin)
    with time_machine.travel(NINE + 2 * DAY), pytest.raises(Refused, match="has passed"):
        absences.open_day_again(closed_day=closed, by=p.clinic_admin)


def series_of(p, *days):
    wishes = [Wish(NINE + n * DAY) for n in days]
    return series.book_series(course=p.course, wishes=wishes, by=p.front_desk, spacing_reason="Test")


def test_the_rest_of_a_series_is_cancelled_in_one_step_and_told_once(p):
    visits = series_of(p, 0, 5, 7, 11)
    gone = series_changes.cancel_rest(
        course=p.course, since=visits[2].starts_at, code="not_wanted", by=p.front_desk
    )  # fmt: skip
    assert [one.pk for one in gone] == [one.pk for one in visits[2:]]
    assert set(Appointment.objects.filter(state="cancelled").values_list("end_code", flat=True)) == {"not_wanted"}
    told = Message.objects.get(kind="series_cancelled")
    assert told.context["when"].count("\n") == 1
    assert not Message.objects.filter(kind="visit_cancelled").exists()
    with pytest.raises(Refused, match="Write why"):
        series_changes.cancel_rest(course=p.course, by=p.front_desk)
    assert Appointment.objects.filter(state="booked").count() == 2


def test_nothing_left_to_cancel_is_said(p):
    with pytest.raises(Refused, match="still to come"):
        series_changes.cancel_rest(course=p.course, code="ill", by=p.front_desk)


def test_numbers_follow_the_dates_again(p):
    visits = series_of(p, 0, 5, 7)
    appointments.cancel(appointment=visits[1], code="ill", by=p.front_desk)
    late = series_of(p, 12)[0]
    assert late.number == 2
    assert series_changes.renumber(course=p.course, by=p.front_desk) == 2
    rows = Appointment.objects.filter(course=p.course, state="booked").order_by("starts_at")
    assert list(rows.values_list("number", flat=True)) == [1, 2, 3]
    assert series_changes.renumber(course=p.course, by=p.front_desk) == 0
    assert AuditEvent.objects.filter(verb="series.renumbered").count() == 1


def test_a_shift_from_one_visit_on_leaves_those_before(p):
    visits = series_of(p, 0, 5, 7)
    moved = series.shift_series(course=p.course, days=7, since=visits[1].starts_at, by=p.front_desk)
    assert [one.pk for one in moved] == [one.pk for one in visits[1:]]
    assert Appointment.objects.get(pk=visits[0].pk).starts_at == NINE


def test_a_whole_series_is_kept_for_ten_minutes_and_then_taken_over(p):
    wishes = [Wish(NINE + n * DAY, p.harbor.chairs.first()) for n in (0, 5)]
    kept = series.hold_series(course=p.course, wishes=wishes, by=p.front_desk)
    assert kept.claims.filter(occupies=True, chair__isnull=False).count() == 2
    other = factories.patient(at_site=p.harbor, given_name="Other", family_name="Other-Test")
    with pytest.raises(Conflict, match="Chair 1 is taken"):
        appointments.book(
            patient=other, site=p.harbor, kind="follow_up", starts_at=NINE, chair=p.harbor.chairs.first(), by=p.nurse
        )  # fmt: skip
    made = series.book_series(course=p.course, wishes=wishes, by=p.front_desk, spacing_reason="Test")
    assert len(made) == 2
    assert Hold.objects.get().ended_at is not None
