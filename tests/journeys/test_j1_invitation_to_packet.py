"""J1: from the front desk's form to a packet that was sent, on two devices, with help where it is needed."""

import pytest

from clinic.models import Alert, ContactChoice, Patient
from intake import questions
from intake.models import Packet
from tests.intake.packets import TYPED, asked_slugs, consent_texts
from tests.journeys.clinic import open_clinic
from tests.journeys.person import EMAIL

MAIL = "ngozi@tideline.example"
FIRST_PAGES = ("about-you", "emergency-contact", "body", "conditions", "pain")
CONSENTS = 5


@pytest.fixture
def clinic(live_db, morning_zone):
    everyone = open_clinic(morning_zone)
    consent_texts(everyone)
    return everyone


def test_from_the_front_desk_to_a_packet_that_was_sent(clinic, worker, mailbox, somebody):
    desk = somebody("tablet", user=clinic.front_desk)
    the_desk_adds_a_patient_and_is_asked_about_a_likely_double(desk, clinic)
    the_desk_invites(desk)

    phone = somebody("phone")
    phone.opens(mailbox.link(MAIL, "forms before your visit"))
    she_proves_who_she_is(phone)
    phone.keeps_picture("packet-home-phone")
    phone.follows("Start")
    she_answers(phone, FIRST_PAGES, then_leaves=True)
    phone.page.context.close()

    laptop = somebody("desktop")
    laptop.opens(mailbox.link(MAIL, "forms before your visit"))
    she_proves_who_she_is(laptop, code_from=mailbox)
    laptop.sees("Go on where you stopped")
    laptop.follows("Go on")
    what_she_said_on_the_phone_is_here(laptop)
    she_answers(laptop, slugs_after("pain", until="mood"))
    she_says_she_has_dark_thoughts_and_gets_help_at_once(laptop)
    she_answers(laptop, slugs_after("mood"))
    she_reads_and_signs(laptop)
    she_changes_one_answer_on_the_check_page(laptop)
    laptop.presses("Send my answers")
    laptop.stands_at("Thank you, we have your answers")

    assert Packet.objects.get().state == "submitted"
    the_link_has_done_its_work(somebody("phone"), mailbox)
    a_nurse_takes_the_alert(somebody("tablet", user=clinic.nurse))
    the_desk_sees_no_answer_about_health(desk)


def the_desk_adds_a_patient_and_is_asked_about_a_likely_double(desk, clinic):
    desk.opens("/patients/")
    desk.follows("Add a patient")
    desk.types("Family name", "Okafor-Test")
    desk.types("Given name", "Ngozi")
    for box, words in (("Month", "May"), ("Day", "14"), ("Year", "1980")):
        desk.types(box, words)
    desk.sees("Is it one of these?", clinic.patient.record_number)
    desk.keeps_picture("patient-add-tablet")
    desk.types(EMAIL, MAIL)
    desk.types("Phone", "555 0177")
    desk.presses("Add this patient")
    desk.sees("Is it one of these?")
    desk.still_has(EMAIL, MAIL)
    desk.ticks("This is another person")
    desk.presses("Add this patient")
    desk.sees("is added as")


def the_desk_invites(desk):
    desk.presses("Send the invitation")
    desk.sees("The invitation is on its way.")


def she_proves_who_she_is(device, *, code_from=None):
    device.stands_at("Your link from")
    device.presses("Continue")
    for box, words in (("Month", "5"), ("Day", "14"), ("Year", "1980")):
        device.types(box, words)
    device.presses("Continue")
    if code_from:
        device.stands_at("Type the code we sent you")
        device.types("The six digits", code_from.code(MAIL))
        device.presses("Continue")
    device.page.wait_for_url("**/packet/")
    device.looks()


def she_answers(device, slugs, *, then_leaves=False):
    """Page after page; the last one is saved for later when she leaves."""
    for slug in slugs:
        device.stands_at(str(questions.BY_SLUG[slug].title))
        device.fills_in(TYPED[slug])
        if slug == "pain":
            device.keeps_picture("packet-pain-phone")
        last = then_leaves and slug == slugs[-1]
        device.presses("Save and come back later" if last else "Save and continue")
    if then_leaves:
        device.sees("You can close this page")


def what_she_said_on_the_phone_is_here(device):
    device.stands_at("Your pain")
    assert device.page.locator('[name="pain_worst"][value="8"]').is_checked()
    device.presses("Save and continue")


def slugs_after(slug, *, until=None):
    every = asked_slugs()
    return every[every.index(slug) + 1 : every.index(until) if until else None]


def she_says_she_has_dark_thoughts_and_gets_help_at_once(device):
    device.stands_at("Your mood")
    device.fills_in(TYPED["mood"])
    device.sees_nothing_of("You don’t have to wait for us")
    device.fills_in({"phq9_9": "1"})
    device.sees("You don’t have to wait for us", "Call 988")
    device.presses("Save and continue")
    device.page.wait_for_url("**/packet/mood/?help=1")
    device.sees("You don’t have to wait for us", "Call 988")
    device.keeps_picture("packet-help-desktop")
    assert Alert.objects.get().kind == "suicide", "raised when the page was saved, before anything was sent"
    device.presses("Save and continue")


def she_reads_and_signs(device):
    for number in range(CONSENTS):
        device.ticks("I have read")
        if number == 0:
            device.page.locator("[name=electronic_agreed]").check()
        device.types("Your full name", "Ngozi Okafor-Test")
        device.presses("Sign and continue")
    device.page.wait_for_url("**/packet/check/")


def she_changes_one_answer_on_the_check_page(device):
    device.stands_at("Check your answers")
    device.keeps_picture("packet-check-desktop")
    device.follows("Change Your goals")
    device.still_has("What do you hope will be better?", TYPED["goals"]["goal_first"])
    device.fills_in({"goal_first": "Dance at my sister’s wedding"})
    device.presses("Save and continue")
    device.page.wait_for_url("**/packet/check/")
    device.sees("Dance at my sister’s wedding")


def the_link_has_done_its_work(device, mailbox):
    device.opens(mailbox.link(MAIL, "forms before your visit"))
    device.stands_at("You are done")


def a_nurse_takes_the_alert(nurse):
    nurse.opens("/tasks/")
    nurse.sees("Alert")
    nurse.follows("Open: Answer about suicide")
    nurse.types("What you did or will do", "Called her at once: safe, sister is with her.")
    nurse.presses("I take it")
    nurse.sees("You have taken it", "safe, sister is with her")
    taken = Alert.objects.get()
    assert (taken.state, taken.acknowledged_by.name) == ("acknowledged", "Nora Nurse")


def the_desk_sees_no_answer_about_health(desk):
    patient = Patient.objects.get(email=MAIL)
    assert not ContactChoice.objects.filter(patient=patient, opted_out_at__isnull=False).exists()
    desk.opens(f"/intake/{Packet.objects.get().pk}/")
    desk.sees("about health are for clinicians")
    desk.sees_nothing_of("Sertraline", "Dance at my", "988")
