"""J1 in Spanish, on a phone: the invitation, the door, every page, the signatures; and what staff read of it."""

import os
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import gettext

from clinic import clock
from clinic.actions import protocols
from clinic.models import ConditionStatement, ConsentSignature, ConsentText, InstrumentResponse, Patient
from clinic.notify.kinds import KINDS, shipped
from intake import questions
from intake.actions import packets
from intake.models import Packet, PageAnswers
from intake.queries import answers_of
from tests.intake.packets import TYPED, asked_slugs
from tests.journeys.clinic import open_clinic

MAIL = "lucia@tideline.example"
SHOTS = os.environ.get("SPANISH_SHOTS")
NARROW = {"width": 320, "height": 780}
PHONE = {"width": 390, "height": 844}
OWN_WORDS = "Volver a caminar hasta el mercado con mi hija"
CONSENTS = ("treatment", "off_label", "messages", "privacy", "escort")


def es(words):
    """A text of the product as the patient reads it."""
    with translation.override("es"):
        return gettext(words)


def titled(page):
    with translation.override("es"):
        return str(page.title)


@pytest.fixture
def clinic(live_db, morning_zone):
    everyone = open_clinic(morning_zone)
    protocols.make_default_texts()
    ConsentText.objects.filter(published_at=None).update(published_at=clock.now(), published_by=everyone.prescriber)
    Patient.objects.filter(pk=everyone.patient.pk).update(email=MAIL, language="es", given_name="Lucía")
    everyone.patient.refresh_from_db()
    packets.invite(patient=everyone.patient, site=everyone.site, by=everyone.front_desk)
    return everyone


def test_from_the_invitation_in_spanish_to_what_staff_read(clinic, mailbox, somebody):
    mailbox.delivers()
    she_is_written_to_in_her_language(mailbox)
    phone = somebody("phone")
    phone.opens(mailbox.link(MAIL))
    she_proves_who_she_is(phone)
    she_switches_and_loses_nothing(phone)
    she_answers_every_page(phone)
    she_signs_the_spanish_texts(phone)
    she_checks_and_sends(phone)
    staff_reads_english_and_her_own_words(clinic, somebody)


def she_is_written_to_in_her_language(mailbox):
    letter = mailbox.newest(MAIL)
    subject, _ = shipped("invitation", "es")
    assert letter.subject == subject.format(site="Harbor clinic")
    assert letter.text.startswith("Hola, Lucía:")
    assert KINDS["invitation"].body.split("\n\n")[1] not in letter.text


def looked_over(phone, name):
    """The page keeps in its frame on a phone and on the narrowest one; kept as a picture when a folder is named."""
    for size in (NARROW, PHONE):
        phone.page.set_viewport_size(size)
        wide = phone.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} scrolls sideways by {wide} px at {size['width']} px"
        if SHOTS:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            phone.page.screenshot(path=f"{SHOTS}/{name}-{size['width']}.png", full_page=True)
    assert phone.page.locator("html").get_attribute("lang") == "es"


def she_fills_in(phone, typed):
    """A page by the names of its fields; one of several by a tap once the page holds still."""
    for name, value in typed.items():
        radio = phone.page.locator(f'input[type=radio][name="{name}"][value="{value}"]')
        if radio.count() == 1:
            radio.check()
        else:
            phone.fills_in({name: value})


def she_proves_who_she_is(phone):
    looked_over(phone, "00-link")
    phone.presses(es("Continue"))
    looked_over(phone, "01-born")
    for box, words in (("Day", "14"), ("Month", "mayo"), ("Year", "1980")):
        phone.types(es(box), words)
    phone.presses(es("Continue"))
    phone.page.wait_for_url("**/packet/")
    phone.looks()
    looked_over(phone, "02-home")


def she_switches_and_loses_nothing(phone):
    """In the middle of the first page, to English and back: what was typed stays, Enter goes on, nothing is sent."""
    phone.follows(es("Start"))
    phone.stands_at(titled(questions.BY_SLUG["about-you"]))
    phone.fills_in({"phone": "555 0199"})
    phone.presses("English", exact=True)
    phone.stands_at("About you")
    phone.still_has("Your phone number", "555 0199")
    phone.presses("Español", exact=True)
    phone.stands_at(titled(questions.BY_SLUG["about-you"]))
    phone.still_has(es("Your phone number"), "555 0199")
    assert phone.page.locator("[role=alert]").count() == 0
    assert Patient.objects.get(email=MAIL).language == "es"


def she_answers_every_page(phone):
    typed = TYPED | {
        "about-you": TYPED["about-you"] | {"language_best": "es"},
        "body": {"weight": "81,6", "weight_unit": "kg", "height_unit": "ft", "height_ft": "5", "height_in": "7"},
        "goals": TYPED["goals"] | {"goal_first": OWN_WORDS},
    }
    for number, slug in enumerate(asked_slugs(), 10):
        phone.stands_at(titled(questions.BY_SLUG[slug]))
        if slug == "body":
            she_is_asked_about_a_number_that_could_be_two(phone, typed[slug])
        she_fills_in(phone, typed[slug])
        looked_over(phone, f"{number}-{slug}")
        phone.presses(es("Save and continue"))


def she_is_asked_about_a_number_that_could_be_two(phone, typed):
    she_fills_in(phone, typed | {"weight": "81,600"})
    phone.presses(es("Save and continue"))
    phone.sees("Escriba 81600 o 81.6")
    looked_over(phone, "11-which")


def she_signs_the_spanish_texts(phone):
    for kind in CONSENTS:
        phone.page.wait_for_url(f"**/packet/consents/{kind}/")
        phone.stands_at(ConsentText.objects.get(kind=kind, language="es").title)
        looked_over(phone, f"40-{kind}")
        for box in phone.page.locator("main input[type=checkbox]:visible").all():
            box.check(force=True)
        phone.page.locator("[name=printed_name]").fill("Lucía Okafor-Test")
        phone.presses(es("Sign and continue"))
    phone.page.wait_for_url("**/packet/check/")


def she_checks_and_sends(phone):
    phone.stands_at(es("Check your answers"))
    phone.sees(OWN_WORDS)
    looked_over(phone, "50-check")
    phone.presses(es("Send my answers"))
    phone.stands_at(es("Thank you, we have your answers"))
    looked_over(phone, "51-sent")


def staff_reads_english_and_her_own_words(clinic, somebody):
    packet = Packet.objects.get()
    assert packet.state == "submitted"
    assert set(PageAnswers.objects.values_list("language", flat=True)) == {"es"}
    assert answers_of(packet)["weight_kg"] == "81.6"
    assert {r.language for r in InstrumentResponse.objects.filter(instrument__in=("phq-9", "gad-7"))} == {"es"}
    assert {r.language for r in InstrumentResponse.objects.filter(instrument="peg")} == {"en"}
    assert "Complex regional pain syndrome (CRPS)" in ConditionStatement.objects.values_list("label", flat=True)
    assert {s.text.language for s in ConsentSignature.objects.select_related("text")} == {"es"}
    doctor = somebody("desktop", user=clinic.prescriber)
    doctor.opens(f"/intake/{packet.pk}/")
    assert doctor.page.locator("html").get_attribute("lang") == "en"
    doctor.sees(OWN_WORDS)
    doctor.sees_nothing_of(titled(questions.BY_SLUG["goals"]), es("Not sure"), es("What do you hope will be better?"))
