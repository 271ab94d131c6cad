"""Going home by a decision from elsewhere, and two infusions side by side, in a real browser."""

import re

import pytest

from sessions.models import InfusionSession
from tests.intake.test_browser_packet import sound
from tests.people import people, signed_in
from tests.sessions.scene import Scene
from tests.sessions.screens import Busy, begin, url

pytestmark = pytest.mark.browser


@pytest.fixture
def walked(live_db, monkeypatch):
    """A patient's first infusion behind them, today's stopped an hour ago."""
    everyone = people()
    begin(monkeypatch, 60 * 24 * 3)
    first = Scene(everyone).running()
    first.vitals(25, systolic=150, pain=4, dissociation=3)
    first.stop(50)
    first.observed()
    first.discharge()
    begin(monkeypatch, 115)
    today = Busy(everyone, patient=everyone.patient, version=first.version, approved=False)
    today.ready(code="KET-2")
    today.start()
    today.vitals(25, systolic=139, pain=2, dissociation=5)
    today.stop(50)
    today.vitals(112, oxygen="room_air", sedation=0, dissociation=0, spo2=95)
    today.line(112, action="removed")
    return everyone, today.fresh()


def opened(open_page, site_url, user):
    page = open_page("tablet")
    cookie = signed_in(user).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site_url}])
    return page


def test_asked_at_the_chair_decided_elsewhere_gone_home(open_page, site_url, walked):
    everyone, today = walked
    nurse = opened(open_page, site_url, everyone.nurse)
    nurse.goto(url("discharge", today))
    sound(nurse, "h1-missing")
    nurse.get_by_role("link", name="Instructions handed over: no driving until tomorrow").click()
    nurse.get_by_label("Patient and escort").check(force=True)
    nurse.get_by_label("Talked through").check()
    sound(nurse, "h2-sheet")
    nurse.get_by_role("button", name="It was handed to").click()
    nurse.get_by_role("link", name="Ask the prescriber").click()
    nurse.get_by_label("What they should know").fill("Walks well; her brother can't come in, waits in the taxi.")
    nurse.get_by_role("button", name="Ask about").click()
    nurse.get_by_text("No answer yet.").wait_for()

    doctor = opened(open_page, site_url, everyone.prescriber)
    doctor.goto("/tasks/")
    doctor.get_by_role("link", name=re.compile("^Decide: may the patient go home")).click()
    sound(doctor, "h3-decide")
    doctor.get_by_label("May go home without what is ticked").check(force=True)
    for criterion in ("Discharge score", "Oriented and steady"):
        doctor.get_by_role("checkbox", name=criterion).check(force=True)
    doctor.get_by_label("Another way home instead of the escort").fill("Taxi with her brother")
    doctor.get_by_label("Why").fill("Seen by video, talked to both.")
    doctor.get_by_role("button", name="Decide for").click()
    doctor.get_by_text("Seen by video").first.wait_for()

    nurse.goto(url("discharge", today))
    nurse.get_by_text("Nothing is missing").wait_for()
    sound(nurse, "h4-nothing-missing")
    nurse.get_by_role("button", name="Discharge").click()
    nurse.get_by_text("Discharged.").wait_for()
    assert InfusionSession.objects.get(pk=today.pk).ending == "completed"

    doctor.goto(url("session-compare", today))
    assert doctor.locator("svg.tlc-beside").count() == 1
    sound(doctor, "h5-side-by-side")
    doctor.goto(url("chart-sign", today))
    doctor.get_by_label("I have reviewed this chart").check()
    doctor.get_by_role("button", name="Sign the chart of").click()
    doctor.get_by_role("link", name="Check the hash").click()
    doctor.get_by_text("exactly what was signed").wait_for()
    sound(doctor, "h6-check")
