"""From a wish to a slot: what a visit needs, whether it may be there, and what else is free when it may not."""

from collections.abc import Callable
from functools import partial, wraps

from django.db import transaction

from clinic.actions.claims import lock_resources, prescriber_span, taken_items
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
            same_patient=course is None or course.patient.person_id == need.patient.person_id,
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
    lock_resources(patients={need.patient.person_id for need in needs}, chairs=chairs, users=users)


def offer_in(desk, need, span, busy):
    """The Offer for exactly this span, or None when something it needs is taken."""
    if need.in_a_chair and need.prescriber and not _prescriber_free(need.prescriber, span, busy):
        return None
    slot = rules.fit(span, booking.room_for(desk, need), busy, need.patient.pk)
    return booking.as_offer(desk, need, slot) if slot else None


def _prescriber_free(prescriber, span, busy):
    """Whether the prescriber has the first minutes of an infusion free."""
    return bool(busy.free_lanes(prescriber.pk, prescriber_span(span), 1))


class Taken(Exception):
    """Somebody else has this time. `describe()` gives the items and what else is free: ask it when no lock is held."""

    def __init__(self, describe: Callable):
        super().__init__("This time is taken.")
        self.describe = describe


def offers_afterwards(action):
    """The action in a transaction of its own; a time that is taken becomes a Conflict with offers after its end.

    Looking for what else is free takes longer than booking: nobody else waits for it.
    """

    @wraps(action)
    def run(*args, **asked):
        try:
            with transaction.atomic():
                return action(*args, **asked)
        except Taken as taken:
            items, offers = taken.describe()
            raise Conflict(*items, current=offers) from taken

    return run


def offer_or_taken(desk, need, starts_at, *, at, by, but=()):
    """The Offer at this start. Raises Refused outside opening hours or in the past, Taken when somebody else has it."""
    span = need.span(starts_at)
    refuse_if(time_items(desk, span, at))
    busy = booking.busy_between(desk, span, at=at, patients=[need.patient], held_by=as_user(by), but=but)
    offer = offer_in(desk, need, span, busy)
    if offer is None:
        raise Taken(partial(clash, desk, need, span, busy, at=at, by=by, but=but))
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
