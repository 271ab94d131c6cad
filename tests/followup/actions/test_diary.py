"""The diary: recorded once, asked for on its days, and what worries is told the same minute."""

import datetime as dt
import uuid

import pytest
from django.db import DatabaseError, transaction

from clinic.models import Alert, AuditEvent, Message, Task
from clinic.refusal import Conflict, Refused
from followup.actions import diary, relief
from followup.models import DiaryEntry, DiaryPlan
from followup.rules.diary import Answers
from tests import factories
from tests.followup.conftest import NOW, TODAY


@pytest.fixture
def course(pain_course):
    return pain_course()


def record(course, answers=None, **fields):
    fields = {"client_id": uuid.uuid4(), "day": TODAY, "by": course.patient, "at": NOW} | fields
    return diary.record_entry(course=course, answers=answers or Answers(pain=3, mood=6), **fields)


def test_an_entry_keeps_what_was_said_and_leaves_blanks_blank(course):
    entry = record(course, Answers(pain=0, sleep=4, side_effects=("tired", "nausea"), words="a slow day"))
    entry.refresh_from_db()
    assert (entry.pain, entry.mood, entry.sleep, entry.words) == (0, None, 4, "a slow day")
    assert entry.side_effects == ["nausea", "tired"]
    assert (entry.source, entry.is_late, entry.zone_name) == ("link", False, "America/New_York")
    assert AuditEvent.objects.get(verb="diary.recorded").actor_kind == "patient"


def test_sent_twice_it_is_recorded_once(course):
    same = uuid.uuid4()
    assert record(course, client_id=same).pk == record(course, client_id=same).pk
    assert DiaryEntry.objects.count() == 1


def test_the_same_id_with_other_answers_is_refused(course):
    same = uuid.uuid4()
    record(course, client_id=same)
    with pytest.raises(Conflict):
        record(course, Answers(pain=9), client_id=same)


@pytest.mark.parametrize(
    ("fields", "code"), [({"answers": Answers()}, "diary-empty"), ({"day": TODAY + dt.timedelta(1)}, "diary-ahead")]
)
def test_refused(course, fields, code):
    with pytest.raises(Refused) as problem:
        record(course, **fields)
    assert [item.code for item in problem.value.items] == [code]


def test_late_is_marked(course):
    assert record(course, day=TODAY - dt.timedelta(days=3)).is_late


def test_told_to_staff(course, p):
    entry = record(course, by=p.nurse)
    assert (entry.source, entry.recorded_by) == ("staff", p.nurse)


def test_nothing_is_changed_or_deleted(course):
    entry = record(course)
    with pytest.raises(DatabaseError), transaction.atomic():
        DiaryEntry.objects.filter(pk=entry.pk).update(pain=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.delete()


@pytest.mark.parametrize(("answers", "kind"), [
    (Answers(self_harm=True), "suicide"), (Answers(words="I want to die"), "suicide"),
    (Answers(side_effects=("chest_pain",)), "side_effect"),
    (Answers(side_effects=("bladder",)), "bladder")])  # fmt: skip
def test_what_worries_raises_an_alert_in_the_same_moment(course, answers, kind):
    entry = record(course, answers)
    alert = Alert.objects.get()
    assert (alert.kind, alert.patient, alert.subject_id, alert.raised_at) == (kind, course.patient, entry.pk, NOW)
    assert "Needs a clinician" in alert.neutral_words


def test_no_to_the_question_raises_nothing(course):
    record(course, Answers(self_harm=False, pain=5))
    assert not Alert.objects.exists()


def test_please_call_me_opens_a_task_that_tells_the_front_desk_nothing(course):
    record(course, Answers(call_me=True))
    task = Task.objects.get(kind="call_back")
    assert (task.for_role, task.neutral_title) == ("nurse", "Needs a clinician: ask the nurse.")


def test_far_worse_than_the_baseline_is_an_alert(pain_course):
    course = pain_course(packet_pain_average="5.0")
    record(course, Answers(pain=8))
    alert = Alert.objects.get()
    assert (alert.kind, "at least 3 points worse" in alert.words) == ("worse", True)


def test_what_is_urgent_on_a_page_with_a_slip_is_heard_once(course):
    said, same = Answers(words="I want to die"), uuid.uuid4()
    for _ in range(2):
        diary.hear(course=course, answers=said, client_id=same, day=TODAY, by=course.patient, at=NOW)
    assert (Alert.objects.get().kind, DiaryEntry.objects.count()) == ("suicide", 0)
    record(course, said, client_id=same)
    assert Alert.objects.count() == 1


def test_free_words_and_a_wish_are_read_by_a_nurse_within_a_day(course):
    record(course, Answers(words="A slow day", asks_next=True))
    found = {
        task.title.split(" Diary")[0]: task.due_at for task in Task.objects.filter(kind="review", for_role="nurse")
    }
    assert set(found) == {"Wrote in the diary: read it.", "Asks for the next infusion."}
    assert min(found.values()) >= NOW + dt.timedelta(hours=24)


def test_stopped_by_hand_it_can_be_asked_again(course, p):
    at = dt.datetime(2026, 1, 2, 16, tzinfo=dt.UTC)
    diary.start_plan(course=course, at=at)
    diary.end_plan(course=course, why="does not want it", by=p.nurse, at=at)
    assert DiaryPlan.objects.get().next_at is None
    diary.resume_plan(course=course, by=p.nurse, at=at)
    plan = DiaryPlan.objects.get()
    assert (plan.ended_why, plan.next_day) == ("", dt.date(2026, 1, 2))


def test_it_is_asked_daily_where_relief_faded_before(story):
    relief.rebuild(course=story.course, at=NOW)
    last = dt.date(2026, 4, 28)
    asked = diary.days_of(story.course, [last]).fading
    assert asked == (last + dt.timedelta(days=17), last + dt.timedelta(days=26))


def test_the_diary_starts_with_the_plan_and_asks_in_the_evening(course, p):
    at = dt.datetime(2026, 1, 2, 16, tzinfo=dt.UTC)
    plan = diary.start_plan(course=course, at=at)
    assert (plan.next_day, plan.next_at) == (dt.date(2026, 1, 2), dt.datetime(2026, 1, 2, 23, tzinfo=dt.UTC))
    assert diary.start_plan(course=course, at=at).pk == plan.pk


def test_asking_enqueues_that_day_once_and_goes_on(course):
    plan = diary.start_plan(course=course, at=dt.datetime(2026, 1, 2, 16, tzinfo=dt.UTC))
    diary.ask(plan=plan, at=plan.next_at)
    message = Message.objects.get(kind="diary")
    assert (message.context, message.choice_kind) == ({"local_day": "2026-01-02"}, "diary")
    assert (plan.next_day, Message.objects.count()) == (dt.date(2026, 1, 3), 1)


def test_after_days_without_a_worker_missed_days_stay_missed(course):
    plan = diary.start_plan(course=course, at=dt.datetime(2026, 1, 2, 16, tzinfo=dt.UTC))
    diary.ask(plan=plan, at=dt.datetime(2026, 1, 9, 16, tzinfo=dt.UTC))
    assert not Message.objects.exists()
    assert plan.next_day == dt.date(2026, 1, 9)


def test_a_stopped_course_asks_no_more(course):
    plan = diary.start_plan(course=course, at=dt.datetime(2026, 1, 2, 16, tzinfo=dt.UTC))
    course.state = plan.course.state = "stopped"
    course.save()
    diary.ask(plan=plan, at=plan.next_at)
    plan = DiaryPlan.objects.get()
    assert (plan.next_at, plan.ended_why) == (None, "the course has ended")


def test_the_protocols_days_count(p, pain_course):
    course = pain_course()
    factories.infusion(course=course, on=dt.date(2026, 3, 2), nurse=p.nurse)
    assert diary.next_diary_day(course, dt.date(2026, 3, 2)) is not None
    assert diary.next_diary_day(course, dt.date(2026, 9, 2)) is None


def test_spring_night_asks_at_six_in_the_evening_all_the_same(course):
    course.diary_from = dt.date(2026, 3, 7)
    course.save()
    plan = diary.start_plan(course=course, at=dt.datetime(2026, 3, 7, 16, tzinfo=dt.UTC))
    first = plan.next_at
    diary.ask(plan=plan, at=first)
    assert plan.next_at - first == dt.timedelta(hours=23)
