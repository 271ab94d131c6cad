"""What becomes of a series under way: the rest is cancelled in one step, what is still to come is numbered anew."""

from django.db import transaction

from clinic import audit, clock
from clinic.actions import confirmations
from clinic.actions.appointments import cancel
from clinic.actions.series import still_to_come
from clinic.models import OCCUPIES, Appointment, Course
from clinic.refusal import Item, refuse_if
from clinic.rules.series import numbering


@transaction.atomic
def cancel_rest(*, course, by, since=None, code="", reason="", at=None):
    """Cancel every infusion of the course still to come (from `since` on), all or none; the patient hears once.

    What is done stays done: the series is then completed in part. Returns the cancelled visits.
    """
    at = at or clock.now()
    rows = still_to_come(course, max(at, since or at))
    if not rows:
        refuse_if([Item("nothing", "No visit of this course is still to come.")])
    gone = [cancel(appointment=one, by=by, reason=reason, code=code, at=at, tells=False) for one in rows]
    audit.record("series.cancelled", course, by=by, patient=course.patient, site=course.site, at=at, reason=reason,
                 detail={"visits": len(gone)})  # fmt: skip
    confirmations.tell("cancelled", gone, by=by, at=at)
    return gone


@transaction.atomic
def renumber(*, course, by, at=None):
    """Number the infusions of a course still to come in order of time, after those under way or done.

    Returns how many got another number; numbers of what has begun are never touched.
    """
    at = at or clock.now()
    course = Course.objects.select_for_update(of=("self",)).select_related("patient", "site").get(pk=course.pk)
    rows = Appointment.objects.select_for_update(of=("self",)).filter(course=course, kind="infusion", number__gt=0)
    held = list(rows.filter(state__in=[*OCCUPIES, "done"]).order_by("starts_at", "pk"))
    wanted = numbering([(one.number, one.state in ("booked", "confirmed")) for one in held])
    changed = [(one, number) for one, number in zip(held, wanted, strict=True) if one.number != number]
    if not changed:
        return 0
    Appointment.objects.filter(pk__in=[one.pk for one, _ in changed]).update(number=None)
    for one, number in changed:
        one.number, one.version = number, one.version + 1
        one.save(update_fields=["number", "version"])
    audit.record("series.renumbered", course, by=by, patient=course.patient, site=course.site, at=at,
                 detail={str(one.pk): number for one, number in changed})  # fmt: skip
    return len(changed)
