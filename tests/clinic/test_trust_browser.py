"""The auditor in a real browser: the log, one patient's log, disclosures, seals, and the paper for the patient."""

import os
from pathlib import Path

import pytest

from clinic import audit
from clinic.actions.amendments import ask_amendment
from clinic.actions.disclosures import note_disclosure
from clinic.actions.seal_checks import check_seals
from clinic.actions.seal_heads import write_heads
from tests.accessible import report
from tests.people import people, signed_in
from tests.sealing import seal_all

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("TRUST_SHOTS")


@pytest.fixture
def everyone(live_db, settings, tmp_path):
    settings.SEAL_FOLDER = tmp_path
    everyone = people()
    here = {"patient": everyone.patient, "site": everyone.site}
    with audit.context(address="192.0.2.7"):
        for n in range(6):
            audit.record("visit.booked", None, by=everyone.nurse, reason="Asked by phone" if n == 3 else "", **here)
        audit.event(
            "look followup:patient-show", None, by=everyone.colleague, is_look=True, detail={"break_glass": "x"}, **here
        ).save()
        audit.event("take followup:safety-csv", None, by=everyone.prescriber, is_look=True, **here).save()
    for purpose, to in (("law", "Sample county court"), ("treatment", "Dr. Rae Ferrer, Sample practice")):
        note_disclosure(kind="told", way="spoken", purpose=purpose, what="Dates of visits", to_whom=to,
                        by=everyone.prescriber, **here)  # fmt: skip
    ask_amendment(about="Visit of May", words="Wrong day", should_say="Another day", by=everyone.patient, **here)
    seal_all()
    write_heads()
    check_seals()
    return everyone


def pages_of(patient):
    mine = f"/patients/{patient.pk}"
    return {
        "log": "/audit/", "patient": f"{mine}/audit/", "paper": f"{mine}/audit/paper/", "told": "/disclosures/",
        "of-patient": f"{mine}/disclosures/", "told-paper": f"{mine}/disclosures/paper/",
        "asked": "/audit/corrections/", "seals": "/audit/seals/",
    }  # fmt: skip


def enter(page, site_url, user):
    cookie = signed_in(user).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site_url}])


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_onc_d3_d11_the_auditor_s_pages_are_sound(everyone, open_page, site_url, size, theme):
    page = open_page(size)
    enter(page, site_url, everyone.clinic_admin)
    page.context.add_cookies([{"name": "theme", "value": theme, "url": site_url}])
    if size == "phone":
        page.set_viewport_size({"width": 320, "height": 844})
    for name, path in pages_of(everyone.patient).items():
        page.goto(path)
        if SHOTS:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=f"{SHOTS}/{name}-{size}-{theme}.png", full_page=True)
        assert report(page) == "", path
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, path


def test_the_log_is_sorted_by_a_click_and_a_disclosure_noted_by_keyboard(everyone, open_page, site_url):
    page = open_page("desktop")
    enter(page, site_url, everyone.clinic_admin)
    page.goto("/audit/")
    page.get_by_role("link", name="Who", exact=True).click()
    assert page.locator("th[aria-sort=ascending]").inner_text().startswith("Who")
    page.goto(f"/patients/{everyone.patient.pk}/disclosures/add/")
    page.get_by_label("What was told").fill("Dates of visits")
    page.get_by_label("To whom").fill("Sample insurer")
    page.get_by_label("Why").select_option("payment")
    page.get_by_role("button", name="Note it").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Noted. It stands in the accounting.").wait_for()
    assert page.get_by_text("Sample insurer").count() == 1
