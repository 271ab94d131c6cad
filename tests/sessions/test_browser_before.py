"""Before the infusion in a browser: the equipment of the day, and a second check signed by PIN in under ten seconds."""

import time

import pytest
from django.conf import settings

from sessions import actions
from sessions.models import EquipmentCheck, SecondCheck
from sessions.rules import equipment
from tests import factories
from tests.intake.test_browser_packet import sound
from tests.people import people
from tests.sessions.pins import PIN, tablet
from tests.sessions.scene import Scene
from tests.sessions.screens import begin, url

pytestmark = pytest.mark.browser
SECONDS = 10  # as the page promises: from the person's name to the signed check


@pytest.fixture
def prepared(live_db, monkeypatch):
    """All but equipment and second check; the site looks through its equipment once a day."""
    begin(monkeypatch, 20)
    scene = Scene(people())
    factories.policy(at_site=scene.site, equipment_check="day")
    for step in (scene.check_in, scene.answer, scene.weigh, scene.baseline, scene.line, scene.order, scene.draw):
        step()
    actions.set_pin(pin=PIN, again=PIN, by=scene.other)
    return scene


def a_tablet(open_page, site_url, *users):
    """A page on a tablet where these people signed in fully, the last of them now."""
    page, known = open_page("tablet"), tablet(users[-1], *users[:-1])
    for name in ("sessionid", settings.BROWSER_COOKIE_NAME):
        page.context.add_cookies([{"name": name, "value": known.cookies[name].value, "url": site_url}])
    page.goto("/pin/")
    return page


def test_the_equipment_of_the_day_and_a_signature_by_pin(open_page, site_url, prepared):
    scene = prepared
    page = a_tablet(open_page, site_url, scene.other, scene.nurse)
    sound(page, "b1-pin")
    the_equipment_is_looked_through(page, scene)
    a_colleague_signs_within_seconds(page, scene)
    page.goto(url("session-start", scene.session))
    assert "Ready to start" in page.locator("h1").inner_text()
    for name, path in (
        ("b4-label", url("preparation-label", scene.session, scene.preparation.pk)),
        ("b5-last-time", url("last-time", scene.session)),
        ("b6-to-sign", "/orders/to-sign/"),
        ("b7-checklist", url("checklist", scene.session)),
    ):
        page.goto(path)
        sound(page, name)


def the_equipment_is_looked_through(page, scene):
    page.goto(url("session-start", scene.session))
    page.get_by_role("link", name="Emergency equipment is not checked today.").click()
    for code in equipment.ITEMS:
        page.locator(f'[name={code}][value="yes"]').check(force=True)
    sound(page, "b2-equipment")
    page.get_by_role("button", name="Keep today's check").click()
    page.get_by_role("heading", name="In order today").wait_for()
    assert EquipmentCheck.objects.get().checked_by == scene.nurse


def a_colleague_signs_within_seconds(page, scene):
    page.goto(url("second-check", scene.session))
    page.get_by_label("Patient on the label").fill(scene.patient.record_number)
    page.get_by_label("Strength on the label").fill("1")
    page.get_by_label("Rate on the pump").fill("52.5")
    page.get_by_label("Volume in the syringe").fill("50")
    sound(page, "b3-second-check")
    began = time.monotonic()
    page.get_by_label("Cole League").check(force=True)
    page.get_by_label("Their PIN").press_sequentially(PIN, delay=120)
    page.get_by_role("button", name="Sign the second check").click()
    page.get_by_text("Second check: label and pump match.").wait_for()
    assert time.monotonic() - began < SECONDS
    assert SecondCheck.objects.get().checked_by == scene.other
    assert "Nora Nurse" in page.request.get("/pin/").text()
