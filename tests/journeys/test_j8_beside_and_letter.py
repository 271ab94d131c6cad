"""J8, the rest: help beside the infusions, next infusions as a list, a decision taken back, a letter that goes out."""

import pytest

from clinic.models import Patient, Referrer
from followup.actions import booster, relief
from followup.models import AdjunctVisit, LetterSending, ProgressLetter
from tests.followup.conftest import NOW, make_story
from tests.people import people


@pytest.fixture
def story(live_db, time_moves):
    """Half past six in the evening of 14 May 2026, in New York; relief is fading."""
    time_moves(NOW)
    everyone = people()
    story = make_story(everyone)
    referrer = Referrer.objects.create(name="Dr. Rae Ferrer", organisation="Sample practice")
    Patient.objects.filter(pk=everyone.patient.pk).update(referrer=referrer)
    relief.rebuild(course=story.course)
    booster.review(course=story.course, at=NOW)
    return story


def test_help_beside_it_and_a_letter_to_the_referrer(story, somebody):
    nurse = somebody("tablet", user=story.nurse)
    she_notes_a_referral_and_what_was_kept(nurse, story)
    doctor = somebody("desktop", user=story.prescriber)
    he_accepts_and_takes_it_back(doctor, story)
    he_writes_to_the_referrer(doctor, story)
    she_faxes_it(nurse)


def she_notes_a_referral_and_what_was_kept(nurse, story):
    nurse.opens(f"/courses/{story.course.pk}/adjuncts/")
    nurse.stands_at("Beside the infusions")
    nurse.presses("Note the referral")
    nurse.sees("Write the person or the practice")
    nurse.page.get_by_label("Physical therapy").check(force=True)
    nurse.types("Person or practice", "Sample physical therapy")
    nurse.presses("Note the referral")
    nurse.sees("The referral is noted.")
    nurse.unfolds("Note an appointment")
    nurse.page.get_by_label("Day", exact=True).fill("2026-05-12")
    nurse.picks("Was it kept?", "Attended")
    nurse.presses("Note the appointment")
    nurse.sees("1 attended")
    nurse.keeps_picture("adjuncts-tablet", whole=True)
    assert AdjunctVisit.objects.get().state == "attended"


def he_accepts_and_takes_it_back(doctor, story):
    doctor.opens("/boosters/")
    doctor.stands_at("Next infusions")
    doctor.keeps_picture("boosters-desktop")
    doctor.opens(f"/courses/{story.course.pk}/")
    doctor.sees("1 attended", "Safety checks overdue")
    doctor.presses("Accept and send to booking")
    doctor.sees("Not booked yet: the front desk has the task.")
    doctor.follows("Take the decision back")
    doctor.types("The reason", "Wants to wait for the holidays")
    doctor.presses("Take it back")
    doctor.sees("The decision is taken back.")


def he_writes_to_the_referrer(doctor, story):
    doctor.presses("Write a progress letter")
    doctor.stands_at("Progress letter: read it, then sign it")
    doctor.sees("Dr. Rae Ferrer")
    assert doctor.page.get_by_role("region", name="Curve in the letter").is_visible()
    doctor.keeps_picture("progress-letter-desktop", whole=True)
    doctor.prefers("dark").reloads()
    doctor.prefers("light").reloads()
    doctor.presses("Sign the letter")
    doctor.sees("Signed by Petra Prescriber")
    assert ProgressLetter.objects.get().document is not None


def she_faxes_it(nurse):
    nurse.opens(f"/progress/{ProgressLetter.objects.get().pk}/")
    nurse.page.get_by_label("by fax").check(force=True)
    nurse.presses("Note it as sent")
    nurse.sees("By fax to Dr. Rae Ferrer")
    assert LetterSending.objects.get().way == "fax"
