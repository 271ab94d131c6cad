"""J10 in a browser: from the reports to one of them, its file and its picture; a patient's story; the one box."""

import datetime as dt
import os
from pathlib import Path

import pytest

from clinic import clock
from followup.actions import relief_runs
from tests import factories
from tests.accessible import Axe
from tests.followup.conftest import make_course, make_version
from tests.people import people, signed_in

pytestmark = pytest.mark.browser
THEMES = ("light", "dark", "dim")
SHOTS = os.environ.get("FOLLOWUP_SHOTS")


def sound(page, name):
    """No violation of WCAG 2.2 A or AA, no sideways scroll; keeps a picture when a folder is named."""
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)
    found = Axe().run(page)
    assert found.response["violations"] == [], f"{name}: {found.generate_report()}"
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{name} scrolls sideways by {wide} px"


def enter(page, client, site_url, theme):
    """Give the browser the session of a test client, and a theme."""
    cookies = {"sessionid": client.cookies["sessionid"].value, "theme": theme}
    page.context.add_cookies([{"name": name, "value": value, "url": site_url} for name, value in cookies.items()])


def a_month(p):
    """Six courses of one infusion each, two visits nobody came to."""
    version, today = make_version(p), clock.now()
    for n in range(6):
        patient = factories.patient(
            at_site=p.site, given_name=("Ada", "Bo", "Cy", "Di", "Ed", "Solveig")[n], family_name="Report-Test"
        )
        course = make_course(p, patient, version=version)
        factories.infusion(course=course, on=(today - dt.timedelta(days=9 + n)).date(), nurse=p.nurse)
        factories.appointment(
            of=patient, at_site=p.site, starts_at=today - dt.timedelta(days=2 + n), kind="consultation",
            state="no_show" if n < 2 else "done", booked_at=today - dt.timedelta(days=20),
        )  # fmt: skip
    return patient


def test_a_nurse_reads_the_reports_takes_one_along_and_follows_a_patients_story(site_url, open_page):
    p = people()
    patient = a_month(p)
    page = open_page("tablet")
    enter(page, signed_in(p.nurse), site_url, "light")

    page.goto("/reports/")
    sound(page, "reports")
    page.get_by_role("link", name="No-shows and visits called off").click()
    assert "Missed: 2 of 12 visits" in page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="30 days").click()
    for theme in THEMES:
        enter(page, signed_in(p.nurse), site_url, theme)
        page.reload()
        sound(page, f"visits {theme}")
    with page.expect_download() as picture:
        page.get_by_role("link", name="Picture of Visits over time").click()
    assert picture.value.suggested_filename.endswith(".svg")
    with page.expect_download() as table:
        page.get_by_role("link", name="CSV of Missed, by kind of visit").click()
    assert table.value.suggested_filename.startswith("report-visits-by-kind-")

    page.keyboard.press("/")
    page.keyboard.type("reprot solvieg")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/patients/{patient.pk}/")
    page.get_by_role("link", name="All that happened").click()
    assert "Infusion 1 of course 1" in page.locator("main").inner_text()
    sound(page, "story")
    page.set_viewport_size({"width": 320, "height": 700})
    sound(page, "story at 320")
    page.goto("/reports/waiting/")
    sound(page, "waiting at 320")
    page.set_viewport_size({"width": 1440, "height": 900})
    for slug in ("side-effects", "opioids", "days", "waiting", "visits"):
        page.goto(f"/reports/{slug}/")
        sound(page, f"{slug} wide")
    works_it_out_now(page)


def works_it_out_now(page):
    """The button, the wait, and the end that the page hears of by itself."""
    page.goto("/reports/relief/")
    page.get_by_role("button", name="Work it out now").click()
    page.get_by_text("It waits for the worker").wait_for()
    sound(page, "relief waits")
    relief_runs.run_due()
    page.get_by_text("It is worked out.").wait_for()
    sound(page, "relief is there")
    page.get_by_role("link", name="Show the new figures").click()
    page.get_by_role("button", name="Work it out now").wait_for()
