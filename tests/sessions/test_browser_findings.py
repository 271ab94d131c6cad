"""A new medicine told at the chair: the nurse answers, the run sheet stops, the prescriber decides, it can start."""

import re

import pytest

from intake.models import Finding
from tests.intake.test_browser_packet import sound
from tests.people import people, signed_in
from tests.sessions.scene import Scene
from tests.sessions.screens import begin, url

pytestmark = pytest.mark.browser


@pytest.fixture
def ready(live_db, monkeypatch):
    begin(monkeypatch, 20)
    return Scene(people()).ready()


def opened(open_page, site_url, user):
    page = open_page("tablet")
    cookie = signed_in(user).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site_url}])
    return page


def test_from_the_answer_to_the_decision(open_page, site_url, ready):
    nurse = opened(open_page, site_url, ready.people.nurse)
    nurse.goto(url("checklist", ready.session))
    nurse.locator('[name=medicines][value="yes"]').check(force=True)
    nurse.locator('[name="medicines_detail"]').fill("Theo-24 300 mg since Monday")
    nurse.locator('[name="fasting_detail"]').fill("Soup at 20:00")
    nurse.locator('[name=sedatives][value="yes"]').check(force=True)
    nurse.locator('[name="sedatives_detail"]').fill("lorazepam 1 mg at 22:00")
    sound(nurse, "v1-checklist")
    nurse.get_by_role("button", name="Save the checklist").click()
    nurse.get_by_role("heading", name="New since the approval").wait_for()
    sound(nurse, "v2-run-sheet")
    nurse.goto(url("session-start", ready.session))
    assert "Not ready: 1 missing" in nurse.locator("h1").inner_text()
    sound(nurse, "v3-start")
    doctor = opened(open_page, site_url, ready.people.prescriber)
    doctor.goto("/tasks/")
    doctor.get_by_role("link", name=re.compile("^A new finding needs your decision")).click()
    sound(doctor, "v4-findings")
    item = doctor.locator("#finding-takes-theophylline")
    item.locator('[value="handled"]').check(force=True)
    item.locator("textarea").fill("Two doses only, last one on Thursday; seizures talked over.")
    item.get_by_role("button", name="Keep this decision").click()
    doctor.get_by_text("Your decision is in the record.").wait_for()
    doctor.get_by_role("link", name="The visit").click()
    doctor.wait_for_url(url("session-show", ready.session))
    assert Finding.objects.get(rule="takes-theophylline", is_new=True).resolved_by == ready.people.prescriber
    nurse.goto(url("session-start", ready.session))
    assert "Ready to start" in nurse.locator("h1").inner_text()
