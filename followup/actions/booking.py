"""Book the visits of a course: the plan is signed, intake has nothing against it, and then the clinic's own actions."""

from django.db import transaction

from clinic import clock
from clinic.actions import appointments, series
from clinic.actions.tasks import close_task
from clinic.models import COURSE, Appointment, Task
from clinic.prepared import Prepared
from clinic.presenters.booking import IN_A_CHAIR
from clinic.refusal import Refused, refuse_if
from followup.actions.planning import booking_key
from followup.actions.wanted import note_booked
from followup.queries.wanted import reassessment_open
from followup.rules import planning as rules
from followup.rules import reassessing
from intake.actions.findings import COURSE as COURSE_OF
from intake.actions.findings import Occasion, run_rules
from intake.queries import check_eligible
from intake.rules.engine import BOOKING
from sessions.actions import safety


def check_may_be_booked(course, *, at):
    """Raise Refused with all that stands against an infusion of this course at that time."""
    items = rules.booking_items(
        is_signed=course.signed_at is not None, state=course.state, label=COURSE.label(course.state)
    )
    items += reassessing.booking_items(reassessment_open(course) is not None)
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


def book_visit(*, patient, site, kind, starts_at, by, course=None, desk=None, at=None, **asked):
    """Book one visit; an infusion only when its course may be booked then. Takes and raises what `book` does.

    A time that is taken is refused at once, by `desk` where the page has just read it. Then the rules of eligibility
    are run, and what is new is kept also when the booking is refused for it.
    """
    in_a_chair = kind in IN_A_CHAIR and course is not None
    if in_a_chair:
        slot = {part: asked.get(part) for part in ("chair", "nurse", "prescriber")}
        appointments.look(
            patient=patient, site=site, kind=kind, starts_at=starts_at, by=by, course=course, desk=desk, at=at, **slot
        )
        run_for_booking(course, by=by, at=at)
    with transaction.atomic():
        if in_a_chair:
            check_may_be_booked(course, at=starts_at)
        made = appointments.book(
            patient=patient, site=site, kind=kind, starts_at=starts_at, by=by, course=course, at=at, **asked
        )  # fmt: skip
        note_booked(patient=patient, by=by, at=at)
        return made


def run_for_booking(course, *, by, at=None):
    """Run the rules of eligibility for an infusion that is to be booked, the clocks of safety set anew before them."""
    safety.refresh(patient=course.patient, by=by, at=at)
    return run_rules(
        patient=course.patient, site=course.site, stage=BOOKING, occasion=Occasion(COURSE_OF, course.pk), by=by, at=at
    )  # fmt: skip


def book_series(*, course, wishes, by, site=None, spacing_reason="", at=None):
    """Book the infusions of a course in one step and close the task that asked for it. Raises as in clinic.

    The rules of eligibility are run first, as for one visit.
    """
    if wishes:
        run_for_booking(course, by=by, at=at)
    return _book_series(course, wishes, by, site, spacing_reason, at or clock.now())


@transaction.atomic
def _book_series(course, wishes, by, site, spacing_reason, at):
    if wishes:
        check_may_be_booked(course, at=max(wish.starts_at for wish in wishes))
    made = series.book_series(course=course, wishes=wishes, by=by, site=site, spacing_reason=spacing_reason, at=at)
    if len(planned_infusions(course)) >= course.planned_number:
        _close_task(course, by, at)
    return made


def planned_infusions(course):
    """The infusions of a course that are booked, under way or done, in order of time."""
    return _planned.rows(course=course.pk)


_planned = Prepared(
    lambda of: (
        Appointment.objects.filter(course=of("course"), kind="infusion")
        .exclude(state__in=["cancelled", "no_show"])
        .order_by("starts_at")
    )
)


def _close_task(course, by, at):
    task = Task.objects.filter(dedupe_key=booking_key(course), state="open").first()
    if task is not None:
        close_task(task=task, by=by, outcome="All visits are booked.", at=at)
