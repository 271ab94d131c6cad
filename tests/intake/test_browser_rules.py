"""Rules and new findings in a browser: read, weighed otherwise, decided; nothing axe objects to, nothing sideways."""

import pytest

from intake.actions.findings import CHANGE, Occasion, run_rules
from intake.actions.medicines import keep_new_medicines
from intake.models import Finding, RuleLevel
from tests.followup.approvals import approved
from tests.intake.test_browser_assessment import as_staff
from tests.intake.test_browser_packet import sound
from tests.people import people


def told_of_medicines(everyone):
    """A patient who was approved and later told of three medicines: two wait for a decision, one is to know."""
    patient, site, nurse = everyone.patient, everyone.harbor, everyone.nurse
    approved(patient, site=site, by=everyone.prescriber)
    names = ["Theo-24 300 mg", "a blue pill for sleep", "Ativan 1 mg at night"]
    keep_new_medicines(patient=patient, site=site, names=names, visit=patient.pk, by=nurse)
    run_rules(patient=patient, site=site, stage="booking", occasion=Occasion(CHANGE, patient.pk), by=nurse)


@pytest.mark.parametrize("size", ["phone", "tablet", "desktop"])
def test_weigh_a_rule_and_decide_what_is_new(open_page, site_url, size):
    everyone = people()
    told_of_medicines(everyone)
    page = as_staff(open_page, site_url, everyone.prescriber, size)
    page.goto("/intake/rules/")
    sound(page, f"r1-rules-{size}")
    page.get_by_role("link", name="Seizure disorder.").click()
    sound(page, f"r2-rule-{size}")
    page.locator('[name=level][value="needs_action"]').check(force=True)
    page.get_by_label("Reason").fill("Two seizures at the clinic last year.")
    page.get_by_role("button", name="Set the level").click()
    page.get_by_text("ships as: caution").wait_for()
    assert RuleLevel.objects.get().set_by == everyone.prescriber
    page.goto("/intake/rules/?show=changed")
    page.get_by_role("link", name="Seizure disorder.").wait_for()
    page.goto(f"/patients/{everyone.patient.pk}/findings/")
    assert "2 new findings to decide" in page.locator("h1").inner_text()
    sound(page, f"r3-findings-{size}")
    item = page.locator("#finding-takes-theophylline")
    item.locator('[value="handled"]').check(force=True)
    item.locator("textarea").fill("Changed to an inhaler by the lung doctor last week.")
    item.get_by_role("button", name="Keep this decision").click()
    page.get_by_role("heading", name="1 new finding to decide").wait_for()
    sound(page, f"r4-decided-{size}")
    assert Finding.objects.get(rule="takes-theophylline", is_new=True).resolution == "handled"
