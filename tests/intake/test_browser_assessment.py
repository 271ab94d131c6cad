"""Staff's pages in a browser at tablet and desktop size: nothing axe objects to, nothing scrolls sideways."""

import pytest

from intake.actions import assessments
from intake.models import Assessment
from tests.intake.packets import invited, submitted
from tests.intake.test_browser_packet import enter, shot, sound
from tests.people import people, signed_in


def as_staff(open_page, site_url, user, size):
    page = open_page(size)
    enter(page, signed_in(user), site_url)
    return page


@pytest.mark.parametrize("size", ["tablet", "desktop"])
def test_from_the_list_to_the_signature(open_page, site_url, size):
    everyone = people()
    troubled = {
        "health": {"glaucoma": "yes", "seizures": "not_sure", "liver": "not_sure"},
        "mood": {"phq9_9": "1", "phq9_1": "3"},
        "medicines": {"medicines_1_name": "Xanax 0.5 mg"},
        "heart": {"sleep_apnea": "yes"},
    }
    packet = submitted(everyone, **troubled)
    page = as_staff(open_page, site_url, everyone.prescriber, size)
    page.goto("/intake/?show=waiting")
    sound(page, f"s1-list-{size}")
    page.get_by_role("link", name="OKAFOR-TEST").click()
    sound(page, f"s2-packet-{size}")
    page.get_by_role("button", name="Assess").click()
    sound(page, f"s3-assessment-{size}")
    assert "Talk to Ngo today" in page.locator("h1").inner_text()
    page.locator("#finding-glaucoma summary").click()
    shot(page, f"s4-settle-{size}")
    page.locator('#finding-glaucoma [value="overridden"]').check(force=True)
    page.locator("#finding-glaucoma textarea").fill("Eye clinic agrees, pressure 14 on both sides.")
    page.locator("#finding-glaucoma").get_by_role("button", name="Keep this").click()
    page.get_by_role("button", name="Save and go to sign").click()
    page.get_by_label("Your name").fill("Petra Prescriber")
    page.get_by_role("button", name="Sign for").click()
    sound(page, f"s5-sign-missing-{size}")
    _settle_the_rest(packet, everyone)
    page.goto(f"/intake/assessments/{packet.assessment.pk}/")
    page.locator('[name=decision][value="conditions"]').check(force=True)
    page.locator("textarea[name=conditions]").fill("Blood pressure below 140 on the day.")
    page.locator("textarea[name=reasons]").fill("CRPS for years, other treatments failed.")
    sound(page, f"s6-decide-{size}")
    page.get_by_role("button", name="Save and go to sign").click()
    page.get_by_label("Your name").fill("Petra Prescriber")
    sound(page, f"s7-sign-{size}")
    page.get_by_role("button", name="Sign for").click()
    page.get_by_role("heading", name="Candidate with conditions").wait_for()
    sound(page, f"s8-signed-{size}")


def _settle_the_rest(packet, everyone):
    assessment = Assessment.objects.get(packet=packet)
    for finding in assessment.findings.filter(resolution=""):
        resolution = "handled" if finding.would_be != "hard_stop" else "not_so"
        why = "Talked it through today, safe plan made."
        assessments.settle_finding(finding=finding, resolution=resolution, reason=why, by=everyone.prescriber)


def test_the_front_desk(open_page, site_url):
    everyone = people()
    packet = invited(everyone)
    page = as_staff(open_page, site_url, everyone.front_desk, "tablet")
    page.goto("/intake/")
    sound(page, "s9-list-desk")
    page.goto(f"/intake/{packet.pk}/")
    sound(page, "s10-packet-desk")


def test_on_a_phone_nothing_scrolls_sideways(open_page, site_url):
    everyone = people()
    packet = submitted(everyone)
    assessment = assessments.start_assessment(packet=packet, by=everyone.prescriber)
    page = as_staff(open_page, site_url, everyone.prescriber, "phone")
    for path in ("/intake/?show=all", f"/intake/{packet.pk}/", f"/intake/assessments/{assessment.pk}/"):
        page.goto(path)
        sound(page, f"s11{path.replace('/', '-').replace('?', '')[:24]}")
