"""J3: a plan on a protocol, signed; six visits booked in one step, one date taken and offered anew; a week later."""

import datetime as dt

import pytest
from django.utils.dateparse import parse_date

from clinic.models import Appointment, Chair, Course, Patient
from clinic.rules.booking import wall
from tests import factories
from tests.followup.approvals import approved
from tests.journeys.clinic import open_clinic

MAIL = "ngozi@tideline.example"
NUMBER = 6


@pytest.fixture
def clinic(live_db, morning_zone):
    """A patient with an approval in force, and an approved protocol of six infusions."""
    everyone = open_clinic(morning_zone)
    Patient.objects.filter(pk=everyone.patient.pk).update(email=MAIL)
    everyone.patient.refresh_from_db()
    factories.protocol_version(approved_by=everyone.prescriber, planned_number=NUMBER)
    approved(everyone.patient, site=everyone.harbor, by=everyone.prescriber)
    return everyone


def test_from_a_plan_to_six_visits_a_week_later(clinic, mailbox, somebody):
    doctor = somebody("desktop", user=clinic.prescriber)
    the_doctor_plans_and_is_held_to_the_protocol(doctor, clinic)
    the_doctor_signs(doctor)

    desk = somebody("desktop", user=clinic.front_desk)
    the_desk_finds_the_booking_to_do(desk)
    the_desk_sees_six_dates_that_fit(desk, clinic)
    somebody_else_takes_one_of_them(desk, clinic)
    the_desk_books_and_takes_the_date_offered_instead(desk)
    visits = list(booked())
    assert len(visits) == NUMBER
    every_visit_has_a_chair_and_a_nurse(visits)
    one_letter_with_all_dates(mailbox)

    the_rest_moves_by_a_week(desk, clinic)
    assert [v.starts_at for v in booked()] == [a_week_later(v, clinic) for v in visits]
    the_schedule_shows_the_day(desk, clinic)


def booked():
    return Appointment.objects.filter(state="booked", course__isnull=False).order_by("starts_at")


def a_week_later(visit, clinic):
    local = visit.starts_at.astimezone(clinic.harbor.zone)
    return wall(local.date() + dt.timedelta(days=7), local.time(), clinic.harbor.zone)


def the_doctor_plans_and_is_held_to_the_protocol(doctor, clinic):
    doctor.opens(f"/patients/{clinic.patient.pk}/")
    doctor.opens(f"/patients/{clinic.patient.pk}/plan/")
    doctor.page.get_by_label("Mood 0.5 mg/kg").first.check(force=True)
    doctor.presses("Go on to the dose")
    doctor.picks("What is treated", "Depression")
    doctor.types("Goals", "Get up before nine, see my sister")
    doctor.types("Dose", "5")
    doctor.presses("Go on and read the plan")
    doctor.sees("There is a problem")
    doctor.still_has("Goals", "Get up before nine, see my sister")
    doctor.types("Dose", "0.5")
    doctor.presses("Go on and read the plan")
    doctor.stands_at("Read the plan and sign it")
    doctor.keeps_picture("plan-sign-desktop")


def the_doctor_signs(doctor):
    doctor.presses("Sign the plan of")
    course = Course.objects.get()
    assert (course.state, course.signed_at is not None) == ("active", True)


def the_desk_finds_the_booking_to_do(desk):
    desk.opens("/tasks/")
    desk.sees("OKAFOR-TEST")
    desk.keeps_picture("tasks-desktop")
    desk.opens(f"/courses/{Course.objects.get().pk}/series/")


def the_desk_sees_six_dates_that_fit(desk, clinic):
    desk.stands_at("6 dates fit: book them in one step")
    desk.keeps_picture("series-desktop")


def somebody_else_takes_one_of_them(desk, clinic):
    """The third date, chair 1, while the desk still reads the page."""
    day, time = desk.page.get_by_label("Day of visit 3"), desk.page.get_by_label("Time of visit 3")
    at = wall(parse_date(day.input_value()), dt.time.fromisoformat(time.input_value()), clinic.harbor.zone)
    other = factories.patient(at_site=clinic.harbor, given_name="Test", family_name="Faster")
    chair = Chair.objects.get(site=clinic.harbor, label="1")
    factories.appointment(of=other, at_site=clinic.harbor, starts_at=at, chair=chair, kind="follow_up")
    desk.picks("Chair of visit 3", "Chair 1")


def the_desk_books_and_takes_the_date_offered_instead(desk):
    desk.presses("Book all for")
    desk.stands_at("Not all dates can be booked")
    assert not booked().exists(), "all or none"
    desk.keeps_picture("series-clash-desktop")
    desk.page.get_by_role("group", name="Free instead of visit 3").get_by_role("radio").first.check(force=True)
    desk.presses("Book all for")
    desk.sees("Visits to come")


def every_visit_has_a_chair_and_a_nurse(visits):
    for visit in visits:
        claims = visit.claims.all()
        assert any(c.chair_id for c in claims)
        assert any(c.user_id for c in claims)


def one_letter_with_all_dates(mailbox):
    mailbox.delivers()
    letters = [one for one in mailbox.letters(MAIL) if "visit" in one.subject]
    assert len(letters) == 1, [one.subject for one in letters]
    assert letters[0].attachments, "a calendar file"


def the_rest_moves_by_a_week(desk, clinic):
    desk.opens(f"/patients/{clinic.patient.pk}/")
    desk.keeps_picture("patient-desktop")
    desk.follows("Shift the rest")
    desk.types("Days", "7")
    desk.types("Why", "The patient is away next week")
    desk.presses("Shift the visits of")
    desk.sees("Visits to come")


def the_schedule_shows_the_day(desk, clinic):
    day = booked().first().starts_at.astimezone(clinic.harbor.zone).date()
    desk.opens(f"/schedule/?day={day}")
    desk.sees("OKAFOR-TEST")
    desk.keeps_picture("schedule-desktop")
