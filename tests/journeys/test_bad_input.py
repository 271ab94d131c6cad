"""Bad input, met where it is typed: a clear message in place, nothing half-written, nothing typed lost."""

import datetime as dt

import pytest

from clinic.models import Patient, PatientLink
from sessions.models import InfusionSession, VitalsReading, WeightEntry
from tests import factories
from tests.intake.packets import consent_texts, invited
from tests.journeys.clinic import open_clinic
from tests.sessions import scene as scenes
from tests.sessions.screens import begin

SCRIPT = "<script>document.title='owned'</script>"


@pytest.fixture
def clinic(live_db, morning_zone):
    return open_clinic(morning_zone)


@pytest.fixture
def visit(clinic, monkeypatch):
    """A visit that has been checked in half an hour ago."""
    begin(monkeypatch, 30)
    made = scenes.Scene(clinic)
    made.check_in()
    return made


def sheet(visit):
    return f"/sessions/{visit.session.pk}/"


def test_impossible_figures_dates_and_scripts_in_a_new_patient(clinic, somebody):
    desk = somebody("tablet", user=clinic.front_desk)
    desk.opens("/patients/add/")
    desk.types("Family name", SCRIPT)
    desk.types("Given name", "O’Neil \N{SNOWMAN}")
    for box, words in (("Month", "13"), ("Day", "31"), ("Year", "2126")):
        desk.types(box, words)
    desk.presses("Add this patient")
    desk.sees("There is a problem")
    desk.still_has("Family name", SCRIPT)
    desk.still_has("Year", "2126")
    desk.types("Month", "1")
    desk.presses("Add this patient")
    desk.sees("The date of birth lies in the future")
    desk.types("Year", "1980")
    desk.presses("Add this patient")
    desk.sees("There is a problem")
    desk.types("Phone", "555 0199", exact=False)
    desk.presses("Add this patient")
    desk.sees("is added as")
    assert desk.page.title() != "owned"
    assert Patient.objects.filter(family_name=SCRIPT).count() == 1


def test_pounds_typed_as_kilograms_ask_and_keep_what_was_typed(visit, clinic, somebody):
    nurse = somebody("tablet", user=clinic.nurse)
    nurse.opens(f"{sheet(visit)}weight/")
    nurse.types("Weight", "176")
    nurse.presses("Save the weight")
    nurse.sees("is that pounds?")
    nurse.still_has("Weight", "176")
    assert not WeightEntry.objects.exists(), "nothing is half-written"
    nurse.types("Weight", "9999999")
    nurse.presses("Save the weight")
    nurse.sees("There is a problem")
    nurse.types("Weight", "80")
    nurse.presses("Save the weight")
    assert str(WeightEntry.objects.get().kg.normalize()) in ("8E+1", "80")


def test_times_that_are_no_times(visit, clinic, somebody):
    nurse = somebody("tablet", user=clinic.nurse)
    nurse.opens(f"{sheet(visit)}line/")
    nurse.chooses("What happened", "Placed")
    nurse.types("Where", SCRIPT)
    for typed, said in (("25:99", "There is no such time"), ("soon", "Type the time as 14:05")):
        nurse.types("Time", typed)
        nurse.presses("Save the line")
        nurse.sees(said)
        nurse.still_has("Where", SCRIPT)
    nurse.types("Time", "")
    nurse.presses("Save the line")
    nurse.sees("Line saved.", SCRIPT)
    assert nurse.page.title() != "owned"


def test_rel_14_a_stale_page_says_what_changed(visit, clinic, somebody):
    visit.weigh(5)
    nurse = somebody("tablet", user=clinic.nurse)
    nurse.opens(f"{sheet(visit)}dose/")
    nurse.types("Pump", "pump 7")
    visit.vitals(20, baseline=True, pain=4)
    nurse.presses("Read it back before signing")
    nurse.presses("Sign the dose for")
    nurse.sees("changed since this page was shown")
    nurse.still_has("Pump", "pump 7")


def test_rel_13_a_double_press_records_once(visit, clinic, somebody):
    nurse = somebody("tablet", user=clinic.nurse)
    nurse.opens(f"{sheet(visit)}weight/")
    nurse.types("Weight", "70")
    nurse.page.get_by_role("button", name="Save the weight").dblclick()
    nurse.sees("70 kg")
    nurse.page.go_back()
    nurse.page.wait_for_load_state("load")
    assert WeightEntry.objects.count() == 1


def test_a_lost_connection_loses_nothing_typed(clinic, somebody):
    consent_texts(clinic)
    packet = invited(clinic)
    link, token = factories.link(
        of=clinic.patient, at_site=clinic.harbor, subject_kind="intake.packet", subject_id=packet.pk
    )
    phone = somebody("phone")
    phone.opens(f"/p/{token}/")
    phone.presses("Continue")
    for box, words in (("Month", "5"), ("Day", "14"), ("Year", "1980")):
        phone.types(box, words)
    phone.presses("Continue")
    phone.opens("/packet/goals/")
    phone.page.context.set_offline(True)
    phone.fills_in({"goal_first": "Walk the dog"})
    phone.sees("You are offline. What you typed is kept on this page.")
    phone.fills_in({"goal_first": "Walk the dog again"})
    phone.page.context.set_offline(False)
    phone.sees("Saved at")
    phone.reloads()
    assert phone.page.locator("[name=goal_first]").input_value() == "Walk the dog again"


def test_another_clinics_ids_are_not_there(visit, clinic, somebody):
    stranger = somebody("tablet", user=clinic.away["nurse"])
    for path in (
        f"/patients/{clinic.patient.pk}/",
        sheet(visit),
        f"{sheet(visit)}vitals/",
        f"{sheet(visit)}record/",
        f"/courses/{visit.course.pk}/",
        "/patients/00000000-0000-4000-8000-000000000000/",
    ):
        assert stranger.opens(path) == 404, path
        stranger.sees_nothing_of("Okafor", "OKAFOR")


def test_an_old_or_unknown_link_says_what_to_do(clinic, somebody):
    link, token = factories.link(of=clinic.patient, at_site=clinic.harbor)
    PatientLink.objects.filter(pk=link.pk).update(
        made_at=link.made_at - dt.timedelta(days=9), expires_at=link.made_at - dt.timedelta(days=2)
    )
    phone = somebody("phone")
    assert phone.opens(f"/p/{token}/") == 410
    phone.sees("This link is too old", "Call us on")
    phone.keeps_picture("link-expired-phone")
    assert phone.opens("/p/no-such-link/") == 404
    phone.sees("We do not know this link")


def test_no_figure_is_saved_that_cannot_be(visit, clinic, somebody):
    nurse = somebody("tablet", user=clinic.nurse)
    nurse.opens(f"{sheet(visit)}vitals/")
    for figure in ("120", "180", "72", "98"):
        nurse.page.keyboard.type(figure)
    nurse.presses("Save vitals for")
    nurse.looks()
    assert not VitalsReading.objects.filter(diastolic=180).exists(), "the lower figure is never above the upper one"
    assert InfusionSession.objects.get().phase == "preparing"
