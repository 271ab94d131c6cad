"""Working hours: nobody is booked outside them, visits outside become a task, a week ends where the next begins."""

import datetime as dt
from datetime import date, time, timedelta

import pytest
import time_machine

from clinic.actions import appointments, seating, shifts
from clinic.models import AuditEvent, Shift, ShiftDay, Task
from clinic.presenters import booking
from clinic.refusal import Conflict, Refused
from tests import factories
from tests.people import people

pytestmark = pytest.mark.django_db
NINE = dt.datetime(2026, 5, 14, 13, tzinfo=dt.UTC)  # 09:00 in New York, a Thursday
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WEDNESDAY, THURSDAY = date(2026, 5, 13), date(2026, 5, 14)
OFFICE = dict.fromkeys(range(5), (time(8), time(17)))
NOT_THURSDAYS = {n: hours for n, hours in OFFICE.items() if n != 3}


@pytest.fixture
def p():
    with time_machine.travel(NINE - DAY, tick=False):
        made = people()
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


def week(p, hours, user=None, first=WEDNESDAY):
    return shifts.set_week(user=user or p.nurse, site=p.harbor, hours=hours, first=first, by=p.clinic_admin)


def other(p, day=THURSDAY, starts=time(8), ends=time(17)):
    return shifts.note_day(user=p.nurse, site=p.harbor, day=day, starts=starts, ends=ends, by=p.clinic_admin)


def test_nobody_is_booked_outside_their_hours_and_a_colleague_is_offered(p):
    week(p, NOT_THURSDAYS)
    with pytest.raises(Conflict, match="does not work") as refused:
        book(p, nurse=p.nurse)
    same_time = [offer for offer in refused.value.current if offer.starts_at == NINE]
    assert [offer.nurse for offer in same_time] == [p.colleague]
    assert p.nurse.pk not in {claim.user_id for claim in book(p).claims.all()}
    assert AuditEvent.objects.get(verb="shift.week_set").detail["days"] == 4


def test_a_visit_that_ends_after_the_shift_is_outside_it(p):
    week(p, {3: (time(8), time(10))})
    with pytest.raises(Conflict, match="does not work"):
        book(p, nurse=p.nurse)
    week(p, {3: (time(9), time(12))})
    assert book(p, nurse=p.nurse)


def test_a_week_without_hours_is_open_again(p):
    week(p, NOT_THURSDAYS)
    week(p, {})
    assert book(p, nurse=p.nurse)


def test_visits_outside_become_one_task_of_the_front_desk_and_can_be_covered(p):
    visit = book(p, nurse=p.nurse)
    week(p, NOT_THURSDAYS)
    task = Task.objects.get(kind="booking")
    assert (task.for_role, "1 visit" in task.title) == ("front_desk", True)
    week(p, NOT_THURSDAYS)
    assert Task.objects.filter(kind="booking").count() == 1
    visit.refresh_from_db()
    assert visit.state == "booked"
    seating.cover(appointment=visit, away=p.nurse, by=p.front_desk)
    assert {claim.user_id for claim in visit.claims.filter(user__isnull=False)} == {p.colleague.pk}


def test_another_week_ends_the_one_before_on_its_first_day(p):
    week(p, OFFICE)
    week(p, NOT_THURSDAYS, first=THURSDAY + 7 * DAY)
    assert book(p, nurse=p.nurse)
    with pytest.raises(Conflict, match="does not work"):
        book(p, NINE + 7 * DAY, nurse=p.nurse)
    assert Shift.objects.filter(days__upper_inf=False, days__isempty=False).count() == 5
    week(p, {4: (time(8), time(12))}, first=THURSDAY)
    assert {(row.weekday, row.days.lower) for row in Shift.objects.filter(days__upper_inf=True)} == {(4, THURSDAY)}


def test_another_days_hours_beat_the_week_until_they_are_called_off(p):
    week(p, NOT_THURSDAYS)
    made = other(p)
    visit = book(p, nurse=p.nurse)
    with pytest.raises(Conflict, match="already"):
        other(p)
    shifts.call_off_day(shift_day=made, by=p.clinic_admin)
    assert Task.objects.get(kind="booking").subject_id == p.nurse.pk
    assert visit.claims.filter(user=p.nurse).exists()
    with pytest.raises(Refused, match="already"):
        shifts.call_off_day(shift_day=made, by=p.clinic_admin)
    assert other(p)
    assert ShiftDay.objects.count() == 2
    assert set(AuditEvent.objects.filter(verb__startswith="shift.").values_list("verb", flat=True)) == {
        "shift.week_set", "shift.day_noted", "shift.day_called_off",
    }  # fmt: skip


def test_hours_at_one_site_say_nothing_about_another(p):
    week(p, NOT_THURSDAYS)
    assert booking.desk_of(p.prairie, NINE).shifts == {}


def test_what_can_t_be_is_refused_and_nothing_is_kept(p):
    for hours, first in ((OFFICE, WEDNESDAY - DAY), ({0: (time(9), None)}, WEDNESDAY)):
        with pytest.raises(Refused):
            week(p, hours, first=first)
    with pytest.raises(Refused, match="does not work at this site"):
        week(p, OFFICE, user=p.away["nurse"])
    with pytest.raises(Refused, match="passed"):
        other(p, day=WEDNESDAY - DAY)
    with pytest.raises(Refused, match="Type both"):
        other(p, ends=None)
    assert not Shift.objects.exists()
    assert not ShiftDay.objects.exists()
