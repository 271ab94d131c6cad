"""J5, the other ways a session goes: not started, against advice, an emergency, a wrong patient, a late correction."""

import pytest

from sessions import queries
from sessions.models import Discrepancy, DrugEvent, EmergencyEvent, Entry, InfusionSession, VitalsReading
from tests import factories
from tests.factories.places import PASSWORD
from tests.journeys.clinic import open_clinic
from tests.sessions.screens import Busy, begin


@pytest.fixture
def clinic(live_db, morning_zone, monkeypatch):
    everyone = open_clinic(morning_zone)
    begin(monkeypatch, 45)
    return everyone


@pytest.fixture
def seated(clinic):
    """A function that seats somebody: patients in chairs of their own, on one protocol."""
    version = factories.protocol_version(approved_by=clinic.prescriber)

    def seat(name, chair=0):
        patient = factories.patient(at_site=clinic.harbor, given_name="Test", family_name=name)
        return Busy(clinic, patient=patient, chair=chair, version=version)

    return seat


def sheet(visit):
    return f"/sessions/{visit.session.pk}/"


def test_not_started_and_against_advice(clinic, seated, somebody):
    waiting, leaving = seated("Adler", 0), seated("Baum", 1)
    drawn_already(waiting)
    leaving.ready(code="KET-2").start()
    nurse = somebody("tablet", user=clinic.nurse)
    not_started_with_a_reason(nurse, waiting)
    leaving_is_recorded_and_never_blocked(nurse, leaving)


def drawn_already(visit):
    """All is ready but the patient: the syringe is made up."""
    visit.check_in(20)
    visit.weigh(21)
    visit.order(22)
    visit.draw(23, container=visit.stock(code="KET-1"))


def what_was_drawn_is_wasted(nurse, visit):
    """The page of what is left comes by itself."""
    nurse.stands_at("Waste")
    nurse.types("Wasted out of", "50")
    nurse.types("Why", "Not started")
    nurse.types("Witness, e", visit.other.email)
    nurse.types("Witness, password", PASSWORD)
    nurse.presses("Record the waste")
    nurse.sees("Waste recorded.")
    assert queries.balances(visit.site)[0].balance.in_use_mg == 0


def not_started_with_a_reason(nurse, visit):
    nurse.opens(sheet(visit))
    nurse.follows("Not started")
    nurse.page.get_by_role("button").filter(has_text="Adler").last.click()
    nurse.sees("There is a problem")
    nurse.chooses("Why it was not started", "Not fasting")
    nurse.types("In words", "Ate breakfast an hour ago; booked again for Friday")
    nurse.page.get_by_role("button").filter(has_text="Adler").last.click()
    nurse.sees("Ended without an infusion.")
    assert visit.fresh().ending == "not_started"
    what_was_drawn_is_wasted(nurse, visit)


def leaving_is_recorded_and_never_blocked(nurse, visit):
    nurse.opens(sheet(visit))
    nurse.follows("Leaves against advice")
    nurse.types("Why the patient leaves", "Wants to be home for the children")
    nurse.types("What was advised", "Stay one hour, no driving, somebody beside you tonight")
    nurse.ticks("Drowsy and slow for hours")
    nurse.chooses("Able to decide", "Able", exact=False)
    nurse.chooses("Is the IV line out", "Yes")
    nurse.chooses("The form", "Signed", exact=False)
    nurse.types("Name of who signs", "Test Baum")
    nurse.types("Who was called or told", "Petra Prescriber, by phone")
    nurse.page.get_by_role("button").filter(has_text="Baum").last.click()
    nurse.looks()
    session = visit.fresh()
    assert (session.phase, session.ending) == ("ended", "against_advice")


def test_an_emergency_is_one_tap(clinic, seated, live_stream, somebody):
    visit = seated("Celik", 2)
    visit.ready().start()
    doctor = somebody("desktop", user=clinic.prescriber)
    doctor.opens("/board/")
    nurse = somebody("tablet", user=clinic.nurse)
    nurse.opens(sheet(visit))
    nurse.presses("Emergency", within=nurse.page.get_by_role("group", name="Record for"))
    nurse.stands_at("Emergency in chair 3")
    doctor.sees("Emergency", seconds=12)
    for step in ("Airway", "Oxygen", "Emergency services called"):
        nurse.presses(step, exact=False)
    nurse.keeps_picture("emergency-tablet")
    assert EmergencyEvent.objects.count() == 4
    nurse.sees("To hand over")
    nurse.presses("Handed over", exact=False)
    assert EmergencyEvent.objects.filter(step="handed_over").exists()
    taken_to_hospital(nurse, visit)


def taken_to_hospital(nurse, visit):
    """One tap stopped the charted infusion; the ending is a transfer, with who took the patient over."""
    assert DrugEvent.objects.filter(entry__session=visit.session, action="stop", cause="emergency").exists()
    nurse.opens(f"{sheet(visit)}transfer/")
    nurse.types("Why", "Chest pain, ECG changes")
    nurse.types("Taken to", "General hospital")
    nurse.types("Taken by", "Ambulance 7")
    nurse.types("Handed over to", "Dr Test at the desk")
    nurse.presses("Record the transfer of")
    nurse.sees("Transfer recorded.")
    assert visit.fresh().ending == "transferred"


def test_a_reading_on_the_wrong_patient_is_struck_and_moved(clinic, seated, somebody):
    wrong, right = seated("Adler", 0), seated("Baum", 1)
    wrong.ready(code="KET-1").start()
    right.ready(code="KET-2").start()
    wrong.vitals(20, systolic=151, diastolic=93)
    nurse = somebody("tablet", user=clinic.nurse)
    nurse.opens(f"{sheet(wrong)}?view=table&all=1")
    nurse.follows("Correct vitals")
    nurse.follows("It belongs to another patient")
    nurse.page.get_by_label("Baum").first.check(force=True)
    nurse.presses("Move it")
    nurse.sees("There is a problem")
    nurse.types("Why", "Entered in the wrong chair")
    nurse.presses("Move it")
    nurse.sees("Struck here and recorded with the other patient.")
    assert Entry.objects.filter(session=wrong.session, role="strike", reason="Entered in the wrong chair").exists()
    assert VitalsReading.objects.filter(entry__session=right.session, systolic=151).exists()
    nurse.opens(sheet(right))
    nurse.sees("151/93")


def test_a_late_correction_opens_a_difference_in_the_ledger(clinic, seated, somebody, monkeypatch):
    begin(monkeypatch, 125)
    visit = seated("Dietz")
    visit.ready().start()
    stop = visit.stop()
    visit.observed()
    visit.discharge()
    visit.waste()
    nurse = somebody("tablet", user=clinic.nurse)
    nurse.opens(f"{sheet(visit)}?view=table&all=1")
    nurse.page.locator(f'a[href*="/entries/{stop.entry.pk}/correct/"]').first.click()
    nurse.types("Volume", "30")
    nurse.types("Why", "The pump's log says 30 mL, not 35")
    nurse.presses("Save the correction")
    nurse.sees("Pump 30 mL, the charted rates make 35 mL")
    nurse.ticks("No mistake: keep it as typed")
    nurse.presses("Save the correction")
    nurse.sees("The old value stays, struck through.")
    assert Discrepancy.objects.get().closed_at is None
    nurse.opens(sheet(visit))
    nurse.sees("Explain the difference")
    nurse.opens("/vials/")
    nurse.sees("ifference")
    nurse.keeps_picture("vials-tablet")
    assert InfusionSession.objects.get().phase == "ended"
