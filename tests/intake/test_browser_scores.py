"""Entering a score and the suicide screener: by hand in a browser, in every look, and on a narrow screen."""

from clinic.models import InstrumentResponse
from tests.intake.test_browser_packet import enter, sound
from tests.people import people, signed_in

LOOKS = ("light", "dark", "dim")


def test_a_nurse_enters_a_score_and_a_screener(site_url, open_page):
    everyone = people()
    page = open_page("desktop")
    enter(page, signed_in(everyone.nurse), site_url)
    page.goto(f"/intake/scores/{everyone.patient.pk}/add/")
    page.get_by_label("Questionnaire").select_option("isi")
    page.get_by_label("Total").fill("29")
    page.get_by_role("button", name="Enter this score").click()
    page.get_by_text("ISI goes from 0 to 28").first.wait_for()
    assert page.get_by_label("Total").input_value() == "29"
    sound(page, "90-score-wrong")
    page.get_by_label("Total").fill("15")
    page.get_by_role("button", name="Enter this score").click()
    page.get_by_text("ISI 15 of 28, moderate: entered").wait_for()
    page.get_by_text("What counts as the total").click()
    for look in LOOKS:
        page.context.add_cookies([{"name": "theme", "value": look, "url": site_url}])
        page.reload()
        sound(page, f"91-score-{look}")
    page.get_by_role("link", name="Suicide screener").click()
    for code, value in (("cssrs_1", "yes"), ("cssrs_2", "no"), ("cssrs_6", "no")):
        page.locator(f'[name={code}][value="{value}"]').check(force=True)
    page.set_viewport_size({"width": 320, "height": 700})
    sound(page, "92-screener-narrow")
    page.get_by_role("button", name="Enter the screener").click()
    page.get_by_text("C-SSRS screener 1 of 3, low risk: entered").wait_for()
    assert set(InstrumentResponse.objects.values_list("instrument", flat=True)) == {"isi", "c-ssrs"}
