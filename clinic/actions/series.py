"""Book a whole series in one step, and shift what remains of it onto its own slots in one step. All or nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from clinic import audit, clock
from clinic.actions import confirmations
from clinic.actions.appointments import HOLD_MINUTES, announce_hold, kept, make, replace
from clinic.actions.claims import checked_at_the_end, put_claims, refused_when_taken, release_holds, wanted_claims
from clinic.actions.patients import see_at_site
from clinic.actions.slots import as_user, check_visit, clash, lock_for, need_of, offer_in, time_items
from clinic.events import appointment_booked, appointment_moved, tell_on_commit
from clinic.models import OCCUPIES, Appointment, Course, Hold
from clinic.presenters import booking
from clinic.refusal import Conflict, Item, refuse_if
from clinic.rules import series as rules
from clinic.rules import visits
from clinic.rules.booking import Busy, Span


@dataclass(frozen=True)
class Wish:
    """One row of a series to book: when, and in which chair and with which nurse (None: any free one)."""

    starts_at: datetime
    chair: Any = None
    nurse: Any = None
    prescriber: Any = None


@transaction.atomic
def book_series(*, course, wishes, by, site=None, spacing_reason="", at=None):
    """Book these infusions of a course, in order of time, all or none; returns the Appointments.

    Raises Refused when the course, its spacing (unless `spacing_reason` says why) or its planned number speaks against
    it; Conflict with an item per clashing row (field "row-0", "row-1"...) and `current` = {row: [Offer, ...]}.
    """
    at = at or clock.now()
    course = Course.objects.select_for_update(of=("self",)).select_related(*COURSE_WITH).get(pk=course.pk)
    site = site or course.site
    desk = booking.desk_of(site, at)
    wishes = sorted(wishes, key=lambda wish: wish.starts_at)
    numbers = _numbers(course, len(wishes))
    needs = [_need(desk, course, wish, number) for wish, number in zip(wishes, numbers, strict=True)]
    _check_series(desk, course, needs, wishes, spacing_reason)
    lock_for(desk, needs)
    release_holds(at=at, by=as_user(by), patient=course.patient)
    rows = list(zip(needs, [wish.starts_at for wish in wishes], strict=True))
    offers = fit_all(desk, rows, at=at, by=by)
    with refused_when_taken(partial(_clash_anywhere, desk, rows, at=at, by=by)):
        made = [
            make(need, offer, site=site, course=course, number=number, by=by, at=at)
            for need, offer, number in zip(needs, offers, numbers, strict=True)
        ]
    see_at_site(patient=course.patient, site=site, by=by, at=at)
    confirmations.tell("booked", made, by=by, at=at)
    tell_on_commit(appointment_booked, appointments=made, by=by, at=at)
    return made


@transaction.atomic
def hold_series(*, course, wishes, by, site=None, at=None):
    """Keep all these dates for ten minutes while talking to the patient; one hold, all or none. Raises like booking.

    Spacing is not asked yet. An earlier hold of the same user for this patient ends; booking takes the dates over.
    """
    at = at or clock.now()
    site = site or course.site
    desk = booking.desk_of(site, at)
    wishes = sorted(wishes, key=lambda wish: wish.starts_at)
    numbers = _numbers(course, len(wishes))
    needs = [_need(desk, course, wish, number) for wish, number in zip(wishes, numbers, strict=True)]
    if not needs:
        refuse_if([Item("nothing", "Choose at least one date.")])
    check_visit(desk, needs[0], course)
    lock_for(desk, needs)
    release_holds(at=at, by=as_user(by), patient=course.patient)
    rows = list(zip(needs, [wish.starts_at for wish in wishes], strict=True))
    offers = fit_all(desk, rows, at=at, by=by)
    made = Hold.objects.create(site=site, made_at=at, made_by=by, expires_at=at + timedelta(minutes=HOLD_MINUTES))
    with refused_when_taken(partial(_clash_anywhere, desk, rows, at=at, by=by)):
        claims = [wanted_claims(need, offer) for need, offer in zip(needs, offers, strict=True)]
        put_claims([fields for found in claims for fields in found], hold=made)
    audit.record("slot.held", made, by=by, patient=course.patient, site=site, at=at, detail={"dates": len(offers)})
    announce_hold(made)
    return made


COURSE_WITH = ("patient", "site", "protocol_version")


def _need(desk, course, wish, number):
    return need_of(desk, kind="infusion", patient=course.patient, course=course, number=number,
                   chair=wish.chair, nurse=wish.nurse, prescriber=wish.prescriber)  # fmt: skip


def _held(course):
    held = Appointment.objects.filter(course=course, kind="infusion", state__in=[*OCCUPIES, "done"])
    return list(held.order_by("starts_at").values_list("number", "starts_at"))


def _numbers(course, count):
    """The lowest free numbers of the course, one for each new infusion."""
    taken = {number for number, _ in _held(course)}
    free = (n for n in range(1, len(taken) + count + 1) if n not in taken)
    return [next(free) for _ in range(count)]


def _check_series(desk, course, needs, wishes, spacing_reason):
    if not needs:
        refuse_if([Item("nothing", "Choose at least one date.")])
    check_visit(desk, needs[0], course)
    there = _held(course)
    items = visits.count_items(course.planned_number, len(there), len(needs))
    if not spacing_reason.strip():
        items += _spacing_items(desk, course, there, wishes)
    refuse_if(items)


def _spacing_items(desk, course, there, wishes):
    """Spacing of the new dates, and of the first of them after the last one that is there already."""
    spacing = spacing_of(course.protocol_version)
    days = [desk.calendar.day_of(wish.starts_at) for wish in wishes]
    earlier = [day for day in (desk.calendar.day_of(start) for _, start in there) if day <= days[0]]
    faults = rules.spacing_faults([*earlier[-1:], *days], spacing)
    skip = len(earlier[-1:])
    return [Item("spacing", f"Row {i - skip + 1}: {why}", field=f"row-{i - skip}") for i, why in faults.items()]


def spacing_of(version):
    """The spacing rule of a protocol version."""
    return rules.Spacing(version.spacing_min_days, version.spacing_max_days, version.consecutive_days)


def fit_all(desk, rows, *, at, by, but=()):
    """An Offer for each (need, start), each seeing the claims of those before it. Refusals name every row."""
    refuse_if(
        Item(item.code, item.text, field=f"row-{i}")
        for i, (need, start) in enumerate(rows)
        for item in time_items(desk, need.span(start), at)
    )
    busy = _busy_for(desk, rows, at, by, but)
    offers, items, current = [], [], {}
    for i, (need, start) in enumerate(rows):
        offer = offer_in(desk, need, need.span(start), busy)
        if offer is None:
            said, current[i] = clash(desk, need, need.span(start), busy, at=at, by=by, but=but, field=f"row-{i}")
            items += said
        else:
            busy = and_taken(busy, need, offer)
        offers.append(offer)
    if items:
        raise Conflict(*items, current=current)
    return offers


def _busy_for(desk, rows, at, by, but=()):
    first = min(start for _, start in rows)
    last = max(need.span(start).end for need, start in rows)
    patients = {need.patient.pk: need.patient for need, _ in rows}.values()
    return booking.busy_between(desk, Span(first, last), at=at, patients=patients, held_by=as_user(by), but=but)


def and_taken(busy, need, offer):
    """What is taken once this offer is taken too."""
    claims, span = {key: list(taken) for key, taken in busy.claims.items()}, Span(offer.starts_at, offer.ends_at)
    people = [(offer.nurse, lane) for lane in offer.lanes if offer.nurse]
    for row, lane in [(need.patient, 0), (offer.chair, 0), *people]:
        if row is not None:
            claims.setdefault(row.pk, []).append((lane, span))
    return Busy(claims, busy.away)


def _clash_anywhere(desk, rows, *, at, by, but=()):
    """After the database refused: every row that is taken now, as items and offers by row."""
    busy, items, current = _busy_for(desk, rows, at, by, but), [], {}
    for i, (need, start) in enumerate(rows):
        if offer_in(desk, need, need.span(start), busy) is None:
            said, current[i] = clash(desk, need, need.span(start), busy, at=at, by=by, but=but, field=f"row-{i}")
            items += said
    return items or [Item("taken", "Somebody else was faster. Look at the dates again.")], current


@transaction.atomic
def shift_series(*, course, days, by, since=None, flexible=False, reason="", at=None):
    """Move every infusion of the course still to come by whole days, each at its own wall-clock time; all or none.

    `since`: an aware moment, only those that start then or later.

    They may land on each other's old slots: the exclusion constraint is deferred and checked before this returns.
    Chair and nurse stay the same; with `flexible` another one will do. Raises like `book_series`; returns the
    Appointments in order of time.
    """
    at = at or clock.now()
    refuse_if(rules.shift_items(days))
    moving = still_to_come(course, max(at, since or at))
    if not moving:
        refuse_if([Item("nothing", "No visit of this course is still to come.")])
    site = moving[0].site
    desk = booking.desk_of(site, at)
    needs = [_need_again(desk, one, flexible) for one in moving]
    lock_for(desk, needs)
    release_holds(at=at, by=as_user(by), patient=moving[0].patient)
    starts = rules.shift([one.starts_at for one in moving], days, site.zone)
    rows = list(zip(needs, starts, strict=True))
    offers = fit_all(desk, rows, at=at, by=by, but=moving)
    with refused_when_taken(partial(_clash_anywhere, desk, rows, at=at, by=by, but=moving)), checked_at_the_end():
        for one, need, offer in zip(moving, needs, offers, strict=True):
            replace(one, need, offer, by=by, at=at, reason=reason or f"series shifted by {days} days")
    confirmations.tell("moved", moving, by=by, at=at)
    tell_on_commit(appointment_moved, appointments=moving, by=by, at=at, reason=reason)
    return moving


def still_to_come(course, at):
    """The infusions of a course that can still be moved and start at `at` or later, locked, in order of time."""
    rows = Appointment.objects.select_for_update(of=("self",)).select_related(
        "patient", "site", "course__protocol_version"
    )
    rows = rows.filter(course=course, kind="infusion", state__in=visits.CAN_MOVE, starts_at__gte=at)
    return list(rows.order_by("starts_at"))


def _need_again(desk, appointment, flexible):
    minutes = round((appointment.ends_at - appointment.starts_at).total_seconds() / 60)
    asked = kept(appointment, desk, flexible=flexible) | {"number": appointment.number, "flexible": flexible}
    return need_of(
        desk, kind="infusion", patient=appointment.patient, course=appointment.course, minutes=minutes, **asked
    )
