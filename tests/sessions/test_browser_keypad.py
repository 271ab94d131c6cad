"""The keypad's cursor as a table: what is typed in one go, and what then stands in which box; then its questions."""

import pytest

from sessions.models import Entry, VitalsReading
from tests.accessible import Axe
from tests.people import people, signed_in
from tests.sessions.scene import Scene
from tests.sessions.screens import begin, url

pytestmark = pytest.mark.browser
NAMES = ("systolic", "diastolic", "heart_rate", "spo2", "resp_rate")
# Typed -> systolic, diastolic, heart rate, SpO2, breathing rate; then what is asked, if anything.
CURSOR = [
    ("120807298", ("120", "80", "72", "98", ""), ""),
    ("12080729816", ("120", "80", "72", "98", ""), ""),  # what is not asked for takes nothing
    ("120/80 72 98", ("120", "80", "72", "98", ""), ""),
    ("120/80 72 98 9 ", ("120", "80", "72", "98", ""), ""),
    ("88 50 120 100 8 ", ("88", "50", "120", "100", ""), ""),  # three digits that begin like two
    ("9860110", ("98", "60", "110", "", ""), ""),
    ("1208010098", ("120", "80", "100", "98", ""), ""),
    ("12080100100", ("120", "80", "100", "100", ""), ""),
    ("110/70 35 ", ("110", "70", "35", "", ""), ""),  # 35 may become 350: it waits for the next key
    ("12080400", ("120", "80", "40", "", ""), "Heart rate 400"),  # a digit too many is no SpO2 of 0
    ("120800", ("120", "80", "", "", ""), "Diastolic 800"),
    ("1200", ("120", "", "", "", ""), "Systolic 1200"),
    ("400", ("40", "", "", "", ""), "Systolic 40"),  # unlikely already at its second digit
    ("120/80 72 980", ("120", "80", "72", "98", ""), ""),  # and a digit too many chooses nothing on a scale
    ("1208072 59", ("120", "80", "72", "59", ""), "SpO₂ 59"),
    ("//120", ("120", "", "", "", ""), ""),  # what parts the figures does nothing in an empty box
    ("12x0 8e0", ("120", "80", "", "", ""), ""),  # letters are not there
]


@pytest.fixture
def everyone(live_db):
    return people()


@pytest.fixture
def keypad(everyone, monkeypatch, open_page, site_url):
    """The open keypad of a running infusion."""
    begin(monkeypatch, 40)
    running = Scene(everyone).running()
    page = open_page("tablet")
    cookie = signed_in(everyone.nurse).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site_url}])
    page.goto(url("vitals-record", running.session))
    page.session = running.session
    return page


def press(page, text):
    for one in text:
        page.keyboard.press("Space" if one == " " else one)


def test_where_the_cursor_goes(keypad):
    wrong = []
    for typed, values, asked in CURSOR:
        keypad.goto(url("vitals-record", keypad.session))
        keypad.locator("[data-box=systolic]:focus").wait_for()
        press(keypad, typed)
        found = tuple(keypad.locator(f"[data-box={name}]").input_value() for name in NAMES)
        said = keypad.locator("[data-asked] .q")
        words = said.first.inner_text() if said.count() else ""
        chosen = keypad.locator("input[type=radio]:checked").count()
        if found != values or chosen or (asked not in words if asked else words):
            wrong.append((typed, found, words))
    assert wrong == []


def test_a_digit_too_many_is_asked_about_and_either_answer_holds(keypad):
    press(keypad, "12080720")
    keypad.get_by_role("button", name="Heart rate 72, spo₂ 0").click()
    assert "SpO₂ 0 %, is that right?" in keypad.locator("[data-asked] .q").inner_text()
    keypad.get_by_role("button", name="Type it again").click()
    press(keypad, "98")
    assert keypad.locator("[data-box=spo2]").input_value() == "98"


def test_a_full_box_is_replaced_a_scale_takes_digits_and_a_limit_is_said_beside(keypad):
    press(keypad, "1848072")
    note = keypad.locator("[data-beyond=systolic]")
    assert "at or above this patient's alarm limit of 180" in note.inner_text()
    assert keypad.evaluate("document.activeElement.dataset.box") == "spo2", "the hand is not stopped"
    assert Axe().run(keypad).response["violations"] == []
    keypad.locator("[data-box=heart_rate]").focus()
    press(keypad, "75")
    assert keypad.locator("[data-box=heart_rate]").input_value() == "75"
    keypad.locator("input[name=sedation]").first.focus()
    press(keypad, "2")
    assert keypad.locator("input[name=sedation]:checked").count() == 0, "which 2 has not been said"
    keypad.locator("input[name=sedation]").first.focus()
    press(keypad, "-1")
    assert keypad.locator("input[name=sedation]:checked").get_attribute("value") == "-1"
    keypad.get_by_role("button", name="Save and show it now").click()
    keypad.wait_for_url("**/vitals/?at=*")
    assert Entry.objects.filter(kind="alarm", alarmraised__measure="systolic").count() == 1
    assert keypad.locator("[data-box=systolic]").input_value() == "", "the rest of the set goes on"


def test_one_reason_does_for_a_cuff_that_would_not_read(keypad):
    keypad.locator("[data-key=none]").tap()
    keypad.locator("details[data-missing=systolic] select").select_option("cuff")
    press(keypad, "7298")
    keypad.locator("[data-save]").click()
    keypad.wait_for_url(url("session-show", keypad.session))
    saved = VitalsReading.objects.order_by("-entry__seq").first()
    assert saved.missing == {"systolic": "cuff", "diastolic": "cuff"}
    assert (saved.heart_rate, saved.spo2) == (72, 98)
