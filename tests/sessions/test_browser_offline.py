"""The network goes, comes back, loses an answer, the browser is killed: nothing is lost, nothing doubles."""

import os
import re
import signal
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from sessions.models import Entry, InfusionSession
from tests import browser as browsers
from tests.accessible import Axe
from tests.factories.places import PASSWORD
from tests.people import people, signed_in
from tests.sessions.scene import Scene
from tests.sessions.screens import begin, full_board, url
from tests.wire import wired

pytestmark = pytest.mark.browser
KEPT = """() => navigator.serviceWorker.ready.then(() => !!navigator.serviceWorker.controller)
  .then((kept) => kept && tidelineStore.allFacts()).then((all) => !!all && all.some((fact) => fact.started))"""
# Another tab is sending just now: what waits, waits on.
BUSY = "() => { navigator.locks.request('tideline-replay', () => new Promise(() => {})); }"


@pytest.fixture
def everyone(live_db):
    return people()


@pytest.fixture
def running(everyone, monkeypatch):
    begin(monkeypatch, 40)
    return Scene(everyone).running()


@pytest.fixture
def wire(site_url):
    with wired(site_url) as one:
        yield one


@pytest.fixture
def tablet(open_page, wire):
    """A page of a tablet in which this user is signed in, at the other end of the wire."""

    def take(user, *, size="tablet", theme="light"):
        page = open_page(size)
        enter(page, wire, user, theme)
        return page

    return take


def enter(page, wire, user, theme="light"):
    """Sign in by the cookie."""
    cookie = signed_in(user).cookies["sessionid"].value
    page.context.add_cookies([
        {"name": "sessionid", "value": cookie, "url": wire.url},
        {"name": "theme", "value": theme, "url": wire.url},
    ])  # fmt: skip


def opens(page, wire, session):
    """Open the run sheet, and wait until this tablet is ready for an hour without network."""
    page.goto(wire.url + url("session-show", session))
    becomes(page, KEPT)


def waits(page, words):
    expect(page.locator("[data-net-words]")).to_contain_text(words, timeout=15_000)


def written(page):
    """How many entries the tablet holds."""
    return page.evaluate("() => tidelineStore.count()")


def becomes(page, script, wanted=True, seconds=25):
    """Wait until a script, which may take its time to answer, gives this."""
    until = time.monotonic() + seconds
    while (found := page.evaluate(script)) != wanted:
        assert time.monotonic() < until, f"{found!r} is not {wanted!r}"
        page.wait_for_timeout(100)


def arrive(page):
    """Nothing waits any more, and the run sheet itself is back."""
    expect(page.locator("#sheet")).to_be_visible(timeout=25_000)
    becomes(page, "() => tidelineStore.count()", 0)


def vitals(page, systolic, diastolic, rate, spo2):
    """Write a set on the page without network."""
    page.get_by_role("link", name="Vitals", exact=True).click()
    for label, value in (("Systolic", systolic), ("Diastolic", diastolic), ("Heart rate", rate), ("SpO₂", spo2)):
        page.get_by_label(label, exact=True).first.fill(str(value))
    page.get_by_role("button", name="Keep on this tablet").locator("visible=true").click()


def keyed(page, figures):
    """The same with number keys alone: the cursor goes on by itself, a digit too many is asked about."""
    page.get_by_role("link", name="Vitals", exact=True).click()
    page.locator("[name=systolic]:focus").wait_for()
    page.keyboard.type(figures)


def note(page, words):
    """Write a note on the page without network."""
    if page.locator("#sheet").count():
        page.get_by_role("link", name="Event").click()
    page.get_by_role("link", name="Note").click()
    page.get_by_label("Note").fill(words)
    page.get_by_role("button", name="Keep on this tablet").locator("visible=true").click()
    expect(page.get_by_text("Kept on this tablet")).to_be_visible()


def offline_entries():
    return Entry.objects.filter(source="offline").order_by("seq").with_details()


WARM = """() => ["38,9", "38.9", "38,2"].map((typed) => tidelineStore.alarms(
  {door: "vitals", fields: [["temperature", typed]]}, {limits: {temperature: [null, "38.5"]}}))"""


def test_rel_11_an_hour_without_network_arrives_once_and_in_order(everyone, running, tablet, wire):
    page = tablet(everyone.nurse)
    opens(page, wire, running.session)
    alarms = page.evaluate(WARM)
    assert alarms == [["Temp 38,9, at or above 38.5"], ["Temp 38.9, at or above 38.5"], []], "a comma is a point"
    wire.cut()
    vitals(page, 121, 81, 73, 97)
    expect(page.get_by_role("heading", name="Patient NO")).to_be_visible()
    waits(page, "1 entry waits on this tablet")
    keyed(page, "131/86 400")
    expect(page.get_by_text("Heart rate 400 cannot be.")).to_be_visible()
    page.keyboard.type("7684")
    page.get_by_role("button", name="Keep on this tablet").locator("visible=true").click()
    loud = "SpO₂ 84, below 90. No other screen can see this: call out."
    expect(page.locator("[data-net-alarm]")).to_contain_text(loud)
    note(page, "Hears well, eyes closed")
    waits(page, "3 entries wait on this tablet, the oldest from")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("[data-net-list]")).to_contain_text("121/81, HR 73, SpO₂ 97")
    assert Axe().run(page).response["violations"] == []
    assert "OKAFOR" not in page.content()
    page.reload()
    waits(page, "3 entries wait on this tablet")
    assert offline_entries().count() == 0

    wire.mend()
    arrive(page)
    found = list(offline_entries())
    assert [e.kind for e in found] == ["vitals", "vitals", "note"]
    assert [found[0].detail.systolic, found[1].detail.spo2] == [121, 84]
    assert {(e.recorded_by, e.sent_by) for e in found} == {(everyone.nurse, everyone.nurse)}
    assert all(e.tablet and e.ticket and e.tablet_at and e.observed_at < e.received_at for e in found)
    expect(page.get_by_role("heading", name=re.compile("OKAFOR"))).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Alarm")


def test_rel_11_an_answer_lost_right_after_the_commit_doubles_nothing(everyone, running, tablet, wire):
    page = tablet(everyone.nurse)
    opens(page, wire, running.session)
    page.get_by_role("link", name="Vitals", exact=True).click()
    page.locator("[data-box=systolic]:focus").wait_for()
    page.keyboard.type("124827397")
    wire.lose_answer_to(f"POST {url('vitals-record', running.session)}")
    page.get_by_role("button", name=re.compile("Save vitals")).click()
    assert wire.lost.wait(20)
    waits(page, "1 entry waits on this tablet")
    assert Entry.objects.filter(vitalsreading__systolic=124).count() == 1
    wire.mend()
    arrive(page)
    assert Entry.objects.filter(vitalsreading__systolic=124).count() == 1
    assert Entry.objects.get(vitalsreading__systolic=124).source == "typed"


def test_rel_12_a_browser_killed_in_the_middle_loses_nothing(everyone, running, browser, wire, tmp_path):
    launch = {"executable_path": browsers.chromium(), "args": browsers.FLAGS, "viewport": browsers.TABLET}
    context = browser.browser_type.launch_persistent_context(tmp_path, **launch)
    page = context.new_page()
    enter(page, wire, everyone.nurse)
    opens(page, wire, running.session)
    wire.cut()
    vitals(page, 127, 83, 75, 96)
    waits(page, "1 entry waits on this tablet")
    kill(tmp_path)

    wire.mend()
    again = browser.browser_type.launch_persistent_context(tmp_path, **launch)
    page = again.new_page()
    enter(page, wire, everyone.nurse)
    page.goto(wire.url + url("session-show", running.session))
    arrive(page)
    again.close()
    assert [e.detail.systolic for e in offline_entries()] == [127]


def kill(folder):
    """kill -9 of the browser that keeps its profile here."""
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        words = process.read_bytes().decode(errors="replace")
        if f"--user-data-dir={folder}" in words and "--type=" not in words:
            os.kill(int(process.parent.name), signal.SIGKILL)


def test_signing_out_with_waiting_entries_warns_and_keeps_them(everyone, running, tablet, wire):
    page = tablet(everyone.nurse)
    opens(page, wire, running.session)
    busy = page.context.new_page()
    busy.goto(wire.url + "/board/")
    busy.evaluate(BUSY)
    wire.cut()
    note(page, "Before the shift ended")
    wire.mend()
    page.goto(wire.url + "/board/")
    page.locator("details.menu summary").last.click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("alert")).to_contain_text("1 entry still waits on this tablet.")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    busy.close()

    sign_in(page, everyone.nurse)
    page.goto(wire.url + url("session-show", running.session))
    arrive(page)
    assert [e.detail.text for e in offline_entries()] == ["Before the shift ended"]


def sign_in(page, user):
    page.get_by_label(re.compile("^e-?mail", re.IGNORECASE)).fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Sign in")).to_have_count(0)


def test_a_sign_in_that_ended_meanwhile_is_asked_for_and_a_colleague_may_send(everyone, running, tablet, wire):
    page = tablet(everyone.nurse)
    opens(page, wire, running.session)
    wire.cut()
    note(page, "Written by Nora")
    page.context.clear_cookies(name="sessionid")
    wire.mend()
    waits(page, "Sign in again and they are sent; nothing is lost.")
    page.get_by_role("link", name="Sign in").click()
    sign_in(page, everyone.colleague)
    arrive(page)
    found = offline_entries().get()
    assert (found.recorded_by, found.sent_by) == (everyone.nurse, everyone.colleague)


def test_three_sessions_on_one_tablet_with_and_without_network(everyone, monkeypatch, tablet, wire):
    begin(monkeypatch, 42)
    alarm, overdue, observing, _ = full_board(everyone)
    InfusionSession.objects.exclude(pk__in=[s.session.pk for s in (alarm, overdue, observing)]).update(
        responsible_nurse=everyone.colleague
    )
    page = tablet(everyone.nurse)
    opens(page, wire, alarm.session)
    strip = page.get_by_role("navigation", name="Your sessions")
    seen = set()
    for one in (overdue, observing, alarm):
        strip.get_by_role("link", name=re.compile(one.patient.family_name.upper())).tap()
        expect(page.get_by_role("heading", level=1)).to_contain_text(one.patient.family_name.upper())
        seen.add(page.locator("section.idb").get_attribute("class"))
    assert len(seen) == 3

    wire.cut()
    strip.get_by_role("link").nth(1).tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Patient")
    for n, one in enumerate((alarm, overdue, observing)):
        strip.get_by_role("link", name=re.compile(one.patient.initials)).tap()
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Patient {one.patient.initials}")
        note(page, f"For chair {n + 1}")
    waits(page, "3 entries wait on this tablet")
    wire.mend()
    arrive(page)
    said = {e.session_id: e.detail.text for e in offline_entries()}
    assert [said[one.session.pk] for one in (alarm, overdue, observing)] == [f"For chair {n}" for n in (1, 2, 3)]
