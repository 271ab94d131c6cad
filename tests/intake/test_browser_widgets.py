"""What patients touch: body map, treatments, medicines, saving while typing, help; with and without script."""

import pytest

from intake.actions import packets
from intake.models import Packet, PageAnswers
from tests.intake.packets import TYPED, answers
from tests.intake.test_browser_packet import answer, enter, patient_page, sound
from tests.people import by_link

__all__ = ["patient_page"]


def row(packet, slug):
    """What the server keeps of a page."""
    return PageAnswers.objects.get(packet=packet, slug=slug)


@pytest.mark.parametrize("theme", ["light", "dark", "dim"])
def test_the_body_map_by_touch_in_every_theme(patient_page, site_url, theme):
    page, packet, _ = patient_page
    page.context.add_cookies([{"name": "theme", "value": theme, "url": site_url}])
    page.goto("/packet/pain-story/")
    page.locator('[data-region="front_knee_left"]').tap()
    page.locator('[data-region="back_lower_right"]').tap()
    page.locator('[data-region="back_hand_left"]').tap()
    page.locator('[data-region="back_hand_left"]').tap()
    assert page.locator("[data-marked]").inner_text() == "Marked: Left knee, Low back, right."
    page.get_by_label("Which place is the worst?").select_option("back_lower_right")
    sound(page, f"80-body-{theme}")
    page.get_by_text("Saved at").wait_for(timeout=8000)
    answer(page, {name: value for name, value in TYPED["pain-story"].items() if name != "regions"})
    page.get_by_role("button", name="Save and continue").last.click()
    page.wait_for_url("**/packet/peg/")
    said = row(packet, "pain-story").answers
    assert (said["regions"], said["worst_region"]) == (["front_knee_left", "back_lower_right"], "back_lower_right")


def test_the_body_map_by_keyboard(patient_page):
    page, packet, _ = patient_page
    page.goto("/packet/pain-story/")
    page.get_by_text("Choose the places from a list").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Left shin").focus()
    page.keyboard.press("Space")
    assert "bm-on" in page.locator('[data-region="front_shin_left"]').get_attribute("class")
    assert "bm-focus" in page.locator('[data-region="front_shin_left"]').get_attribute("class")
    sound(page, "81-body-list")
    page.keyboard.press("Space")
    assert page.locator("[data-marked]").inner_text() == "Nothing is marked yet."


def test_treatments_open_only_when_tried(patient_page):
    page, packet, _ = patient_page
    page.goto("/packet/treatments/")
    details = page.locator("[name=tried_physio_how_long]")
    assert not details.is_visible()
    page.locator('[name=tried_physio][value="not_tried"]').check(force=True)
    assert not details.is_visible()
    page.locator('[name=tried_physio][value="helped_little"]').check(force=True)
    details.select_option("under_year")
    page.locator("[name=other_treatments_0_what]").fill("Acupuncture")
    sound(page, "82-treatments")
    page.locator('[name=ketamine_before][value="no"]').check(force=True)
    page.get_by_role("button", name="Save and continue").last.click()
    page.wait_for_url("**/packet/medicines/")
    assert row(packet, "treatments").answers["other_treatments"][0]["what"] == "Acupuncture"


def test_medicines_say_what_was_understood_and_change_nothing(patient_page):
    page, packet, _ = patient_page
    page.goto("/packet/medicines/")
    page.locator("[name=medicines_0_name]").fill("Percocet 5/325")
    page.locator("[name=medicines_1_name]").fill("hydroxizine")
    page.get_by_text("We read this as acetaminophen and oxycodone, an opioid pain medicine.").wait_for(timeout=8000)
    page.get_by_text("Did you mean Hydroxyzine?").wait_for()
    assert page.locator("#medicine-names option").count() > 1000
    assert page.locator("[name=medicines_0_name]").get_attribute("list") == "medicine-names"
    sound(page, "83-medicines")
    page.locator("[name=medicines_0_as_needed]").check()
    page.get_by_role("button", name="Save and continue").last.click()
    page.wait_for_url("**/packet/opioids/")
    rows = row(packet, "medicines").answers["medicines"]
    assert [(one["name"], one["as_needed"]) for one in rows] == [("Percocet 5/325", "yes"), ("hydroxizine", "")]


def test_both_units_at_once(patient_page):
    page, _, _ = patient_page
    page.goto("/packet/body/")
    answer(page, TYPED["body"])
    page.get_by_text("That is 180 lb (81.6 kg). You are 5 ft 7 in (170.2 cm) tall.").wait_for()
    sound(page, "84-units")


def test_enter_goes_on_and_does_not_leave(patient_page):
    page, _, _ = patient_page
    page.goto("/packet/emergency-contact/")
    answer(page, TYPED["emergency-contact"])
    page.locator("[name=emergency_phone]").press("Enter")
    page.wait_for_url("**/packet/body/")


def test_a_lost_line_is_said_and_nothing_is_lost(patient_page):
    page, packet, _ = patient_page
    page.goto("/packet/goals/")
    page.context.set_offline(True)
    page.locator("[name=goal_first]").fill("Walk the dog")
    page.get_by_text("You are offline.").wait_for(timeout=8000)
    page.get_by_role("button", name="Save and continue").last.click()
    assert page.locator("[name=goal_first]").input_value() == "Walk the dog"
    sound(page, "85-offline")
    page.context.set_offline(False)
    page.wait_for_url("**/packet/questions/", timeout=15000)
    assert row(packet, "goals").answers["goal_first"] == "Walk the dog"


def test_an_answer_lost_on_the_way_is_no_other_device(patient_page):
    page, packet, everyone = patient_page
    page.goto("/packet/goals/")
    lost = []

    def lose(route):
        """The server saves it; its answer never arrives."""
        if lost:
            route.continue_()
            return
        lost.append(route.fetch())
        route.abort()

    page.route("**/packet/goals/draft/", lose)
    page.locator("[name=goal_first]").fill("Walk")
    page.get_by_text("Not saved yet").wait_for(timeout=8000)
    assert row(packet, "goals").version == 1
    page.locator("[name=goal_first]").fill("Walk the dog")
    page.get_by_text("Saved at").wait_for(timeout=15000)
    assert row(packet, "goals").draft["goal_first"] == "Walk the dog"
    page.get_by_role("button", name="Save and continue").last.click()
    page.wait_for_url("**/packet/questions/")


def test_another_device_is_never_overwritten(patient_page):
    page, packet, everyone = patient_page
    page.goto("/packet/goals/")
    packets.save_page(packet=packet, slug="goals", answers=answers("goals"), version=0, by=everyone.patient)
    page.locator("[name=goal_first]").fill("From the phone")
    page.get_by_text("This page was changed on another device.").wait_for(timeout=8000)
    assert row(packet, "goals").answers["goal_first"] == "Walk to the park"
    page.get_by_role("button", name="Save and continue").last.click()
    page.get_by_text("This page was changed somewhere else").wait_for()
    assert page.locator("[name=goal_first]").input_value() == "From the phone"


def test_leaving_the_page_keeps_the_last_words(patient_page):
    page, packet, _ = patient_page
    page.goto("/packet/goals/")
    with page.expect_response("**/packet/goals/draft/"):
        page.locator("[name=goal_first]").fill("Walk the dog")
        page.evaluate(
            "Object.defineProperty(document, 'visibilityState', {value: 'hidden'});"
            "document.dispatchEvent(new Event('visibilitychange'))"
        )
    assert row(packet, "goals").draft["goal_first"] == "Walk the dog"
    kept = page.evaluate("[localStorage.length, sessionStorage.length]")
    assert kept == [0, 0]
    assert page.evaluate("indexedDB.databases().then((found) => found.length)") == 0


def test_somebody_helps(patient_page):
    page, packet, _ = patient_page
    page.goto("/packet/")
    page.get_by_role("link", name="Somebody helps me with this").click()
    sound(page, "86-helper")
    page.get_by_label("Their name").fill("Ana Test")
    page.get_by_label("Who are they to you?").fill("sister")
    page.get_by_role("button", name="Go on together").click()
    page.wait_for_url("**/packet/")
    sound(page, "87-home-helped")
    page.goto("/packet/goals/")
    page.get_by_text("Ana Test, sister, helps you with this.").wait_for()
    answer(page, TYPED["goals"])
    page.get_by_role("button", name="Save and continue").last.click()
    page.wait_for_url("**/packet/questions/")
    assert row(packet, "goals").help.name == "Ana Test"


def test_everything_of_these_pages_works_without_script(site_url, open_page, patient_page):
    _, packet, everyone = patient_page
    client, _ = by_link(everyone.patient, everyone.site, "packet", subject_kind="intake.packet", subject_id=packet.pk)
    page = open_page("phone", java_script_enabled=False)
    enter(page, client, site_url)
    page.goto("/packet/pain-story/")
    page.get_by_label("Left knee", exact=True).check()
    page.get_by_label("Low back, right").check()
    page.get_by_label("Which place is the worst?").select_option("front_knee_left")
    answer(page, {name: value for name, value in TYPED["pain-story"].items() if name != "regions"})
    page.get_by_role("button", name="Save and continue").last.click()
    page.wait_for_url("**/packet/peg/")
    assert row(packet, "pain-story").answers["worst_region"] == "front_knee_left"
    page.goto("/packet/treatments/")
    page.locator('[name=tried_blocks][value="worse"]').check(force=True)
    page.locator("[name=tried_blocks_stopped]").select_option("side_effects")
    page.get_by_role("button", name="Add another treatment").click()
    page.locator("[name=other_treatments_1_what]").fill("Yoga")
    page.wait_for_load_state("load")  # nothing moves under the finger any more
    page.locator('[name=ketamine_before][value="no"]').check(force=True)
    page.get_by_role("button", name="Save and continue").last.click()
    page.wait_for_url("**/packet/medicines/")
    page.locator("[name=medicines_0_name]").fill("hydroxizine")
    page.get_by_role("button", name="Add another medicine").click()
    page.get_by_text("Did you mean Hydroxyzine?").wait_for()
    page.get_by_role("button", name="Save and continue").last.click()
    page.wait_for_url("**/packet/allergies/")
    assert Packet.objects.get(pk=packet.pk).state == "started"
