"""Staff's pages in a browser at tablet and desktop size: nothing axe objects to, nothing scrolls sideways."""

import pytest

from intake.actions import assessments, packets
from intake.models import Assessment
from tests import factories
from tests.intake.packets import invited, submitted
from tests.intake.test_browser_packet import enter, shot, sound
from tests.people import by_link, people, signed_in


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
    page.get_by_role("link", name="OKAFOR-TEST, Ngozi", exact=True).click()
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


@pytest.mark.parametrize("theme", ["dark", "dim"])
def test_in_the_other_themes(open_page, site_url, theme):
    everyone = people()
    packet = submitted(everyone, health={"glaucoma": "yes"}, mood={"phq9_9": "1"})
    assessment = assessments.start_assessment(packet=packet, by=everyone.prescriber)
    page = as_staff(open_page, site_url, everyone.prescriber, "tablet")
    page.context.add_cookies([{"name": "theme", "value": theme, "url": site_url}])
    for path in (
        "/intake/?show=all",
        f"/intake/assessments/{assessment.pk}/",
        f"/intake/assessments/{assessment.pk}/sign/",
    ):
        page.goto(path)
        assert page.locator("html").get_attribute("data-bs-theme") == theme
        sound(page, f"t-{theme}{path.replace('/', '-').replace('?', '')[:24]}{len(path)}")
    patient = factories.patient(at_site=everyone.site, family_name="Second-Test")
    second = packets.invite(patient=patient, site=everyone.site, by=everyone.front_desk)
    client, _ = by_link(patient, everyone.site, "packet", subject_kind="intake.packet", subject_id=second.pk)
    phone = open_page("phone")
    enter(phone, client, site_url)
    phone.context.add_cookies([{"name": "theme", "value": theme, "url": site_url}])
    for slug in ("mood", "medicines", "pain"):
        phone.goto(f"/packet/{slug}/")
        if slug == "mood":
            phone.locator('[name=phq9_9][value="1"]').check(force=True)
        sound(phone, f"t-{theme}-{slug}")
