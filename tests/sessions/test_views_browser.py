"""In a real browser: key presses counted, what is unlikely asked in place, one browser's entry on another's screen."""

import re

import pytest

from sessions.models import Entry, VitalsReading
from tests.accessible import in_every_theme
from tests.people import people, signed_in
from tests.sessions.scene import Scene
from tests.sessions.screens import begin, full_board, url

pytestmark = pytest.mark.browser


@pytest.fixture
def everyone(live_db):
    return people()


@pytest.fixture
def running(everyone, monkeypatch):
    begin(monkeypatch, 40)
    return Scene(everyone).running()


class Counted:
    """A keyboard that counts what is pressed."""

    def __init__(self, page):
        self.page, self.presses = page, 0

    def type(self, text):
        for one in text:
            self.page.keyboard.press("Space" if one == " " else one)
            self.presses += 1

    def press(self, key):
        self.page.keyboard.press(key)
        self.presses += 1


def test_a_set_takes_at_most_fourteen_presses_with_open_and_save(everyone, running, as_user):
    page = as_user(everyone.nurse)
    page.goto(url("session-show", running.session))
    page.get_by_role("link", name="Vitals", exact=True).click()
    page.locator("[data-box=systolic]:focus").wait_for()
    keys = Counted(page)
    keys.presses += 1
    keys.type("120807298")
    page.get_by_role("button", name="Save vitals for OKAFOR-TEST, Ngozi").click()
    keys.presses += 1
    page.wait_for_url(url("session-show", running.session))
    saved = VitalsReading.objects.order_by("-entry__seq").first()
    assert (saved.systolic, saved.diastolic, saved.heart_rate, saved.spo2) == (120, 80, 72, 98)
    assert keys.presses <= 14


def test_typing_it_as_it_is_said_works_too(everyone, running, as_user):
    page = as_user(everyone.nurse)
    page.goto(url("vitals-record", running.session))
    keys = Counted(page)
    keys.type("120/80 72 98")
    assert keys.presses == 12
    values = [page.locator(f"[data-box={m}]").input_value() for m in ("systolic", "diastolic", "heart_rate", "spo2")]
    assert values == ["120", "80", "72", "98"]


def test_the_keypad_under_the_finger_does_the_same(everyone, running, as_user):
    page = as_user(everyone.nurse)
    page.goto(url("vitals-record", running.session))
    for digit in "11880":
        page.locator(f"[data-key='{digit}']").tap()
    assert page.locator("[data-box=systolic]").input_value() == "118"
    assert page.locator("[data-box=diastolic]").input_value() == "80"
    page.locator("[data-key=back]").tap()
    assert page.locator("[data-box=diastolic]").input_value() == "8"
    for key in page.locator("[data-key]").all():
        box = key.bounding_box()
        assert box["height"] >= 48
        assert box["width"] >= 48


def test_an_unlikely_alarming_value_is_asked_in_place_and_saved_at_once(everyone, running, as_user):
    page = as_user(everyone.nurse)
    page.goto(url("vitals-record", running.session))
    Counted(page).type("120807266")
    asked = page.locator("[role=alert][data-asked]")
    assert "SpO₂ 66 %, is that right?" in asked.inner_text()
    assert "alarm limit of 90" in asked.inner_text()
    assert page.evaluate("document.activeElement.textContent") == "Type it again"
    page.get_by_role("button", name="66 is right").click()
    page.wait_for_url("**/vitals/?at=*")
    assert Entry.objects.filter(kind="alarm", alarmraised__measure="spo2").count() == 1
    assert page.locator("[data-box=systolic]").input_value() == ""
    assert page.locator("[data-observed]").input_value() != ""


def test_an_impossible_value_is_refused_in_the_same_place(everyone, running, as_user):
    page = as_user(everyone.nurse)
    page.goto(url("vitals-record", running.session))
    Counted(page).type("12080")
    keys = Counted(page)
    keys.type("5")
    keys.press("Enter")
    page.get_by_role("button", name="Type it again").click()
    page.locator("[data-box=systolic]").fill("15")
    page.locator("[data-box=systolic]").press("Enter")
    said = page.locator("[role=alert][data-asked]").inner_text()
    assert "cannot be" in said
    assert "is right" not in said.replace("is that right", "")


def test_a_missed_measure_by_its_key_and_a_minute_earlier(everyone, running, as_user):
    page = as_user(everyone.nurse)
    page.goto(url("vitals-record", running.session))
    page.locator("[data-key=none]").tap()
    page.locator("details[data-missing=systolic] select").select_option("cuff")
    page.locator("[data-box=heart_rate]").fill("72")
    page.get_by_role("button", name="One minute earlier").click()
    assert "1 min ago" in page.locator("[data-when]").inner_text()
    page.locator("[data-save]").click()
    page.wait_for_url(url("session-show", running.session))
    saved = VitalsReading.objects.order_by("-entry__seq").first()
    assert saved.missing == {"systolic": "cuff", "diastolic": "cuff"}, "one cuff, one reason"
    assert 30 <= (saved.entry.received_at - saved.entry.observed_at).total_seconds() <= 130


def test_without_scripts_it_is_a_plain_form(everyone, running, open_page, site_url):
    page = open_page("tablet", java_script_enabled=False)
    cookie = signed_in(everyone.nurse).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site_url}])
    page.goto(url("vitals-record", running.session))
    assert not page.locator("[data-keys]").is_visible()
    page.get_by_label("Systolic", exact=True).fill("120")
    page.get_by_label("Diastolic", exact=True).fill("80")
    page.get_by_role("button", name="Save vitals").click()
    assert "120/80" in page.content()


def test_an_entry_in_one_browser_appears_in_another_without_a_reload(everyone, running, as_user):
    watching, board = as_user(everyone.colleague), as_user(everyone.prescriber, "desktop")
    watching.goto(url("session-show", running.session))
    board.goto("/board/")
    board.evaluate("window.stayed = true")
    writing = as_user(everyone.nurse)
    writing.goto(url("vitals-record", running.session))
    Counted(writing).type("133857298")
    writing.locator("[data-save]").click()
    writing.wait_for_url(url("session-show", running.session))
    watching.get_by_text("133/85").first.wait_for(timeout=20000)
    board.get_by_text("133/85").wait_for(timeout=20000)
    assert board.evaluate("window.stayed")


def test_every_main_page_is_accessible_in_every_theme(everyone, monkeypatch, as_user):
    begin(monkeypatch, 42)
    alarm, overdue, observing, arrived = (one.session for one in full_board(everyone))
    paths = [
        "/board/", "/vials/", url("session-show", alarm), url("vitals-record", alarm), url("session-show", arrived),
        url("checklist", arrived), url("dose-order", overdue), url("second-check", overdue), url("order-list", overdue),
        url("emergency", overdue), url("discharge", observing), url("record-show", observing),
    ]  # fmt: skip
    page, broken = as_user(everyone.nurse), {}
    for path in paths:
        page.goto(path)
        for size in ({"width": 820, "height": 1180}, {"width": 1280, "height": 800}):
            page.set_viewport_size(size)
            found = in_every_theme(page)
            sideways = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if found or sideways > 0:
                broken[path, size["width"]] = (found, sideways)
    assert broken == {}


@pytest.mark.parametrize("theme", ["dark", "dim"])
def test_a_theme_is_one_attribute_and_no_other_class(everyone, running, theme):
    """What the test above rests on: it sets the attribute where the server would write it."""
    client, pages = signed_in(everyone.nurse), {}
    for chosen in ("light", theme):
        client.cookies["theme"] = chosen
        pages[chosen] = client.get(url("session-show", running.session)).content.decode()
        assert f'<html lang="en" data-bs-theme="{chosen}">' in pages[chosen]
    classes = {chosen: re.findall(r' (?:class|style)="[^"]*"', page) for chosen, page in pages.items()}
    assert classes["light"] == classes[theme]


def test_no_page_scrolls_sideways_on_a_small_phone(everyone, monkeypatch, as_user):
    begin(monkeypatch, 42)
    alarm, overdue, observing, arrived = (one.session for one in full_board(everyone))
    page = as_user(everyone.nurse, "phone")
    page.set_viewport_size({"width": 320, "height": 640})
    wide = {}
    sheets = [url("session-show", one) for one in (alarm, overdue, arrived)]
    others = [url("vitals-record", alarm), url("session-start", arrived), url("record-show", observing)]
    for path in ("/board/", "/vials/", *sheets, *others):
        page.goto(path)
        wide[path] = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert all(over <= 0 for over in wide.values()), wide
