"""A whole packet by people who come in other ways: with the keyboard alone, and with a browser that runs no scripts."""

import pytest

from clinic.actions.links import make_link, url_of
from clinic.models import ConsentSignature
from intake import questions
from intake.actions import packets
from intake.models import Packet, PageAnswers
from tests.intake.packets import TYPED, asked_slugs, consent_texts
from tests.journeys.clinic import open_clinic
from tests.journeys.hands import Keys, Plain

CONSENTS = 5
NAME = "Ngozi Okafor-Test"


@pytest.fixture
def invited(site_url, morning_zone):
    clinic = open_clinic(morning_zone)
    consent_texts(clinic)
    packet = packets.invite(patient=clinic.patient, site=clinic.harbor, by=clinic.front_desk)
    _, token = make_link(patient=clinic.patient, site=clinic.harbor, purpose="packet", by=None, subject=packet)
    return clinic.patient, url_of(token)


def goes_the_whole_way(she, patient, address):
    she.opens(address)
    she.presses("Continue")
    for box, part in (("Month", "month"), ("Day", "day"), ("Year", "year")):
        name = she.page.get_by_label(box, exact=True).get_attribute("name")
        she.fills_in({name: str(getattr(patient.born_on, part))})
    she.presses("Continue")
    she.starts()
    for slug in asked_slugs():
        she.stands_at(str(questions.BY_SLUG[slug].title))
        she.fills_in(TYPED[slug])
        she.presses("Save and continue")
    for number in range(CONSENTS):
        electronic = {"electronic_agreed": "on"} if number == 0 else {}
        she.fills_in({"agreed": "on"} | electronic | {"printed_name": NAME})
        she.presses("Sign and continue")
    she.presses("Send my answers")
    she.stands_at("Thank you, we have your answers")
    assert Packet.objects.get().state == "submitted"
    assert {row.slug for row in PageAnswers.objects.all()} == set(asked_slugs())
    assert PageAnswers.objects.get(slug="pain-story").answers["regions"] == ["front_forearm_left"]
    assert ConsentSignature.objects.count() == CONSENTS
    assert not she.complaints


def test_a_whole_packet_by_keyboard_alone(invited, open_page, site_url):
    she = Keys(open_page("desktop"), "patient", site_url)
    she.starts = lambda: she.presses("Start")
    goes_the_whole_way(she, *invited)


def test_a_whole_packet_without_javascript(invited, open_page, site_url):
    she = Plain(open_page("phone", java_script_enabled=False), "patient", site_url)
    she.starts = lambda: she.follows("Start")
    goes_the_whole_way(she, *invited)
