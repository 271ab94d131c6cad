"""From a wish to a slot: what a visit needs, whether it may be there, and what else is free when it may not."""

from clinic.actions.claims import lock_resources, taken_items
from clinic.presenters import booking
from clinic.presenters.booking import MINUTES, Need
from clinic.refusal import Conflict, refuse_if
from clinic.rules import booking as rules
from clinic.rules import visits


def need_of(desk, *, kind, patient, course=None, minutes=None, number=None, **asked):
    """What this visit needs: minutes by the course's protocol or by its kind, all lanes where the policy says so.

    `asked`: chair, nurse, prescriber as rows, each None for any; flexible=True when another would do as well.
    """
    if minutes is None:
        minutes = course.protocol_version.chair_minutes if kind in booking.IN_A_CHAIR and course else MINUTES.get(kind)
    first = kind == "infusion" and number == 1 and desk.first_takes_all
    return Need(kind, minutes or 0, patient, all_lanes=first, **asked)


def check_visit(desk, need, course):
    """Raise Refused with everything that speaks against planning this visit here, whatever its time."""
    refuse_if(
        visits.visit_items(
            kind=need.kind,
            course_state=course.state if course else None,
            same_patient=course is None or course.patient_id == need.patient.pk,
            died=need.patient.died_on is not None,
            site_open=desk.site.open_for_booking,
        )
        + visits.minutes_items(need.minutes)
        + visits.resource_items(need.chair, desk.chairs, "a chair in use", "chair")
        + visits.resource_items(need.nurse, desk.nurses, "a nurse", "nurse")
        + visits.resource_items(need.prescriber, desk.prescribers, "a prescriber", "prescriber")
    )


def time_items(desk, span, at):
    """Why nothing can be booked then: it has passed, or the site is closed."""
    return rules.past_items(span, at) + rules.opening_items(span, desk.calendar)


def lock_for(desk, needs):
    """Lock everything that these visits may claim, so that what is read next stays true until the commit."""
    rooms = [booking.room_for(desk, need) for need in needs]
    users = {pk for room in rooms for pk in room.staff} | {need.prescriber.pk for need in needs if need.prescriber}
    chairs = {pk for room in rooms for pk in room.chairs}
    lock_resources(patients={need.patient.pk for need in needs}, chairs=chairs, users=users)


def offer_in(desk, need, span, busy):
    """The Offer for exactly this span, or None when something it needs is taken."""
    slot = rules.fit(span, booking.room_for(desk, need), busy, need.patient.pk)
    return booking.as_offer(desk, need, slot) if slot else None


def offer_or_conflict(desk, need, starts_at, *, at, by, but=()):
    """The Offer at this start. Raises Refused outside opening hours or in the past, Conflict when it is taken."""
    span = need.span(starts_at)
    refuse_if(time_items(desk, span, at))
    busy = booking.busy_between(desk, span, at=at, patients=[need.patient], held_by=as_user(by), but=but)
    offer = offer_in(desk, need, span, busy)
    if offer is None:
        items, offers = clash(desk, need, span, busy, at=at, by=by, but=but)
        raise Conflict(*items, current=offers)
    return offer


def clash(desk, need, span, busy=None, *, at, by, but=(), field="starts_at"):
    """What is taken, in words, and the nearest free Offers of the same length."""
    by = as_user(by)
    busy = busy or booking.busy_between(desk, span, at=at, patients=[need.patient], held_by=by, but=but)
    offers = booking.nearest_offers(desk, need, span.start, at=at, held_by=by, but=but)
    return taken_items(desk, need, span, busy, field), offers


def as_user(by):
    """The member of staff acting, or None when it is the patient or the system."""
    return by if getattr(by, "is_staff_user", False) else None
