"""From a hard answer on a phone to a nurse's words: help at once, also without scripts; the alert within seconds."""

import os
from pathlib import Path

import pytest

from clinic.actions.links import make_link
from clinic.models import Alert, Patient
from tests.accessible import Axe
from tests.factories.places import PASSWORD
from tests.intake.packets import invited
from tests.people import by_link, people

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("CRISIS_SHOTS")
WITHIN = 12_000  # ms; without the stream a page looks again every 5 seconds


def sound(page, name):
    """No violation on this page and no sideways scroll; a picture where a folder is named."""
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)
    found = Axe().run(page)
    assert found.response["violations"] == [], f"{name}: {found.generate_report()}"
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{name} scrolls sideways by {wide} px"


@pytest.fixture
def everyone(live_db):
    found = people()
    Patient.objects.filter(pk=found.patient.pk).update(
        phone="555 0142", emergency_name="Ada Sample", emergency_phone="555 0143", emergency_relation="sister"
    )
    return found


@pytest.fixture
def phone(everyone, open_page, site_url):
    """A function: a phone in the patient's packet, with or without scripts."""

    def come(**options):
        packet = invited(everyone)
        about = {"subject_kind": "intake.packet", "subject_id": packet.pk}
        client, _ = by_link(everyone.patient, everyone.site, "packet", **about)
        page = open_page("phone", **options)
        value = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": value, "url": site_url}])
        return page

    return come


@pytest.fixture
def nurse(everyone, open_page):
    """A nurse at work on a tablet, who is somewhere else just now."""
    page = open_page("tablet")
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(everyone.nurse.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_load_state()
    page.goto("/patients/")
    return page


def choose(page, value):
    page.locator(f'[name="phq9_9"][value="{value}"]').check(force=True)


def test_help_at_once_and_a_nurse_within_seconds(everyone, phone, nurse, redis_url):
    page = phone()
    page.goto("/packet/mood/")
    assert not page.get_by_role("link", name="Call 988").is_visible()
    choose(page, 3)
    assert page.get_by_role("link", name="Call 988").is_visible()
    assert page.get_by_role("link", name="Text 988").is_visible()
    sound(page, "1-phone-chosen")
    strip = nurse.get_by_role("navigation", name="Alerts that nobody has answered")
    strip.wait_for(timeout=WITHIN)
    assert Alert.objects.get().value == 3, "the draft alone has raised it: nothing was sent"
    assert "Answer about suicide" in strip.inner_text()
    assert "One alert waits" in nurse.locator("[data-alerts-said]").inner_text()
    sound(nurse, "2-nurse-strip")
    page.get_by_role("button", name="Save and continue").click()
    page.locator("#help").wait_for()
    assert page.evaluate("document.activeElement.id") == "help"
    sound(page, "3-phone-saved")
    nurse.set_viewport_size({"width": 390, "height": 844})
    sound(nurse, "4-nurse-strip-phone")
    nurse.set_viewport_size({"width": 820, "height": 1180})
    strip.get_by_role("link").click()
    nurse.get_by_role("heading", level=1).wait_for()
    assert "nearly every day (3 of 3)" in nurse.locator("main").inner_text()
    assert nurse.get_by_role("link", name="555 0142").get_attribute("href") == "tel:5550142"
    sound(nurse, "5-alert")
    nurse.get_by_role("button", name="I take it").click()
    nurse.get_by_role("alert").filter(has_text="There is a problem").wait_for()
    sound(nurse, "6-alert-no-words")
    nurse.get_by_label("What you did or will do").fill("Called her, she is safe, her sister is with her.")
    nurse.get_by_role("button", name="I take it").click()
    nurse.get_by_text("Taken by Nora Nurse").wait_for()
    assert strip.count() == 0
    sound(nurse, "7-taken")
    nurse.get_by_role("button", name="Settled").click()
    nurse.get_by_text("Settled by Nora Nurse").wait_for()
    assert Alert.objects.get().done_words.startswith("Called her")


@pytest.mark.parametrize("theme", ["dark", "dim"])
def test_the_strip_and_the_alert_in_every_light(everyone, phone, nurse, site_url, theme):
    page = phone()
    page.goto("/packet/mood/")
    choose(page, 1)
    page.get_by_role("button", name="Save and come back later").click()
    page.locator("#help").wait_for()
    sound(page, f"8-home-{theme}")
    nurse.context.add_cookies([{"name": "theme", "value": theme, "url": site_url}])
    nurse.goto("/tasks/")
    sound(nurse, f"8-tasks-{theme}")
    nurse.goto(f"/tasks/alerts/{Alert.objects.get().pk}/")
    sound(nurse, f"9-alert-{theme}")


def test_without_scripts_help_comes_with_the_choice_and_with_the_next_page(everyone, phone):
    page = phone(java_script_enabled=False)
    page.goto("/packet/mood/")
    choose(page, 2)
    assert page.get_by_role("link", name="Call 988").is_visible()
    page.get_by_role("button", name="Save and continue").click()
    page.locator("#help").wait_for()
    assert page.locator("#help").get_by_role("link", name="Call 988").is_visible()
    assert Alert.objects.get().value == 2


def test_ml_04_in_a_real_browser_no_request_tells_of_the_token(everyone, open_page):
    packet = invited(everyone)
    _, token = make_link(patient=everyone.patient, site=everyone.site, purpose="packet", by=None, subject=packet)
    page = open_page("phone")
    asked, posts = [], []
    page.on("request", lambda request: asked.append(request))
    page.goto(f"/p/{token}/")
    assert page.url.endswith("/p/open/")
    assert "This link works until" in page.locator("main").inner_text()
    sound(page, "10-link")
    page.get_by_role("button", name="Continue").click()
    for label, value in (("Month", "May"), ("Day", "14"), ("Year", "1980")):
        page.get_by_label(label).fill(value)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/packet/")
    for request in asked:
        headers = request.all_headers()
        assert token not in headers.get("referer", "")
        assert token not in request.url or request.url.endswith(f"/p/{token}/")
        if request.method == "POST":
            posts.append(headers["origin"])
    assert len(asked) > 10
    assert len(posts) == 2
    assert "null" not in posts
    assert token not in page.evaluate(
        "document.documentElement.outerHTML + JSON.stringify([localStorage, sessionStorage])"
    )
    assert token not in page.evaluate("document.referrer + history.length + location.href")
    kept = [cookie["value"] for cookie in page.context.cookies()]
    assert not any(token in value for value in kept)
