"""What comes after the infusion, in a browser: diary on a phone, the course page in every theme, decisions."""

import datetime as dt
import os
import uuid
from pathlib import Path

import pytest
import time_machine

from clinic.models import Message, Task
from followup.actions import booster, contacts, curves, diary, relief
from followup.models import DiaryEntry
from followup.rules.diary import Answers
from tests import factories
from tests.accessible import Axe
from tests.followup.conftest import NOW, make_course, make_similar, make_story
from tests.people import by_link, people, signed_in

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("FOLLOWUP_SHOTS")


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW):
        yield


def sound(page, name):
    """No violation of WCAG 2.2 A or AA, no sideways scroll; keeps a picture when a folder is named."""
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)
    found = Axe().run(page)
    assert found.response["violations"] == [], f"{name}: {found.generate_report()}"
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{name} scrolls sideways by {wide} px"


def enter(page, client, site_url, theme=""):
    """Give the browser the session of a test client, and a theme."""
    cookies = [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site_url}]
    if theme:
        cookies.append({"name": "theme", "value": theme, "url": site_url})
    page.context.add_cookies(cookies)


def test_a_diary_in_four_taps(site_url, open_page):
    p = people()
    course = make_course(p)
    factories.infusion(course=course, on=NOW.date().replace(day=1), nurse=p.nurse)
    page = open_page("phone")
    client, _ = by_link(p.patient, p.site, "diary", subject_kind="clinic.course", subject_id=course.pk)
    enter(page, client, site_url)
    page.goto("/diary/")
    sound(page, "diary")
    for name, value in {"pain": 3, "mood": 7, "sleep": 6, "function": 5}.items():
        page.locator(f"#id_{name}-{value}").check(force=True)
    page.get_by_text("More to say").click()
    sound(page, "diary-more")
    page.get_by_label("Please call me").check()
    page.get_by_role("button", name="Send").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    sound(page, "diary-done")
    assert DiaryEntry.objects.get().function == 5


def test_an_empty_diary_says_what_to_do_and_a_bad_day_brings_help(site_url, open_page):
    p = people()
    course = make_course(p)
    page = open_page("phone")
    client, _ = by_link(p.patient, p.site, "diary", subject_kind="clinic.course", subject_id=course.pk)
    enter(page, client, site_url)
    page.goto("/diary/")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Please answer at least one question").first.wait_for()
    sound(page, "diary-empty")
    page.get_by_text("More to say").click()
    page.get_by_label("Anything else?").fill("I want to end my life")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("get help now").wait_for()
    sound(page, "diary-help")


def test_before_a_visit(site_url, open_page):
    p = people()
    visit = factories.appointment(of=p.patient, at_site=p.site, starts_at=NOW + dt.timedelta(days=1))
    page = open_page("phone")
    client, _ = by_link(p.patient, p.site, "readiness", subject_kind="clinic.appointment", subject_id=visit.pk)
    enter(page, client, site_url)
    page.goto("/readiness/")
    sound(page, "readiness")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("There is a problem").wait_for()
    sound(page, "readiness-error")
    page.get_by_label("Yes, I come").check(force=True)
    page.get_by_role("button", name="Send").click()
    page.get_by_text("See you then").wait_for()
    sound(page, "readiness-done")
    enter(page, by_link(p.patient, p.site, "visits")[0], site_url)
    page.goto("/my-visits/")
    page.get_by_text("You have said that you come.").wait_for()
    sound(page, "visits")


def test_message_choices(site_url, open_page):
    p = people()
    page = open_page("phone")
    client, _ = by_link(p.patient, p.site, "stop")
    enter(page, client, site_url)
    page.goto("/messages/")
    sound(page, "messages")
    page.get_by_label("My diary").uncheck(force=True)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("It holds from now on").wait_for()
    assert p.patient.contact_choices.filter(kind="diary", opted_out_at__isnull=False).exists()


@pytest.mark.parametrize(("size", "theme"), [("desktop", ""), ("desktop", "dark"), ("tablet", "dim"), ("phone", "")])
def test_the_course_page(site_url, open_page, size, theme):
    p = people()
    story = make_story(p)
    make_similar(p, 6)
    relief.rebuild(course=story.course)
    curves.refresh_curves()
    booster.review(course=story.course)
    page = open_page(size)
    enter(page, signed_in(p.prescriber), site_url, theme)
    page.goto(f"/courses/{story.course.pk}/")
    page.get_by_role("heading", name="Relief is fading").wait_for()
    sound(page, f"course-{size}-{theme or 'light'}")
    page.get_by_role("link", name="Table", exact=True).click()
    page.get_by_role("region", name="Diary reports, scrolls").wait_for()
    sound(page, f"course-table-{size}-{theme or 'light'}")
    page.goto("/reports/relief/?condition=pain:crps")
    page.get_by_role("heading", name="How booster windows would have done").wait_for()
    sound(page, f"report-relief-{size}-{theme or 'light'}")


def test_a_prescriber_decides(site_url, open_page):
    p = people()
    story = make_story(p)
    booster.review(course=story.course)
    page = open_page("desktop")
    enter(page, signed_in(p.prescriber), site_url)
    page.goto(f"/courses/{story.course.pk}/")
    page.get_by_role("link", name="Change", exact=True).click()
    sound(page, "proposal-change")
    page.get_by_role("button", name="Set these dates").click()
    page.get_by_text("There is a problem").wait_for()
    sound(page, "proposal-change-error")
    page.get_by_role("link", name="Go back").click()
    page.get_by_role("link", name="Decline").click()
    sound(page, "proposal-decline")
    page.get_by_role("link", name="Go back").click()
    page.get_by_role("button", name="Accept and send to booking").click()
    page.get_by_text("a task to book it is open").wait_for()
    sound(page, "course-accepted")
    assert Task.objects.filter(kind="booking", for_role="front_desk").count() == 1


def test_a_course_with_nothing_yet(site_url, open_page):
    p = people()
    course = make_course(p)
    page = open_page("tablet")
    enter(page, signed_in(p.nurse), site_url)
    page.goto(f"/courses/{course.pk}/")
    sound(page, "course-empty")


@pytest.mark.parametrize(("size", "role"), [("desktop", "nurse"), ("phone", "front_desk"), ("tablet", "nurse")])
def test_tasks_and_messages_out(site_url, open_page, size, role):
    p = people()
    story = make_story(p)
    diary.record_entry(
        course=story.course, answers=Answers(pain=9, call_me=True, words="I want to die"), client_id=uuid.uuid4(),
        day=NOW.date(), by=p.patient,
    )  # fmt: skip
    booster.review(course=story.course)
    contacts.make_contact(session=story.sessions[-1])
    for kind, state in (("reminder_day", "unknown"), ("diary", "failed")):
        Message.objects.create(
            kind=kind, state=state, patient=p.patient, site=p.site, due_at=NOW, next_attempt_at=NOW, queued_at=NOW,
            dedupe_key=kind, last_error="the line broke while sending", attempts=1,
        )  # fmt: skip
    page = open_page(size)
    enter(page, signed_in(p.by_role(role)), site_url)
    page.goto("/tasks/?show=all")
    sound(page, f"tasks-{size}-{role}")
    page.goto("/outbox/")
    sound(page, f"outbox-{size}-{role}")
    if role == "nurse":
        page.goto("/tasks/?show=all")
        page.get_by_role("link", name="Open: ").first.click()
        page.get_by_role("button", name="I take it").click()
        page.get_by_text("There is a problem").wait_for()
        sound(page, f"tasks-error-{size}")
        page.get_by_label("What you did or will do").first.fill("Called her, her sister is with her.")
        page.get_by_role("button", name="I take it").click()
        page.get_by_text("You have taken it").wait_for()
        page.goto("/tasks/?show=all")
        page.get_by_role("link", name="Finish: Asks to be called").click()
        sound(page, f"task-{size}")
