"""Other chairs and other people for visits that keep their hour: one, two that swap, or all of somebody who is away."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction

from clinic import clock
from clinic.actions.appointments import kept
from clinic.actions.appointments import replace as write_again
from clinic.actions.claims import checked_at_the_end, prescriber_span, refused_when_taken
from clinic.actions.series import and_taken
from clinic.actions.slots import as_user, check_visit, clash, lock_for, need_of, offer_in
from clinic.models import APPOINTMENT, Appointment
from clinic.presenters import booking
from clinic.refusal import Conflict, Item, refuse_if
from clinic.rules import visits
from clinic.rules.booking import Span


@dataclass(frozen=True)
class Seat:
    """A visit and what it shall have from now on: chair, nurse, prescriber; None keeps what it has."""

    appointment: Appointment
    chair: Any = None
    nurse: Any = None
    prescriber: Any = None


@transaction.atomic
def seat(*, seats, by, reason="", at=None):
    """Give these visits of one site other chairs or people, all or none; their times stay and nobody is told.

    They may take each other's chairs. Refused for a visit that has begun or is over; a Conflict names what is taken,
    its `current` is {row: [Offer, ...]}. Returns the visits in the order given.
    """
    at = at or clock.now()
    rows = _locked([one.appointment for one in seats])
    refuse_if(item for row in rows for item in visits.seat_items(row.state, APPOINTMENT.label(row.state)))
    desk = booking.desk_of(rows[0].site, at)
    needs = [_need(desk, row, one) for row, one in zip(rows, seats, strict=True)]
    for need, row in zip(needs, rows, strict=True):
        check_visit(desk, need, row.course)
    lock_for(desk, needs)
    offers = _fit(desk, needs, rows, at, by)
    taken = partial(_taken, desk, needs, rows, at, by)
    with refused_when_taken(taken), checked_at_the_end():
        for row, need, offer in zip(rows, needs, offers, strict=True):
            write_again(row, need, offer, by=by, at=at, reason=reason, verb="appointment.seated")
    return rows


def swap_chairs(*, one, other, by, reason="", at=None):
    """Two visits change chairs in one step. Raises as `seat`; Refused when one of them has no chair."""
    first, second = _chair_of(one), _chair_of(other)
    if first is None or second is None:
        refuse_if([Item("no-chair", "Both visits need a chair to swap.")])
    return seat(seats=[Seat(one, chair=second), Seat(other, chair=first)], by=by, reason=reason, at=at)


def _chair_of(appointment):
    claim = appointment.claims.filter(occupies=True, chair__isnull=False).select_related("chair").first()
    return claim.chair if claim else None


@transaction.atomic
def cover(*, appointment, away, by, reason="", at=None):
    """Give a visit to somebody else than `away` (a user): another nurse, or another prescriber, who is free then.

    Raises Conflict when nobody is; chair and hour stay.
    """
    at = at or clock.now()
    (row,) = _locked([appointment])
    desk = booking.desk_of(row.site, at)
    held = kept(row, desk)
    part = next((name for name in ("nurse", "prescriber") if held[name] == away), None)
    if part is None:
        refuse_if([Item("not-theirs", f"{away} has no part in this visit.")])
    for someone in _others(desk, row, part, away, at, by):
        return seat(seats=[Seat(row, **{part: someone})], by=by, reason=reason, at=at)[0]
    raise Conflict(Item("nobody", f"Nobody else is free then: move the visit, or ask {away}."))


def _others(desk, row, part, away, at, by):
    """Who of the same work is free for this visit, in order of name."""
    span = Span(row.starts_at, row.ends_at)
    known = desk.nurses if part == "nurse" else desk.prescribers
    busy = booking.busy_between(desk, span, at=at, held_by=as_user(by), but=[row])
    lanes = desk.lanes if part == "nurse" else 1
    part_of = prescriber_span(span) if part == "prescriber" and row.is_infusion else span
    everyone = (one for pk, one in known.items() if pk != away.pk)
    return [one for one in everyone if busy.free_lanes(one.pk, part_of, lanes)]


def _locked(appointments):
    """The visits locked in one order, given back in theirs."""
    pks = [one.pk for one in appointments]
    rows = Appointment.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
    found = {row.pk: row for row in rows.select_related("patient", "site", "course__protocol_version")}
    return [found[pk] for pk in pks]


def _need(desk, row, wanted):
    asked = {name: getattr(wanted, name) for name in ("chair", "nurse", "prescriber") if getattr(wanted, name)}
    minutes = round((row.ends_at - row.starts_at).total_seconds() / 60)
    return need_of(desk, kind=row.kind, patient=row.patient, course=row.course, minutes=minutes, number=row.number,
                   **kept(row, desk, flexible=True) | asked)  # fmt: skip


def _busy(desk, needs, rows, at, by):
    whole = Span(min(row.starts_at for row in rows), max(row.ends_at for row in rows))
    people = [need.patient for need in needs]
    return booking.busy_between(desk, whole, at=at, patients=people, held_by=as_user(by), but=rows)


def _fit(desk, needs, rows, at, by):
    busy, offers = _busy(desk, needs, rows, at, by), []
    for need, row in zip(needs, rows, strict=True):
        offer = offer_in(desk, need, need.span(row.starts_at), busy)
        if offer is None:
            items, current = _taken(desk, needs, rows, at, by)
            raise Conflict(*items, current=current)
        busy = and_taken(busy, need, offer)
        offers.append(offer)
    return offers


def _taken(desk, needs, rows, at, by):
    """What stands in the way of each visit, and the times at which it would fit."""
    busy, items, current = _busy(desk, needs, rows, at, by), [], {}
    for i, (need, row) in enumerate(zip(needs, rows, strict=True)):
        offer = offer_in(desk, need, need.span(row.starts_at), busy)
        if offer is None:
            said, current[i] = clash(desk, need, need.span(row.starts_at), busy, at=at, by=by, but=rows)
            items += said
        else:
            busy = and_taken(busy, need, offer)
    return items or [Item("taken", "Somebody else was faster. Look at the day again.")], current
