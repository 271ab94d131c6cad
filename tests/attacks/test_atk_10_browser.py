"""ATK-10 in a real browser: nothing that was typed runs, and the content policy has nothing to report."""

import pytest

from clinic.actions.alerts import raise_alert
from clinic.models import Patient
from intake.actions import packets
from tests.attacks.test_atk_10 import MARK, SHORT
from tests.factories.places import PASSWORD
from tests.intake.packets import invited
from tests.people import by_link, people

pytestmark = pytest.mark.browser


@pytest.fixture
def everyone(live_db):
    found = people()
    told = {"family_name": SHORT, "given_name": MARK[:60], "preferred_name": SHORT, "address": MARK}
    Patient.objects.filter(pk=found.patient.pk).update(**told)
    found.patient.refresh_from_db()
    return found


@pytest.fixture
def watched(open_page):
    """A function that opens a page; `watched.heard` is every dialog and every complaint of its console."""
    heard = []

    def hear(said):
        if said.type == "error" and "/live/stream/" not in said.location["url"]:  # there is no stream in this test
            heard.append(said.text)

    def open_one(size):
        page = open_page(size)
        page.on("dialog", lambda dialog: (heard.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("console", hear)
        page.on("pageerror", lambda problem: heard.append(str(problem)))
        return page

    open_one.heard = heard
    return open_one


def test_atk_10_in_a_browser_nothing_typed_runs(everyone, watched, site_url):
    packet = invited(everyone)
    said = {"goal_first": MARK[:120]}
    packets.save_draft(packet=packet, slug="goals", draft=said, version=0, by=everyone.patient)
    alert = raise_alert("other", patient=everyone.patient, site=everyone.site, words=MARK, by=None)
    client, _ = by_link(everyone.patient, everyone.site, "packet", subject_kind="intake.packet", subject_id=packet.pk)
    phone = watched("phone")
    value = client.cookies["sessionid"].value
    phone.context.add_cookies([{"name": "sessionid", "value": value, "url": site_url}])
    for there in ("/packet/", "/packet/goals/", "/packet/check/", "/packet/about-you/"):
        phone.goto(there)
    nurse = watched("tablet")
    nurse.goto("/accounts/login/")
    nurse.get_by_label("Email").fill(everyone.nurse.email)
    nurse.get_by_label("Password", exact=True).fill(PASSWORD)
    nurse.get_by_role("button", name="Sign in", exact=True).click()
    nurse.wait_for_load_state()
    pk = everyone.patient.pk
    pages = ("/patients/", f"/patients/{pk}/", f"/patients/{pk}/edit/", "/tasks/", f"/tasks/alerts/{alert.pk}/")
    for there in (*pages, f"/intake/{packet.pk}/", "/intake/", "/patients/find/?q=%3Csvg%20onload%3Dalert(1)%3E"):
        nurse.goto(there)
        nurse.wait_for_load_state()
        assert nurse.locator("svg[onload], img[onerror]").count() == 0
    assert watched.heard == []
