"""A whole packet down its rarer branch: mood, after trauma, perhaps pregnant."""

import pytest

from clinic.actions.links import make_link, url_of
from clinic.models import InstrumentResponse
from intake import questions
from intake.actions import assessments, packets
from intake.models import Packet
from tests.intake.packets import TYPED, asked_pages, consent_texts
from tests.journeys.clinic import open_clinic
from tests.journeys.person import Person

NAME = "Ngozi Okafor-Test"
CONSENTS = 5
MOOD = {
    "conditions": {"conditions": ["depression", "ptsd"], "pain_most_days": "no"},
    "trauma": {"trauma_gate": "yes"},
    "pregnancy": {"pregnant": "maybe", "breastfeeding": "no"},
}


@pytest.fixture
def clinic(live_db, morning_zone):
    everyone = open_clinic(morning_zone)
    consent_texts(everyone)
    return everyone


@pytest.fixture
def link(clinic):
    """A function: the packet of this reason, and the address that opens it."""

    def made(reason):
        clinic.patient.reason = reason
        clinic.patient.save()
        packet = packets.invite(patient=clinic.patient, site=clinic.harbor, by=clinic.front_desk)
        _, token = make_link(patient=clinic.patient, site=clinic.harbor, purpose="packet", by=None, subject=packet)
        return packet, url_of(token)

    return made


def pages_asked(packet, changes):
    """[(slug, what is typed)] down this branch."""
    facts = {"_sex": packet.patient.sex, "_reason": packet.reason}
    changed = {slug.replace("-", "_"): typed for slug, typed in changes.items()}
    return [(slug, TYPED[slug] | changes.get(slug, {})) for slug, _ in asked_pages(facts, **changed)]


def she_enters(she, address, born):
    she.opens(address)
    she.presses("Continue")
    for box, words in (("Month", born.month), ("Day", born.day), ("Year", born.year)):
        she.types(box, words)
    she.presses("Continue")
    she.follows("Start")


def she_signs_and_sends(she):
    for number in range(CONSENTS):
        she.ticks("I have read")
        if number == 0:
            she.ticks("I agree to sign on this screen")
        she.types("Your full name", NAME)
        she.presses("Sign and continue")
    she.presses("Send my answers")
    she.stands_at("Thank you, we have your answers")


def scores_of(packet):
    rows = InstrumentResponse.objects.filter(occasion_id=packet.pk)
    return {row.instrument: row.score for row in rows}


def test_a_mood_patient_after_trauma_who_may_be_pregnant(clinic, link, open_page, site_url):
    packet, address = link("mood")
    she = Person(open_page("phone"), "patient", site_url)
    she_enters(she, address, clinic.patient.born_on)
    asked = pages_asked(packet, MOOD)
    for slug, typed in asked:
        she.stands_at(str(questions.BY_SLUG[slug].title))
        she.fills_in(typed)
        she.presses("Save and continue")
    she_signs_and_sends(she)
    slugs = [slug for slug, _ in asked]
    assert {"trauma-screen", "trauma-month", "pregnancy", "mood"} <= set(slugs)
    assert not {"pain", "peg", "mood-first", "safety"} & set(slugs), "no pain, and the whole PHQ-9 at once"
    assert scores_of(packet) | {"pc-ptsd-5": 5, "pcl-5": 40, "phq-9": 8, "gad-7": 7} == scores_of(packet)
    assessment = assessments.start_assessment(packet=Packet.objects.get(pk=packet.pk), by=clinic.prescriber)
    found = {finding.rule: finding.level for finding in assessment.findings.all()}
    assert found["pregnant"] == "hard_stop"
    assert not she.complaints
