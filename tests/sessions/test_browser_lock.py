"""The privacy lock in a real browser: nothing typed is lost, a colleague takes over in two taps, the chair is heard."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from clinic.models import AuditEvent
from sessions.models import Entry
from tests.accessible import report
from tests.factories.places import PASSWORD
from tests.people import people
from tests.sessions.pins import PIN, with_pin
from tests.sessions.scene import Scene
from tests.sessions.screens import begin, url

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("LOCK_SHOTS")


@pytest.fixture
def everyone(live_db):
    return people()


@pytest.fixture
def running(everyone, monkeypatch):
    begin(monkeypatch, 40)
    return Scene(everyone).running()


@pytest.fixture
def tablet(open_page, everyone):
    """A tablet in which a colleague and then the nurse have signed in with every factor; both have a PIN."""
    page = open_page("tablet")
    for user in (everyone.colleague, everyone.nurse):
        with_pin(user)
        enter(page, user)
        if user == everyone.colleague:
            page.context.clear_cookies(name="sessionid")
    return page


def enter(page, user):
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/accounts/login/" not in address)


def keep(page, name):
    """Pictures in every theme, where a folder for them is named."""
    if not SHOTS:
        return
    Path(SHOTS).mkdir(parents=True, exist_ok=True)
    for theme in ("light", "dark", "dim"):
        page.evaluate("(theme) => { document.documentElement.dataset.bsTheme = theme; }", theme)
        page.screenshot(path=f"{SHOTS}/{name}-{theme}.png", full_page=True)


def panel(page):
    return page.locator("[data-lock-panel]")


def test_ux_20_the_lock_hides_everything_and_loses_nothing(tablet, running, everyone):
    page = tablet
    page.goto(url("note-record", running.session))
    page.get_by_label("Note", exact=False).first.fill("Half a sentence about the ")
    page.get_by_role("button", name="Lock").click()
    expect(panel(page)).to_be_visible()
    shown = page.locator("body").inner_text()
    assert everyone.patient.family_name not in shown
    assert "Half a sentence" not in shown
    assert page.title() == "Locked - Tideline"
    keep(page, "lock")
    assert report(page) == ""
    page.get_by_label("PIN").fill("111222")
    page.get_by_role("button", name="Open", exact=True).first.click()
    expect(panel(page)).to_contain_text("Wrong PIN. 4 tries left")
    keep(page, "lock-wrong")
    assert report(page) == ""
    page.get_by_label("PIN").fill(PIN)
    page.keyboard.press("Enter")
    expect(panel(page)).to_be_hidden()
    expect(page.get_by_label("Note", exact=False).first).to_have_value("Half a sentence about the ")


def test_ux_20_a_colleague_takes_over_in_two_taps_under_their_own_name(tablet, running, everyone):
    page = tablet
    page.goto(url("session-show", running.session))
    page.get_by_role("button", name="Lock").click()
    page.get_by_role("radio", name=everyone.colleague.display_name).check()
    page.get_by_label("PIN").fill(PIN)
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    expect(panel(page)).to_be_hidden()
    page.goto(url("note-record", running.session))
    page.get_by_label("Note", exact=False).first.fill("Taken over")
    page.get_by_role("button", name="Save the note").click()
    page.wait_for_url(f"**{url('session-show', running.session)}")
    assert Entry.objects.filter(kind="note").latest("received_at").recorded_by == everyone.colleague
    verbs = list(AuditEvent.objects.filter(verb__startswith="sign_in.").order_by("at").values_list("verb", flat=True))
    assert verbs[-2:] == ["sign_in.parked", "sign_in.returned"]


def test_ux_20_an_idle_page_warns_then_locks_and_an_emergency_needs_no_pin(tablet, running, settings):
    page = tablet
    page.goto(url("session-show", running.session))
    page.clock.install()
    page.goto(url("session-show", running.session))
    page.clock.fast_forward(28 * 60 * 1000 + 5000)
    expect(page.locator("[data-lock-warn]")).to_contain_text("locks in 2 minutes")
    keep(page, "lock-warning")
    page.keyboard.press("Shift")
    expect(page.locator("[data-lock-warn]")).to_be_hidden()
    page.clock.fast_forward(30 * 60 * 1000 + 5000)
    expect(panel(page)).to_be_visible()
    page.get_by_role("button", name="Call an emergency").click()
    expect(page.locator("[data-lock-called]")).to_contain_text("Emergency called")
    assert Entry.objects.filter(kind="emergency").count() == 1
