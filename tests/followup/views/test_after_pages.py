"""Staff pages of what comes after: diary day by day, told entries, questionnaires, next-day contact, calls."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.urls import reverse

from clinic.models import Message, Task
from followup.actions import contacts, diary, rounds
from followup.models import CallNote, DiaryEntry, DiaryPlan, QuestionRound
from followup.rules import opioids
from tests import factories
from tests.followup.conftest import NOW, TODAY
from tests.people import signed_in


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def course(pain_course, p):
    course = pain_course()
    session = factories.infusion(course=course, on=TODAY - dt.timedelta(days=1), nurse=p.nurse)
    contacts.make_contact(session=session)
    return course


@pytest.fixture
def nurse(p):
    return signed_in(p.nurse)


def url(name, course):
    return reverse(f"followup:{name}", args=[course.pk])


def test_the_diary_day_by_day(course, nurse):
    plan = diary.start_plan(course=course, at=NOW - dt.timedelta(days=4))
    for _ in range(3):
        diary.ask(plan=plan, at=plan.next_at)
    factories.diary(course=course, day=TODAY - dt.timedelta(days=2), pain=0, words="a slow day", source="link")
    page = nurse.get(url("diary-list", course)).content.decode()
    assert Message.objects.filter(kind="diary").count() == 3
    assert "diaries answered, 1 missed" in page
    assert "a slow day" in page
    assert '<td class="num nr" data-k="Pain">0</td>' in page


def test_an_entry_as_told(course, nurse, p):
    day = (TODAY - dt.timedelta(days=1)).isoformat()
    typed = {"client_id": str(uuid.uuid4()), "day": day, "pain": "4"}
    assert nurse.get(url("diary-tell", course)).status_code == 200
    assert nurse.post(url("diary-tell", course), typed | {"day": "2020-01-01"}).status_code == 422
    assert nurse.post(url("diary-tell", course), typed).status_code == 302
    entry = DiaryEntry.objects.get()
    assert (entry.source, entry.recorded_by, entry.day.isoformat(), entry.pain) == ("staff", p.nurse, day, 4)
    assert "told to staff" in nurse.get(url("diary-list", course)).content.decode()


def test_asked_no_more_and_again(course, nurse):
    diary.start_plan(course=course)
    assert nurse.post(url("diary-stop", course), {"why": ""}).status_code == 422
    assert nurse.post(url("diary-stop", course), {"why": "does not want it"}).status_code == 302
    assert "Asked no more since" in nurse.get(url("diary-list", course)).content.decode()
    assert nurse.post(url("diary-resume", course)).status_code == 302
    assert DiaryPlan.objects.get().ended_at is None


def test_questionnaires_against_the_baseline(course, nurse, p):
    first = rounds.open_round(course=course, day=TODAY - dt.timedelta(days=3), at=NOW - dt.timedelta(days=3))
    peg = {"peg_1": 8, "peg_2": 8, "peg_3": 8}
    rounds.answer_page(asked=first, page="pain", answers=peg, by=p.patient, at=NOW - dt.timedelta(days=3))
    assert nurse.post(url("round-ask", course)).status_code == 302
    later = QuestionRound.objects.get(day=TODAY)
    rounds.answer_page(asked=later, page="pain", answers=dict.fromkeys(peg, 4), by=p.patient)
    rounds.tell_opioids(asked=later, medicines=[opioids.medicine("buprenorphine", 8, 1)], is_none=False, by=p.patient)
    page = nurse.get(url("scores", course)).content.decode()
    for words in ("8 of 10", "4 of 10", "−4", "better by 30 % or more", "unknown: ask", "buprenorphine 8 mg, 1 a day"):
        assert words in page, words
    shown = nurse.get(reverse("followup:round-show", args=[later.pk])).content.decode()
    assert "PEG: 4 of 10" in shown
    assert "Not answered:" in shown


def test_asked_twice_in_a_day_is_said(course, nurse):
    nurse.post(url("round-ask", course))
    answer = nurse.post(url("round-ask", course), follow=True)
    assert b"asked today already" in answer.content
    assert QuestionRound.objects.count() == 1


def test_the_next_day_contact(course, nurse):
    task = Task.objects.get(kind="contact")
    page = nurse.get(f"/tasks/{task.pk}/").content.decode()
    there = reverse("followup:contact-show", args=[task.subject_id])
    assert there in page
    shown = nurse.get(there).content.decode()
    for words in ("40\u00a0mg in 40 min", "none charted", "555", "To ask"):
        assert words in shown, words
    typed = {"client_id": str(uuid.uuid4()), "outcome": "reached", "direction": "out", "words": ""}
    answer = nurse.post(there, typed | {"pain": "3"})
    assert (answer.status_code, b"Write what was said" in answer.content) == (422, True)
    assert nurse.post(there, typed | {"words": "Slept well", "pain": "3"}).status_code == 302
    assert "The next-day contact is made" in nurse.get(there).content.decode()
    assert CallNote.objects.get().pain == 3


def test_a_try_in_vain_with_its_own_time_and_next_try(course, nurse):
    there = reverse("followup:contact-show", args=[Task.objects.get(kind="contact").subject_id])
    typed = {"client_id": str(uuid.uuid4()), "outcome": "no_answer", "direction": "out", "called_at": "9:30"}
    assert nurse.post(there, typed | {"called_at": "half nine"}).status_code == 422
    assert nurse.post(there, typed | {"next_try": "morning"}).status_code == 302
    note = CallNote.objects.get()
    assert note.called_at == dt.datetime(2026, 5, 14, 13, 30, tzinfo=dt.UTC)
    assert note.next_try_at == dt.datetime(2026, 5, 15, 14, tzinfo=dt.UTC)
    assert "Not reached yet: 1 try" in nurse.get(there).content.decode()


def test_the_log_of_calls(course, nurse, p):
    there = reverse("followup:call-list", args=[p.patient.pk])
    assert b"No call noted yet" in nurse.get(there).content
    typed = {"client_id": str(uuid.uuid4()), "outcome": "reached", "direction": "in", "words": "Asks about driving"}
    assert nurse.post(there, typed).status_code == 302
    assert "Asks about driving" in nurse.get(there).content.decode()
    assert nurse.post(there, typed | {"outcome": "gave_up"}).status_code == 422


NAMES = ["diary-list", "diary-tell", "scores"]


@pytest.mark.parametrize("name", NAMES)
def test_for_clinicians_of_the_site_only(course, p, name):
    there = url(name, course)
    assert signed_in(p.colleague).get(there).status_code == 200
    assert signed_in(p.front_desk).get(there).status_code == 403
    assert signed_in(p.stranger).get(there).status_code == 404
    assert signed_in().get(there).status_code == 302


def test_calls_are_not_the_front_desks(course, p):
    desk = signed_in(p.front_desk)
    assert desk.get(reverse("followup:call-list", args=[p.patient.pk])).status_code == 403
    task = Task.objects.get(kind="contact")
    assert desk.get(reverse("followup:contact-show", args=[task.subject_id])).status_code == 403
    assert f"/contacts/{task.subject_id}/" not in desk.get("/tasks/?show=all").content.decode()
