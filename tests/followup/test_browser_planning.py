"""Planning in a browser: add, plan, sign, book a series round a clash, shift it, at phone, tablet and desktop size."""

import datetime as dt
import os
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from clinic.actions import appointments, protocols, setup
from clinic.actions.alerts import raise_alert
from clinic.models import Appointment, Course, ProtocolVersion
from followup.actions import planning
from tests import factories
from tests.accessible import Axe
from tests.followup.approvals import approved
from tests.people import people, signed_in

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("PLANNING_SHOTS")
NOW = dt.datetime(2026, 5, 13, 12, 42, tzinfo=dt.UTC)
WIDTHS = {"phone": 390, "tablet": 820, "desktop": 1280}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW):
        yield


def sound(page, name):
    """No violation of WCAG 2.2 A or AA, no sideways scroll; keeps a picture when a folder is named."""
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)
    found = Axe().run(page)
    assert found.response["violations"] == [], f"{name}: {found.generate_report()}"
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{name} scrolls sideways by {wide} px"


def enter(page, user, site_url, theme=""):
    """Give the browser the session of this user, and a theme."""
    cookies = [{"name": "sessionid", "value": signed_in(user).cookies["sessionid"].value, "url": site_url}]
    if theme:
        cookies.append({"name": "theme", "value": theme, "url": site_url})
    page.context.add_cookies(cookies)


def at_hour(p, day, hour, minute=0):
    date = NOW.astimezone(p.harbor.zone).date() + timedelta(days=day)
    return dt.datetime.combine(date, dt.time(hour, minute), tzinfo=p.harbor.zone).astimezone(dt.UTC)


@pytest.fixture
def clinic(site_url):
    """A clinic with the shipped protocols approved, a signed course, and a busy tomorrow; gives (people, course)."""
    p = people()
    for protocol in protocols.make_default_protocols(by=p.clinic_admin):
        setup.approve_version(version=protocol.versions.get(), by=p.prescriber)
    approved(p.patient, site=p.harbor, by=p.prescriber)
    course = planned(p, p.patient)
    chairs = list(p.harbor.chairs.all())
    for n, (given, hour, chair) in enumerate([("Ingrid", 8, 0), ("Luca", 8, 1), ("Hiro", 11, 0), ("Marie", 13, 2)]):
        patient = factories.patient(at_site=p.harbor, given_name=given, family_name=f"Halvorsen-Test{n}")
        approved(patient, site=p.harbor, by=p.prescriber)
        appointments.book(
            patient=patient, site=p.harbor, kind="infusion", course=planned(p, patient), by=p.front_desk,
            starts_at=at_hour(p, 1, hour, 15 * n), chair=chairs[chair],
        )  # fmt: skip
    appointments.book(
        patient=p.patient, site=p.harbor, kind="consultation", starts_at=at_hour(p, 1, 15), by=p.front_desk,
        prescriber=p.prescriber,
    )  # fmt: skip
    return p, course


def planned(p, patient):
    version = protocol_version("Mood")
    course = planning.plan_course(
        patient=patient, site=p.harbor, protocol_version=version, dose=version.protocoldrugs.get().dose,
        planned_number=6, reason="depression", goals="Get up in the morning", by=p.prescriber,
    )  # fmt: skip
    return planning.sign_plan(course=course, by=p.prescriber)


def protocol_version(name):
    return ProtocolVersion.objects.get(protocol__name__startswith=name)


@pytest.mark.parametrize("size", WIDTHS)
def test_every_page_at_every_size(clinic, site_url, open_page, size):
    p, course = clinic
    raise_alert("call_me", patient=p.patient, site=p.harbor, words="Asked to be called", by=p.patient)
    visit = Appointment.objects.get(patient=p.patient)
    fresh = factories.patient(at_site=p.harbor, given_name="Fresh", family_name="Face-Test")
    approved(fresh, site=p.harbor, by=p.prescriber)
    page = open_page(size)
    page.set_viewport_size({"width": WIDTHS[size], "height": 900})
    enter(page, p.prescriber, site_url)
    mood = protocol_version("Mood")
    unsigned = planning.plan_course(
        patient=fresh, site=p.harbor, protocol_version=mood, dose=mood.protocoldrugs.get().dose, planned_number=6,
        reason="ptsd", goals="Sleep through the night", by=p.prescriber,
    )  # fmt: skip
    for name, path in {
        "list": "/patients/",
        "add": "/patients/add/",
        "edit": f"/patients/{p.patient.pk}/edit/",
        "patient": f"/patients/{p.patient.pk}/",
        "patient-new": f"/patients/{fresh.pk}/",
        "schedule-day": "/schedule/?day=2026-05-14",
        "schedule-week": "/schedule/?day=2026-05-14&view=week",
        "book": f"/patients/{p.patient.pk}/book/?kind=infusion&day=2026-05-14",
        "visit": f"/visits/{visit.pk}/",
        "move": f"/visits/{visit.pk}/move/",
        "series": f"/courses/{course.pk}/series/",
        "shift": f"/courses/{course.pk}/shift/",
        "plan-choose": f"/patients/{fresh.pk}/plan/",
        "plan-edit": f"/patients/{fresh.pk}/plan/?protocol={mood.pk}",
        "sign": f"/courses/{unsigned.pk}/sign/",
    }.items():
        response = page.goto(path)
        assert response.status == 200, path
        sound(page, f"{size}-{name}")
    for words in ("halvorsen", "nobody"):
        search(page, words)
        sound(page, f"{size}-find-{words}")


def search(page, words):
    """Type into the one search box and press Enter; the page that answers has an address without the words."""
    page.locator("[data-find]").fill(words)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/patients/find/?asked=" in page.url
    assert words not in page.url


def test_a_search_by_keys_alone_and_the_way_back_to_it(clinic, site_url, open_page):
    p, _ = clinic
    page = open_page("desktop")
    enter(page, p.front_desk, site_url)
    page.goto("/patients/")
    page.keyboard.press("/")
    page.keyboard.type("halvorsen")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    found, rows = page.url, page.locator("tbody th").count()
    assert rows == 4
    page.locator("tbody th a").first.click()
    page.wait_for_url("**/patients/*-*/")
    page.go_back()
    assert (page.url, page.locator("tbody th").count()) == (found, rows)
    assert page.locator("[data-find]").input_value() == "halvorsen"
    page.reload()
    assert page.locator("tbody th").count() == rows
    page.go_back()
    assert page.url.endswith("/patients/")


@pytest.mark.parametrize("theme", ["dark", "dim"])
def test_in_the_other_themes(clinic, site_url, open_page, theme):
    p, course = clinic
    page = open_page("desktop")
    enter(page, p.front_desk, site_url, theme)
    for name, path in {
        "list": "/patients/",
        "add": "/patients/add/",
        "patient": f"/patients/{p.patient.pk}/",
        "schedule-day": "/schedule/?day=2026-05-14",
        "schedule-week": "/schedule/?day=2026-05-14&view=week",
        "series": f"/courses/{course.pk}/series/",
    }.items():
        assert page.goto(path).status == 200
        sound(page, f"{theme}-{name}")


def test_adding_a_patient_with_duplicates_shown_while_typing(clinic, site_url, open_page):
    p, _ = clinic
    page = open_page("tablet")
    enter(page, p.front_desk, site_url)
    page.goto("/patients/add/")
    page.get_by_label("Family name").fill("Okafor-Test")
    page.get_by_label("Given name").fill("Ngozi")
    page.get_by_label("Given name").press("Tab")
    page.get_by_role("heading", name="Is it one of these?").wait_for()
    sound(page, "add-likely")
    page.get_by_role("button", name="Add this patient").click()
    page.get_by_text("There is a problem").wait_for()
    sound(page, "add-errors")
    assert page.get_by_label("Family name").input_value() == "Okafor-Test"


def test_a_series_round_a_clash_then_shifted(clinic, site_url, open_page):
    p, course = clinic
    page = open_page("tablet")
    enter(page, p.front_desk, site_url)
    page.goto(f"/courses/{course.pk}/series/")
    chair = page.locator("#id_row-0-chair")
    chair.select_option(label="Chair 1")
    page.get_by_role("button", name="Book all for").click()
    page.get_by_role("heading", name="Not all dates can be booked").wait_for()
    sound(page, "series-clash")
    page.locator("#id_row-0-alternative-1").check(force=True)
    page.get_by_role("button", name="Book all for").click()
    page.get_by_text("6 visits of OKAFOR-TEST, Ngozi are booked").wait_for()
    sound(page, "series-booked")
    page.goto(f"/courses/{course.pk}/shift/")
    page.get_by_role("button", name="Shift the visits of").click()
    page.get_by_text("6 visits of OKAFOR-TEST, Ngozi have moved").wait_for()
    assert Course.objects.get(pk=course.pk).appointments.count() == 6


def test_a_slot_is_kept_while_the_form_is_filled(clinic, site_url, open_page):
    p, _ = clinic
    page = open_page("tablet")
    enter(page, p.front_desk, site_url)
    page.goto(f"/patients/{p.patient.pk}/book/?kind=infusion&day=2026-05-15")
    page.locator("#slot-3").check(force=True)
    page.get_by_text("Kept for you until").wait_for()
    sound(page, "book-held")
    page.get_by_role("button", name="Book for").click()
    page.get_by_text("is booked.").wait_for()
    sound(page, "visit-booked")
