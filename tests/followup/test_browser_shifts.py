"""Working hours by hand: the front desk sets a week, the schedule shows it; sound on every size and in every theme."""

import datetime as dt
import os
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from clinic.models import Shift
from tests.accessible import in_every_theme
from tests.people import people, signed_in

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("PLANNING_SHOTS")
NOW = dt.datetime(2026, 5, 13, 12, 42, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW):
        yield


def keep(page, name):
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def test_the_front_desk_sets_a_week_and_sees_it_on_the_schedule(site_url, open_page):
    p = people()
    page = open_page("desktop")
    session = signed_in(p.front_desk).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site_url}])
    page.goto("/schedule/")
    page.get_by_role("link", name="Working hours").click()
    page.get_by_role("link", name=p.nurse.name).click()
    page.get_by_label("Thursday, from").fill("13:00")
    page.get_by_label("Thursday, until").fill("12:00")
    page.get_by_role("button", name="Keep this week").click()
    assert page.get_by_label("Thursday, from").input_value() == "13:00"
    keep(page, "shift-refused")
    assert page.get_by_role("link", name="Thursday: The end lies before the start.").count() == 1
    assert in_every_theme(page) == {}
    page.get_by_label("Thursday, until").fill("18:00")
    page.get_by_role("button", name="Keep this week").click()
    page.get_by_text(f"The hours of {p.nurse} are kept.").wait_for()
    assert Shift.objects.get().weekday == 3
    for width in (390, 820, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        for name, path in {"one": page.url, "list": "/schedule/hours/"}.items():
            page.goto(path)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, (name, width)
            keep(page, f"shift-{name}-{width}")
        page.go_back()
    assert in_every_theme(page) == {}
    tomorrow = NOW.date() + timedelta(days=1)
    page.goto(f"/schedule/?day={tomorrow}&by=person")
    assert page.locator("td.h", has_text="off").count() >= 1
    keep(page, "shift-day")
    page.goto(f"/schedule/?day={tomorrow}&by=person&view=week")
    keep(page, "shift-week")
    assert in_every_theme(page) == {}
