"""What is due on this floor, asked of Postgres: each row in its own transaction, so that none holds up the rest."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, transaction

from clinic import clock
from clinic.models import Course
from clinic.refusal import Refused
from clinic.rules.quiet import from_wall
from followup.actions import (
    booster,
    contacts,
    diary,
    offering,
    own_record,
    progress,
    relief,
    reminders,
    rounds,
    talks,
    waitlist,
    wanted,
)
from followup.models import DiaryPlan
from sessions.actions import safety

log = logging.getLogger(__name__)

REVIEW_AT = time(6)
BATCH = 500
SPOILED = (Refused, ObjectDoesNotExist, LookupError, ValueError, TypeError, DatabaseError)


def plan_due(*, at: datetime | None = None) -> dict[str, int]:
    """Everything that is due: reminders, contacts, diaries, questionnaires, reviews. Returns how many of each."""
    at = at or clock.now()
    return {
        "reminders": _each(reminders.unplanned(at)[:BATCH], lambda v: reminders.plan_visit(appointment=v, at=at)),
        "contacts": _each(contacts.without_contact(at)[:BATCH], lambda s: contacts.make_contact(session=s, at=at)),
        "plans": _each(without_plan()[:BATCH], lambda c: diary.start_plan(course=c, at=at)),
        "diaries": _claimed("next_at", at, lambda plan: diary.ask(plan=plan, at=at)),
        "late_talks": _each(talks.late_talks(at)[:BATCH], lambda talk: talks.tell_late(talk=talk, at=at)),
        "rounds": _claimed("round_at", at, lambda plan: rounds.ask(plan=plan, at=at)),
        "freed": offering.note_all_freed(at=at),
        "waiting": waitlist.end_idle_entries(at=at),
        "offers": offering.offer_due(at=at),
        "copies": own_record.empty_old(at=at),
        "bookings": _each(wanted.unsettled()[:BATCH], lambda p: wanted.settle(proposal=p, at=at)),
        "letters": _each(progress.due_courses(at)[:BATCH], lambda c: progress.draft_due(course=c, at=at)),
        "reviews": _claimed("review_at", at, lambda plan: review(plan=plan, at=at)),
    }


def without_plan():
    """Signed courses whose diary has not been planned."""
    courses = Course.objects.filter(signed_at__isnull=False, diary_plan__isnull=True, state__in=diary.ASKED)
    return courses.select_related("patient", "site", "protocol_version__protocol").order_by("opened_at")


def _each(rows: Iterable, act: Callable) -> int:
    count = 0
    for row in rows:
        try:
            act(row)
            count += 1
        except SPOILED as problem:
            log.warning("%s %s could not be planned: %s", row._meta.label, row.pk, type(problem).__name__)
    return count


def _claimed(column: str, at: datetime, act: Callable) -> int:
    """Take due diary plans one by one; one that spoils is put off by an hour and named in the log."""
    count = 0
    while count < BATCH:
        with transaction.atomic():
            plan = _next(column, at)
            if plan is None:
                return count
            count += 1
            try:
                with transaction.atomic():
                    act(plan)
            except SPOILED as problem:
                log.warning("Diary plan %s was put off: %s", plan.pk, type(problem).__name__)
                DiaryPlan.objects.filter(pk=plan.pk).update(**{column: at + timedelta(hours=1)})
    return count


def _next(column: str, at: datetime) -> DiaryPlan | None:
    due = DiaryPlan.objects.filter(ended_at__isnull=True, **{f"{column}__lte": at}).order_by(column)
    related = ("course__patient", "course__site", "course__protocol_version__protocol")
    return due.select_for_update(skip_locked=True, of=("self",)).select_related(*related).first()


def review(*, plan: DiaryPlan, at: datetime) -> None:
    """Rebuild the episodes of a course, weigh a proposal, set the diary's next day, look again tomorrow at six."""
    course = plan.course
    relief.rebuild(course=course, at=at)
    safety.refresh(patient=course.patient, at=at)
    booster.review(course=course, at=at)
    tomorrow = at.astimezone(course.site.zone).date() + timedelta(days=1)
    plan.review_at = from_wall(tomorrow, REVIEW_AT, course.site.zone)
    plan.save(update_fields=["review_at"])
    if plan.next_at is None or plan.next_at > at:
        diary.schedule(plan, diary.first_day(course, at))
    if plan.round_at is None or plan.round_at > at:
        rounds.schedule(plan, rounds.first_day(course, at))
