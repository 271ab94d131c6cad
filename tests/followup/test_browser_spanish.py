"""Diary, readiness, visits, message choices and errors in Spanish, on the narrowest phone."""

import datetime as dt
import os
from pathlib import Path

import pytest

from clinic import clock
from clinic.models import Patient
from tests import factories
from tests.accessible import Axe
from tests.people import by_link, people

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("SPANISH_SHOTS")
NARROW = {"width": 320, "height": 780}


@pytest.fixture
def phone(site_url, open_page):
    """A phone whose patient has come through a link of every purpose here, and reads Spanish."""
    p = people()
    Patient.objects.filter(pk=p.patient.pk).update(language="es")
    version = factories.protocol_version(approved_by=p.prescriber)
    course = factories.course(of=p.patient, at_site=p.site, prescriber=p.prescriber, version=version)
    visit = factories.appointment(of=p.patient, at_site=p.site, starts_at=clock.now() + dt.timedelta(days=2))
    client, _ = by_link(p.patient, p.site, "diary", subject_kind="clinic.course", subject_id=course.pk)
    by_link(p.patient, p.site, "readiness", client=client, subject_kind="clinic.appointment", subject_id=visit.pk)
    for purpose in ("visits", "stop"):
        by_link(p.patient, p.site, purpose, client=client)
    page = open_page("phone", locale="es-US")
    page.set_viewport_size(NARROW)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site_url}])
    return page


def sound(page, name):
    """In Spanish, in its frame, without a fault of accessibility."""
    assert page.locator("html").get_attribute("lang") == "es"
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{name} scrolls sideways by {wide} px"
    found = Axe().run(page)
    assert found.response["violations"] == [], f"{name}: {found.generate_report()}"
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def test_the_pages_between_visits(phone):
    for name, path in (("visits", "/my-visits/"), ("messages", "/messages/"), ("wrong", "/no-such-page/")):
        phone.goto(path)
        sound(phone, f"60-{name}")
    phone.goto("/readiness/")
    sound(phone, "61-readiness")
    phone.get_by_role("button", name="Enviar").click()
    phone.get_by_role("alert").wait_for()
    sound(phone, "62-readiness-error")
    phone.goto("/diary/")
    phone.locator("summary").click()
    sound(phone, "63-diary")


def test_the_language_is_switched_in_the_middle_of_the_diary(phone):
    phone.goto("/diary/")
    phone.locator("#id_pain-7, [name=pain][value='7']").first.check(force=True)
    phone.get_by_role("button", name="English").click()
    phone.get_by_role("heading", name="How was today").wait_for()
    assert phone.locator("[name=pain][value='7']").is_checked()
    phone.get_by_role("button", name="Español").click()
    phone.get_by_role("heading", name="¿Cómo le fue?").wait_for()
    assert phone.locator("[name=pain][value='7']").is_checked()
    phone.keyboard.press("Tab")
    phone.get_by_role("button", name="Enviar").click()
    phone.get_by_role("heading", name="Gracias").wait_for()
    sound(phone, "64-diary-done")
