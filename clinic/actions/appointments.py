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
from clinic.actions.slots import as_user, check_visit, clash, lock_for, need_of, offer_or_taken, offers_afterwards
from clinic.events import appointment_booked, appointment_cancelled, appointment_moved, tell_on_commit
from clinic.models import APPOINTMENT, END_CODES, OCCUPIES, Appointment, Hold
from clinic.presenters.booking import IN_A_CHAIR, desk_of
from clinic.refusal import Conflict, Item, refuse_if
from clinic.rules import visits
from clinic.states import transition

HOLD_MINUTES = 10
WORDS = dict(END_CODES)
CODES = frozenset(WORDS)


@offers_afterwards
def hold(*, patient, site, kind, starts_at, by, course=None, minutes=None, chair=None, nurse=None, prescriber=None,
         at=None):  # fmt: skip
    """Keep a slot for ten minutes while the form is filled; an earlier hold of the same user and patient ends.

    Booking for this patient by this user takes the slot over. Raises like `book`.
    """
    at = at or clock.now()
    desk = desk_of(site, at)
    number = number_for(desk, kind, course)
    need = need_of(desk, kind=kind, patient=patient, course=course, minutes=minutes, number=number,
                   chair=chair, nurse=nurse, prescriber=prescriber)  # fmt: skip
    check_visit(desk, need, course)
    lock_for(desk, [need])
    release_holds(at=at, by=by, patient=patient)
    offer = offer_or_taken(desk, need, starts_at, at=at, by=by)
    made = Hold.objects.create(
        site=site, made_at=at, made_by=by, expires_at=at + timedelta(minutes=HOLD_MINUTES)
    )  # fmt: skip
    with refused_when_taken(partial(clash, desk, need, need.span(starts_at), at=at, by=by)):
        put_claims(wanted_claims(need, offer), hold=made)
    audit.record("slot.held", made, by=by, patient=patient, site=site, at=at)
    announce_hold(made)
    return made


@transaction.atomic
def let_go(*, patient, by, at=None):
    """End what this user keeps for this patient before its ten minutes are over; returns how many holds."""
    at = at or clock.now()
    mine = list(Hold.objects.filter(made_by=by, claims__patient=patient, ended_at__isnull=True).distinct())
    release_holds(at=at, by=by, patient=patient)
    for one in mine:
        audit.record("slot.let_go", one, by=by, patient=patient, site=one.site, at=at)
        announce_hold(one)
    return len(mine)


@offers_afterwards
def look(*, patient, site, kind, starts_at, by, course=None, chair=None, nurse=None, prescriber=None, desk=None,
         at=None):  # fmt: skip
    """Raise for a time that has passed, is outside the hours or is taken, as `book` would, without locking anything.

    Whoever has more to ask than the time asks this first: most who come too late are told so at once. `desk`: of this
    site, where the page that asks has read it a moment ago.
    """
    at = at or clock.now()
    desk = desk or desk_of(site, at)
    number = number_for(desk, kind, course)
    need = need_of(desk, kind=kind, patient=patient, course=course, number=number,
                   chair=chair, nurse=nurse, prescriber=prescriber)  # fmt: skip
    check_visit(desk, need, course)
    offer_or_taken(desk, need, starts_at, at=at, by=by)


@offers_afterwards
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
    offer = offer_or_taken(desk, need, starts_at, at=at, by=by)
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


def number_for(desk, kind, course):
    """The number an infusion would get, where the site's policy asks whether it is the first; else None."""
    return next_number(course) if course and kind == "infusion" and desk.first_takes_all else None


def next_number(course):
    """The lowest number of this course that no visit holds: a cancelled third infusion is booked again as the third."""
    held = Appointment.objects.filter(course=course, state__in=[*OCCUPIES, "done"], number__isnull=False)
    numbers = set(held.values_list("number", flat=True))
    return next(n for n in range(1, len(numbers) + 2) if n not in numbers)


@offers_afterwards
def move(*, appointment, starts_at, by, chair=None, nurse=None, prescriber=None, minutes=None, version=None,
         flexible=False, reason="", at=None):  # fmt: skip
    """Move a visit to another time, chair or person; None keeps what it has. A confirmed one must be confirmed again.

    `version`: the one the page was opened with; an older one is a Conflict. `flexible`: another chair or nurse will do.
    """
    at = at or clock.now()
    appointment = locked(appointment, version)
    refuse_if(visits.move_items(appointment.state, APPOINTMENT.label(appointment.state)))
    asked = {"chair": chair, "nurse": nurse, "prescriber": prescriber}
    lasts = minutes or round((appointment.ends_at - appointment.starts_at).total_seconds() / 60)
    desk = desk_of(appointment.site, at)
    asked = kept(appointment, desk, flexible=flexible) | {part: row for part, row in asked.items() if row}
    need = need_of(desk, kind=appointment.kind, patient=appointment.patient, course=appointment.course, minutes=lasts,
                   number=appointment.number, flexible=flexible, **asked)  # fmt: skip
    lock_for(desk, [need])
    release_holds(at=at, by=as_user(by), patient=appointment.patient)
    offer = offer_or_taken(desk, need, starts_at, at=at, by=by, but=[appointment])
    clashing = partial(clash, desk, need, need.span(starts_at), at=at, by=by, but=[appointment])
    with refused_when_taken(clashing):
        replace(appointment, need, offer, by=by, at=at, reason=reason)
    if appointment.has_moved:  # another chair or person at the same hour is no news for the patient
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


def replace(appointment, need, offer, *, by, at, reason, verb="appointment.moved"):
    """Write the new time and claims of a locked appointment; its calendar entry gets the next SEQUENCE.

    `appointment.has_moved` says whether its time has changed: only then must a confirmed visit be confirmed again.
    """
    before, old = (appointment.starts_at, appointment.ends_at), list(appointment.claims.all())
    appointment.has_moved = before != (offer.starts_at, offer.ends_at)
    if appointment.has_moved and appointment.state == "confirmed":
        transition(appointment, "booked", by=by, at=at, machine=APPOINTMENT, reason="moved")
    detail = {"from": before[0].isoformat(), "to": offer.starts_at.isoformat(), "was": _held_ids(old)}
    appointment.starts_at, appointment.ends_at = offer.starts_at, offer.ends_at
    names = ["starts_at", "ends_at"]
    if appointment.has_moved and appointment.state != "arrived":
        appointment.confirmed_at = None
        names.append("confirmed_at")
    _next_version(appointment, *names, counts=appointment.has_moved)
    wanted = wanted_claims(need, offer)
    put_claims(wanted, appointment=appointment, old=old)
    detail |= {"is": _ids_of(wanted), "version": appointment.version, "minutes": _minutes(*before)}
    audit.record(verb, appointment, by=by, patient=appointment.patient, site=appointment.site, at=at,
                 reason=reason, detail=detail)  # fmt: skip
    announce(appointment)


def _minutes(start, end):
    return round((end - start).total_seconds() / 60)


def _held_ids(claims):
    """Chair and people of the claims that count, as text, for the history."""
    rows = [claim for claim in claims if claim.occupies]
    chairs = [str(row.chair_id) for row in rows if row.chair_id]
    return {"chair": chairs[0] if chairs else "", "people": sorted({str(row.user_id) for row in rows if row.user_id})}


def _ids_of(wanted):
    chairs = [str(fields["chair"].pk) for fields in wanted if fields.get("chair")]
    people = sorted({str(fields["user"].pk) for fields in wanted if fields.get("user")})
    return {"chair": chairs[0] if chairs else "", "people": people}


@transaction.atomic
def cancel(*, appointment, by, reason="", code="", version=None, at=None, tells=True):
    """Call a visit off: chair, lanes and patient are free at once. Staff say why; a patient need not.

    `code`: one of clinic.models.END_CODES; words are needed beside "other". `tells` False: the caller tells them.
    """
    at = at or clock.now()
    appointment = locked(appointment, version)
    refuse_if(visits.end_items(code, reason, CODES, must_say=as_user(by) is not None))
    transition(appointment, "cancelled", by=by, at=at, machine=APPOINTMENT, reason=reason or WORDS.get(code, ""))
    appointment.cancel_reason, appointment.end_code = reason.strip()[:200], code
    _next_version(appointment, "cancel_reason", "end_code")
    _record("cancelled", appointment, by, at, reason)
    if tells:
        confirmations.tell("cancelled", [appointment], by=by, at=at)
    tell_on_commit(appointment_cancelled, appointments=[appointment], by=by, at=at, reason=reason)
    return appointment


@transaction.atomic
def confirm(*, appointment, by, at=None):
    """The patient said that they will come. Confirming twice is once."""
    at = at or clock.now()
    appointment = locked(appointment)
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
    appointment = locked(appointment)
    refuse_if(visits.arrive_items(appointment.starts_at, at, appointment.site.zone))
    transition(appointment, "arrived", by=by, at=at, machine=APPOINTMENT)
    _record("arrived", appointment, by, at)
    return appointment


@transaction.atomic
def mark_no_show(*, appointment, by, code="", reason="", at=None):
    """The patient did not come; chair and nurse are free again. Not before the visit has begun.

    `code`: one of clinic.models.END_CODES, as far as it is known; `reason`: in words.
    """
    at = at or clock.now()
    appointment = locked(appointment)
    refuse_if(visits.no_show_items(appointment.starts_at, at) + visits.end_items(code, reason, CODES, must_say=False))
    transition(appointment, "no_show", by=by, at=at, machine=APPOINTMENT, reason=reason or WORDS.get(code, ""))
    appointment.end_code, appointment.cancel_reason = code, reason.strip()[:200]
    appointment.save(update_fields=["end_code", "cancel_reason"])
    _record("no_show", appointment, by, at, reason)
    return appointment


def locked(appointment, version=None):
    """The visit as it stands now, locked; a Conflict when it is newer than `version`."""
    related = ("patient", "site", "course__protocol_version")
    rows = Appointment.objects.select_for_update(of=("self",)).select_related(*related)
    appointment = rows.get(pk=appointment.pk)
    if version is not None and version != appointment.version:
        words = "Somebody else changed this visit while the page was open. Look at it again."
        raise Conflict(Item("stale", words), current=appointment)
    return appointment


def _next_version(appointment, *names, counts=True):
    appointment.version += 1
    appointment.sequence += int(counts)
    appointment.save(update_fields=[*names, "version", "sequence"])


def _record(verb, appointment, by, at, reason=""):
    audit.record(f"appointment.{verb}", appointment, by=by, patient=appointment.patient, site=appointment.site, at=at,
                 reason=reason)  # fmt: skip
    announce(appointment)


def announce(appointment):
    """Wake the pages that show this visit, once it is committed."""
    notice = partial(live.announce, appointment.site_id, "schedule", appointment.pk, appointment.version)
    transaction.on_commit(notice)


def announce_hold(hold):
    """The same for a slot that is kept, or let go."""
    transaction.on_commit(partial(live.announce, hold.site_id, "schedule", hold.pk, 0))
