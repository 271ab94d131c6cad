"""At human speed: add and invite a patient by keyboard, with the taps counted; tests with a report; two records merged.

An interaction is a tap or a key that only moves on: Tab, Space, Enter, "/". What is typed as an answer does not count.
"""

import datetime as dt
import os
import re
from pathlib import Path

import pytest

from clinic import clock
from clinic.actions import required_tests
from clinic.models import Patient, PatientMerge, TestOrder
from clinic.rules.required_tests import Typed
from clinic.uploads import cleaned
from intake.models import Packet
from tests import factories
from tests.accessible import Axe
from tests.attacks.test_atk_12_uploads import picture
from tests.people import people, signed_in

SHOTS = os.environ.get("RECORD_SHOTS")
MOST_INTERACTIONS = 12
A_KEY = 60  # ms between two keys: a practised typist


def sound(page, name, themes=("light", "dark", "dim")):
    """No violation of WCAG 2.2 A or AA in these themes, and no sideways scroll."""
    for theme in themes:
        page.evaluate("theme => document.documentElement.setAttribute('data-bs-theme', theme)", theme)
        found = Axe().run(page)
        assert found.response["violations"] == [], f"{name}, {theme}: {found.generate_report()}"
    page.evaluate("document.documentElement.removeAttribute('data-bs-theme')")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{name} scrolls sideways by {wide} px"
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def as_user(page, site_url, user):
    """Give the browser the session of somebody signed in."""
    value = signed_in(user).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": value, "url": site_url}])
    return page


class Hands:
    """One pair of hands at a keyboard that counts what is not an answer."""

    def __init__(self, page):
        self.page, self.interactions = page, 0

    def press(self, key):
        """A key that only moves on."""
        self.interactions += 1
        self.page.keyboard.press(key)

    def type(self, text):
        """An answer, key by key."""
        self.page.keyboard.type(text, delay=A_KEY)

    def tap(self, locator):
        """A tap."""
        self.interactions += 1
        locator.click()


@pytest.fixture
def everyone(live_db):
    return people()


@pytest.mark.browser
def test_adding_and_inviting_takes_at_most_twelve_interactions_by_keyboard_alone(open_page, site_url, everyone):
    page = as_user(open_page("desktop"), site_url, everyone.front_desk)
    page.goto("/patients/")
    hands = Hands(page)
    hands.tap(page.get_by_role("link", name="Add a patient").first)
    page.get_by_role("heading", name="Add a patient").wait_for()
    sound(page, "add-desktop")
    page.locator("#id_family_name").focus()  # where the page puts the cursor, before axe took it away
    for answer in ("Halvorsen-Test", "Ingrid", "Feb", "22", "1969", "2125550177", "ingrid@tideline.example", "Low"):
        if answer != "Halvorsen-Test":
            hands.press("Tab")
        hands.type(answer)
    hands.press("Tab")  # the language stays English
    hands.press("Tab")
    hands.press("Space")  # invite now
    hands.press("Enter")
    page.get_by_text("The invitation is on its way.").wait_for()
    assert hands.interactions <= MOST_INTERACTIONS
    patient = Patient.objects.get(family_name="Halvorsen-Test")
    assert (patient.phone, patient.reason, patient.email) == ("212 555 0177", "mood", "ingrid@tideline.example")
    assert Packet.objects.get(patient=patient).state == "invited"


@pytest.mark.browser
def test_the_cursor_starts_in_the_first_field_and_slash_finds(open_page, site_url, everyone):
    page = as_user(open_page("tablet"), site_url, everyone.front_desk)
    page.goto("/patients/add/")
    assert page.evaluate("document.activeElement.id") == "id_family_name"
    page.goto("/patients/")
    page.keyboard.press("/")
    page.keyboard.type("okafor", delay=A_KEY)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/patients/[0-9a-f-]{36}/$"))
    assert everyone.patient.record_number in page.content()


@pytest.mark.browser
def test_a_child_is_declined_kindly_and_a_double_submit_makes_one(open_page, site_url, everyone):
    page = as_user(open_page("tablet"), site_url, everyone.front_desk)
    page.goto("/patients/add/")
    page.fill("#id_family_name", "Young-Test")
    page.fill("#id_given_name", "Nils")
    for part, value in (("month", "May"), ("day", "4"), ("year", "2015")):
        page.fill(f"[name=born_on_{part}]", value)
    page.fill("#id_phone", "2125550133")
    page.fill("#id_email", "nils@tideline.example")
    page.get_by_role("button", name="Add this patient").click()
    page.get_by_text("This clinic treats adults only").first.wait_for()
    sound(page, "add-child", themes=["light"])
    assert page.input_value("#id_given_name") == "Nils"
    assert page.input_value("#id_phone") == "2125550133"
    page.fill("[name=born_on_year]", "1985")
    page.get_by_role("button", name="Add this patient").dblclick()
    page.wait_for_url(re.compile(r"/patients/[0-9a-f-]{36}/$"))
    assert Patient.objects.filter(family_name="Young-Test").count() == 1


@pytest.mark.browser
def test_a_likely_duplicate_shows_while_typing(open_page, site_url, everyone):
    page = as_user(open_page("tablet"), site_url, everyone.front_desk)
    page.goto("/patients/add/")
    page.locator("#id_family_name").press_sequentially("Okafor-Tets", delay=A_KEY)
    page.locator("#id_given_name").press_sequentially("Ngozi", delay=A_KEY)
    page.get_by_text("Is it one of these?").wait_for()
    assert everyone.patient.record_number in page.inner_text("#likely")
    sound(page, "add-likely")


@pytest.mark.browser
@pytest.mark.parametrize("size", ["phone", "tablet"])
def test_a_test_from_asking_to_its_report(open_page, site_url, everyone, size):
    page = as_user(open_page(size), site_url, everyone.prescriber)
    page.goto(f"/patients/{everyone.patient.pk}/tests/")
    sound(page, f"tests-empty-{size}")
    page.get_by_label("Liver panel").check(force=True)
    page.get_by_label("ECG").check(force=True)
    page.fill("#id_reason", "Before the series")
    page.get_by_role("button", name="Ask for these tests").click()
    page.get_by_text("2 tests are waited for").wait_for()
    sound(page, f"tests-waiting-{size}", themes=["light"])
    order = TestOrder.objects.get(code="liver")
    page.goto(f"/tests/{order.pk}/enter/")
    day = clock.now().astimezone(everyone.site.zone).date()
    page.fill("#id_taken_on", day.isoformat())
    page.fill("#id_alt", "eighty")
    page.fill("#id_alt_high", "56")
    page.get_by_role("button", name="Save the result").click()
    page.get_by_text("There is a problem").wait_for()
    sound(page, f"tests-wrong-{size}", themes=["light"])
    page.fill("#id_alt", "80")
    page.get_by_role("button", name="Save the result").click()
    page.get_by_text("1 value out of range").wait_for()
    page.set_input_files("#id_file", {"name": "a.png", "mimeType": "image/png", "buffer": picture(size=(600, 800))})
    page.get_by_role("button", name="Attach it").click()
    page.get_by_text("Liver panel, report").wait_for()
    assert page.locator(".reports img").evaluate("async img => { await img.decode(); return img.naturalWidth }") == 600
    sound(page, f"tests-result-{size}")
    page.get_by_role("button", name="I have read this result").click()
    page.get_by_text("Read by the prescriber").wait_for()
    page.goto("/tests/")
    sound(page, f"tests-list-{size}", themes=["light"])


@pytest.mark.browser
def test_curves_of_a_patient_with_many_results(open_page, site_url, everyone):
    day = clock.now().astimezone(everyone.site.zone).date()
    for number, ago in ((31, 300), (44, 200), (80, 100), (52, 3)):
        value = Typed("alt", number, unit="U/L", range_low=7, range_high=56)
        order = required_tests.enter_brought_results(
            patient=everyone.patient, site=everyone.site, code="liver", values=[value],
            taken_on=day - dt.timedelta(days=ago), by=everyone.nurse,
        )  # fmt: skip
    required_tests.attach_report(order=order, content=cleaned(picture()).content, by=everyone.nurse)
    page = as_user(open_page("desktop"), site_url, everyone.nurse)
    page.goto(f"/patients/{everyone.patient.pk}/tests/")
    page.get_by_role("heading", name="Over time").wait_for()
    sound(page, "tests-trend")


@pytest.mark.browser
def test_two_records_become_one_and_two_again(open_page, site_url, everyone):
    twin = factories.patient(
        at_site=everyone.site, given_name="Ngozi", family_name="Okafor-Tset", born_on=everyone.patient.born_on
    )
    page = as_user(open_page("tablet"), site_url, everyone.clinic_admin)
    page.goto("/patients/duplicates/")
    sound(page, "pairs-list")
    page.get_by_role("link", name="Compare").first.click()
    page.get_by_role("heading", name="Are these one person?").wait_for()
    sound(page, "pairs-compare")
    page.get_by_label(f"{everyone.patient.record_number}, {everyone.patient}").check(force=True)
    page.fill("#id_reason", "Same address, asked on the phone")
    page.get_by_role("button", name="Merge these records").click()
    page.get_by_role("heading", name="One person").wait_for()
    sound(page, "pairs-merged", themes=["light"])
    assert PatientMerge.objects.get().merged == twin
    page.goto(f"/patients/{twin.pk}/")
    page.get_by_role("heading", name="Merged records").wait_for()
    sound(page, "patient-merged")
    page.goto(f"/patients/merges/{PatientMerge.objects.get().pk}/")
    page.fill("#id_reason", "Two sisters after all")
    page.get_by_role("button", name="Make them two people again").click()
    page.get_by_role("heading", name="Two people again").wait_for()
    sound(page, "pairs-undone", themes=["light"])
