"""J2: the prescriber reads the packet, settles what the rules found, decides, signs; it locks; the patient is told."""

import pytest

from clinic.models import Patient
from intake.models import Approval, Assessment
from tests.intake.packets import submitted
from tests.journeys.clinic import open_clinic

TROUBLED = {
    "health": {"glaucoma": "yes", "seizures": "not_sure"},
    "mood": {"phq9_9": "1", "phq9_1": "3"},
    "medicines": {"medicines_1_name": "Xanax 0.5 mg"},
}
REASONS = "CRPS for six years; physiotherapy, gabapentin and duloxetine did not help enough."
MAIL = "ngozi@tideline.example"


@pytest.fixture
def clinic(live_db, morning_zone):
    everyone = open_clinic(morning_zone)
    Patient.objects.filter(pk=everyone.patient.pk).update(email=MAIL)
    everyone.patient.refresh_from_db()
    return everyone


def test_from_the_answers_to_a_signed_decision(clinic, mailbox, somebody):
    submitted(clinic, **TROUBLED)
    doctor = somebody("desktop", user=clinic.prescriber)
    the_doctor_opens_what_waits(doctor)
    scores_and_findings_stand_with_reason_and_source(doctor)
    signing_now_says_all_that_is_open(doctor)
    an_override_needs_a_reason(doctor)
    the_rest_is_settled_one_by_one(doctor)
    the_decision_is_written_and_signed(doctor)
    it_is_locked_and_may_be_added_to(doctor)
    the_patient_is_told_in_plain_words(doctor, mailbox)
    a_nurse_reads_but_does_not_decide(somebody("tablet", user=clinic.nurse))


def the_doctor_opens_what_waits(doctor):
    doctor.opens("/intake/?show=waiting")
    doctor.follows("OKAFOR-TEST, Ngozi", exact=True)
    doctor.presses("Assess")
    doctor.stands_at("Talk to Ngo today")


def scores_and_findings_stand_with_reason_and_source(doctor):
    doctor.sees("Scores", "PHQ-9", "GAD-7", "PEG", "Medicines", "Source:", "Rests on")
    doctor.keeps_picture("assessment-desktop")


def signing_now_says_all_that_is_open(doctor):
    doctor.chooses("Decision", "Candidate with conditions")
    doctor.types("Reasons", REASONS)
    doctor.presses("Save and go to sign")
    doctor.types("Your name", "Petra Prescriber")
    doctor.presses("Sign for")
    doctor.sees("There is a problem", "Write the conditions.", "Hard stop:")
    doctor.follows("Back to the assessment")
    doctor.still_has("Reasons", REASONS)


def an_override_needs_a_reason(doctor):
    settle(doctor, "#finding-glaucoma", "overridden", "")
    doctor.sees("Write the reason")
    settle(doctor, "#finding-glaucoma", "overridden", "Eye clinic agrees, pressure 14 on both sides.", is_open=True)
    doctor.sees("Eye clinic agrees")


def settle(doctor, place, resolution, reason, *, is_open=False):
    finding = doctor.page.locator(place).first
    if not is_open:
        finding.locator("summary").click()
    finding.locator(f'[value="{resolution}"]').check(force=True)
    finding.locator("textarea").fill(reason)
    doctor.presses("Keep this", within=finding)


def the_rest_is_settled_one_by_one(doctor):
    """Everything that keeps somebody from being treated, and the suicide item, which never waits."""
    seen = set()
    while True:
        waiting = doctor.page.locator(".finds > li").filter(has=doctor.page.locator("summary", has_text="Settle"))
        gating = [one.get_attribute("id") for one in waiting.all() if "find-warn" not in one.get_attribute("class")]
        gating = [one for one in gating if one not in seen]
        if not gating:
            return
        seen.add(gating[0])
        place = doctor.page.locator(f"#{gating[0]}")
        may_be_dealt_with = place.locator('[value="handled"]').count()
        settle(doctor, f"#{gating[0]}", "handled" if may_be_dealt_with else "not_so", "Asked today: settled with her.")


def the_decision_is_written_and_signed(doctor):
    doctor.fills_in({"systolic": "128", "diastolic": "79", "heart": "Regular, no murmur."})
    doctor.chooses("Mallampati class", "Class 2")
    doctor.types("About the tests", "ECG: sinus rhythm. Liver panel: normal.")
    doctor.fills_in({"conditions": "Pressure below 140 on the day."})
    doctor.presses("Save and go to sign")
    doctor.types("Your name", "Somebody Else")
    doctor.presses("Sign for")
    doctor.sees("Type your name, Petra Prescriber, to sign.")
    doctor.types("Your name", "Petra Prescriber")
    doctor.presses("Sign for")
    doctor.stands_at("Candidate with conditions")
    assert Approval.objects.get().approved_by.name == "Petra Prescriber"


def it_is_locked_and_may_be_added_to(doctor):
    assert Assessment.objects.get().is_signed
    assert doctor.page.get_by_role("button", name="Save and go to sign").count() == 0
    assert doctor.page.get_by_role("button", name="Keep this").count() == 0
    doctor.types("Add to the record", "Liver panel repeated: still normal.")
    doctor.presses("Add", exact=True)
    doctor.sees("Liver panel repeated: still normal.")


def the_patient_is_told_in_plain_words(doctor, mailbox):
    doctor.presses("Tell OKAFOR-TEST")
    mailbox.delivers()
    letter = mailbox.newest(MAIL, "we have looked at your forms").text
    assert "Hello Ngo" in letter
    for word in ("glaucoma", "ketamine", "PHQ", "suicide", "candidate"):
        assert word.lower() not in letter.lower(), "nothing clinical goes by mail"


def a_nurse_reads_but_does_not_decide(nurse):
    nurse.opens(f"/intake/assessments/{Assessment.objects.get().pk}/")
    nurse.sees("Petra Prescriber", "Candidate with conditions")
    assert nurse.page.get_by_role("button", name="Add").count() == 0
