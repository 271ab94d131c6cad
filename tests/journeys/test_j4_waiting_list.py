"""J4: "not ready" frees the chair before the patient drives in, and somebody who waits comes instead."""

import datetime as dt

import pytest

from clinic.models import Appointment, Patient
from followup.actions import booking, sweeps
from followup.models import FreedSlot, WaitlistEntry
from tests import factories
from tests.followup.approvals import approved
from tests.journeys.clinic import open_clinic

NGOZI, TOMAS, UMA = "ngozi@tideline.example", "tomas@tideline.example", "uma@tideline.example"
MONDAY = dt.datetime(2026, 5, 4, 13, 30, tzinfo=dt.UTC)  # 09:30 in New York
THURSDAY = dt.datetime(2026, 5, 7, 14, 0, tzinfo=dt.UTC)
NEXT_WEEK = dt.datetime(2026, 5, 14, 14, 0, tzinfo=dt.UTC)


@pytest.fixture
def clinic(live_db, time_moves):
    """Monday morning: Ngozi comes on Thursday; Tomás and Uma come a week later and would come sooner."""
    time_moves(MONDAY)
    everyone = open_clinic("America/New_York")
    version = factories.protocol_version(approved_by=everyone.prescriber)
    everyone.tomas, everyone.uma = (
        factories.patient(at_site=everyone.harbor, given_name=name, family_name="Waits-Test", email=mail)
        for name, mail in (("Tomás", TOMAS), ("Uma", UMA))
    )
    Patient.objects.filter(pk=everyone.patient.pk).update(email=NGOZI)
    everyone.patient.refresh_from_db()
    for patient, starts_at in ((everyone.patient, THURSDAY), (everyone.tomas, NEXT_WEEK), (everyone.uma, NEXT_WEEK)):
        book(everyone, patient, version, starts_at)
    return everyone


def book(everyone, patient, version, starts_at):
    course = factories.course(of=patient, at_site=everyone.harbor, prescriber=everyone.prescriber, version=version)
    approved(patient, site=everyone.harbor, by=everyone.prescriber)
    minutes = dt.timedelta(hours=3) * (patient == everyone.uma)
    booking.book_visit(
        patient=patient, site=everyone.harbor, kind="booster", course=course, starts_at=starts_at + minutes,
        by=everyone.front_desk,
    )  # fmt: skip


def test_a_chair_that_is_not_needed_goes_to_whoever_says_yes_first(clinic, mailbox, somebody, time_moves):
    mailbox.delivers()
    for mail in (TOMAS, UMA):
        they_would_come_sooner(somebody("phone"), mailbox, mail)
    time_moves(THURSDAY - dt.timedelta(days=1) + dt.timedelta(minutes=1))
    sweeps.plan_due()
    mailbox.delivers()
    a_cold_and_no_ride(somebody("phone"), mailbox)
    the_nurse_frees_the_chair(somebody("tablet", user=clinic.nurse))
    sweeps.plan_due()
    mailbox.delivers()
    tomas, uma = somebody("phone"), somebody("phone")
    for phone, mail in ((tomas, TOMAS), (uma, UMA)):
        they_open_the_offer(phone, mailbox, mail)
    uma.keeps_picture("offer-phone")
    uma.presses("Yes, I want this time")
    uma.stands_at("It is yours")
    tomas.presses("Yes, I want this time")
    tomas.stands_at("This time is taken")
    assert Appointment.objects.get(patient=clinic.uma).starts_at == THURSDAY
    assert Appointment.objects.get(patient=clinic.tomas).starts_at == NEXT_WEEK
    the_desk_sees_how_it_went(somebody("desktop", user=clinic.front_desk))
    mailbox.delivers()
    moved = mailbox.newest(UMA, "your visit has moved")
    assert "Thursday 7 May" in moved.text


def they_would_come_sooner(phone, mailbox, mail):
    phone.opens(mailbox.link(mail, "your visit is booked"))
    phone.presses("Continue")
    for box, words in (("Month", "May"), ("Day", "14"), ("Year", "1980")):
        phone.types(box, words)
    phone.presses("Continue")
    phone.stands_at("Your visits")
    phone.follows("Tell me when an earlier time becomes free")
    phone.chooses("How long before must you know?", "A few hours before is enough")
    phone.presses("Tell me")
    phone.sees("We write to you when an earlier time becomes free.")


def a_cold_and_no_ride(phone, mailbox):
    phone.opens(mailbox.link(NGOZI, "your visit is coming"))
    phone.presses("Continue")
    phone.stands_at("Before your visit")
    phone.page.get_by_role("group", name="Can you come?").get_by_role("radio").first.check(force=True)
    phone.chooses("Do you feel well", "No")
    phone.chooses("Will someone take you home?", "No")
    phone.presses("Send")
    phone.stands_at("Thank you")


def the_nurse_frees_the_chair(nurse):
    visit = Appointment.objects.get(patient__email=NGOZI)
    nurse.opens(f"/visits/{visit.pk}/")
    nurse.sees("Does not feel well today.", "Has nobody to go home with yet.", "2 wait for a time like this")
    nurse.keeps_picture("visit-not-ready-tablet", whole=True)
    nurse.picks("Reason", "Ill")
    nurse.presses("Cancel the visit of")
    visit.refresh_from_db()
    assert visit.state == "cancelled"


def they_open_the_offer(phone, mailbox, mail):
    phone.opens(mailbox.link(mail, "an earlier time for you"))
    phone.presses("Continue")
    phone.sees("This time has become free. Would you like it?", "You would come then, and no longer on")


def the_desk_sees_how_it_went(desk):
    desk.opens("/waitlist/")
    desk.stands_at("1 waits at Harbor clinic")
    desk.sees("taken", "WAITS-TEST, Uma: accepted", "WAITS-TEST, Tomás: somebody was faster")
    desk.keeps_picture("waitlist-desktop", whole=True)
    assert FreedSlot.objects.filter(state="taken").count() == 1
    assert WaitlistEntry.objects.get(state="waiting").patient.email == TOMAS
