"""Plan visits: hold, book, move, cancel, confirm, arrive. The database has the last word on what is taken.

Every action takes `by` (User, Patient or None) and `at=None`; a visit is booked ahead of `at`. What can't be is Refused
with all its reasons; a clash is a Conflict that names what is taken and carries free alternatives as `current`, a list
of clinic.presenters.booking.Offer.
"""

from datetime import timedelta
from functools import partial

from django.db import transaction

from clinic import audit, clock, live
from clinic.actions import confirmations
from clinic.actions.claims import put_claims, refused_when_taken, release_holds, wanted_claims
from clinic.actions.patients import see_at_site
from clinic.actions.slots import as_user, check_visit, clash, lock_for, need_of, offer_or_conflict
from clinic.events import appointment_booked, appointment_cancelled, appointment_moved, tell_on_commit
from clinic.models import APPOINTMENT, OCCUPIES, Appointment, Hold
from clinic.presenters.booking import IN_A_CHAIR, desk_of
from clinic.refusal import Conflict, Item, refuse_if
from clinic.rules import visits
from clinic.states import transition

HOLD_MINUTES = 10


@transaction.atomic
def hold(*, patient, site, kind, starts_at, by, course=None, minutes=None, chair=None, nurse=None, prescriber=None,
         at=None):  # fmt: skip
    """Keep a slot for ten minutes while the form is filled; an earlier hold of the same user and patient ends.

    Booking for this patient by this user takes the slot over. Raises like `book`.
    """
    at = at or clock.now()
    desk = desk_of(site, at)
    number = next_number(course) if course and kind == "infusion" else None
    need = need_of(desk, kind=kind, patient=patient, course=course, minutes=minutes, number=number,
                   chair=chair, nurse=nurse, prescriber=prescriber)  # fmt: skip
    check_visit(desk, need, course)
    lock_for(desk, [need])
    release_holds(at=at, by=by, patient=patient)
    offer = offer_or_conflict(desk, need, starts_at, at=at, by=by)
    made = Hold.objects.create(
        site=site, made_at=at, made_by=by, expires_at=at + timedelta(minutes=HOLD_MINUTES)
    )  # fmt: skip
    with refused_when_taken(partial(clash, desk, need, need.span(starts_at), at=at, by=by)):
        put_claims(wanted_claims(need, offer), hold=made)
    audit.record("slot.held", made, by=by, patient=patient, site=site, at=at)
    return made


@transaction.atomic
def book(*, patient, site, kind, starts_at, by, course=None, minutes=None, chair=None, nurse=None, prescriber=None,
         number=None, note="", at=None):  # fmt: skip
    """Book one visit with everything it takes; returns the Appointment.

    `kind`: consultation, infusion, booster, follow_up, adjunct. `starts_at`: aware. `minutes`: by default
    those of the course's protocol, or of the kind. Chair, nurse and prescriber: None for any free one. An infusion
    takes a chair and a lane of a nurse, a consultation its prescriber. The patient is seen at the site from now on.
    """
    at = at or clock.now()
    desk = desk_of(site, at)
    if kind in IN_A_CHAIR and course:
        number = number or next_number(course)
    need = need_of(desk, kind=kind, patient=patient, course=course, minutes=minutes, number=number,
                   chair=chair, nurse=nurse, prescriber=prescriber)  # fmt: skip
    check_visit(desk, need, course)
    lock_for(desk, [need])
    release_holds(at=at, by=as_user(by), patient=patient)
    offer = offer_or_conflict(desk, need, starts_at, at=at, by=by)
    with refused_when_taken(partial(clash, desk, need, need.span(starts_at), at=at, by=by)):
        made = make(need, offer, site=site, course=course, number=number, note=note, by=by, at=at)
    see_at_site(patient=patient, site=site, by=by, at=at)
    confirmations.tell("booked", [made], by=by, at=at)
    tell_on_commit(appointment_booked, appointments=[made], by=by, at=at)
    return made


def make(need, offer, *, site, course, number, by, at, note=""):
    """Write one appointment with its claims and its audit row; the caller has locked and checked."""
    made = Appointment.objects.create(
        patient=need.patient, site=site, course=course, kind=need.kind, number=number, starts_at=offer.starts_at,
        ends_at=offer.ends_at, zone_name=site.zone_name, note=note, booked_at=at, booked_by=as_user(by),
    )  # fmt: skip
    put_claims(wanted_claims(need, offer), appointment=made)
    audit.record("appointment.booked", made, by=by, patient=need.patient, site=site, at=at)
    announce(made)
    return made


def next_number(course):
    """The lowest number of this course that no visit holds: a cancelled third infusion is booked again as the third."""
    held = Appointment.objects.filter(course=course, state__in=[*OCCUPIES, "done"], number__isnull=False)
    numbers = set(held.values_list("number", flat=True))
    return next(n for n in range(1, len(numbers) + 2) if n not in numbers)


@transaction.atomic
def move(*, appointment, starts_at, by, chair=None, nurse=None, prescriber=None, minutes=None, version=None,
         flexible=False, reason="", at=None):  # fmt: skip
    """Move a visit to another time, chair or person; None keeps what it has. A confirmed one must be confirmed again.

    `version`: the one the page was opened with; an older one is a Conflict. `flexible`: another chair or nurse will do.
    """
    at = at or clock.now()
    appointment = _locked(appointment, version)
    refuse_if(visits.move_items(appointment.state, APPOINTMENT.label(appointment.state)))
    asked = {"chair": chair, "nurse": nurse, "prescriber": prescriber}
    lasts = minutes or round((appointment.ends_at - appointment.starts_at).total_seconds() / 60)
    desk = desk_of(appointment.site, at)
    asked = kept(appointment, desk, flexible=flexible) | {part: row for part, row in asked.items() if row}
    need = need_of(desk, kind=appointment.kind, patient=appointment.patient, course=appointment.course, minutes=lasts,
                   number=appointment.number, flexible=flexible, **asked)  # fmt: skip
    lock_for(desk, [need])
    release_holds(at=at, by=as_user(by), patient=appointment.patient)
    offer = offer_or_conflict(desk, need, starts_at, at=at, by=by, but=[appointment])
    clashing = partial(clash, desk, need, need.span(starts_at), at=at, by=by, but=[appointment])
    with refused_when_taken(clashing):
        replace(appointment, need, offer, by=by, at=at, reason=reason)
    confirmations.tell("moved", [appointment], by=by, at=at)
    tell_on_commit(appointment_moved, appointments=[appointment], by=by, at=at, reason=reason)
    return appointment


def kept(appointment, desk, *, flexible=False):
    """The chair, nurse and prescriber that a visit holds now, as keywords of a need. One query.

    With `flexible`, whoever has left the site since, and a chair out of use, is left out.
    """
    found = {"chair": None, "nurse": None, "prescriber": None}
    for claim in appointment.claims.filter(occupies=True, patient=None).select_related("chair", "user"):
        row = claim.chair or claim.user
        if not flexible or desk.named(row.pk):
            found[_part(claim, appointment, desk)] = row
    return found


def _part(claim, appointment, desk):
    if claim.chair_id:
        return "chair"
    if appointment.is_infusion:
        return "nurse" if claim.during.upper == appointment.ends_at else "prescriber"
    return "nurse" if claim.user_id in desk.nurses else "prescriber"


def replace(appointment, need, offer, *, by, at, reason):
    """Write the new time and claims of a locked appointment; its calendar entry gets the next SEQUENCE."""
    before = appointment.starts_at
    if appointment.state == "confirmed":
        transition(appointment, "booked", by=by, at=at, machine=APPOINTMENT, reason="moved")
    appointment.starts_at, appointment.ends_at = offer.starts_at, offer.ends_at
    appointment.confirmed_at = None
    _next_version(appointment, "starts_at", "ends_at", "confirmed_at")
    put_claims(wanted_claims(need, offer), appointment=appointment, old=appointment.claims.all())
    detail = {"from": before.isoformat(), "to": offer.starts_at.isoformat()}
    audit.record("appointment.moved", appointment, by=by, patient=appointment.patient, site=appointment.site, at=at,
                 reason=reason, detail=detail)  # fmt: skip
    announce(appointment)


@transaction.atomic
def cancel(*, appointment, by, reason="", version=None, at=None):
    """Call a visit off: chair, lanes and patient are free at once. Staff say why; a patient need not."""
    at = at or clock.now()
    appointment = _locked(appointment, version)
    if as_user(by):
        refuse_if(visits.reason_items(reason))
    transition(appointment, "cancelled", by=by, at=at, machine=APPOINTMENT, reason=reason)
    appointment.cancel_reason = reason.strip()[:200]
    _next_version(appointment, "cancel_reason")
    _record("cancelled", appointment, by, at, reason)
    confirmations.tell("cancelled", [appointment], by=by, at=at)
    tell_on_commit(appointment_cancelled, appointments=[appointment], by=by, at=at, reason=reason)
    return appointment


@transaction.atomic
def confirm(*, appointment, by, at=None):
    """The patient said that they will come. Confirming twice is once."""
    at = at or clock.now()
    appointment = _locked(appointment)
    if appointment.state == "confirmed":
        return appointment
    transition(appointment, "confirmed", by=by, at=at, machine=APPOINTMENT)
    appointment.confirmed_at = at
    appointment.save(update_fields=["confirmed_at"])
    _record("confirmed", appointment, by, at)
    return appointment


@transaction.atomic
def arrive(*, appointment, by, at=None):
    """The patient is here. Only on the day of the visit, by the site's calendar."""
    at = at or clock.now()
    appointment = _locked(appointment)
    refuse_if(visits.arrive_items(appointment.starts_at, at, appointment.site.zone))
    transition(appointment, "arrived", by=by, at=at, machine=APPOINTMENT)
    _record("arrived", appointment, by, at)
    return appointment


@transaction.atomic
def mark_no_show(*, appointment, by, at=None):
    """The patient did not come; chair and nurse are free again. Not before the visit has begun."""
    at = at or clock.now()
    appointment = _locked(appointment)
    refuse_if(visits.no_show_items(appointment.starts_at, at))
    transition(appointment, "no_show", by=by, at=at, machine=APPOINTMENT)
    _record("no_show", appointment, by, at)
    return appointment


def _locked(appointment, version=None):
    related = ("patient", "site", "course__protocol_version")
    rows = Appointment.objects.select_for_update(of=("self",)).select_related(*related)
    appointment = rows.get(pk=appointment.pk)
    if version is not None and version != appointment.version:
        words = "Somebody else changed this visit while the page was open. Look at it again."
        raise Conflict(Item("stale", words), current=appointment)
    return appointment


def _next_version(appointment, *names):
    appointment.version += 1
    appointment.sequence += 1
    appointment.save(update_fields=[*names, "version", "sequence"])


def _record(verb, appointment, by, at, reason=""):
    audit.record(f"appointment.{verb}", appointment, by=by, patient=appointment.patient, site=appointment.site, at=at,
                 reason=reason)  # fmt: skip
    announce(appointment)


def announce(appointment):
    """Wake the pages that show this visit, once it is committed."""
    notice = partial(live.announce, appointment.site_id, "schedule", appointment.pk, appointment.version)
    transaction.on_commit(notice)
