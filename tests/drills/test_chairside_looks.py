"""Drill: every page of the chairside in every theme on a tablet, and on a phone: axe, sideways scroll, small targets.

`./test` holds the main ones; this takes all of them, some four minutes. And a set of vitals at a hand's pace (NUM-1).
"""

import time

import pytest
from django.urls import reverse

from clinic import clock
from clinic.words import today_in
from sessions import actions
from tests.accessible import Axe, in_every_theme
from tests.browser import PHONE, TABLET
from tests.drills.figures import say
from tests.people import people, signed_in
from tests.sessions.screens import begin, full_board, url

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1800)]

RUNNING = (
    "session-show", "vitals-record", "limit-set", "drug-pause", "drug-stop", "drug-resume", "drug-rate", "drug-bolus",
    "drug-syringe", "order-list", "order-verbal", "order-write", "oxygen-record", "fluid-record", "event-choose",
    "side-effect-record", "note-record", "score-record", "line-record", "dose-totals", "infusion-extend",
    "session-hand-over", "against-advice", "against-advice-form", "session-transfer", "session-death", "last-time",
    "prescriber-name", "chair-move",
)  # fmt: skip
ARRIVED = (
    "session-show", "checklist", "weight-record", "vitals-record", "dose-order", "preparation-make", "second-check",
    "session-start", "not-started",
)  # fmt: skip
OBSERVING = (
    "session-show", "discharge", "discharge-ask", "score-record", "escort-note", "aftercare-give", "aftercare-print",
    "record-show", "session-compare", "chart-sign",
)  # fmt: skip
HELP = ("session-show", "emergency", "emergency-handover", "emergency-reconcile")
SITE = (
    "board", "vial-list", "vial-receive", "count-all", "register-show", "inventory-list", "day-list", "pack-list",
    "device-list", "event-list", "equipment-check", "cosign-list", "pin-set",
)  # fmt: skip
FOR_A_PRESCRIBER = ("order-write", "chart-sign")
# Links within a sentence are no targets of their own (WCAG 2.5.8); a choice is as large as its label.
SMALL = """() => {
  const targets = document.querySelectorAll("a, button, summary, select, input:not([type=hidden])");
  return [...targets].flatMap((one) => {
    if (!one.checkVisibility() || one.closest(".visually-hidden, .skip, [hidden]")) return [];
    if (one.matches("a") && one.closest("p, li, dd, small, .sub")) return [];
    const place = one.matches("[type=radio], [type=checkbox]") ? one.labels?.[0] || one : one;
    const { height } = place.getBoundingClientRect();
    const words = (one.innerText || one.name || "").slice(0, 40);
    return height && height < 43.5 ? [`${Math.round(height)} px: ${words}`] : [];
  });
}"""
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def rooms(live_db, monkeypatch):
    """Chair 1 infusing with an alarm, 2 infusing and overdue, 3 under observation, 4 arrived."""
    everyone = people()
    begin(monkeypatch, 42)
    return everyone, *full_board(everyone)


def addresses(rooms):
    """(name, path) of every page, the emergency in chair 2 among them."""
    everyone, alarm, called, observing, arrived = rooms
    called.do(actions.emergency, 40)
    for names, one in ((RUNNING, alarm), (ARRIVED, arrived), (OBSERVING, observing), (HELP, called)):
        yield from ((name, url(name, one.session)) for name in names)
    yield from ((name, reverse(f"sessions:{name}")) for name in SITE)
    yield "day-show", reverse("sessions:day-show", args=[today_in(everyone.harbor.zone, clock.now()).isoformat()])


def wrong_with(page):
    """What is wrong with the page as it stands: themes on a tablet, the light one on a phone."""
    page.set_viewport_size(TABLET)
    found = {"themes": in_every_theme(page), "small": page.evaluate(SMALL), "wide": page.evaluate(WIDE)}
    page.set_viewport_size(PHONE)
    phone = {"phone": Axe().run(page).response["violations"], "phone wide": page.evaluate(WIDE)}
    return {name: what for name, what in (found | phone).items() if what}


def test_every_page_at_the_chair_is_sound_in_every_theme_and_width(rooms, open_page, site_url):
    everyone, broken, count = rooms[0], {}, 0
    pages = {}
    for user in (everyone.nurse, everyone.prescriber):
        page = pages[user] = open_page("tablet")
        cookie = signed_in(user).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site_url}])
    for name, path in addresses(rooms):
        page = pages[everyone.prescriber if name in FOR_A_PRESCRIBER else everyone.nurse]
        assert page.goto(path).status == 200, path
        count += 1
        wrong = wrong_with(page)
        if wrong:
            broken[name, path] = wrong
    say("UX chairside", f"{count} pages, 3 themes at 820 px and one at 390 px, {len(broken)} with a fault")
    assert broken == {}


# A finger on a tablet, key by key: slower than the hand of who does it all day.
PACE_MS, WITHIN_S, PRESSES = 400, 12, 14


def test_num_1_a_set_of_vitals_takes_twelve_seconds_at_a_hands_pace(rooms, open_page, site_url):
    everyone, alarm, *_ = rooms
    page = open_page("tablet")
    cookie = signed_in(everyone.nurse).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site_url}])
    page.goto(url("session-show", alarm.session))
    began, presses = time.monotonic(), 0
    page.get_by_role("link", name="Vitals", exact=True).tap()
    page.locator("[data-box=systolic]:focus").wait_for()
    for digit in "120807298":
        page.wait_for_timeout(PACE_MS)
        page.locator(f"[data-key='{digit}']").tap()
        presses += 1
    page.wait_for_timeout(PACE_MS)
    page.get_by_role("button", name="Save vitals for").tap()
    page.get_by_text("120/80").first.wait_for()
    took = time.monotonic() - began
    say(
        "NUM-1", f"120/80 72 98 from the run sheet back to it: {presses + 2} presses, {took:.1f} s at {PACE_MS} ms each"
    )
    assert (presses + 2 <= PRESSES, took < WITHIN_S) == (True, True)
