"""Signing with a finger and with the mouse, reading before the first infusion, the staff's panel: with axe on each."""

import datetime as dt

import pytest

from clinic import clock
from clinic.models import ConsentSignature, PatientLink
from intake.actions.consents import sign_again
from intake.actions.copies import make_copy
from intake.actions.education import make_default_education
from intake.actions.taking_back import take_back
from intake.models import EducationReading, EducationText, NurseQuestion
from tests import factories
from tests.followup.approvals import approved
from tests.intake.packets import consent_texts, invited
from tests.intake.signing import SAID
from tests.intake.test_browser_packet import enter, shot, sound
from tests.people import by_link, people, signed_in

OLD = "A nurse watches you.\n\nYou may feel light, as if you were floating.\n\nYou can say no."
NEW = OLD.replace("watches you.", "watches you all the time.").replace("You can", "We test your urine.\n\nYou can")


@pytest.fixture
def everyone(site_url):
    return people()


def publish(everyone, kind, **fields):
    return factories.consent_text(kind=kind, published_by=everyone.prescriber, **fields)


def sign(everyone, text, **more):
    return sign_again(patient=everyone.patient, site=everyone.harbor, text=text, by=everyone.patient, **SAID | more)


def arrive(page, everyone, site_url, purpose, **fields):
    client, _ = by_link(everyone.patient, everyone.harbor, purpose, **fields)
    enter(page, client, site_url)


def finger(page, strokes):
    """Draw with one finger: real touches, as a phone sends them."""
    box = page.locator("canvas").bounding_box()
    session = page.context.new_cdp_session(page)

    def touch(kind, point=None):
        points = [{"x": box["x"] + point[0], "y": box["y"] + point[1]}] if point else []
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    for first, *rest in strokes:
        touch("touchStart", first)
        for point in rest:
            touch("touchMove", point)
        touch("touchEnd")


def test_a_changed_text_is_signed_with_a_finger_on_a_phone(open_page, everyone, site_url):
    sign(everyone, publish(everyone, "treatment", title="Your treatment", body=OLD))
    sign(everyone, publish(everyone, "escort", title="Going home"))
    publish(
        everyone, "treatment", title="Your treatment", body=NEW, change_words="We now test your urine now and then."
    )
    page = open_page("phone")
    arrive(page, everyone, site_url, "consent")
    page.goto("/my-consents/")
    sound(page, "consent-list")
    page.get_by_role("link", name="Start").click()
    page.locator(".consent-text ins").first.wait_for()
    new = [" ".join(words.split()) for words in page.locator(".consent-text ins").all_text_contents()]
    assert new == ["New: you all the time.", "New: We test your urine."]
    page.locator("canvas").scroll_into_view_if_needed()
    finger(page, [[(40, 60), (80, 30), (120, 70), (160, 40)], [(180, 50), (200, 60)]])
    page.get_by_role("button", name="Undo").click()
    sound(page, "consent-changed")
    page.get_by_label("I have read this and I agree").check()
    page.get_by_role("button", name="Sign and continue").click()
    assert page.get_by_role("alert").is_visible()
    assert page.locator("[name=drawing]").input_value() != "", "what was drawn is still there"
    sound(page, "consent-error")
    page.get_by_label("Your full name").fill("Ngozi Okafor-Test")
    page.get_by_role("button", name="Sign and continue").click()
    assert page.get_by_text("Everything is signed").is_visible()
    sound(page, "consent-list-done")
    row = ConsentSignature.objects.latest("signed_at")
    assert (row.text.number, len(row.drawing)) == (2, 1)
    assert len(row.drawing[0]) >= 3
    page.get_by_role("link", name="Your treatment").click()
    assert page.get_by_role("img", name="The drawn signature").is_visible()
    sound(page, "consent-signed")
    page.get_by_role("link", name="Take this back").click()
    sound(page, "consent-take-back")
    page.get_by_role("button", name="Take it back").click()
    assert page.get_by_text("It is taken back").is_visible()


def test_the_packet_s_consent_is_signed_with_the_mouse_and_without_a_script(open_page, everyone, site_url):
    packet = invited(everyone)
    consent_texts(everyone)
    page = open_page("desktop")
    link = {"subject_kind": "intake.packet", "subject_id": packet.pk}
    arrive(page, everyone, site_url, "packet", **link)
    page.goto("/packet/consents/treatment/")
    canvas = page.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 20, steps=6)
    page.mouse.up()
    page.get_by_label("I have read this and I agree").check()
    page.get_by_label("I agree to sign on this screen").check()
    page.get_by_label("Your full name").fill("Ngozi Okafor-Test")
    sound(page, "packet-consent")
    page.get_by_role("button", name="Sign and continue").click()
    row = ConsentSignature.objects.get()
    assert row.drawing
    bare = open_page("phone", java_script_enabled=False)
    arrive(bare, everyone, site_url, "packet", **link)
    bare.goto("/packet/consents/off_label/")
    assert not bare.locator("canvas").is_visible()
    assert not bare.get_by_label("I agree to sign on this screen").count(), "asked once, not five times"
    bare.get_by_label("I have read this and I agree").check()
    bare.get_by_label("Your full name").fill("Ngozi Okafor-Test")
    bare.get_by_role("button", name="Sign and continue").click()
    assert ConsentSignature.objects.filter(text__kind="off_label", drawing__isnull=True).exists()


def test_the_sheet_is_read_part_by_part_with_a_question(open_page, everyone, site_url):
    make_default_education()
    EducationText.objects.filter(language="en").update(published_at=clock.now(), published_by=everyone.prescriber)
    page = open_page("phone")
    arrive(page, everyone, site_url, "education")
    page.goto("/before-your-first-visit/")
    sound(page, "education-home")
    page.get_by_role("link", name="Start reading").click()
    page.get_by_label("Your question").fill("May I drink coffee before?")
    sound(page, "education-section")
    page.get_by_role("button", name="Ask a nurse").click()
    assert page.get_by_text("Your question is with the nurses").is_visible()
    assert NurseQuestion.objects.get().section == 1
    sound(page, "education-asked")
    for _ in range(7):
        page.get_by_role("button", name="I have read this").click()
    sound(page, "education-read")
    page.get_by_role("button", name="I have read it all").click()
    assert EducationReading.objects.get().how == "read"
    sound(page, "education-done")
    page.goto("/before-your-first-visit/print/")
    sound(page, "education-print")


def test_the_staff_see_it_all_and_hand_over_the_tablet(open_page, everyone, site_url):
    approved(everyone.patient, site=everyone.harbor, by=everyone.prescriber)
    first = publish(everyone, "treatment", title="Your treatment", body=OLD)
    make_copy(signature=sign(everyone, first, drawing=[[[10, 20], [30, 40]]]))
    publish(everyone, "treatment", title="Your treatment", body=NEW)
    sign(everyone, publish(everyone, "escort", title="Going home"), at=clock.now() - dt.timedelta(days=3))
    take_back(patient=everyone.patient, site=everyone.harbor, kind="escort", by=everyone.nurse, words="No car")
    publish(everyone, "messages", title="Messages by e-mail and text")
    page = open_page("tablet")
    enter(page, signed_in(everyone.nurse), site_url)
    where = f"/patients/{everyone.patient.pk}"
    page.goto(f"{where}/consents/")
    sound(page, "staff-consents")
    page.goto(f"{where}/consents/treatment/take-back/")
    sound(page, "staff-take-back")
    page.goto(f"{where}/consents/treatment/paper/")
    sound(page, "staff-paper")
    page.goto("/consents/renewals/")
    sound(page, "staff-renewals")
    page.goto(f"{where}/education/")
    sound(page, "staff-education-none")
    page.goto(f"{where}/consents/")
    page.get_by_role("button", name="sign on this device").click()
    page.get_by_label("Month").fill("5")
    page.get_by_label("Day").fill("14")
    page.get_by_label("Year").fill("1980")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Please read and sign").wait_for()
    shot(page, "tablet-handed-over")
    assert PatientLink.objects.get(purpose="consent").made_by == everyone.nurse
    page.goto(f"{where}/consents/")
    assert "login" in page.url, "nothing of the staff's is in reach"
