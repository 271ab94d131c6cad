"""How much work a packet is: every press beyond the answers themselves is counted, typing takes as long as people do.

With TIDELINE_HUMAN=1 keys and choices come at human speed (a phone: 190 ms a key, 700 ms to find and tap an answer;
Palin et al. 2019 measured 36 words a minute) and the time is told with --log-cli-level=INFO.
"""

import logging
import os
import time

import pytest

from clinic.actions.links import make_link, url_of
from intake import questions
from intake.actions import packets
from intake.models import Packet
from tests.intake.packets import TYPED, asked_slugs, consent_texts
from tests.journeys.clinic import open_clinic
from tests.journeys.person import Person

LOG = logging.getLogger(__name__)
MOST = 60
CONSENTS = 5
HUMAN = os.environ.get("TIDELINE_HUMAN") == "1"
KEY_MS, CHOICE_MS = (190, 700) if HUMAN else (0, 0)


class Counted(Person):
    """Somebody whose presses beyond the answers are counted, and who types and chooses at a person's pace."""

    pressed = answered = 0

    def presses(self, name, **places):
        self.pressed += 1
        super().presses(name, **places)

    def follows(self, name, **places):
        self.pressed += 1
        super().follows(name, **places)

    def ticks(self, label, **places):
        self.pressed += 1
        super().ticks(label, **places)

    def _answer(self, name, value):
        self.answered += 1
        field = self.page.locator(f'[name="{name}"]').first
        if KEY_MS and field.evaluate("node => ['text', 'textarea', 'tel', 'email'].includes(node.type)"):
            field.press_sequentially(str(value), delay=KEY_MS)
            return
        self.page.wait_for_timeout(CHOICE_MS)
        super()._answer(name, value)


@pytest.fixture
def patient_with_a_link(live_db, morning_zone):
    clinic = open_clinic(morning_zone)
    consent_texts(clinic)
    packet = packets.invite(patient=clinic.patient, site=clinic.harbor, by=clinic.front_desk)
    _, token = make_link(patient=clinic.patient, site=clinic.harbor, purpose="packet", by=None, subject=packet)
    return clinic.patient, token


def test_a_pain_packet_takes_at_most_sixty_presses_beyond_its_answers(
    patient_with_a_link, open_page, site_url, record_property
):
    patient, token = patient_with_a_link
    she = Counted(open_page("phone"), "patient", site_url)
    begun = time.monotonic()
    she.opens(url_of(token))
    she.presses("Continue")
    for box, part in (("Month", "month"), ("Day", "day"), ("Year", "year")):
        she.types(box, getattr(patient.born_on, part))
    she.presses("Continue")
    she.follows("Start")
    for slug in asked_slugs():
        she.stands_at(str(questions.BY_SLUG[slug].title))
        she.fills_in(TYPED[slug])
        she.presses("Save and continue")
    for number in range(CONSENTS):
        she.ticks("I have read")
        if number == 0:
            she.ticks("I agree to sign on this screen")
        she.types("Your full name", "Ngozi Okafor-Test")
        she.presses("Sign and continue")
    she.page.wait_for_url("**/packet/check/")
    she.presses("Send my answers")
    she.stands_at("Thank you, we have your answers")
    seconds = time.monotonic() - begun
    assert Packet.objects.get().state == "submitted"
    assert not she.complaints
    LOG.info("%s answers, %s presses beyond them, %.0f s", she.answered, she.pressed, seconds)
    assert she.pressed <= MOST
