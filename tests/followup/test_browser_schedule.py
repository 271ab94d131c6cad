"""The schedule in a browser: a visit dragged to another chair and taken back, the same by keys; every page sound."""

import datetime as dt
from datetime import timedelta

import pytest
import time_machine

from clinic.actions import absences, appointments
from clinic.models import Appointment
from followup.presenters.columns import stamp
from tests import factories
from tests.followup.approvals import approved
from tests.followup.test_browser_planning import enter, sound
from tests.people import people

pytestmark = pytest.mark.browser
NOW = dt.datetime(2026, 5, 14, 12, 42, tzinfo=dt.UTC)  # Thursday, 08:42 in New York
NINE = dt.datetime(2026, 5, 14, 13, tzinfo=dt.UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PLACES = {"phone": (390, 844), "tablet": (820, 1180), "desktop": (1440, 900)}

# Words of the names in the grid that stand on two lines; a break at a hyphen is none.
BROKEN = """() => [...document.querySelectorAll(".daygrid td.v > a")].flatMap((link) => {
  const text = link.firstChild;
  return [...text.data.matchAll(/[^\\s-]+-?/g)].map((word) => {
    const range = document.createRange();
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    return [word[0], new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size];
  });
}).filter(([word, lines]) => lines > 1)"""


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def clinic(site_url):
    """A day with visits in two chairs, a course with two dates, somebody away next week, a day closed."""
    p = people()
    p.version = factories.protocol_version(approved_by=p.prescriber)
    p.course = course_of(p, p.patient)
    p.chairs = list(p.harbor.chairs.all())
    p.visit = book(p, p.course, NINE, chair=p.chairs[0], nurse=p.nurse)
    book(p, p.course, NINE + 4 * DAY)
    p.other = course_of(p, factories.patient(at_site=p.harbor, given_name="Ingrid", family_name="Halvorsen-Test"))
    book(p, p.other, NINE + HOUR, chair=p.chairs[1])
    absences.note_absence(user=p.nurse, site=p.harbor, start=NINE + 3 * DAY, end=NINE + 6 * DAY, by=p.front_desk)
    absences.close_day(site=p.harbor, day=dt.date(2026, 5, 25), by=p.clinic_admin, why="Memorial Day")
    return p


def course_of(p, patient):
    approved(patient, site=p.harbor, by=p.prescriber)
    return factories.course(of=patient, at_site=p.harbor, prescriber=p.prescriber, version=p.version)


def book(p, course, starts_at, **asked):
    return appointments.book(
        patient=course.patient, site=p.harbor, kind="infusion", course=course, starts_at=starts_at, by=p.front_desk,
        **asked,
    )  # fmt: skip


def addresses(p):
    gap = f"start={stamp(NINE + 3 * HOUR)}&end={stamp(NINE + 6 * HOUR)}&chair={p.chairs[2].pk}"
    return {
        "day": "/schedule/?day=2026-05-14",
        "people": "/schedule/?day=2026-05-18&by=person",
        "week": "/schedule/?day=2026-05-14&view=week",
        "week-people": "/schedule/?day=2026-05-18&view=week&by=person",
        "moving": f"/schedule/?day=2026-05-14&moving={p.visit.pk}",
        "gap": f"/schedule/gap/?{gap}",
        "gap-found": f"/schedule/gap/?{gap}&q=test",
        "place": f"/visits/{p.visit.pk}/place/?{gap}",
        "seat": f"/visits/{p.visit.pk}/seat/",
        "late": f"/visits/{p.visit.pk}/late/",
        "visit": f"/visits/{p.visit.pk}/",
        "series": f"/courses/{p.course.pk}/dates/",
        "series-cancel": f"/courses/{p.course.pk}/dates/cancel/",
        "away": "/schedule/away/",
    }


@pytest.mark.parametrize(("size", "theme"), [("phone", "dim"), ("tablet", "dark"), ("desktop", "light")])
def test_every_page_is_sound(clinic, site_url, open_page, size, theme):
    if size == "tablet":  # more chairs than there is room for side by side
        for n in range(4, 10):
            factories.chair(at_site=clinic.harbor, label=str(n), position=n)
    page = open_page(size)
    page.set_viewport_size(dict(zip(("width", "height"), PLACES[size], strict=True)))
    enter(page, clinic.front_desk, site_url, theme)
    for name, path in addresses(clinic).items():
        assert page.goto(path).status == 200, path
        sound(page, f"schedule-{size}-{name}")
        assert page.evaluate(BROKEN) == [], f"{name}: names are broken within a word"


def test_a_visit_is_dragged_to_another_chair_and_taken_back(clinic, site_url, open_page):
    page = open_page("desktop")
    enter(page, clinic.front_desk, site_url)
    page.goto("/schedule/?day=2026-05-14")
    visit, gap = page.locator("td.v", has_text="OKAFOR-TEST").first, page.locator("td.f", has_text="Chair 3").last
    gap.scroll_into_view_if_needed()  # first: a page that scrolls under a pressed button takes up nothing
    visit.drag_to(gap)
    page.get_by_role("heading", name="Move it to").wait_for()
    sound(page, "schedule-dragged")
    page.get_by_role("button", name="Move the visit of").click()
    page.get_by_role("button", name="Take it back").wait_for()
    moved = Appointment.objects.get(pk=clinic.visit.pk)
    assert moved.claims.get(occupies=True, chair__isnull=False).chair == clinic.chairs[2]
    sound(page, "schedule-moved")
    page.get_by_role("button", name="Take it back").click()
    page.get_by_text("is back where it was").wait_for()
    assert Appointment.objects.get(pk=clinic.visit.pk).starts_at == NINE


def test_the_same_by_keys(clinic, site_url, open_page):
    page = open_page("desktop")
    enter(page, clinic.front_desk, site_url)
    page.goto("/schedule/?day=2026-05-14")
    page.locator("[data-grid] td.v a", has_text="OKAFOR-TEST").first.focus()
    page.keyboard.press("ArrowRight")
    assert "Chair 2" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("ArrowDown")
    assert "HALVORSEN-TEST" in page.evaluate("document.activeElement.textContent")
    page.locator("[data-grid] td.v a", has_text="OKAFOR-TEST").first.focus()
    with page.expect_navigation():  # until it is loaded: before its script runs a page has no keys
        page.keyboard.press("m")
    page.get_by_role("heading", name="Where to with the visit of").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("heading", name="Where to with the visit of").wait_for(state="detached")
