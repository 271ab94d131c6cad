"""J7 and J8: the diary by mailed link, what it raises, the course page, and a booster proposed, accepted, booked."""

import datetime as dt

import pytest

from clinic.models import Alert, Appointment, Patient, Task
from clinic.models.safety import SAFETY_CHECKS
from followup.actions import booster, curves, diary, relief, sweeps
from followup.models import BoosterProposal, DiaryEntry
from sessions.actions import safety
from tests import factories
from tests.followup.approvals import approved
from tests.followup.conftest import NOW, make_course, make_similar, make_story
from tests.journeys.person import Person
from tests.people import people

MAIL = "ngozi@tideline.example"
TAP_SECONDS = 0.7  # to find an answer on a phone and tap it, as in test_packet_effort


@pytest.fixture
def clinic(live_db, time_moves):
    """Half past six in the evening of 14 May 2026, in New York."""
    time_moves(NOW)
    everyone = people()
    Patient.objects.filter(pk=everyone.patient.pk).update(email=MAIL)
    everyone.patient.refresh_from_db()
    return everyone


def test_a_diary_by_mailed_link_and_what_it_raises(clinic, mailbox, somebody, time_moves):
    course = make_course(clinic, opened_at=NOW - dt.timedelta(days=9), signed_at=NOW - dt.timedelta(days=9))
    factories.infusion(course=course, on=NOW.date() - dt.timedelta(days=1), nurse=clinic.nurse)
    diary.start_plan(course=course)
    phone = somebody("phone")
    phone.opens(todays_link(mailbox, time_moves))
    ten_seconds(phone, pain=3, mood=7, sleep=6, function=5)
    assert DiaryEntry.objects.get().pain == 3
    she_answers_again_and_the_last_answer_counts(phone)
    assert DiaryEntry.objects.count() == 2, "both stay in the record"
    nobody_can_use_it_for_anything_else(phone)
    a_dark_answer_brings_help_and_an_alert(phone)
    too_few_reports_is_said(somebody("desktop", user=clinic.prescriber), course)
    the_nurse_hears_of_it(somebody("tablet", user=clinic.nurse))


def todays_link(mailbox, time_moves):
    """The beat asks for the diary of the day; the letter comes; its link needs no password."""
    for evening in range(1, 15):
        sweeps.plan_due()
        mailbox.delivers()
        found = [one for one in mailbox.letters(MAIL) if "ten seconds" in one.subject]
        if found:
            return mailbox.link(MAIL, "ten seconds")
        time_moves(NOW + dt.timedelta(hours=2 * evening))
    raise AssertionError("no diary was asked for")


def ten_seconds(phone: Person, **numbers):
    """From the opened link to the thanks: a tap for each answer and two beside them, 0.7 s to find and tap each one."""
    taps, loaded = 2 + len(numbers), loaded_in(phone)
    phone.presses("Continue")
    phone.stands_at("How was")
    loaded += loaded_in(phone)
    for scale, value in numbers.items():
        phone.page.locator(f"#id_{scale}-{value}").check(force=True)
    phone.keeps_picture("diary-phone")
    phone.presses("Send")
    phone.stands_at("Thank you")
    loaded += loaded_in(phone)
    assert taps * TAP_SECONDS + loaded < 10, f"{taps} taps, pages loaded in {loaded:.1f} s"


def loaded_in(person: Person) -> float:
    """Seconds from asking for the page to its being there whole."""
    return person.page.evaluate("performance.getEntriesByType('navigation')[0].duration") / 1000


def she_answers_again_and_the_last_answer_counts(phone):
    phone.follows("Answer again")
    phone.presses("Send")
    phone.sees("Please answer at least one question")
    phone.page.locator("#id_pain-4").check(force=True)
    phone.unfolds("More to say")
    phone.ticks("Please call me")
    phone.presses("Send")
    phone.sees("We will call you.")
    assert Task.objects.filter(patient__email=MAIL, state="open").exists()


def nobody_can_use_it_for_anything_else(phone):
    for path in ("/packet/", "/my-visits/", "/patients/"):
        answer = phone.page.goto(path)
        assert answer.status in (403, 404) or "/accounts/login/" in phone.page.url, path
        phone.sees_nothing_of("Okafor-Test")
    phone.opens("/diary/")


def a_dark_answer_brings_help_and_an_alert(phone):
    phone.unfolds("More to say")
    phone.types("Anything else?", "I want to end my life")
    phone.presses("Send")
    phone.sees("Nobody at the clinic reads this before Saturday 16 May at 8:00 am.", "Call 988")
    assert Alert.objects.get().kind == "suicide"


def too_few_reports_is_said(doctor, course):
    relief.rebuild(course=course)
    booster.review(course=course)
    doctor.opens(f"/courses/{course.pk}/")
    assert "too few reports" in doctor.reads().lower()


def the_nurse_hears_of_it(nurse):
    nurse.opens("/tasks/")
    nurse.sees("1 alert waits for a name")


def test_a_booster_is_proposed_accepted_and_booked(clinic, somebody):
    story = make_story(clinic)
    approved(clinic.patient, site=clinic.harbor, by=clinic.prescriber)
    make_similar(clinic, 6)
    relief.rebuild(course=story.course)
    curves.refresh_curves()
    booster.review(course=story.course)
    doctor = somebody("desktop", user=clinic.prescriber)
    the_course_page_shows_relief_and_its_reasons(doctor, story.course)
    another_date_needs_a_reason(doctor)
    doctor.presses("Accept and send to booking")
    doctor.sees("a task to book it is open")
    assert BoosterProposal.objects.get().state == "accepted"
    what_is_overdue_was_done_elsewhere(clinic)
    the_desk_books_it(somebody("desktop", user=clinic.front_desk), clinic)


def the_course_page_shows_relief_and_its_reasons(doctor, course):
    doctor.opens(f"/courses/{course.pk}/")
    doctor.stands_at("Relief is fading")
    said = doctor.reads()
    for words in ("30\xa0%", "50\xa0%", "19", "Confidence", "For", "Download CSV"):
        assert words in said, words
    doctor.keeps_picture("course-desktop", whole=True)
    doctor.prefers("dark").reloads()
    doctor.keeps_picture("course-dark-desktop")
    doctor.prefers("light").reloads()


def another_date_needs_a_reason(doctor):
    doctor.follows("Change", exact=True)
    doctor.presses("Set these dates")
    doctor.sees("There is a problem")
    doctor.follows("Go back")


def what_is_overdue_was_done_elsewhere(clinic):
    """Overdue checks of long-term safety stand against a booking (J9 walks that); here the prescriber puts them off."""
    for code, _title in SAFETY_CHECKS:
        safety.waive(patient=clinic.patient, site=clinic.harbor, code=code, reason="Done at the practice", until=None,
                     by=clinic.prescriber, at=NOW)  # fmt: skip


def the_desk_books_it(desk, clinic):
    desk.opens("/tasks/")
    desk.sees("Book a visit")
    desk.sees_nothing_of("ketamine", "CRPS")
    desk.opens(f"/patients/{clinic.patient.pk}/")
    desk.follows("Book a visit")
    desk.picks("Visit", "Chair visit", exact=True)  # what it is for is not for the front desk
    window = BoosterProposal.objects.get()
    desk.page.get_by_label("Day", exact=True).first.fill(str(window.chosen_start or window.window_start))
    desk.presses("Show free times")
    desk.page.locator("fieldset.slots").get_by_role("radio").first.check(force=True)
    desk.keeps_picture("visit-book-desktop")
    desk.presses("Book for")
    desk.sees("is booked")
    assert Appointment.objects.get(kind="booster").state == "booked"
