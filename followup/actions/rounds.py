"""Ask for questionnaires on their days, keep what is answered page by page, tell a person what a person must see."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clinic import audit, clock, language, notify, words
from clinic.actions.tasks import open_task
from clinic.instruments import library
from clinic.instruments.score import score
from clinic.models import Course, InstrumentResponse, Patient, Role
from clinic.queries.places import hours_of
from clinic.refusal import Item, Refused, refuse_if
from clinic.rules.hours import from_opening
from clinic.rules.quiet import from_wall
from followup.actions.diary import ASKED, asking_facts
from followup.models import DiaryPlan, OpioidReport, QuestionRound
from followup.queries import rounds as queries
from followup.rules import opioids
from followup.rules import rounds as rules
from followup.rules.diary import Concern
from intake.actions.hearing import hear as hear_answers

KIND, AGAIN = "checkup", "checkup_again"
HORIZON_DAYS = 120
LOOK_WITHIN = timedelta(hours=8)


def plan_of(course: Course) -> rules.Plan:
    """The questionnaire days of the course's protocol; the shipped ones where it names none."""
    named = tuple(sorted(int(day) for day in course.protocol_version.questionnaire_days))
    return rules.Plan(after=named) if named else rules.Plan()


def next_round_day(course: Course, from_day: date) -> date | None:
    """The next local day from `from_day` on which questionnaires are asked; None when none is in sight."""
    last = QuestionRound.objects.filter(course=course).order_by("-day").first()
    _start, given, infusions = asking_facts(course)
    if not given:
        return from_day if last is None else None
    plan, days = plan_of(course), rules.days_ahead(from_day, HORIZON_DAYS)
    return next((day for day in days if plan.is_due(day, infusions, last.day if last else None)), None)


def schedule(plan: DiaryPlan, from_day: date) -> None:
    """Set the next time to ask for questionnaires, from `from_day` on: ten in the morning where the patient is."""
    day = next_round_day(plan.course, from_day)
    plan.round_day = day
    plan.round_at = from_wall(day, rules.ASK_AT, ZoneInfo(plan.course.patient.zone_name)) if day else None
    plan.save(update_fields=["round_day", "round_at"])


def first_day(course: Course, at: datetime) -> date:
    """Today where the patient is, or tomorrow when ten in the morning is over."""
    zone = ZoneInfo(course.patient.zone_name)
    today = at.astimezone(zone).date()
    return today if at <= from_wall(today, rules.ASK_AT, zone) else today + timedelta(days=1)


@transaction.atomic
def ask(*, plan: DiaryPlan, at: datetime | None = None) -> QuestionRound | None:
    """Ask the round that is due and set the next day. What is late by more than a round's days stays missed."""
    at = at or clock.now()
    course, day = plan.course, plan.round_day
    may_ask = course.state in ASKED and not course.patient.died_on
    in_time = at - plan.round_at < timedelta(days=rules.OPEN_DAYS)
    made = open_round(course=course, day=day, at=at) if may_ask and in_time else None
    today = at.astimezone(ZoneInfo(course.patient.zone_name)).date()
    if made is None and not may_ask:
        plan.round_day = plan.round_at = None
        plan.save(update_fields=["round_day", "round_at"])
    else:
        schedule(plan, max(day + timedelta(days=1), today))
    return made


@transaction.atomic
def open_round(
    *, course: Course, day: date, by=None, occasion: str = "", at: datetime | None = None
) -> QuestionRound | None:
    """Ask one round by mail, once a day and course; None where nothing is left to ask.

    `occasion` "asked": by hand, then the whole set. Raises Refused by hand when this day's was asked already.
    """
    at = at or clock.now()
    Course.objects.select_for_update(of=("self",)).get(pk=course.pk)
    there = QuestionRound.objects.filter(course=course, day=day).first()
    if there is not None:
        refuse_if([Item("round-twice", "Questionnaires were asked today already.")] if occasion else [])
        return there
    occasion = occasion or _occasion(course, day)
    pages = rules.pages_for(
        course.protocol_version.protocol.purpose, occasion, takes_opioids=queries.takes_opioids(course),
        fresh=queries.fresh_codes(course, at),
    )  # fmt: skip
    if not pages:
        return None
    asked = QuestionRound.objects.create(
        patient=course.patient, course=course, day=day, occasion=occasion, pages=list(pages), asked_at=at,
        asked_by=by, closes_at=at + timedelta(days=rules.OPEN_DAYS),
    )  # fmt: skip
    audit.record("round.asked", asked, by=by, patient=course.patient, site=course.site, at=at)
    _mail(asked, KIND, by=by, at=at)
    _mail(asked, AGAIN, by=by, at=at, due_at=_remind_at(asked))
    return asked


def _occasion(course: Course, day: date) -> str:
    if queries.first_infusion_of(course) is None:
        return rules.BASELINE
    full = QuestionRound.objects.filter(course=course).exclude(occasion=rules.WEEKLY).order_by("-day").first()
    return rules.occasion_of(day, full.day if full else None)


def _remind_at(asked: QuestionRound) -> datetime:
    """Ten in the morning where the patient is, some days later; all that still waits goes with the last answer."""
    zone = ZoneInfo(asked.patient.zone_name)
    day = asked.asked_at.astimezone(zone).date() + timedelta(days=rules.REMIND_AFTER_DAYS)
    return from_wall(day, rules.ASK_AT, zone)


def _mail(asked: QuestionRound, kind: str, *, by, at: datetime, due_at: datetime | None = None) -> None:
    notify.enqueue(
        kind,
        recipient=asked.patient,
        site=asked.site,
        dedupe_key=f"{kind}:{asked.pk}",
        due_at=due_at or at,
        expires_at=asked.closes_at,
        subject_kind=queries.SUBJECT,
        subject_id=asked.pk,
        by=by,
        at=at,
    )


def hear(*, asked: QuestionRound, said: dict, by, at: datetime | None = None) -> bool:
    """Raise an alert for an answer about suicide, also on a page with a slip; True when there is one in it.

    Call it outside the transaction that keeps the page. A taken-back answer is remarked beside the alert.
    """
    return bool(hear_answers(asked, said, by=by, at=at or clock.now()))


@transaction.atomic
def answer_page(
    *, asked: QuestionRound, page: str, answers: dict, by, spoken: str = language.ENGLISH, at: datetime | None = None
) -> list[InstrumentResponse]:
    """Keep one page of questionnaires; the same answers again are kept once, others are a later answer that counts.

    `answers`: item code -> number or None; a blank is never a zero. Raises Refused when the round is closed.
    """
    at = at or clock.now()
    asked = _open_or_refused(asked, page, at)
    kept = [
        _keep(asked, code, answers, by=by, spoken=spoken, at=at)
        for code in rules.instruments_on(page, asked.occasion)
    ]  # fmt: skip
    _tell(asked, kept, answers, by=by, at=at)
    _finish(asked, by=by, at=at)
    return kept


def _open_or_refused(asked: QuestionRound, page: str, at: datetime) -> QuestionRound:
    asked = QuestionRound.objects.select_for_update(of=("self",)).select_related("course__site", "patient").get(
        pk=asked.pk
    )  # fmt: skip
    if page not in asked.pages:
        raise Refused(Item("round-page", _("This page is not asked.")))
    if at >= asked.closes_at:
        raise Refused(Item("round-closed", _("These questions were for another week. New ones will come.")))
    return asked


def _keep(asked: QuestionRound, code: str, answers: dict, *, by, spoken: str, at: datetime) -> InstrumentResponse:
    instrument = library.load(code, spoken)
    mine = {item.code: answers.get(item.code) for item in instrument.asked}
    last = queries.responses_in(asked).filter(instrument=code).order_by("-answered_at").first()
    if last is not None and last.answers == mine:
        return last
    found = score(code, mine, sex=asked.patient.sex)
    row = InstrumentResponse.objects.create(
        patient=asked.patient, instrument=code, version=instrument.version, language=instrument.language, answers=mine,
        score=found.value, scorable=found.scorable, band=found.band or "", answered_at=at,
        answered_by=None if isinstance(by, Patient) else by, occasion_kind=queries.OCCASION, occasion_id=asked.pk,
    )  # fmt: skip
    audit.record("round.answered", row, by=by, patient=asked.patient, site=asked.site, at=at, detail={"of": code})
    return row


@transaction.atomic
def tell_opioids(
    *, asked: QuestionRound, medicines: list[dict], is_none: bool, is_unsure: bool = False, by, at=None
) -> OpioidReport:
    """Keep the opioids of a usual day as told, in morphine equivalents; the same again is kept once.

    Raises Refused when the round is closed.
    """
    at = at or clock.now()
    asked = _open_or_refused(asked, rules.OPIOIDS, at)
    found = opioids.reckon(medicines, is_unsure=is_unsure)
    before = queries.opioids_told(asked.course)
    last = next((row for row in reversed(before) if row.round_id == asked.pk), None)
    if last is not None and (last.medicines, last.is_none, last.mme) == (medicines, is_none, found.total):
        return last
    row = OpioidReport.objects.create(
        patient=asked.patient, course=asked.course, round=asked, day=_today(asked, at), is_none=is_none,
        medicines=medicines, mme=found.total, factor_year=found.factor_year, told_at=at,
        **({"source": "link"} if isinstance(by, Patient) else {"source": "staff", "recorded_by": by}),
    )  # fmt: skip
    audit.record("opioids.told", row, by=by, patient=asked.patient, site=asked.site, at=at)
    known = [r.mme for r in before if r.mme is not None]
    for concern in rules.opioid_concerns(found.total, known[-1] if known else None):
        _open(asked, concern, row.pk, by=by, at=at)
    _finish(asked, by=by, at=at)
    return row


def _today(asked: QuestionRound, at: datetime) -> date:
    return at.astimezone(ZoneInfo(asked.patient.zone_name)).date()


def _tell(asked: QuestionRound, kept: list[InstrumentResponse], answers: dict, *, by, at: datetime) -> None:
    scores = {row.instrument: score(row.instrument, row.answers, sex=asked.patient.sex) for row in kept}
    before = queries.baselines(asked.course) if "phq-9" in scores and asked.occasion != rules.BASELINE else {}
    for concern in rules.concerns(scores, answers, before):
        _open(asked, concern, asked.pk, by=by, at=at)


def _open(asked: QuestionRound, concern: Concern, key: UUID, *, by, at: datetime) -> None:
    open_task(
        "review",
        title=f"{concern.text} Questionnaires of {words.clinic_date(asked.day)}.",
        neutral_title="Needs a clinician: ask the nurse.",
        patient=asked.patient,
        site=asked.site,
        due_at=from_opening(hours_of(asked.site), at) + LOOK_WITHIN,
        for_role=Role.NURSE,
        by=by,
        subject=asked,
        dedupe_key=f"round:{concern.code}:{key}",
        at=at,
    )


def _finish(asked: QuestionRound, *, by, at: datetime) -> None:
    """The last page was answered: the round is done, and its mail, if it still waits, is of no more use."""
    if asked.finished_at is None and set(queries.answered_pages(asked)) == set(asked.pages):
        asked.finished_at = at
        asked.save(update_fields=["finished_at"])
        audit.record("round.finished", asked, by=by, patient=asked.patient, site=asked.site, at=at)
        notify.withdraw(subject_kind=queries.SUBJECT, subject_id=asked.pk, by=by, at=at, reason="all is answered")
