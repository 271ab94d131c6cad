"""UX-20: what is half typed when a colleague comes in is its author's, out of sight, and back when they are."""

import pytest
from playwright.sync_api import expect

from sessions.models import Entry, VitalsReading
from tests.accessible import in_every_theme, report
from tests.browser import PHONE
from tests.people import people
from tests.sessions.pins import PIN, with_pin
from tests.sessions.scene import Scene
from tests.sessions.screens import begin, url
from tests.sessions.test_browser_lock import enter, keep, panel

pytestmark = pytest.mark.browser
HALF = "Says she dreamt of Zanzibar and"
SHELF = """async () => {
  const base = await new Promise((done, failed) => {
    const asked = indexedDB.open("tideline-drafts", 1);
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  const asked = base.transaction("drafts").objectStore("drafts").getAll();
  await new Promise((done) => { asked.onsuccess = done; });
  base.close();
  return asked.result.map((row) => new TextDecoder("latin1").decode(row.box));
}"""


@pytest.fixture
def everyone(live_db):
    return people()


@pytest.fixture
def running(everyone, monkeypatch):
    begin(monkeypatch, 40)
    return Scene(everyone).running()


@pytest.fixture
def tablet(open_page, everyone):
    """A tablet on which a colleague and then the nurse have signed in with every factor; both have a PIN."""
    page = open_page("tablet")
    for user in (everyone.colleague, everyone.nurse):
        with_pin(user)
        enter(page, user)
        if user == everyone.colleague:
            page.context.clear_cookies(name="sessionid")
    return page


def comes_in(page, user):
    """Lock, the name, the PIN: in two taps somebody else is at the tablet."""
    if not panel(page).is_visible():
        page.get_by_role("button", name="Lock").click()
    page.get_by_role("radio", name=user.display_name).check()
    page.get_by_label("PIN").fill(PIN)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def shelf(page):
    return page.evaluate(SHELF)


def note_box(page):
    return page.get_by_label("Note", exact=False).first


def draft(page):
    return page.locator(".draft")


def test_ux_20_a_half_typed_note_waits_sealed_for_its_author(tablet, running, everyone):
    page = tablet
    page.goto(url("note-record", running.session))
    note_box(page).fill(HALF)
    comes_in(page, everyone.colleague)
    expect(note_box(page)).to_have_value("")
    expect(draft(page)).to_have_count(0)
    assert HALF not in page.content()
    kept = shelf(page)
    assert len(kept) == 1
    assert HALF not in kept[0]
    page.goto(url("session-show", running.session))
    expect(draft(page)).to_have_count(0)

    comes_in(page, everyone.nurse)
    assert len(shelf(page)) == 1, "nothing was typed on the colleague's page"
    expect(draft(page)).to_contain_text("and not saved: Note")
    draft(page).get_by_text("What it says").click()
    expect(draft(page)).to_contain_text(HALF)
    keep(page, "draft-offered")
    assert in_every_theme(page) == {}
    page.get_by_role("link", name="Go on with it").click()
    expect(note_box(page)).to_have_value(HALF)
    expect(draft(page)).to_contain_text("is back. It is not saved yet")
    assert shelf(page) == []
    keep(page, "draft-back")
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert report(page) == ""
    page.get_by_role("button", name="Save the note").click()
    page.wait_for_url(f"**{url('session-show', running.session)}")
    assert Entry.objects.get(kind="note").recorded_by == everyone.nurse


def test_ux_20_half_a_set_comes_back_with_the_time_at_which_it_was_read(tablet, running, everyone):
    page = tablet
    page.goto(url("vitals-record", running.session))
    page.locator("[data-box=systolic]:focus").wait_for()
    page.keyboard.type("1288272")
    comes_in(page, everyone.colleague)
    assert page.locator("[data-box=systolic]").input_value() == ""
    comes_in(page, everyone.nurse)
    expect(page.locator("[data-box=systolic]")).to_have_value("128")
    assert page.locator("[data-box=diastolic]").input_value() == "82"
    assert page.locator("[data-box=heart_rate]").input_value() == "72"
    assert page.locator("[data-observed]").input_value() != "", "now is not when it was read"
    page.get_by_role("button", name="Save vitals for").click()
    page.wait_for_url(f"**{url('session-show', running.session)}")
    saved = VitalsReading.objects.latest("entry__seq")
    assert (saved.systolic, saved.diastolic, saved.heart_rate) == (128, 82, 72)
    assert saved.entry.recorded_by == everyone.nurse


def test_ux_20_a_colleagues_sign_out_leaves_it_and_ones_own_takes_it_away(tablet, running, everyone):
    page = tablet
    page.goto(url("note-record", running.session))
    note_box(page).fill(HALF)
    comes_in(page, everyone.colleague)
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda address: "/logout/" not in address)
    assert len(shelf(page)) == 1, "it is not the colleague's to throw away"
    enter(page, everyone.nurse)
    expect(draft(page)).to_contain_text("and not saved: Note")
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda address: "/logout/" not in address)
    enter(page, everyone.nurse)
    expect(draft(page)).to_have_count(0)


def test_ux_20_a_form_that_met_the_lock_is_not_lost_to_a_colleague(tablet, running, everyone):
    """Another window had locked the session: the form was sent, and who opens the lock is not who wrote it."""
    page = tablet
    page.goto(url("note-record", running.session))
    note_box(page).fill(HALF)
    page.evaluate("""() => fetch("/lock/set/", { method: "POST", body: new URLSearchParams(
      { csrfmiddlewaretoken: document.querySelector("[name=csrfmiddlewaretoken]").value }) })""")
    page.get_by_role("button", name="Save the note").click()
    page.get_by_role("button", name="Open the lock").click()
    page.get_by_role("radio", name=everyone.colleague.display_name).check()
    page.get_by_label("PIN").fill(PIN)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{url('note-record', running.session)}")
    expect(note_box(page)).to_have_value("")
    comes_in(page, everyone.nurse)
    expect(note_box(page)).to_have_value(HALF)
    assert not Entry.objects.filter(kind="note").exists()
