"""What patients tell between visits, in a browser: a diary without network, questionnaires, messages both ways."""

import datetime as dt

import pytest
import time_machine

from followup.actions import contacts, rounds, talks
from followup.models import DiaryEntry, OpioidReport, TalkMessage
from tests import factories
from tests.followup.conftest import NOW, TODAY, make_course
from tests.followup.test_browser_after import enter, sound
from tests.people import by_link, people, signed_in

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def scene(live_db):
    """A course with one infusion a week ago, and its people."""
    p = people()
    course = make_course(p, opened_at=NOW - dt.timedelta(days=20), diary_from=TODAY - dt.timedelta(days=20))
    session = factories.infusion(course=course, on=TODAY - dt.timedelta(days=7), nurse=p.nurse)
    return p, course, session


def phone_of(open_page, site_url, p, purpose, about):
    page = open_page("phone")
    fields = {"subject_kind": about._meta.label_lower, "subject_id": about.pk} if about else {}
    enter(page, by_link(p.patient, p.site, purpose, **fields)[0], site_url)
    return page


def wait_until(page, said):
    """Wait until this is so; the pages' own policy forbids the driver to ask by itself."""
    for _ in range(200):
        if page.evaluate(said):
            return
        page.wait_for_timeout(50)
    raise AssertionError(said)


def test_a_diary_is_kept_without_network_and_sent_once_when_it_is_back(scene, site_url, open_page):
    p, course, _ = scene
    page = phone_of(open_page, site_url, p, "diary", course)
    page.goto("/diary/")
    page.locator("#id_pain-3").check(force=True)
    page.context.set_offline(True)
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Your answers are kept on this phone").wait_for()
    sound(page, "diary-kept")
    assert not DiaryEntry.objects.exists()
    page.context.set_offline(False)
    page.get_by_role("heading", name="Thank you").wait_for(timeout=20_000)
    assert DiaryEntry.objects.get().pain == 3
    assert page.evaluate("localStorage.getItem('tideline-diary')") is None


def test_what_was_kept_is_sent_by_the_next_page_about_its_own_day(scene, site_url, open_page):
    p, course, _ = scene
    page = phone_of(open_page, site_url, p, "diary", course)
    page.goto("/diary/")
    keep, day = "0b7c1f5e-3f0e-4d7a-9d4e-1f1f6a6f000{n}", (TODAY - dt.timedelta(days=2)).isoformat()
    page.evaluate(
        """([own, other, day]) => {
            const whose = document.querySelector("[name=whose]").value;
            const body = (id, theirs) => `client_id=${id}&about=${day}&pain=6&whose=${theirs}`;
            const kept = { [own]: body(own, whose), [other]: body(other, "somebody else") };
            localStorage.setItem("tideline-diary", JSON.stringify(kept)); }""",
        [keep.format(n=1), keep.format(n=2), day],
    )
    page.reload()
    wait_until(page, "Object.keys(JSON.parse(localStorage.getItem('tideline-diary'))).length === 1")
    kept = DiaryEntry.objects.get()
    assert (kept.day, kept.pain, kept.is_late) == (TODAY - dt.timedelta(days=2), 6, True)
    assert str(kept.client_id) == keep.format(n=1), "what somebody else has typed waits for their own page"
    page.get_by_role("heading", name="How was today").wait_for()


def test_a_fortnight_on_the_phone_ends_on_the_pages_day_whatever_the_phones_clock_says(scene, site_url, open_page):
    p, course, _ = scene
    page = phone_of(open_page, site_url, p, "diary", course)
    page.goto("/diary/")
    days = [TODAY - dt.timedelta(days=n) for n in (14, 15)]
    page.evaluate(
        """(days) => {
            const whose = document.querySelector("[name=whose]").value;
            const kept = days.map((day) => [crypto.randomUUID(), day]);
            const body = (id, day) => `client_id=${id}&about=${day}&pain=6&whose=${whose}`;
            const shelf = Object.fromEntries(kept.map(([id, day]) => [id, body(id, day)]));
            localStorage.setItem("tideline-diary", JSON.stringify(shelf)); }""",
        [day.isoformat() for day in days],
    )
    page.reload()
    wait_until(page, "localStorage.getItem('tideline-diary') === null")
    assert [entry.day for entry in DiaryEntry.objects.all()] == days[:1], "what is older goes into no diary"


def test_questionnaires_on_a_phone(scene, site_url, open_page):
    p, course, _ = scene
    asked = rounds.open_round(course=course, day=TODAY)
    page = phone_of(open_page, site_url, p, "checkup", asked)
    page.goto("/check-up/")
    sound(page, "checkup-home")
    page.get_by_role("link", name="Start").click()
    for item in ("peg_1", "peg_2", "peg_3"):
        page.locator(f"#id_{item}-4").check(force=True)
    sound(page, "checkup-pain")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("heading", name="How you felt").wait_for()
    page.locator("[name=phq9_9][value='1']").check(force=True)
    page.get_by_text("get help now").first.wait_for()
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    sound(page, "checkup-mood-help")
    page.goto("/check-up/life/")
    sound(page, "checkup-life")
    page.goto("/check-up/opioids/")
    page.get_by_label("Yes", exact=True).check(force=True)
    page.get_by_text("Which ones, and how much").click()
    page.get_by_label("Which one?").first.select_option("tramadol")
    page.get_by_label("How strong is one?").first.fill("50")
    page.get_by_label("How many on a usual day?").first.fill("4")
    sound(page, "checkup-opioids")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/check-up/mood/")
    assert OpioidReport.objects.get().mme == 40


def test_messages_both_ways(scene, site_url, open_page):
    p, _, _ = scene
    phone = phone_of(open_page, site_url, p, "messages", None)
    phone.goto("/my-messages/")
    sound(phone, "own-talks-empty")
    phone.get_by_role("link", name="Write to us").click()
    phone.get_by_label("My next visit: time, way, what to bring").check(force=True)
    phone.get_by_label("Your message").fill("May I come an hour later?")
    sound(phone, "own-talk-new")
    phone.get_by_role("button", name="Send").click()
    phone.get_by_text("Your message is sent.").wait_for()
    sound(phone, "own-talk")
    desk = open_page("tablet")
    enter(desk, signed_in(p.front_desk), site_url)
    desk.goto("/inbox/")
    sound(desk, "inbox-desk")
    desk.get_by_role("link", name="Open: ").click()
    desk.get_by_label("Your answer").fill("Yes, at eleven.")
    sound(desk, "talk-desk")
    desk.get_by_role("button", name="Send the answer").click()
    desk.get_by_text("A mail tells").wait_for()
    phone.goto("/my-messages/")
    phone.get_by_role("link", name="About a visit").click()
    phone.get_by_text("Yes, at eleven.").wait_for()
    assert TalkMessage.objects.count() == 2


@pytest.mark.parametrize(("size", "theme"), [("tablet", "light"), ("desktop", "dark"), ("phone", "dim")])
def test_staff_pages_in_every_theme(scene, site_url, open_page, size, theme):
    p, course, session = scene
    contact = contacts.make_contact(session=session)
    asked = rounds.open_round(course=course, day=TODAY)
    rounds.answer_page(asked=asked, page="pain", answers={"peg_1": 4, "peg_2": 5, "peg_3": 6}, by=p.patient)
    talk = talks.write(patient=p.patient, site=p.site, words="Is it normal to be tired?", by=p.patient).talk
    for n in range(1, 5):
        factories.diary(course=course, day=TODAY - dt.timedelta(days=n), pain=3 + n, function=5, words="a slow day")
    page = open_page(size)
    enter(page, signed_in(p.nurse), site_url, theme)
    for name, path in {
        "inbox": "/inbox/",
        "talk": f"/inbox/{talk.pk}/",
        "talk-start": f"/patients/{p.patient.pk}/write/",
        "contact": f"/contacts/{contact.pk}/",
        "calls": f"/patients/{p.patient.pk}/calls/",
        "diary-list": f"/courses/{course.pk}/diary/",
        "diary-tell": f"/courses/{course.pk}/diary/tell/",
        "scores": f"/courses/{course.pk}/scores/",
        "round": f"/rounds/{asked.pk}/",
    }.items():
        assert page.goto(path).ok, path
        sound(page, f"{name}-{size}-{theme}")
