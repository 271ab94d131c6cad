"""A screen on a wall and the sound of an alarm in a real browser: paired, kept up, revoked; heard, set, answered."""

import re

import pytest
from playwright.sync_api import expect

from clinic.actions import walls as actions
from clinic.models import WallScreen
from sessions.actions import emergency
from tests.accessible import Axe
from tests.people import people, signed_in
from tests.sessions.screens import begin, full_board

pytestmark = pytest.mark.browser
FOR_EARS = re.compile("visually-hidden")
THEMES = ("light", "dark", "dim")


@pytest.fixture
def everyone(live_db):
    return people()


@pytest.fixture
def board(everyone, monkeypatch):
    begin(monkeypatch, 42)
    return full_board(everyone)


def faults(page):
    page.evaluate("document.activeElement?.blur()")
    return [v["id"] for v in Axe().run(page).response["violations"]]


def set_theme(page, theme):
    page.evaluate("(theme) => document.documentElement.setAttribute('data-bs-theme', theme)", theme)


def is_now(page, name, value):
    """Wait until the page says so of itself: the style sheet reads the same."""
    page.locator(f"html[data-{name}={value}]").wait_for(state="attached", timeout=15000)


def test_a_screen_pairs_itself_keeps_up_and_goes_dark_when_it_is_revoked(everyone, board, open_page):
    page = open_page("desktop")
    page.clock.install()
    page.goto("/wall/")
    page.get_by_role("button", name="Show a code").click()
    code = page.locator(".wall-code").inner_text()
    assert re.fullmatch(r"[B-Z]{3}-[B-Z]{3}", code)
    assert faults(page) == []
    actions.pair_wall(code=code, name="Station", site=everyone.harbor, by=everyone.clinic_admin)
    page.wait_for_url("**/wall/", timeout=15000)
    page.get_by_role("heading", name="Chair 1 needs someone now").wait_for()
    for theme in THEMES:
        set_theme(page, theme)
        assert faults(page) == [], theme
    page.get_by_text("Not live just now: this page looks again every 5 seconds").wait_for()
    board[0].vitals(41, spo2=97)
    page.get_by_role("heading", name="Chair 1 needs someone now").wait_for(state="detached", timeout=15000)
    big = page.locator(".wall-rows .c").first.evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)")
    assert big >= page.viewport_size["height"] * 0.06
    screen = WallScreen.objects.get()
    assert screen.last_seen_at is not None
    page.evaluate("self.isThisLoad = true; document.cookie = 'alarm-volume=0; path=/'")
    is_now(page, "sound-is", "off")
    page.clock.fast_forward("21:00:00")
    page.wait_for_function("() => !self.isThisLoad", timeout=15000)
    page.get_by_role("heading", level=1).wait_for()
    actions.revoke_wall(screen=screen, by=everyone.nurse)
    page.get_by_text("This screen was revoked").wait_for(timeout=15000)


def test_an_alarm_is_heard_after_one_touch_set_on_the_device_and_quiet_when_answered(
    everyone, board, open_page, site_url
):
    page = open_page("tablet")
    cookie = signed_in(everyone.nurse).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site_url}])
    page.goto("/board/")
    is_now(page, "sound-calling", "yes")
    page.locator(".sound-bar [data-sound-tap]").click()
    is_now(page, "sound-is", "ringing")
    page.locator("html[data-sound-played]").wait_for(state="attached", timeout=12000)
    page.locator(".sound summary").click()
    page.get_by_label("Volume of the alarm on this device").fill("20")
    assert {c["name"]: c["value"] for c in page.context.cookies()}["alarm-volume"] == "20"
    for theme in THEMES:
        set_theme(page, theme)
        assert faults(page) == [], theme
    page.get_by_role("button", name="Test the sound").click()
    page.get_by_label("Volume of the alarm on this device").fill("0")
    is_now(page, "sound-is", "off")
    page.reload()
    page.get_by_text("The sound is off on this device").wait_for()
    page.get_by_role("button", name="I am going to chair 1, ADLER, Test").click()
    is_now(page, "sound-calling", "no")


def test_another_patients_page_says_which_chair_calls(everyone, board, open_page, site_url):
    page = open_page("tablet")
    cookie = signed_in(everyone.nurse).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site_url}])
    page.goto(f"/sessions/{board[1].session.pk}/note/")
    call = page.locator("#calls a")
    call.wait_for()
    assert "Alarm in chair 1" in call.inner_text()
    assert "ADLER" not in page.locator("#calls").inner_text()
    assert faults(page) == []
    call.click()
    page.wait_for_url(f"**/sessions/{board[0].session.pk}/")


def test_the_run_sheet_shows_an_alarm_once_and_an_emergency_of_its_own_too(everyone, board, open_page, site_url):
    """What a tab or the sheet itself says stands in the bars above for ears only; other chairs stand there for all."""
    page = open_page("tablet")
    cookie = signed_in(everyone.nurse).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site_url}])
    page.goto(f"/sessions/{board[1].session.pk}/")
    call, tab = page.locator("#calls a"), page.locator(f".switch a[href='/sessions/{board[0].session.pk}/']")
    expect(call).to_have_class(FOR_EARS)
    assert "Alarm in chair 1" in call.text_content()
    assert "Alarm" in tab.inner_text()
    board[0].do(emergency, 41)
    page.reload()
    strip = page.locator(".alerts-now a[data-about]")
    expect(strip).not_to_have_class(FOR_EARS)  # another chair's emergency stands above everything
    expect(strip).to_be_visible()
    page.goto(f"/sessions/{board[0].session.pk}/")
    page.get_by_text("Emergency since").wait_for()
    expect(strip).to_have_class(FOR_EARS)
    assert faults(page) == []
