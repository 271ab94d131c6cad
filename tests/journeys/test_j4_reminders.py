"""J4: reminders before a visit, planned, moved and withdrawn; readiness answered by link; STOP holds."""

import datetime as dt

import pytest

from clinic.models import Appointment, Message, Patient, Task
from followup.actions import booking, sweeps
from tests import factories
from tests.followup.approvals import approved
from tests.journeys.clinic import open_clinic

MAIL = "ngozi@tideline.example"
MONDAY = dt.datetime(2026, 5, 4, 13, 30, tzinfo=dt.UTC)  # 09:30 in New York


@pytest.fixture
def clinic(live_db, time_moves):
    """Monday morning; a signed course, its first visit booked for Tuesday of next week at ten."""
    time_moves(MONDAY)
    everyone = open_clinic("America/New_York")
    Patient.objects.filter(pk=everyone.patient.pk).update(email=MAIL)
    everyone.patient.refresh_from_db()
    version = factories.protocol_version(approved_by=everyone.prescriber)
    course = factories.course(
        of=everyone.patient, at_site=everyone.harbor, prescriber=everyone.prescriber, version=version
    )
    approved(everyone.patient, site=everyone.harbor, by=everyone.prescriber)
    booking.book_visit(
        patient=everyone.patient, site=everyone.harbor, kind="infusion", course=course,
        starts_at=dt.datetime(2026, 5, 12, 14, 0, tzinfo=dt.UTC), by=everyone.front_desk,
    )  # fmt: skip
    return everyone


def test_reminders_go_out_move_and_stop(clinic, mailbox, somebody, time_moves):
    the_beat()
    assert reminders("due") == 3
    mailbox.delivers()
    assert letters(mailbox, "Your visit is booked for Tuesday")
    time_moves(MONDAY + dt.timedelta(hours=12))  # half past nine in the evening
    mailbox.delivers()
    assert not letters(mailbox, "Your visit is in a week"), "nothing yet"

    time_moves(dt.datetime(2026, 5, 5, 14, 1, tzinfo=dt.UTC))
    mailbox.delivers()
    mailbox.delivers()
    assert len(letters(mailbox, "Your visit is in a week")) == 1, "a week before, once"
    phone = somebody("phone")
    phone.opens(mailbox.link(MAIL, "your visit is coming"))
    a_cold_and_no_ride(phone)
    a_task_is_open_for_the_clinic(somebody("tablet", user=clinic.nurse))

    the_desk_moves_the_visit(somebody("tablet", user=clinic.front_desk))
    the_beat()
    assert reminders("withdrawn") >= 1
    mailbox.delivers()
    assert letters(mailbox, "Your visit has moved.")

    time_moves(dt.datetime(2026, 5, 12, 14, 2, tzinfo=dt.UTC))
    mailbox.delivers()
    assert len(letters(mailbox, "Your visit is in a week")) == 2, "a week before the new day"
    she_says_stop(somebody("phone"), mailbox)
    before = len(mailbox.letters(MAIL))
    time_moves(dt.datetime(2026, 5, 18, 14, 5, tzinfo=dt.UTC))
    the_beat()
    mailbox.delivers()
    assert len(mailbox.letters(MAIL)) == before, "stopped means stopped"
    the_outbox_says_why(somebody("tablet", user=clinic.front_desk))


def the_beat():
    """What the beat asks of the worker every minute."""
    sweeps.plan_due()


def reminders(state):
    return Message.objects.filter(kind__startswith="reminder", state=state).count()


def letters(mailbox, about):
    return [one for one in mailbox.letters(MAIL) if about in one.text]


def a_cold_and_no_ride(phone):
    phone.presses("Continue")
    phone.stands_at("Before your visit")
    phone.presses("Send")
    phone.sees("There is a problem")
    phone.page.get_by_role("group", name="Can you come?").get_by_role("radio").first.check(force=True)
    phone.chooses("Do you feel well", "No")
    phone.chooses("Will someone take you home?", "No")
    phone.types("Anything we should know?", "I have a cold and no ride")
    phone.keeps_picture("readiness-phone", whole=True)
    phone.presses("Send")
    phone.stands_at("Thank you")


def a_task_is_open_for_the_clinic(nurse):
    assert Task.objects.filter(state="open", patient__email=MAIL).exists()
    nurse.opens("/tasks/")
    nurse.sees("OKAFOR-TEST")


def the_desk_moves_the_visit(desk):
    visit = Appointment.objects.get()
    desk.opens(f"/visits/{visit.pk}/move/?day=2026-05-19")
    desk.page.get_by_role("radio").first.check(force=True)
    desk.presses("Move the visit of")
    visit.refresh_from_db()
    assert visit.starts_at.date() == dt.date(2026, 5, 19)


def she_says_stop(phone, mailbox):
    links = [word for word in mailbox.newest(MAIL, "your visit is coming").text.split() if "/p/" in word]
    phone.opens(links[-1])
    phone.presses("Continue")
    phone.stands_at("Your messages")
    phone.page.get_by_label("eminder").first.uncheck(force=True)
    phone.keeps_picture("message-choices-phone")
    phone.presses("Save")
    phone.sees("It holds from now on.")


def the_outbox_says_why(desk):
    desk.opens("/outbox/?show=withdrawn")
    desk.sees("the patient asked for no more of these")
    desk.keeps_picture("outbox-tablet")
