"""Times that became free are offered to those who wait: three at a time, the first to say yes has it.

Nothing is kept back for an offer: the database decides who was first, also against the desk. Freed times are found by
asking what was cancelled or moved, so that a lost notice costs a minute and nothing else.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, transaction

from clinic import audit, clock, notify
from clinic.actions import appointments
from clinic.actions.slots import need_of, offer_in
from clinic.actions.tasks import announce, open_task
from clinic.models import Appointment, Role
from clinic.presenters.booking import IN_A_CHAIR, busy_between, desk_of
from clinic.refusal import Conflict, Item, Refused, refuse_if
from clinic.rules.booking import Span
from clinic.rules.quiet import QUIET
from clinic.states import transition
from followup.actions.booking import book_visit
from followup.actions.waitlist import OFFER_SUBJECT, end_entry, end_offer
from followup.models import FREED, OFFER, FreedSlot, WaitlistEntry, WaitlistOffer
from followup.queries import waitlist as queries
from followup.rules import waitlist as rules

MESSAGE, MESSAGE_FOR = "waitlist_offer", "waitlist_offer_for"
BATCH = 200
SPOILED = (Refused, ObjectDoesNotExist, LookupError, ValueError, TypeError, DatabaseError)

log = logging.getLogger(__name__)


# ---- what became free
@transaction.atomic
def note_freed(
    *, site, starts_at: datetime, ends_at: datetime, in_a_chair: bool, by=None, source: Appointment | None = None,
    at: datetime | None = None,
) -> FreedSlot:  # fmt: skip
    """A time is free and may be offered; noted once for each visit that was there. Raises Refused when it is past."""
    at = at or clock.now()
    if starts_at <= at:
        raise Refused(Item("past", "That time has already passed.", field="starts_at"))
    facts = {"site": site, "ends_at": ends_at, "in_a_chair": in_a_chair, "freed_at": at, "freed_by": _staff(by)}
    facts["next_round_at"] = at
    if source is None:
        slot, made = FreedSlot.objects.create(starts_at=starts_at, **facts), True
    else:
        slot, made = FreedSlot.objects.get_or_create(source=source, starts_at=starts_at, defaults=facts)
    if made:
        audit.record("slot.freed", slot, by=by, site=site, at=at)
        announce(site.pk, slot)
    return slot


def _staff(by):
    return by if getattr(by, "is_staff_user", False) else None


def note_all_freed(*, at: datetime | None = None) -> int:
    """Take up every time ahead that was cancelled or moved away from, at sites where somebody waits."""
    at = at or clock.now()
    sites = queries.sites_with_waiting()
    if not sites:
        return 0
    found = [(visit, visit.starts_at, visit.ends_at) for visit in queries.cancelled_ahead(sites, at)[:BATCH]]
    found += queries.moved_from(sites, at)[:BATCH]
    for visit, start, end in found:
        note_freed(
            site=visit.site, starts_at=start, ends_at=end, in_a_chair=visit.kind in IN_A_CHAIR, source=visit, at=at
        )  # fmt: skip
    return len(found)


@transaction.atomic
def stop_offering(*, slot: FreedSlot, by, at: datetime | None = None) -> FreedSlot:
    """Staff wants this time for something else; what nobody has answered yet ends. Stopping twice is once."""
    at = at or clock.now()
    slot = _locked_slot(slot.pk)
    if slot.state != "closed":
        _end_slot(slot, "closed", by=by, at=at)
    return slot


def _locked_slot(pk) -> FreedSlot:
    return FreedSlot.objects.select_for_update(of=("self",)).select_related("site", "source__patient").get(pk=pk)


def _end_slot(slot, state, *, at, by=None, but=None) -> None:
    """End a locked slot and the offers of it that wait, all but the one that took it."""
    slot.ended_at = at
    transition(slot, state, by=by, at=at, machine=FREED, also=("ended_at",))
    lost = {"taken": "beaten", "filled": "beaten", "lapsed": "lapsed"}.get(state, "withdrawn")
    for offer in _open_offers(slot):
        if but is None or offer.pk != but.pk:
            end_offer(offer, lost, at=at, by=by)
    audit.record(f"slot.{state}", slot, by=by, site=slot.site, at=at)
    announce(slot.site_id, slot)


def _open_offers(slot):
    return WaitlistOffer.objects.select_for_update(of=("self",)).filter(slot=slot, state="open")


# ---- rounds
def offer_due(*, at: datetime | None = None) -> int:
    """Hold every round that is due, each slot in its own transaction; returns how many were looked at."""
    at = at or clock.now()
    count = 0
    while count < BATCH and _round_of_next(at):
        count += 1
    return count


@transaction.atomic
def _round_of_next(at) -> bool:
    due = FreedSlot.objects.filter(state="open", next_round_at__lte=at).order_by("next_round_at")
    slot = due.select_for_update(skip_locked=True, of=("self",)).select_related("site", "source__patient").first()
    if slot is None:
        return False
    try:
        with transaction.atomic():
            hold_round(slot, at)
    except SPOILED as problem:
        log.warning("Freed slot %s was put off: %s", slot.pk, type(problem).__name__)
        FreedSlot.objects.filter(pk=slot.pk).update(next_round_at=at + timedelta(hours=1))
    return True


def hold_round(slot: FreedSlot, at: datetime) -> list[WaitlistOffer]:
    """One round of a locked slot: the last one lapses, the next three are asked. Returns the offers made."""
    for offer in _open_offers(slot):
        if offer.expires_at <= at:
            end_offer(offer, "lapsed", at=at)
    bare = queries.slot_of(slot)
    if rules.is_too_near(bare, at):
        _end_slot(slot, "lapsed", at=at)
        return []
    wishes = _wishes_left(slot)
    room = _Room(slot, at)
    if not room.is_free():
        _end_slot(slot, "filled", at=at)
        return []
    wishes = {wish.ident: (entry, wish) for entry, wish in wishes if room.suits(entry)}
    policy = slot.site.policy
    quiet = (policy.quiet_from, policy.quiet_until) if policy else QUIET
    found = rules.next_round([wish for _, wish in wishes.values()], bare, at, quiet)
    made = [_offer(slot, wishes[wish.ident][0], at) for wish in found.asked]
    slot.next_round_at, slot.rounds = found.next_at, slot.rounds + bool(made)
    slot.save(update_fields=["next_round_at", "rounds"])
    return made


def _wishes_left(slot):
    asked = WaitlistOffer.objects.filter(slot=slot).values("entry")
    person = slot.source.patient.person_id if slot.source else None
    return queries.wishes_of(queries.waiting_at(slot.site).exclude(pk__in=asked), but_person=person)


class _Room:
    """Whether chairs and people of a slot's site are really free at its time. Six queries, whoever is asked."""

    def __init__(self, slot, at):
        self.slot, self.at = slot, at
        self.desk = desk_of(slot.site, at)
        self.span = Span(slot.starts_at, slot.ends_at)
        self.busy = busy_between(self.desk, self.span, at=at)

    def is_free(self) -> bool:
        """Somebody could be booked for the shortest visit there is at this time."""
        kind = "infusion" if self.slot.in_a_chair else "consultation"
        need = need_of(self.desk, kind=kind, patient=_Nobody, minutes=min(15, queries.slot_of(self.slot).minutes))
        return offer_in(self.desk, need, need.span(self.slot.starts_at), self.busy) is not None

    def suits(self, entry: WaitlistEntry) -> bool:
        """The whole visit of this entry fits, as far as chairs and staff go."""
        need = need_of(
            self.desk, kind=entry.kind, patient=_Nobody, minutes=queries.minutes_of(entry), number=self._number(entry)
        )  # fmt: skip
        return offer_in(self.desk, need, need.span(self.slot.starts_at), self.busy) is not None

    def _number(self, entry):
        if entry.appointment is not None:
            return entry.appointment.number
        counts = self.desk.first_takes_all and entry.kind == "infusion" and entry.course is not None
        return appointments.next_number(entry.course) if counts else None


class _Nobody:
    """Stands for whoever would come: only chairs and staff are asked about."""

    pk = None
    person_id = None


def _offer(slot, entry, at) -> WaitlistOffer:
    offer = WaitlistOffer.objects.create(
        slot=slot, entry=entry, round=slot.rounds + 1, offered_at=at,
        expires_at=rules.answer_until(queries.slot_of(slot), at),
    )  # fmt: skip
    _tell(offer, at)
    audit.record("offer.made", offer, by=None, patient=entry.patient, site=slot.site, at=at)
    return offer


def _tell(offer, at) -> None:
    """Ask the patient, and whoever speaks for them: the first answer of any of them counts.

    Who can't be written to is left out only where somebody else is asked in their place.
    """
    patient = offer.entry.patient
    speakers = queries.speakers_for(patient)
    told = [(MESSAGE, patient, f"{MESSAGE}:{offer.pk}")] if patient.email or patient.phone or not speakers else []
    told += [(MESSAGE_FOR, one, f"{MESSAGE_FOR}:{offer.pk}:{one.pk}") for one in speakers]
    for kind, recipient, key in told:
        notify.enqueue(
            kind, recipient=recipient, site=offer.slot.site, dedupe_key=key, due_at=at, expires_at=offer.expires_at,
            subject_kind=OFFER_SUBJECT, subject_id=offer.pk, channel="" if kind == MESSAGE else "email", at=at,
        )  # fmt: skip


# ---- answers
@dataclass(frozen=True)
class Answer:
    """What came of saying yes: "booked" with the visit, "taken" by somebody faster, "call": something must be asked."""

    offer: WaitlistOffer
    outcome: str
    appointment: Appointment | None = None


def accept(*, offer: WaitlistOffer, by, speaker=None, at: datetime | None = None) -> Answer:
    """Take an offered time: a new visit is booked, or the one that was named moves there, and it is confirmed.

    The first to say yes has it; saying yes twice is once. `speaker`: the representative who answered for the patient.
    Raises Refused when the offer is no longer open.
    """
    at = at or clock.now()
    with transaction.atomic():
        slot, offer = _locked_slot(offer.slot_id), _locked_offer(offer)
        if offer.state == "accepted":
            return Answer(offer, "booked", offer.appointment)
        _check_open(offer, slot, at)
        try:
            with transaction.atomic():
                visit = _book(offer.entry, slot, by, at)
        except Conflict as refused:
            if not _Room(slot, at).is_free():
                return _somebody_was_faster(offer, slot, by, at)
            return _must_be_asked(offer, slot, refused, by, at)
        except Refused as refused:
            return _must_be_asked(offer, slot, refused, by, at)
        return _taken(offer, slot, visit, by, at, speaker)


def _locked_offer(offer) -> WaitlistOffer:
    """The entry before the offer, as leaving the list locks them."""
    entries = WaitlistEntry.objects.select_for_update(of=("self",))
    entry = entries.select_related("patient", "site", "course__protocol_version", "appointment").get(pk=offer.entry_id)
    locked = WaitlistOffer.objects.select_for_update(of=("self",)).select_related("appointment").get(pk=offer.pk)
    locked.entry = entry
    return locked


def _check_open(offer, slot, at) -> None:
    codes = rules.answer_items(offer_state=offer.state, slot_state=slot.state, expires_at=offer.expires_at, at=at)
    refuse_if(Item(code, code) for code in codes)


def _book(entry, slot, by, at) -> Appointment:
    if entry.appointment is not None:
        visit = appointments.move(
            appointment=entry.appointment, starts_at=slot.starts_at, flexible=True, by=by, reason="taken from the list",
            at=at,
        )  # fmt: skip
    else:
        visit = book_visit(
            patient=entry.patient, site=entry.site, kind=entry.kind, course=entry.course, starts_at=slot.starts_at,
            by=by, at=at,
        )  # fmt: skip
    return appointments.confirm(appointment=visit, by=by, at=at)


def _taken(offer, slot, visit, by, at, speaker) -> Answer:
    _answered(offer, "accepted", by, at, appointment=visit, speaker=speaker)
    end_entry(offer.entry, "booked", by=by, at=at)
    _end_slot(slot, "taken", by=by, at=at, but=offer)
    return Answer(offer, "booked", visit)


def _answered(offer, state, by, at, appointment=None, speaker=None) -> None:
    offer.answered_at, offer.appointment = at, appointment
    transition(offer, state, by=by, at=at, machine=OFFER, also=("answered_at", "appointment"))
    patient, site = offer.entry.patient, offer.entry.site
    said = {"representative": str(speaker.pk)} if speaker else None
    audit.record(f"offer.{state}", offer, by=by, patient=patient, site=site, at=at, detail=said)


def _somebody_was_faster(offer, slot, by, at) -> Answer:
    """The desk had booked it meanwhile: nobody else is asked any more."""
    _answered(offer, "beaten", by, at)
    _end_slot(slot, "filled", at=at)
    return Answer(offer, "taken")


def _must_be_asked(offer, slot, refused, by, at) -> Answer:
    """Something speaks against this visit: a person decides, the time goes on to the next in the list."""
    _answered(offer, "withdrawn", by, at)
    slot.next_round_at = min(slot.next_round_at, at)
    slot.save(update_fields=["next_round_at"])
    entry = offer.entry
    open_task(
        "booking",
        title=f"Said yes to an offered time, but can't be booked: {refused}",
        neutral_title="Said yes to an offered time, but can't be booked yet: ask the nurse, then call the patient.",
        patient=entry.patient,
        site=entry.site,
        due_at=at,
        by=by,
        for_role=Role.NURSE,
        subject=offer,
        dedupe_key=f"offer:{offer.pk}",
        at=at,
    )
    return Answer(offer, "call")


@transaction.atomic
def decline(
    *, offer: WaitlistOffer, by, speaker=None, stop_waiting: bool = False, at: datetime | None = None
) -> WaitlistOffer:
    """No, thanks: the next one is asked as soon as all have answered. Saying no twice is once."""
    at = at or clock.now()
    slot, offer = _locked_slot(offer.slot_id), _locked_offer(offer)
    if offer.state == "open":
        _answered(offer, "declined", by, at, speaker=speaker)
        notify.withdraw(subject_kind=OFFER_SUBJECT, subject_id=offer.pk, by=by, at=at, reason="it was declined")
        if slot.state == "open" and not slot.offers.filter(state="open").exists():
            slot.next_round_at = min(slot.next_round_at, at)
            slot.save(update_fields=["next_round_at"])
    if stop_waiting and offer.entry.state == "waiting":
        end_entry(offer.entry, "withdrawn", by=by, at=at, reason="no longer wants to be asked")
    return offer
