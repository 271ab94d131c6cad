"""The packet on a phone, page by page, with an accessibility check on every page it meets."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from intake import questions
from intake.actions import packets
from intake.models import Packet
from tests import factories
from tests.accessible import Axe
from tests.intake.packets import TYPED, asked_slugs, consent_texts, invited
from tests.people import by_link, people

SHOTS = os.environ.get("INTAKE_SHOTS")


def shot(page, name):
    """Keep a picture when a folder for pictures is named."""
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def sound(page, name):
    """No violation of WCAG 2.2 A or AA on this page, and no sideways scroll."""
    shot(page, name)
    found = Axe().run(page)
    assert found.response["violations"] == [], f"{name}: {found.generate_report()}"
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{name} scrolls sideways by {wide} px"


def enter(page, client, site_url):
    """Give the browser the session of a test client."""
    value = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": value, "url": site_url}])


def mark(page, selector):
    """Tick it, wherever on the page it is just then: hands and eyes are the journeys' own matter."""
    box = page.locator(selector).first
    if not box.is_checked():
        box.dispatch_event("click")
    expect(box).to_be_checked()


def answer(page, typed):
    """Type and choose what a patient would."""
    for name, value in typed.items():
        for one in value if isinstance(value, list) else [value]:
            field = page.locator(f'[name="{name}"]').first
            kind = field.evaluate("node => node.type")
            if name == "regions":
                page.locator(f'[name=regions][value="{one}"]').dispatch_event("click")
            elif kind in ("radio", "checkbox"):
                mark(
                    page,
                    f'[name="{name}"]' if kind == "checkbox" and one == "on" else f'[name="{name}"][value="{one}"]',
                )
            elif kind == "select-one":
                field.select_option(one)
            elif kind != "hidden":
                field.fill(one)


@pytest.fixture
def patient_page(site_url, open_page):
    """A phone that has come through the link of a fresh packet; gives (page, packet, people)."""
    everyone = people()
    consent_texts(everyone)
    packet = invited(everyone)
    client, _ = by_link(everyone.patient, everyone.site, "packet", subject_kind="intake.packet", subject_id=packet.pk)
    page = open_page("phone")
    enter(page, client, site_url)
    return page, packet, everyone


def test_the_whole_packet(patient_page):
    page, packet, _ = patient_page
    page.goto("/packet/")
    sound(page, "00-home-new")
    page.get_by_role("link", name="Start").click()
    for number, slug in enumerate(asked_slugs(), 1):
        title = str(questions.BY_SLUG[slug].title)
        page.get_by_role("heading", level=1, name=title, exact=True).wait_for()
        answer(page, TYPED[slug])
        sound(page, f"{number:02d}-{slug}")
        page.get_by_role("button", name="Save and continue").click()
    for kind in ("treatment", "off_label", "messages", "privacy", "escort"):
        page.wait_for_url(f"**/packet/consents/{kind}/")
        sound(page, f"30-consent-{kind}")
        page.locator("[name=agreed]").check()
        if kind == "treatment":
            page.locator("[name=electronic_agreed]").check()
        page.locator("[name=printed_name]").fill("Ngozi Okafor-Test")
        page.get_by_role("button", name="Sign and continue").click()
    page.wait_for_url("**/packet/check/")
    sound(page, "40-check")
    page.goto("/packet/")
    sound(page, "41-home-done")
    page.goto("/packet/check/")
    page.get_by_role("button", name="Send my answers").click()
    page.wait_for_url("**/packet/sent/")
    sound(page, "42-sent")
    assert Packet.objects.get(pk=packet.pk).state == "submitted"


def test_errors_are_said_on_top_and_beside(patient_page):
    page, _, _ = patient_page
    page.goto("/packet/pain/")
    answer(page, TYPED["pain"] | {"pain_least": "9"})
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert page.title().startswith("Error:")
    assert page.locator('[name=pain_least][value="9"]').is_checked()
    sound(page, "50-error-pain")
    page.goto("/packet/body/")
    answer(page, {"weight": "180", "weight_unit": "kg", "height_unit": "cm", "height_cm_typed": "170"})
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    sound(page, "51-error-weight")
    assert not page.locator("[name=height_ft]").is_visible()
    assert "397 lb (180 kg)" in page.locator("main").inner_text()
    page.locator("[name=sure]").check()
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/packet/conditions/")


def test_thoughts_of_suicide_show_help_at_once_without_a_save(patient_page):
    page, packet, everyone = patient_page
    Packet.objects.filter(pk=packet.pk).update(reason="mood")
    page.goto("/packet/mood/")
    answer(page, TYPED["mood"])
    help_now = page.get_by_role("link", name="Call 988")
    assert not help_now.is_visible()
    page.locator('[name=phq9_9][value="1"]').check(force=True)
    assert help_now.is_visible()
    sound(page, "60-mood-help")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/packet/mood/?help=1")
    sound(page, "61-mood-help-first")
    assert everyone.patient.raised_alerts.get().kind == "suicide"
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/packet/worry/")


def test_a_draft_is_kept_without_pressing_anything(patient_page):
    page, packet, _ = patient_page
    page.goto("/packet/goals/")
    page.locator("[name=goal_first]").fill("Walk the dog")
    page.get_by_text("Saved at").wait_for(timeout=8000)
    page.reload()
    assert page.locator("[name=goal_first]").input_value() == "Walk the dog"
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/packet/questions/")


def test_two_devices_and_a_changed_page(patient_page):
    page, packet, everyone = patient_page
    page.goto("/packet/goals/")
    factories.policy(at_site=everyone.site)

    said = {"goal_first": "From the laptop", "goal_sign": None}
    packets.save_page(packet=packet, slug="goals", answers=said, version=0, by=everyone.patient)
    page.evaluate("document.querySelector('[name=goal_first]').value = 'From the phone'")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_text("This page was changed somewhere else").wait_for()
    sound(page, "70-conflict")
    assert page.locator("[name=goal_first]").input_value() == "From the phone"
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/packet/questions/")


def test_it_works_without_javascript(site_url, open_page):
    everyone = people()
    packet = invited(everyone)
    client, _ = by_link(everyone.patient, everyone.site, "packet", subject_kind="intake.packet", subject_id=packet.pk)
    page = open_page("phone", java_script_enabled=False)
    enter(page, client, site_url)
    page.goto("/packet/medicines/")
    page.locator("[name=medicines_0_name]").fill("Ibuprofen")
    page.get_by_role("button", name="Add another medicine").click()
    page.locator("[name=medicines_2_name]").fill("Lamotrigine")
    assert page.locator("[name=medicines_0_name]").input_value() == "Ibuprofen"
    page.get_by_role("button", name="Save and come back later").click()
    page.get_by_text("come back with the same link").wait_for()
    assert "Started" in page.locator("main").inner_text()
