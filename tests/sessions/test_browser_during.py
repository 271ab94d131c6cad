"""In a real browser: an infiltration with a new line; an emergency from one tap to being put in order."""

import pytest

from sessions.models import Entry, Reconciliation
from tests.accessible import Axe
from tests.people import people
from tests.sessions.scene import Scene
from tests.sessions.screens import begin, url

pytestmark = pytest.mark.browser


@pytest.fixture
def running(live_db, monkeypatch):
    begin(monkeypatch, 40)
    scene = Scene(people())
    scene.running()
    scene.vitals(20, oxygen="room_air", sedation=-1, pain=3)
    return scene


def clean(page):
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []


def test_an_infiltration_pauses_tells_it_apart_and_goes_on(running, as_user):
    page = as_user(running.nurse)
    page.goto(url("event-choose", running.session))
    page.get_by_role("link", name="IV line").click()
    page.get_by_role("link", name="Infiltrated").click()
    page.get_by_text("Saving this also pauses Ketamine").wait_for()
    clean(page)
    page.get_by_role("button", name="Save the line").click()
    page.get_by_text("The line is infiltrated").wait_for()
    assert page.get_by_text("mg of it uncertain").first.is_visible()
    page.get_by_role("link", name="New line").click()
    page.get_by_label("Where").fill("right hand")
    page.get_by_role("button", name="Save the line").click()
    page.get_by_role("link", name="Resume, stop").click()
    page.get_by_role("button", name="Resume the infusion").click()
    page.get_by_text("Resumed.").wait_for()
    page.get_by_role("link", name="Doses so far").click()
    page.get_by_text("Part of the dose is uncertain").wait_for()
    clean(page)


def test_an_emergency_from_one_tap_to_being_put_in_order(running, as_user):
    nurse, other = as_user(running.nurse, theme="dim"), as_user(running.other, theme="dark")
    other.goto("/patients/")
    nurse.goto(url("event-choose", running.session))
    nurse.get_by_role("button", name="Emergency", exact=True).click()
    nurse.get_by_role("heading", name="Emergency in chair 1").wait_for()
    assert Entry.objects.get(drugevent__action="stop").detail.cause == "emergency"
    other.reload()
    other.get_by_text("Emergency in chair 1").wait_for()
    for step in ("Airway", "Oxygen", "Emergency services called", "Emergency services here", "Handed over"):
        nurse.get_by_role("button", name=step).first.click()
        nurse.wait_for_load_state()
    clean(nurse)
    nurse.get_by_role("link", name="One page to hand over").click()
    nurse.get_by_text("Drugs given here").wait_for()
    clean(nurse)
    nurse.goto(url("emergency-reconcile", running.session))
    clean(nurse)
    nurse.get_by_label("What is not clear, and who looks into it").fill("The pump went with the ambulance")
    nurse.get_by_role("button", name="Everything here is gone through").click()
    nurse.get_by_text("The emergency is put in order.").wait_for()
    assert Reconciliation.objects.get().done_by == running.nurse
