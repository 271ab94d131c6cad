"""Questionnaires asked on their days, answered page by page, once; what worries is told at once."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from clinic.models import Alert, AuditEvent, InstrumentResponse, Message, Task
from clinic.refusal import Refused
from followup.actions import diary, rounds, sweeps
from followup.models import DiaryPlan, OpioidReport, QuestionRound
from followup.queries import rounds as queries
from followup.rules import opioids
from tests import factories
from tests.followup.conftest import NOW, TODAY

PEG = {"peg_1": 7, "peg_2": 6, "peg_3": 5}
PHQ = {f"phq9_{n}": 1 for n in range(1, 9)}


@pytest.fixture
def course(pain_course, p):
    course = pain_course()
    factories.infusion(course=course, on=TODAY - dt.timedelta(days=7), nurse=p.nurse)
    return course


@pytest.fixture
def asked(course):
    return rounds.open_round(course=course, day=TODAY, at=NOW)


def answer(asked, page="pain", answers=PEG, **fields):
    return rounds.answer_page(asked=asked, page=page, answers=answers, by=asked.patient, **{"at": NOW} | fields)


def test_a_round_is_asked_once_a_day_by_one_mail(course, asked):
    assert rounds.open_round(course=course, day=TODAY, at=NOW).pk == asked.pk
    message = Message.objects.get(kind="checkup")
    assert (message.subject_id, message.choice_kind, message.expires_at) == (asked.pk, "diary", asked.closes_at)
    assert (asked.occasion, asked.pages) == ("monthly", ["pain", "mood", "worry", "life", "opioids"])
    assert AuditEvent.objects.filter(verb="round.asked").count() == 1


def test_who_has_not_answered_is_reminded_once_on_the_third_morning(asked):
    again = Message.objects.get(kind="checkup_again")
    assert (again.due_at, again.expires_at) == (dt.datetime(2026, 5, 17, 14, tzinfo=dt.UTC), asked.closes_at)
    assert (again.subject_id, again.choice_kind) == (asked.pk, "diary")


def test_by_hand_a_second_one_on_the_day_is_refused(course, asked, p):
    with pytest.raises(Refused):
        rounds.open_round(course=course, day=TODAY, occasion="asked", by=p.nurse, at=NOW)


def test_the_sweep_asks_at_ten_where_the_patient_is_and_goes_on(course):
    plan = diary.start_plan(course=course, at=NOW - dt.timedelta(days=8))
    rounds.schedule(plan, TODAY)
    assert plan.round_at == dt.datetime(2026, 5, 14, 14, tzinfo=dt.UTC)
    sweeps.plan_due(at=plan.round_at)
    assert QuestionRound.objects.get().day == TODAY
    assert DiaryPlan.objects.get().round_day == TODAY + dt.timedelta(days=7)


def test_what_nobody_asked_in_time_stays_missed(course):
    plan = diary.start_plan(course=course, at=NOW - dt.timedelta(days=8))
    rounds.schedule(plan, TODAY)
    assert rounds.ask(plan=plan, at=plan.round_at + dt.timedelta(days=6)) is None
    assert not QuestionRound.objects.exists()
    assert plan.round_day == TODAY + dt.timedelta(days=7)


def test_before_the_first_infusion_a_baseline_is_asked_once(pain_course):
    course = pain_course()
    assert rounds.next_round_day(course, TODAY) == TODAY
    asked = rounds.open_round(course=course, day=TODAY, at=NOW)
    assert asked.occasion == "baseline"
    assert rounds.next_round_day(course, TODAY + dt.timedelta(days=1)) is None


def test_a_stopped_course_is_asked_nothing(course):
    plan = diary.start_plan(course=course, at=NOW)
    rounds.schedule(plan, TODAY)
    plan.course.state = "stopped"
    assert rounds.ask(plan=plan, at=plan.round_at) is None
    assert (plan.round_at, plan.round_day) == (None, None)


def test_a_page_is_scored_and_kept_once(asked):
    first, again = answer(asked)[0], answer(asked)[0]
    assert first.pk == again.pk
    kept = InstrumentResponse.objects.get()
    assert (kept.instrument, kept.score, kept.scorable) == ("peg", Decimal("6.0"), True)
    assert (kept.occasion_kind, kept.occasion_id, kept.answered_by) == ("round", asked.pk, None)
    assert queries.answered_pages(asked) == ["pain"]


def test_other_answers_are_a_later_one_that_counts(asked):
    answer(asked)
    answer(asked, answers=PEG | {"peg_1": 4}, at=NOW + dt.timedelta(minutes=1))
    assert [r.score for r in queries.responses_in(asked).order_by("answered_at")] == [Decimal("6.0"), Decimal("5.0")]


def test_a_blank_is_not_zero(asked):
    kept = answer(asked, answers=PEG | {"peg_2": None})[0]
    assert (kept.scorable, kept.score) == (False, None)


def test_the_language_of_the_questions_is_kept(asked):
    assert answer(asked, page="mood", answers=PHQ, spoken="es")[0].language == "es"
    assert answer(asked, spoken="es")[0].language == "en", "the PEG has no Spanish here"


def test_the_last_page_finishes_the_round(asked):
    for page, answers in (("pain", PEG), ("mood", PHQ), ("worry", {}), ("life", {"sleep_week": 4, "change_now": 2})):
        answer(asked, page=page, answers=answers)
    asked.refresh_from_db()
    assert asked.finished_at is None
    rounds.tell_opioids(asked=asked, medicines=[], is_none=True, by=asked.patient, at=NOW)
    asked.refresh_from_db()
    assert asked.finished_at == NOW
    assert set(Message.objects.values_list("kind", "state")) == {
        ("checkup", "withdrawn"),
        ("checkup_again", "withdrawn"),
    }


@pytest.mark.parametrize(("page", "after", "code"), [("pain", 7, "round-closed"), ("nowhere", 0, "round-page")])
def test_refused(asked, page, after, code):
    with pytest.raises(Refused) as problem:
        answer(asked, page=page, at=NOW + dt.timedelta(days=after))
    assert [item.code for item in problem.value.items] == [code]


def test_an_answer_about_suicide_is_an_alert_at_once_and_a_taken_back_one_is_remarked(asked):
    assert rounds.hear(asked=asked, said={"phq9_9": "2"}, by=asked.patient, at=NOW)
    alert = Alert.objects.get()
    assert (alert.kind, alert.value, alert.subject_id) == ("suicide", 2, asked.pk)
    assert not rounds.hear(asked=asked, said={"phq9_9": "0"}, by=asked.patient, at=NOW)
    assert alert.remarks.count() == 1
    assert not rounds.hear(asked=asked, said={"peg_1": "9"}, by=asked.patient, at=NOW)


def test_five_points_worse_than_before_is_looked_at(course, asked):
    InstrumentResponse.objects.create(
        patient=course.patient, instrument="phq-9", version="1", answers={}, score=3, scorable=True, band="minimal",
        answered_at=NOW - dt.timedelta(days=9), occasion_kind="packet",
    )  # fmt: skip
    answer(asked, page="mood", answers=PHQ)
    task = Task.objects.get(kind="review")
    assert "at least 5 points worse" in task.title
    assert (task.neutral_title, task.subject_id) == ("Needs a clinician: ask the nurse.", asked.pk)


def test_opioids_as_told_in_morphine_equivalents(asked):
    told = [opioids.medicine("oxycodone", 20, 3)]
    report = rounds.tell_opioids(asked=asked, medicines=told, is_none=False, by=asked.patient, at=NOW)
    assert (report.mme, report.factor_year, report.source, report.day) == (Decimal("90.0"), 2022, "link", TODAY)
    again = rounds.tell_opioids(asked=asked, medicines=told, is_none=False, by=asked.patient, at=NOW)
    assert again.pk == report.pk
    assert "90.0 mg morphine equivalents" in Task.objects.get(kind="review").title


def test_an_opioid_that_cannot_be_computed_is_unknown(asked, p):
    told = [opioids.medicine("buprenorphine", 8, 1)]
    report = rounds.tell_opioids(asked=asked, medicines=told, is_none=False, by=p.nurse, at=NOW)
    assert (report.mme, report.source, report.recorded_by) == (None, "staff", p.nurse)
    assert not Task.objects.exists()


def test_the_record_of_a_dose_is_never_changed(asked):
    report = rounds.tell_opioids(asked=asked, medicines=[], is_none=True, by=asked.patient, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        OpioidReport.objects.filter(pk=report.pk).update(mme=5)
