"""The review of a packet and what stands beside it, in a browser: nothing axe objects to, nothing scrolls sideways."""

import pytest

from intake.actions import assessments
from intake.models import PageRequest
from tests.intake.packets import submitted
from tests.intake.second import answered, asked, corrected, signed, submitted_again
from tests.intake.test_browser_assessment import as_staff
from tests.intake.test_browser_packet import enter, sound
from tests.people import by_link, people

FIRST = {"mood": {"phq9_1": "3", "phq9_2": "3"}, "medicines": {"medicines_1_name": "Sertraline 50 mg"}}
SECOND = {
    "health": {"glaucoma": "yes", "seizures": "not_sure"},
    "medicines": {"medicines_1_name": "Xanax 0.5 mg"},
    "pain": {"pain_average": "4"},
}


def reviewed(everyone):
    """A second packet under assessment: a weight corrected, a page answered again."""
    submitted(everyone, **FIRST)
    packet = submitted_again(everyone, **SECOND)
    assessment = assessments.start_assessment(packet=packet, by=everyone.prescriber)
    corrected(packet, "body", everyone.nurse, weight="82", weight_unit="kg", reason="Weighed at the visit.")
    answered(asked(packet, everyone.nurse, "goals"), everyone.patient, goals={"goal_first": "Dance at the wedding"})
    return assessment


@pytest.mark.parametrize(
    ("size", "theme"), [("tablet", "light"), ("desktop", "dark"), ("tablet", "dim"), ("phone", "light")]
)
def test_the_review_in_every_theme(open_page, site_url, size, theme):
    everyone = people()
    assessment = reviewed(everyone)
    page = as_staff(open_page, site_url, everyone.prescriber, size)
    page.context.add_cookies([{"name": "theme", "value": theme, "url": site_url}])
    page.goto(f"/intake/assessments/{assessment.pk}/")
    sound(page, f"r1-review-{size}-{theme}")
    text = page.locator("main").inner_text()
    for words in ("was: 6 of 10", "Weighed at the visit.", "First answer: Walk to the park", "Dance at the wedding"):
        assert words in text
    for path in (
        f"/intake/assessments/{assessment.pk}/?answers=changed",
        f"/intake/{assessment.packet_id}/correct/body/",
        f"/intake/{assessment.packet_id}/ask/?page=heart",
        f"/intake/{assessment.packet_id}/",
        "/intake/?show=decide",
    ):
        page.goto(path)
        sound(page, f"r2-{size}-{theme}-{path.split('/')[-2]}")


def test_the_bar_leads_by_keyboard_to_each_part_and_stays(open_page, site_url):
    everyone = people()
    assessment = reviewed(everyone)
    page = as_staff(open_page, site_url, everyone.prescriber, "desktop")
    page.goto(f"/intake/assessments/{assessment.pk}/")
    link = page.get_by_role("navigation", name="Parts of this page").get_by_role("link", name="Answers")
    link.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#answers")
    for _ in range(100):
        if page.locator("#answers").bounding_box()["y"] < 300:
            break
        page.wait_for_timeout(50)
    assert page.locator("#answers").bounding_box()["y"] < 300
    assert link.is_visible()
    box = link.bounding_box()
    assert 0 <= box["y"] < 200, "the bar stays in sight"


def test_a_question_goes_back_and_its_answer_comes_again(open_page, site_url):
    everyone = people()
    packet = submitted(everyone, health={"seizures": "not_sure"})
    assessment = assessments.start_assessment(packet=packet, by=everyone.prescriber)
    page = as_staff(open_page, site_url, everyone.prescriber, "tablet")
    page.goto(f"/intake/assessments/{assessment.pk}/")
    page.locator("#ask-seizures").get_by_role("link", name="Ask the patient").click()
    page.get_by_label("A line to the patient").fill("Have you ever had a seizure? Please ask your family too.")
    page.get_by_role("button", name="Send to OKAFOR-TEST").click()
    page.get_by_text("The patient gets a link to these pages.").wait_for()
    request = PageRequest.objects.get()
    client, _ = by_link(
        everyone.patient, everyone.site, "questions", subject_kind="intake.pagerequest", subject_id=request.pk
    )
    phone = open_page("phone")
    enter(phone, client, site_url)
    phone.goto("/questions/")
    sound(phone, "q1-home")
    phone.get_by_role("link", name="Go on").click()
    phone.get_by_role("heading", name="Your general health").wait_for()
    sound(phone, "q2-page")
    assert phone.locator("[name=seizures]:checked").count() == 0, "nothing earlier is shown"
    for field in phone.locator('input[type=radio][value="no"]').all():
        field.check(force=True)
    phone.locator("form#page").get_by_role("button", name="Save and continue").click()
    phone.get_by_role("button", name="Send my answers").wait_for()
    sound(phone, "q3-done")
    phone.get_by_role("button", name="Send my answers").click()
    phone.get_by_role("heading", name="Thank you").wait_for()
    sound(phone, "q4-sent")
    page.goto(f"/intake/assessments/{assessment.pk}/")
    assert page.locator("#ask-seizures").count() == 0, "the rules have read the new answer"


def test_a_letter_is_read_changed_and_sent(open_page, site_url):
    everyone = people()
    assessment = signed(everyone, referrer="Dr. Rae Ferrer")
    page = as_staff(open_page, site_url, everyone.prescriber, "desktop")
    page.goto(f"/intake/assessments/{assessment.pk}/")
    page.get_by_role("button", name="Write a letter to the referrer").click()
    sound(page, "l1-draft")
    page.get_by_label("By fax").check(force=True)
    page.get_by_role("button", name="Send to").click()
    page.get_by_role("heading", name="Sent by fax").wait_for()
    sound(page, "l2-sent")
