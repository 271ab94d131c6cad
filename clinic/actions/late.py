"""A patient comes late: the visit starts later in a chair that is free so long, or is refused with other times."""

from functools import partial

from clinic import clock
from clinic.actions.appointments import announce, kept, locked, replace
from clinic.actions.claims import refused_when_taken, release_holds
from clinic.actions.slots import as_user, clash, lock_for, need_of, offer_or_taken, offers_afterwards
from clinic.models import APPOINTMENT
from clinic.presenters.booking import desk_of
from clinic.refusal import refuse_if
from clinic.rules import late as rules
from clinic.rules import visits
from clinic.states import transition


@offers_afterwards
def arrive_late(*, appointment, by, chair=None, version=None, at=None):
    """The patient is here, later than booked: the whole visit runs from now, in its own chair, or in `chair`.

    Another nurse will do. Refused when it would end after closing, a Conflict when the chair is needed before it ends;
    both leave the visit as it was, to be booked anew. The patient is not told: they stand at the desk.
    """
    at = at or clock.now()
    appointment = locked(appointment, version)
    refuse_if(visits.arrive_items(appointment.starts_at, at, appointment.site.zone))
    refuse_if(rules.late_items(appointment.starts_at, at))
    APPOINTMENT.check(appointment.state, "arrived")
    need, desk = late_need(appointment, at, chair=chair)
    starts_at = rules.start_from(at)
    lock_for(desk, [need])
    release_holds(at=at, by=as_user(by), patient=appointment.patient)
    offer = offer_or_taken(desk, need, starts_at, at=at, by=by, but=[appointment])
    late = rules.minutes_late(appointment.starts_at, at)
    transition(appointment, "arrived", by=by, at=at, machine=APPOINTMENT, reason=f"{late} minutes late")
    with refused_when_taken(partial(clash, desk, need, need.span(starts_at), at=at, by=by, but=[appointment])):
        replace(appointment, need, offer, by=by, at=at, reason=f"{late} minutes late", verb="appointment.arrived_late")
    announce(appointment)
    return appointment


def late_need(appointment, at, *, chair=None):
    """What a late visit needs: its own length, its own chair or the one asked for, any nurse who is free."""
    desk = desk_of(appointment.site, at)
    held = kept(appointment, desk, flexible=True)
    minutes = round((appointment.ends_at - appointment.starts_at).total_seconds() / 60)
    held |= {"chair": chair or held["chair"], "nurse": None if appointment.is_infusion else held["nurse"]}
    if appointment.is_infusion:
        held["prescriber"] = None  # they gave their part at the booked hour; who is there is asked at check-in
    need = need_of(desk, kind=appointment.kind, patient=appointment.patient, course=appointment.course,
                   minutes=minutes, number=appointment.number, **held)  # fmt: skip
    return need, desk
