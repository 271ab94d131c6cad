"""J9: cumulative exposure and the clocks of long-term safety, due at booking and at check-in, done or put off."""

import datetime as dt

import pytest

from clinic.models import SafetyWaiver
from followup.actions import booster
from followup.actions.booking import run_for_booking
from intake.models import Finding
from sessions import actions
from sessions.actions import safety
from tests import factories
from tests.followup.approvals import approved
from tests.followup.conftest import NOW, make_story
from tests.people import people


@pytest.fixture
def clinic(live_db, time_moves):
    """Half past six in the evening of 14 May 2026, in New York; four infusions given, nothing ever checked."""
    time_moves(NOW)
    everyone = people()
    story = make_story(everyone)
    approved(everyone.patient, site=everyone.harbor, by=everyone.prescriber)
    safety.refresh(patient=everyone.patient, at=NOW)
    return story


def test_what_is_overdue_is_seen_done_or_put_off(clinic, somebody):
    nurse = somebody("tablet", user=clinic.nurse)
    the_nurse_finds_what_is_due(nurse, clinic)
    she_enters_a_bladder_score(nurse, clinic)
    booking_is_held_back(somebody("desktop", user=clinic.front_desk), clinic)
    the_proposal_weighs_it(clinic)
    the_prescriber_puts_the_rest_off(somebody("desktop", user=clinic.prescriber), clinic)
    at_check_in_nothing_is_left(clinic)


def the_nurse_finds_what_is_due(nurse, clinic):
    nurse.opens("/safety/")
    nurse.stands_at("Safety checks due")
    nurse.opens(f"/patients/{clinic.patient.pk}/")
    nurse.sees("Overdue:")
    nurse.opens(f"/patients/{clinic.patient.pk}/safety/")
    nurse.stands_at("Safety checks:")
    nurse.sees("222 mg", "Never done", "Bladder symptom score")
    nurse.keeps_picture("safety-tablet", whole=True)


def she_enters_a_bladder_score(nurse, clinic):
    nurse.opens(f"/intake/scores/{clinic.patient.pk}/add/")
    nurse.page.get_by_label("Questionnaire").select_option("icsi")
    nurse.types("Total", "3")
    nurse.presses("Enter this score")
    nurse.opens(f"/patients/{clinic.patient.pk}/safety/")
    assert "14-May-2026" in nurse.reads()


def booking_is_held_back(desk, clinic):
    run_for_booking(clinic.course, by=clinic.front_desk, at=NOW)
    assert Finding.objects.filter(rule="safety-overdue", ended_at=None).exists()
    desk.opens(f"/patients/{clinic.patient.pk}/book/?kind=infusion")
    desk.sees("ask the")
    desk.sees_nothing_of("Liver", "liver", "ketamine")


def the_proposal_weighs_it(clinic):
    proposal = booster.review(course=clinic.course, at=NOW)
    assert "safety_overdue" in {note["code"] for note in proposal.against}


def the_prescriber_puts_the_rest_off(doctor, clinic):
    doctor.opens(f"/patients/{clinic.patient.pk}/safety/liver/put-off/")
    doctor.presses("Put it off")
    doctor.sees("Write why")
    doctor.types("The reason", "Result comes on Friday")
    doctor.page.get_by_label("Put off until").fill("2026-05-22")
    doctor.presses("Put it off")
    doctor.sees("Put off until 22-May-2026: Result comes on Friday")
    for code in ("kidney", "pregnancy"):
        safety.waive(patient=clinic.patient, site=clinic.harbor, code=code, reason="Done at the practice", until=None,
                     by=clinic.prescriber, at=NOW)  # fmt: skip
    assert SafetyWaiver.objects.count() == 3
    assert not Finding.objects.filter(rule="safety-overdue", ended_at=None).exists()


def at_check_in_nothing_is_left(clinic):
    visit = factories.appointment(
        of=clinic.patient, at_site=clinic.harbor, course=clinic.course, kind="booster", number=5,
        starts_at=NOW + dt.timedelta(minutes=10),
    )  # fmt: skip
    actions.check_in(appointment=visit, by=clinic.nurse, at=NOW)
    assert not Finding.objects.filter(rule="safety-overdue", ended_at=None).exists()
