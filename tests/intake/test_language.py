"""Switching the language in the middle of the packet, and in which language what was written is kept."""

import pytest
from django.utils import translation

from clinic import clock, language
from clinic.actions import protocols
from clinic.models import ConsentText, MedicationStatement
from intake.actions import packets
from intake.models import PageAnswers
from tests.intake.packets import TYPED, answers, filled, invited
from tests.people import by_link, people
from tests.standing import standing

ES, EN = {language.SWITCH: "es"}, {language.SWITCH: "en"}


p = standing(people)


@pytest.fixture
def packet(p):
    return invited(p)


@pytest.fixture
def client(p, packet):
    client, _ = by_link(p.patient, p.site, "packet", subject_kind="intake.packet", subject_id=packet.pk)
    return client


def row(slug="goals"):
    return PageAnswers.objects.get(slug=slug)


def test_half_a_page_becomes_a_draft_and_stays_on_the_screen(client):
    answer = client.post("/packet/goals/", {"version": "0", "goal_sign": "I sing again"} | ES)
    assert (answer.status_code, answer.headers["Content-Language"]) == (200, "es")
    assert "I sing again" in answer.content.decode()
    assert (row().state, row().draft["goal_sign"], row().language) == ("draft", "I sing again", "es")
    assert language.SWITCH not in row().draft


def test_an_untouched_page_stays_untouched(client):
    client.post("/packet/goals/", {"version": "0", "goal_first": "", "goal_sign": ""} | ES)
    assert not PageAnswers.objects.exists()


def test_a_finished_page_stays_finished(client, p, packet):
    packets.save_page(packet=packet, slug="goals", answers=answers("goals"), version=0, by=p.patient)
    answer = client.post("/packet/goals/", TYPED["goals"] | {"version": "1"} | ES)
    assert answer.status_code == 200
    assert (row().state, row().version, row().language) == ("done", 1, "en")


def test_a_finished_page_that_was_changed_becomes_a_draft(client, p, packet):
    packets.save_page(packet=packet, slug="goals", answers=answers("goals"), version=0, by=p.patient)
    client.post("/packet/goals/", {"goal_first": "Something else", "version": "1"} | ES)
    assert (row().state, row().draft["goal_first"]) == ("draft", "Something else")


def test_switching_on_the_check_page_sends_nothing(client, p, packet):
    answer = client.post("/packet/check/", ES)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/packet/check/")
    packet.refresh_from_db()
    assert packet.submitted_at is None


def test_a_consent_in_another_language_is_another_text(client, p):
    protocols.make_default_texts()
    ConsentText.objects.update(published_at=clock.now(), published_by=p.prescriber)
    english, spanish = (ConsentText.objects.get(kind="treatment", language=code) for code in ("en", "es"))
    typed = {"text": english.pk, "agreed": "on", "printed_name": "Ngozi Okafor-Test"}
    html = client.post("/packet/consents/treatment/", typed | ES).content.decode()
    assert spanish.title in html
    assert "Ngozi Okafor-Test" in html
    assert 'name="agreed" class="form-check-input" id="id_agreed" checked' not in html
    assert "checked" not in html
    assert 'role="alert"' not in html


def test_what_is_stated_of_a_patient_is_english_whatever_they_read(p):
    packet = filled(p)
    with translation.override("es"):
        packets.submit(packet=packet, by=p.patient)
    said = MedicationStatement.objects.get(name="Oxycodone").dose_words
    assert "2 times a day" in said
    task = p.patient.tasks.get(kind="assessment")
    assert task.title.startswith("Assess the packet of")
