"""The doors in a real browser: a patient comes in by link, staff signs in, the admin keeps the content policy."""

import os
from pathlib import Path

import pytest

from clinic.models import AlertRoute, Message, PatientLink, Site
from tests import factories
from tests.accessible import Axe
from tests.factories.places import PASSWORD
from tests.people import people

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("CRISIS_SHOTS")


@pytest.fixture
def everyone(live_db):
    return people()


@pytest.fixture
def complaints(open_page):
    """Open pages with `open(size)`; what their consoles complained about is collected."""
    found = []

    def open_one(size):
        page = open_page(size)
        page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
        return page

    open_one.found = found
    return open_one


def check(page):
    """No accessibility rule is broken on this page."""
    result = Axe().run(page)
    assert result.violations_count == 0, f"{page.url}\n{result.generate_report()}"


def keep(page, name):
    """A picture, where a folder for pictures is named."""
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def sign_in(page, user):
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_patient_comes_in_on_a_phone(everyone, complaints):
    Site.objects.filter(pk=everyone.harbor.pk).update(short_name="Harbor")
    _, token = factories.link(of=everyone.patient, at_site=everyone.harbor, purpose="packet")
    page = complaints("phone")
    page.goto(f"/p/{token}/")
    check(page)
    page.get_by_role("button", name="Continue").click()
    assert token not in page.url
    check(page)
    for name, value in (("Month", "May"), ("Day", "14"), ("Year", "1981")):
        page.get_by_label(name).fill(value)
    page.get_by_role("button", name="Continue").click()
    assert page.get_by_role("alert").inner_text().count("4 tries are left")
    check(page)
    page.get_by_label("Year").fill("1980")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/packet/")
    other = complaints("phone")
    other.goto(f"/p/{token}/")
    other.get_by_role("button", name="Continue").click()
    for name, value in (("Month", "5"), ("Day", "14"), ("Year", "1980")):
        other.get_by_label(name).fill(value)
    other.get_by_role("button", name="Continue").click()
    other.wait_for_url("**/p/code/")
    check(other)
    other.goto("/p/no-such-token/")
    check(other)
    assert other.url.endswith("/p/open/")
    assert [text for text in complaints.found if "404" not in text and "422" not in text] == []


def test_an_old_link_asks_for_a_new_one(everyone, complaints):
    link, token = factories.link(of=everyone.patient, at_site=everyone.harbor, purpose="packet")
    PatientLink.objects.filter(pk=link.pk).update(expires_at=link.made_at)
    page = complaints("phone")
    page.goto(f"/p/{token}/")
    page.get_by_role("heading", name="This link is too old").wait_for()
    check(page)
    keep(page, "link-ended")
    page.get_by_role("button", name="Ask for a new link").click()
    page.get_by_role("heading", name="We have your request").wait_for()
    check(page)
    keep(page, "link-asked")
    assert Message.objects.get(kind="invitation").patient == everyone.patient


def test_the_alert_route_is_set_in_the_admin(everyone, complaints):
    page = complaints("desktop")
    sign_in(page, everyone.clinic_admin)
    page.goto("/admin/clinic/alertroute/add/")
    keep(page, "route-add")
    page.get_by_label("Why it changed").fill("Night service from December on")
    row = page.locator(".dynamic-steps").nth(6)
    row.locator("[name$=after_minutes]").fill("0")
    row.locator("[name$=when]").select_option("closed")
    row.locator("[name$=whom]").select_option("outside")
    row.locator("[name$=name]").fill("Night service")
    row.locator("[name$=email]").fill("night@tideline.example")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/admin/clinic/alertroute/")
    assert AlertRoute.objects.get().steps.filter(when="closed").get().name == "Night service"
    page.locator("#result_list th a").first.click()
    page.wait_for_load_state()
    keep(page, "route-shown")
    assert complaints.found == []


def test_the_audit_page_reads_well(everyone, complaints):
    page = complaints("desktop")
    sign_in(page, everyone.auditor)
    page.wait_for_url("**/audit/")
    check(page)
    page.set_viewport_size({"width": 390, "height": 844})
    check(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert complaints.found == []


def test_the_admin_keeps_the_content_policy(everyone, complaints):
    version = factories.protocol_version()
    page = complaints("desktop")
    sign_in(page, everyone.clinic_admin)
    page.wait_for_url("**/admin/")
    for address in (
        "/admin/",
        f"/admin/clinic/site/{everyone.harbor.pk}/change/",
        f"/admin/clinic/protocolversion/{version.pk}/change/",
        "/admin/clinic/membership/add/",
        f"/admin/clinic/patient/{everyone.patient.pk}/change/",
    ):
        page.goto(address)
        assert page.locator("h1").first.is_visible()
    assert complaints.found == []
