"""Book the visits of a course: the plan is signed, intake has nothing against it, and then the clinic's own actions."""

from django.db import transaction

from clinic import clock
from clinic.actions import appointments, series
from clinic.actions.tasks import close_task
from clinic.models import COURSE, Appointment, Task
from clinic.presenters.booking import IN_A_CHAIR
from clinic.refusal import Refused, refuse_if
from followup.actions.planning import booking_key
from followup.rules import planning as rules
from intake.queries import check_eligible


def check_may_be_booked(course, *, at):
    """Raise Refused with all that stands against an infusion of this course at that time."""
    items = rules.booking_items(
        is_signed=course.signed_at is not None, state=course.state, label=COURSE.label(course.state)
    )
    try:
        check_eligible(course.patient, day=at.astimezone(course.site.zone).date())
    except Refused as refused:
        items = [*items, *refused.items]
    refuse_if(items)


def may_be_booked(course, at):
    """Whether an infusion of this course may be booked for that time: the bool of check_may_be_booked."""
    try:
        check_may_be_booked(course, at=at)
    except Refused:
        return False
    return True


@transaction.atomic
def book_visit(*, patient, site, kind, starts_at, by, course=None, at=None, **asked):
    """Book one visit; an infusion only when its course may be booked then. Takes and raises what `book` does."""
    if kind in IN_A_CHAIR and course is not None:
        check_may_be_booked(course, at=starts_at)
    return appointments.book(
        patient=patient, site=site, kind=kind, starts_at=starts_at, by=by, course=course, at=at, **asked
    )  # fmt: skip


@transaction.atomic
def book_series(*, course, wishes, by, site=None, spacing_reason="", at=None):
    """Book the infusions of a course in one step and close the task that asked for it. Raises as in clinic."""
    at = at or clock.now()
    if wishes:
        check_may_be_booked(course, at=max(wish.starts_at for wish in wishes))
    made = series.book_series(course=course, wishes=wishes, by=by, site=site, spacing_reason=spacing_reason, at=at)
    if len(planned_infusions(course)) >= course.planned_number:
        _close_task(course, by, at)
    return made


def planned_infusions(course):
    """The infusions of a course that are booked, under way or done, in order of time."""
    rows = Appointment.objects.filter(course=course, kind="infusion").exclude(state__in=["cancelled", "no_show"])
    return list(rows.order_by("starts_at"))


def _close_task(course, by, at):
    task = Task.objects.filter(dedupe_key=booking_key(course), state="open").first()
    if task is not None:
        close_task(task=task, by=by, outcome="All visits are booked.", at=at)
