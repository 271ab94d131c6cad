"""Staff fill in with the patient, hand over the tablet, look into what was said: in a browser, with axe."""

import pytest
from django.urls import reverse

from clinic.actions.patient_alerts import said_alerts
from clinic.actions.representatives import add_representative
from intake.models import PageAnswers
from tests.intake.packets import TYPED, consent_texts, invited
from tests.intake.test_browser_packet import answer, enter, sound
from tests.people import people, signed_in


@pytest.fixture
def everyone(site_url):
    return people()


def test_the_front_desk_helps_and_hands_over(everyone, open_page, site_url):
    consent_texts(everyone)
    packet = invited(everyone)
    guardian = {"name": "Gil Guardian", "relation": "guardian", "email": "gil@example.org"}
    add_representative(patient=everyone.patient, by=everyone.front_desk, **guardian)
    page = open_page("tablet")
    enter(page, signed_in(everyone.front_desk), site_url)
    page.goto(reverse("intake:fill-home", args=[packet.pk]))
    sound(page, "90-fill-begin")
    page.get_by_role("button", name="Begin with OKAFOR-TEST, Ngozi").click()
    sound(page, "91-fill-list")
    page.get_by_role("link", name="Someone to call").click()
    page.get_by_text("Filled in together: Ngozi and Fran Desk.").wait_for()
    answer(page, TYPED["emergency-contact"])
    page.get_by_text("Saved at").wait_for(timeout=8000)
    sound(page, "92-fill-page")
    page.get_by_role("button", name="Save and continue").last.click()
    page.wait_for_url("**/fill/body/")
    assert PageAnswers.objects.get(packet=packet, slug="emergency-contact").help.user == everyone.front_desk
    page.goto(reverse("intake:fill-page", args=[packet.pk, "mood"]))
    sound(page, "93-fill-closed")
    page.get_by_role("button", name="Hand this device to OKAFOR-TEST, Ngozi").click()
    page.get_by_label("Month").fill(str(everyone.patient.born_on.month))
    page.get_by_label("Day").fill(str(everyone.patient.born_on.day))
    page.get_by_label("Year").fill(str(everyone.patient.born_on.year))
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/packet/")
    page.goto(reverse("intake:packet-show", args=[packet.pk]))
    assert "/login/" in page.url


def test_alerts_and_representatives(everyone, open_page, site_url):
    said_alerts(
        patient=everyone.patient,
        said=[("device", "Pacemaker"), ("no_iv", "No blood pressure and no IV on the left arm (fistula)")],
        occasion=everyone.patient,
        by=everyone.patient,
    )
    page = open_page("tablet")
    enter(page, signed_in(everyone.nurse), site_url)
    page.goto(reverse("clinic:patient-alerts", args=[everyone.patient.pk]))
    sound(page, "94-alerts")
    page.get_by_role("button", name="It is so Pacemaker").click()
    page.get_by_text("Looked into by Nora Nurse").wait_for()
    page.goto(reverse("clinic:patient-representatives", args=[everyone.patient.pk]))
    page.get_by_label("Name", exact=True).fill("Gil Guardian")
    page.get_by_label("Who they are").fill("guardian")
    page.get_by_label("E-mail").fill("gil@example.org")
    page.get_by_role("button", name="Record for OKAFOR-TEST, Ngozi").click()
    page.get_by_role("heading", name="Gil Guardian, guardian").wait_for()
    sound(page, "95-representatives")
