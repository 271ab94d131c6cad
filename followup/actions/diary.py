"""Plan, ask for and record the diary; tell a person at once what a person must see."""

import hashlib
import json
from dataclasses import asdict
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clinic import audit, clock, language, notify, words
from clinic.actions.alerts import raise_alert
from clinic.actions.tasks import open_task
from clinic.models import Appointment, Course, Patient, PatientLink, Role
from clinic.models.appointments import OCCUPIES
from clinic.queries.places import hours_of
from clinic.refusal import Conflict, Item, Refused
from clinic.rules.hours import from_opening
from followup.models import DiaryEntry, DiaryPlan, ReliefEpisode
from followup.queries.relief import follow, given_in, main_measure
from followup.rules import diary
from followup.rules.diary import Answers, Concern, Days
from followup.rules.relief import LOST

ASKED = ("planned", "active", "paused", "completed")
HORIZON_DAYS = 200
CALL_WITHIN, READ_WITHIN = timedelta(hours=4), timedelta(hours=24)
ALERT_KINDS = {
    "self_harm": "suicide",
    "crisis_words": "suicide",
    "serious_effect": "side_effect",
    "far_worse": "worse",
    "mood_far_worse": "worse",
}
UNHURRIED = ("wrote", "asks_next")


@transaction.atomic
def record_entry(
    *,
    course: Course,
    answers: Answers,
    client_id: UUID,
    day: date,
    by,
    link: PatientLink | None = None,
    zone_name: str = "",
    spoken: str = language.ENGLISH,
    at: datetime | None = None,
) -> DiaryEntry:
    """Record one diary entry; the same `client_id` again is the same entry.

    `by` is the patient (by link) or a member of staff who was told; `spoken` is the language of the page.
    Raises Refused for an empty entry or a day ahead, Conflict when the same `client_id` comes with other answers.
    """
    at = at or clock.now()
    zone_name = zone_name or course.patient.zone_name
    said = asdict(answers) | {"side_effects": sorted(answers.side_effects)}
    body_hash = hashlib.sha256(json.dumps([day.isoformat(), said], sort_keys=True).encode()).hexdigest()
    known = DiaryEntry.objects.filter(client_id=client_id).first()
    if known is not None:
        return _same(known, course, body_hash)
    _check(answers, day, at.astimezone(ZoneInfo(zone_name)).date())
    entry = DiaryEntry.objects.create(
        patient=course.patient,
        course=course,
        link=link,
        client_id=client_id,
        body_hash=body_hash,
        day=day,
        zone_name=zone_name,
        recorded_at=at,
        recorded_by=by if not isinstance(by, Patient) else None,
        language=spoken,
        source="link" if isinstance(by, Patient) else "staff",
        is_late=diary.is_late(day, at, ZoneInfo(zone_name)),
        **said,
    )
    audit.record("diary.recorded", entry, by=by, patient=course.patient, site=course.site, at=at)
    _tell(entry, answers, by=by, at=at)
    DiaryPlan.objects.filter(course=course, review_at__gt=at).update(review_at=at)
    return entry


def _same(known: DiaryEntry, course: Course, body_hash: str) -> DiaryEntry:
    if known.course_id != course.pk or known.body_hash != body_hash:
        raise Conflict(Item("diary-other", _("This page was sent before with other answers. Open the link again.")))
    return known


def _check(answers: Answers, day: date, today: date) -> None:
    if answers.is_empty:
        raise Refused(Item("diary-empty", _("Please answer at least one question."), field="pain"))
    if day > today:
        raise Refused(Item("diary-ahead", _("This day has not come yet."), field="day"))


def hear(*, course: Course, answers: Answers, client_id: UUID, day: date, by, at: datetime | None = None) -> None:
    """Raise what is urgent in a page that could not be saved: a slip elsewhere on it must not keep a cry from us.

    Call it outside the transaction of the page. When the page is saved afterwards, the same alert stands.
    """
    at = at or clock.now()
    for concern in diary.urgent(answers):
        _raise(course, course, answers, concern, client_id, day, by=by, at=at)


def _tell(entry: DiaryEntry, answers: Answers, *, by, at: datetime) -> None:
    """Alerts the same minute, tasks today; nothing of it waits for a worker."""
    course = entry.course
    base = follow(course, "pain").baseline.value
    low_mood = follow(course, "mood").baseline.value if main_measure(course) == "mood" else None
    for concern in diary.concerns(answers, base, low_mood):
        if concern.gravity == "alert":
            _raise(course, entry, answers, concern, entry.client_id, entry.day, by=by, at=at)
        else:
            _open(entry, concern, by=by, at=at)


def _raise(course, subject, answers: Answers, concern: Concern, client_id: UUID, day: date, *, by, at) -> None:
    bladder = concern.code == "serious_effect" and "bladder" in answers.side_effects
    raise_alert(
        "bladder" if bladder else ALERT_KINDS[concern.code],
        patient=course.patient,
        site=course.site,
        words=f"Diary of {words.clinic_date(day)}: {concern.text}",
        by=by,
        subject=subject,
        dedupe_key=f"diary:{concern.code}:{client_id}",
        at=at,
    )


def _open(entry: DiaryEntry, concern: Concern, *, by, at: datetime) -> None:
    within = READ_WITHIN if concern.code in UNHURRIED else CALL_WITHIN
    open_task(
        "call_back" if concern.code == "call_me" else "review",
        title=f"{concern.text} Diary of {words.clinic_date(entry.day)}.",
        neutral_title="Needs a clinician: ask the nurse.",
        patient=entry.patient,
        site=entry.course.site,
        due_at=from_opening(hours_of(entry.course.site), at) + within,
        for_role=Role.NURSE,
        by=by,
        subject=entry,
        dedupe_key=f"diary:{concern.code}:{entry.pk}",
        at=at,
    )


def days_of(course: Course, infusions: list[date] | None = None) -> Days:
    """The diary days of the course's protocol (the shipped ones where it names none), denser where relief may fade."""
    named = tuple(sorted(int(day) for day in course.protocol_version.diary_days))
    fading = diary.fading_window(max(infusions), _ends_before(course)) if infusions else None
    return Days(after=named, fading=fading) if named else Days(fading=fading)


def _ends_before(course: Course) -> list[tuple[int, int]]:
    """(last day with 30 % relief, first without) after each infusion of the course whose relief was seen to end."""
    rows = ReliefEpisode.objects.filter(course=course, measure=main_measure(course), ending_30=LOST)
    return list(rows.values_list("low_30", "high_30"))


def next_diary_day(course: Course, from_day: date) -> date | None:
    """The next local day from `from_day` on which this course's diary is asked for; None when none is in sight."""
    start, given, infusions = asking_facts(course)
    days = days_of(course, given)
    ahead = (from_day + timedelta(days=n) for n in range(HORIZON_DAYS))
    return next((day for day in ahead if days.is_due(day, start, infusions)), None)


def asking_facts(course: Course) -> tuple[date, list[date], list[date]]:
    """The local days from which days of asking follow: the diary's first, the infusions given, those and the booked."""
    zone = ZoneInfo(course.patient.zone_name)
    booked = Appointment.objects.filter(course=course, kind__in=("infusion", "booster"), state__in=OCCUPIES)
    given = [g.infusion.day for g in given_in(course)]
    ahead = [starts.astimezone(zone).date() for starts in booked.values_list("starts_at", flat=True)]
    return course.diary_from or course.opened_at.astimezone(zone).date(), given, given + ahead


@transaction.atomic
def start_plan(*, course: Course, by=None, at: datetime | None = None) -> DiaryPlan:
    """Begin to ask for a course's diary; once."""
    at = at or clock.now()
    plan, made = DiaryPlan.objects.get_or_create(course=course, defaults={"started_at": at, "review_at": at})
    if made:
        schedule(plan, first_day(course, at))
        audit.record("diary.planned", plan, by=by, patient=course.patient, site=course.site, at=at)
    return plan


def first_day(course: Course, at: datetime) -> date:
    """Today where the patient is, or tomorrow when the hour of asking is over."""
    zone = ZoneInfo(course.patient.zone_name)
    today = at.astimezone(zone).date()
    return today if at <= diary.ask_at(today, zone) else today + timedelta(days=1)


def schedule(plan: DiaryPlan, from_day: date) -> None:
    """Set the next time to ask, from `from_day` on."""
    day = next_diary_day(plan.course, from_day)
    plan.next_day = day
    plan.next_at = diary.ask_at(day, ZoneInfo(plan.course.patient.zone_name)) if day else None
    plan.save(update_fields=["next_day", "next_at"])


@transaction.atomic
def end_plan(*, course: Course, why: str, by=None, at: datetime | None = None) -> None:
    """Ask no more: the course was stopped, the patient does not want it or has died."""
    at = at or clock.now()
    plan = DiaryPlan.objects.select_for_update().filter(course=course, ended_at__isnull=True).first()
    if plan is None:
        return
    plan.ended_at, plan.ended_why = at, why
    plan.next_at = plan.next_day = plan.round_at = plan.round_day = None
    plan.save(update_fields=["ended_at", "ended_why", "next_at", "next_day", "round_at", "round_day"])
    notify.withdraw(subject_kind="clinic.course", subject_id=course.pk, kinds=("diary",), by=by, at=at, reason=why)
    for asked in course.question_rounds.filter(finished_at__isnull=True, closes_at__gt=at):
        notify.withdraw(subject_kind=asked._meta.label_lower, subject_id=asked.pk, by=by, at=at, reason=why)
    audit.record("diary.ended", plan, by=by, patient=course.patient, site=course.site, at=at, reason=why)


@transaction.atomic
def resume_plan(*, course: Course, by=None, at: datetime | None = None) -> None:
    """Ask again after it was stopped. Raises Refused once the course itself has ended."""
    at = at or clock.now()
    if course.state not in ASKED:
        raise Refused(Item("course-over", "The course has ended: its diary is over too."))
    plan = DiaryPlan.objects.select_for_update().filter(course=course, ended_at__isnull=False).first()
    if plan is None:
        return
    plan.ended_at, plan.ended_why, plan.review_at = None, "", at
    plan.save(update_fields=["ended_at", "ended_why", "review_at"])
    schedule(plan, first_day(course, at))
    audit.record("diary.resumed", plan, by=by, patient=course.patient, site=course.site, at=at)


@transaction.atomic
def ask(*, plan: DiaryPlan, at: datetime | None = None) -> None:
    """Enqueue the diary that is due and set the next day. What was missed while nobody worked stays missed."""
    at = at or clock.now()
    course = plan.course
    if course.state not in ASKED or course.patient.died_on:
        end_plan(course=course, why="the course has ended", at=at)
        return
    if at - plan.next_at < diary.LATE_AFTER:
        notify.enqueue(
            "diary",
            recipient=course.patient,
            site=course.site,
            dedupe_key=f"diary:{course.pk}:{plan.next_day}",
            due_at=plan.next_at,
            expires_at=plan.next_at + diary.LATE_AFTER,
            subject_kind="clinic.course",
            subject_id=course.pk,
            context={"local_day": plan.next_day.isoformat()},
            at=at,
        )
    today = at.astimezone(ZoneInfo(course.patient.zone_name)).date()
    schedule(plan, max(plan.next_day + timedelta(days=1), today))
