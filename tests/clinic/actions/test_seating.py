"""Other chairs and people at the same hour, coming late, what is taken then, and that the patient hears nothing."""

import datetime as dt
from datetime import timedelta

import pytest
import time_machine

from clinic import clock
from clinic.actions import absences, appointments, late, seating
from clinic.models import Appointment, AuditEvent, Hold, Message, ResourceClaim
from clinic.refusal import Conflict, Refused
from tests import factories
from tests.people import people

pytestmark = pytest.mark.django_db
NINE = dt.datetime(2026, 5, 14, 13, tzinfo=dt.UTC)  # 09:00 in New York
HOUR = timedelta(hours=1)


@pytest.fixture
def p():
    with time_machine.travel(NINE - timedelta(days=1), tick=False):
        made = people()
        made.chairs = list(made.harbor.chairs.all())
        made.version = factories.protocol_version(approved_by=made.prescriber)
        made.course = course_of(made, made.patient)
        yield made


def course_of(p, patient):
    return factories.course(of=patient, at_site=p.harbor, prescriber=p.prescriber, version=p.version)


def someone(p, name="Second"):
    return course_of(p, factories.patient(at_site=p.harbor, given_name=name, family_name=f"{name}-Test"))


def book(p, course=None, starts_at=NINE, **asked):
    course = course or p.course
    return appointments.book(
        patient=course.patient, site=p.harbor, kind="infusion", course=course, starts_at=starts_at, by=p.front_desk,
        **asked,
    )  # fmt: skip


def chair_of(visit):
    return ResourceClaim.objects.get(appointment=visit, occupies=True, chair__isnull=False).chair


def nurse_of(visit):
    return ResourceClaim.objects.get(appointment=visit, occupies=True, user__isnull=False).user


def test_a_visit_gets_another_chair_and_stays_confirmed_and_untold(p):
    visit = book(p, chair=p.chairs[0])
    appointments.confirm(appointment=visit, by=p.patient)
    told = Message.objects.count()
    seating.seat(seats=[seating.Seat(visit, chair=p.chairs[1])], by=p.front_desk)
    visit = Appointment.objects.get(pk=visit.pk)
    assert (visit.state, visit.starts_at, visit.sequence, chair_of(visit)) == ("confirmed", NINE, 0, p.chairs[1])
    assert Message.objects.count() == told
    assert AuditEvent.objects.get(verb="appointment.seated").detail["is"]["chair"] == str(p.chairs[1].pk)


def test_two_visits_swap_chairs_in_one_step(p):
    one, other = book(p, chair=p.chairs[0]), book(p, someone(p), NINE + HOUR, chair=p.chairs[1])
    seating.swap_chairs(one=one, other=other, by=p.front_desk)
    assert (chair_of(one), chair_of(other)) == (p.chairs[1], p.chairs[0])


def test_a_swap_that_meets_a_third_visit_changes_nothing(p):
    one, other = book(p, chair=p.chairs[0]), book(p, someone(p), NINE + HOUR, chair=p.chairs[1])
    book(p, someone(p, "Third"), NINE + 3 * HOUR, chair=p.chairs[0])
    with pytest.raises(Conflict, match="Chair 1 is taken"):
        seating.swap_chairs(one=one, other=other, by=p.front_desk)
    assert (chair_of(one), chair_of(other)) == (p.chairs[0], p.chairs[1])


@pytest.mark.parametrize("state", ["in_progress", "done", "cancelled"])
def test_a_visit_that_has_begun_keeps_its_chair(p, state):
    visit = book(p)
    for step in {"in_progress": ("arrived", state), "done": ("arrived", state), "cancelled": (state,)}[state]:
        Appointment.objects.filter(pk=visit.pk).update(state=step)
    with pytest.raises(Refused, match="run sheet"):
        seating.seat(seats=[seating.Seat(visit, chair=p.chairs[1])], by=p.front_desk)


def test_somebody_else_covers_for_a_nurse_who_is_away(p):
    visit = book(p, nurse=p.nurse)
    seating.cover(appointment=visit, away=p.nurse, by=p.front_desk, reason="Nora is away")
    assert nurse_of(visit) == p.colleague
    with pytest.raises(Refused, match="no part"):
        seating.cover(appointment=visit, away=p.nurse, by=p.front_desk)


def test_when_nobody_else_is_free_covering_says_so(p):
    visit = book(p, nurse=p.nurse)
    absences.note_absence(user=p.colleague, site=p.harbor, start=NINE - HOUR, end=NINE + HOUR, by=p.front_desk)
    with pytest.raises(Conflict, match="Nobody else is free"):
        seating.cover(appointment=visit, away=p.nurse, by=p.front_desk)
    assert nurse_of(visit) == p.nurse


def arrive(p, visit, at, **asked):
    with time_machine.travel(at, tick=False):
        return late.arrive_late(appointment=visit, by=p.front_desk, **asked)


def test_half_an_hour_late_the_whole_visit_runs_from_now(p):
    visit = book(p, chair=p.chairs[0])
    came = arrive(p, visit, NINE + timedelta(minutes=31))
    assert (came.state, came.starts_at - NINE) == ("arrived", timedelta(minutes=35))
    assert came.ends_at - came.starts_at == timedelta(minutes=130)
    assert chair_of(came) == p.chairs[0]
    claims = ResourceClaim.objects.filter(appointment=came, occupies=True)
    assert {claim.during.lower for claim in claims} == {came.starts_at}
    assert AuditEvent.objects.get(verb="appointment.arrived_late").reason == "31 minutes late"
    assert not Message.objects.filter(kind="visit_moved").exists()


def test_when_the_chair_is_needed_another_one_is_taken_or_nothing_happens(p):
    visit = book(p, chair=p.chairs[0])
    book(p, someone(p), NINE + timedelta(minutes=135), chair=p.chairs[0])
    with pytest.raises(Conflict, match="Chair 1 is taken"):
        arrive(p, visit, NINE + timedelta(minutes=30))
    assert Appointment.objects.get(pk=visit.pk).state == "booked"
    assert chair_of(arrive(p, visit, NINE + timedelta(minutes=30), chair=p.chairs[1])) == p.chairs[1]


def test_too_late_to_end_before_closing_is_refused(p):
    visit = book(p, starts_at=NINE + 5 * HOUR)
    closes = NINE + 9 * HOUR  # 18:00
    with pytest.raises(Refused, match="open 08:00 to 18:00"):
        arrive(p, visit, closes - 2 * HOUR)
    assert Appointment.objects.get(pk=visit.pk).state == "booked"


def test_nobody_comes_late_on_another_day(p):
    visit = book(p)
    with pytest.raises(Refused, match="Move it to today first"):
        arrive(p, visit, NINE + timedelta(days=1))


def test_what_is_kept_is_let_go_and_free_for_others(p):
    appointments.hold(
        patient=p.patient, site=p.harbor, kind="infusion", course=p.course, starts_at=NINE, chair=p.chairs[0],
        by=p.front_desk,
    )  # fmt: skip
    with pytest.raises(Conflict):
        appointments.book(
            patient=(other := someone(p)).patient, site=p.harbor, kind="infusion", course=other, starts_at=NINE,
            chair=p.chairs[0], by=p.nurse,
        )  # fmt: skip
    assert appointments.let_go(patient=p.patient, by=p.front_desk) == 1
    assert appointments.let_go(patient=p.patient, by=p.front_desk) == 0
    assert Hold.objects.get().ended_at == clock.now()
    assert AuditEvent.objects.filter(verb="slot.let_go").count() == 1
    assert book(p, other, chair=p.chairs[0])
