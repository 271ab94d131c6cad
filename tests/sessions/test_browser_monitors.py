"""A message from a monitor reaches the run sheet, a nurse accepts it; its pages in all themes and widths."""

import pytest

from clinic import clock
from sessions.actions import monitors as actions
from sessions.models import Device, Entry
from tests.accessible import in_every_theme
from tests.bedside import by_hand, written
from tests.people import people
from tests.sessions.scene import Scene
from tests.sessions.screens import begin, url

pytestmark = pytest.mark.browser
VALUES = {"heart_rate": "84", "spo2": "97", "systolic": "142", "diastolic": "88"}


@pytest.fixture
def ward(live_db, monkeypatch):
    """A running infusion with a confirmed monitor that sent a set, a new monitor, a code nobody knows."""
    everyone = people()
    begin(monkeypatch, 40)
    scene = Scene(everyone).running()
    actions.keep(written(VALUES, clock.now(), number=0))
    actions.confirm_device(device=Device.objects.get(), chair=scene.session.chair, by=everyone.nurse, label="Window")
    actions.keep(written(VALUES, clock.now(), number=1))
    actions.keep(by_hand("OBX|1|NM|190000^MDC_NEW^MDC||5|/min|||||R", at=clock.now()))
    return scene


def test_from_the_monitor_to_the_chart(ward, as_user):
    page = as_user(ward.nurse, "tablet")
    page.goto(url("session-show", ward.session))
    assert "142/88" in page.get_by_role("region", name="Monitor reads, not confirmed").inner_text()
    page.get_by_role("link", name="Accept a set").click()
    page.get_by_role("button", name="Put these on the chart").click()
    page.wait_for_url(f"**{url('session-show', ward.session)}")
    assert page.get_by_role("region", name="Monitor reads, on the chart").is_visible()
    assert Entry.objects.filter(source="monitor", vitalsreading__systolic=142).count() == 1


def test_the_pages_are_clean_in_every_theme_and_on_a_small_phone(ward, as_user):
    device = Device.objects.get(confirmed_at__isnull=False)
    session = ward.session
    paths = [
        url("session-show", session),
        url("monitor-accept", session),
        "/monitors/",
        f"/monitors/{device.pk}/confirm/",
    ]
    page, broken = as_user(ward.nurse), {}
    for path in paths:
        for width in (320, 820):
            page.set_viewport_size({"width": width, "height": 1000})
            page.goto(path)
            found = in_every_theme(page)
            sideways = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if found or sideways > 0:
                broken[path, width] = (found, sideways)
    assert broken == {}
