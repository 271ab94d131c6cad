"""The branches of the packet on a phone: what is asked of whom, what is carried over, what appears on the same page."""

import pytest

from intake import questions
from intake.actions import packets
from intake.models import Packet
from intake.queries import answers_of
from tests.intake.packets import TYPED, answers, asked_pages, consent_texts, invited
from tests.intake.test_browser_packet import answer, enter, sound
from tests.people import by_link, people

PAIN_ONLY = {"conditions": {"conditions": ["crps"]}}
NEW = ("ketamine", "opioids", "other-health", "operations", "implants", "mind", "alcohol", "safety")


def shown(page):
    """The questions that can be seen, by their names."""
    every = page.locator("main form [name]:visible:not([name=do])")
    return set(every.evaluate_all("nodes => nodes.map(node => node.name)"))


def save(page):
    """Press the button that goes on."""
    page.get_by_role("button", name="Save and continue").click()


@pytest.fixture
def phone(site_url, open_page):
    """Opens a phone on a fresh packet, its earlier pages filled; gives (page, packet)."""

    def opened(*, before=None, sex="unknown", **typed):
        everyone = people()
        consent_texts(everyone)
        everyone.patient.sex = sex
        everyone.patient.save()
        packet = invited(everyone)
        pages = dict(asked_pages({"_sex": sex, "_reason": "pain"}, **typed)) if before else {}
        for slug in list(pages)[: list(pages).index(before) if before else 0]:
            packets.save_page(packet=packet, slug=slug, answers=pages[slug], version=0, by=everyone.patient)
        client, _ = by_link(
            everyone.patient, everyone.site, "packet", subject_kind="intake.packet", subject_id=packet.pk
        )
        page = open_page("phone", **({"java_script_enabled": False} if typed.get("bare") else {}))
        enter(page, client, site_url)
        return page, packet

    return opened


def test_each_new_page_is_sound(phone):
    page, packet = phone()
    for slug in NEW:
        page.goto(f"/packet/{slug}/")
        answer(page, TYPED[slug])
        sound(page, f"80-{slug}")
        save(page)
        page.wait_for_url(lambda url, slug=slug: f"/{slug}/" not in url)
    assert {row.slug for row in Packet.objects.get(pk=packet.pk).pages.all() if row.is_done} == set(NEW)


def test_trauma_is_asked_only_behind_the_gate(phone):
    page, packet = phone(before="trauma", **PAIN_ONLY)
    page.goto("/packet/trauma/")
    sound(page, "81-trauma-gate")
    answer(page, {"trauma_gate": "yes"})
    save(page)
    page.wait_for_url("**/packet/trauma-screen/")
    assert shown(page) == {"pcptsd_event"}
    sound(page, "82-trauma-closed")
    answer(page, TYPED["trauma-screen"])
    sound(page, "83-trauma-open")
    save(page)
    page.wait_for_url("**/packet/trauma-month/")
    answer(page, TYPED["trauma-month"])
    sound(page, "84-trauma-month")
    page.goto("/packet/trauma/")
    answer(page, {"trauma_gate": "rather_not"})
    save(page)
    page.wait_for_url("**/packet/substances/")
    assert "pcptsd_1" not in answers_of(Packet.objects.get(pk=packet.pk))


def test_two_answers_open_the_phq9_and_are_carried_over(phone):
    page, _ = phone(before="mood-first", **PAIN_ONLY)
    page.goto("/packet/mood-first/")
    answer(page, {"phq2_1": "2", "phq2_2": "1"})
    sound(page, "85-mood-first")
    save(page)
    page.wait_for_url("**/packet/mood/")
    page.get_by_text("filled in what you told us").wait_for()
    assert page.locator('[name=phq9_1][value="2"]').is_checked()
    assert page.locator('[name=phq9_2][value="1"]').is_checked()
    sound(page, "86-mood-carried")
    answer(page, TYPED["mood"])
    save(page)
    page.wait_for_url("**/packet/worry/")


def test_low_answers_ask_only_the_one_hard_question(phone):
    page, _ = phone(before="mood-first", **PAIN_ONLY)
    page.goto("/packet/mood-first/")
    answer(page, TYPED["mood-first"])
    save(page)
    page.wait_for_url("**/packet/safety/")
    help_now = page.locator(".crisis-live .help-now")
    answer(page, {"phq9_9": "2"})
    assert help_now.is_visible()
    sound(page, "87-safety-help")


def test_an_attempt_shows_help_on_the_same_page(phone):
    page, _ = phone()
    page.goto("/packet/mind/")
    help_now = page.locator(".crisis-live .help-now")
    answer(page, TYPED["mind"] | {"suicide_attempt": "past"})
    assert not help_now.is_visible()
    answer(page, {"suicide_attempt": "recent"})
    assert help_now.is_visible()
    save(page)
    page.wait_for_url("**/packet/mind/?help=1")
    sound(page, "88-attempt-help")


def test_what_goes_with_another_answer_appears_with_it(phone):
    page, _ = phone()
    for slug, name, choose in (
        ("about-you", "legal_name", {"name_right": "no"}),
        ("about-you", "interpreter_language", {"interpreter": "yes"}),
        ("operations", "operations", {"had_operations": "yes"}),
        ("implants", "limbs_why", {"limbs_avoid": ["arm_left"]}),
    ):
        page.goto(f"/packet/{slug}/")
        assert name not in shown(page)
        answer(page, choose)
        assert name in shown(page)
    page.goto("/packet/alcohol/")
    assert {"auditc_2", "auditc_3"} <= shown(page)
    answer(page, {"auditc_1": "0"})
    assert shown(page) == {"auditc_1"}


def test_someone_recorded_as_male_is_asked_neither_sex_nor_pregnancy(phone):
    page, _ = phone(sex="male")
    page.goto("/packet/about-you/")
    assert "sex_at_birth" not in shown(page)
    page.goto("/packet/")
    assert "Pregnancy" not in page.locator("main").inner_text()


def test_the_branches_work_without_javascript(phone):
    page, packet = phone(before="trauma", bare=True, **PAIN_ONLY)
    for slug in ("trauma", "trauma-screen", "trauma-month", "substances", "mood-first", "safety"):
        page.goto(f"/packet/{slug}/")
        answer_plainly(page, (TYPED | {"trauma": {"trauma_gate": "yes"}})[slug])
        save(page)
    page.wait_for_url("**/packet/worry/")
    done = {row.slug for row in Packet.objects.get(pk=packet.pk).pages.all() if row.is_done}
    assert {"trauma", "trauma-screen", "trauma-month", "mood-first", "safety"} <= done


def answer_plainly(page, typed):
    """Choose as a patient would; every question here is a choice."""
    for name, value in typed.items():
        page.locator(f'[name="{name}"][value="{value}"]').check(force=True)


def test_the_count_follows_what_is_asked(phone):
    page, packet = phone(before="medicines", **PAIN_ONLY)
    asked = len(questions.pages_for(answers_of(Packet.objects.get(pk=packet.pk))))
    page.goto("/packet/medicines/")
    before = page.locator(".prog .num").inner_text()
    assert before.endswith(f"of {asked + 5}")
    packets.save_page(packet=packet, slug="medicines", answers=answers("medicines"), version=0, by=packet.patient)
    page.goto("/packet/opioids/")
    assert page.locator(".prog .num").inner_text().endswith(f"of {asked + 6}")
