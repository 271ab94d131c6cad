"""Offers in words: for the mail, for the patient's page, for the desk's list."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from clinic import notify, words
from clinic.access import sees
from clinic.models.base import CLINICAL, MENTAL
from clinic.notify.registry import compose, judge
from clinic.presenters.booking import IN_A_CHAIR
from followup.models import FREED, OFFER, WaitlistOffer
from followup.presenters.visits import KINDS, NEUTRAL
from followup.queries import waitlist as queries
from followup.queries.planning import bookable_courses
from followup.rules import waitlist as rules
from followup.rules.own_visits import PARTS, days_words
from followup.rules.readiness import Readiness as Said
from followup.rules.readiness import worries


@dataclass(frozen=True)
class OfferPage:
    """What the patient sees: the state is open, accepted, declined, taken, over or call.

    `for_somebody`: it is read by whoever speaks for the patient.
    """

    offer: WaitlistOffer
    when: str
    until: str
    state: str
    moves: str = ""
    for_somebody: bool = False


def offer_page(offer: WaitlistOffer, at: datetime, outcome: str = "", speaker=None) -> OfferPage:
    """The offered time as this patient reads it."""
    zone, own = offer.slot.site.zone, ZoneInfo(offer.entry.patient.zone_name)
    codes = rules.answer_items(
        offer_state=offer.state, slot_state=offer.slot.state, expires_at=offer.expires_at, at=at
    )  # fmt: skip
    earlier = offer.entry.appointment
    return OfferPage(
        offer,
        notify.when_words(offer.slot.starts_at, zone, own),
        words.patient_time(offer.expires_at.astimezone(own)),
        outcome or (codes[0] if codes else "open"),
        notify.when_words(earlier.starts_at, zone, own) if earlier and not codes else "",
        speaker is not None,
    )


@compose("waitlist_offer")
@compose("waitlist_offer_for")
def say_offer(message, at):
    """The offered time, and until when to answer on the patient's own clock."""
    offer = WaitlistOffer.objects.select_related("slot__site").get(pk=message.subject_id)
    own = ZoneInfo(message.patient.zone_name)
    return {
        "when": notify.when_words(offer.slot.starts_at, offer.slot.site.zone, own),
        "until": words.patient_time(offer.expires_at.astimezone(own)),
    }


@judge("waitlist_offer_for")
def still_speaks(message, at):
    """Whoever was ended meanwhile is told nothing any more."""
    return "" if message.representative.is_in_force(at) else "they no longer speak for the patient"


# ---- the desk's list
@dataclass
class Waiting:
    """One who waits, in words."""

    entry: object
    what: str
    days: str
    part: str
    instead: datetime | None


@dataclass
class Freed:
    """One freed time with what became of its offers."""

    slot: object
    state: str
    what: str
    offers: list = field(default_factory=list)
    is_open: bool = False


@dataclass
class ListPage:
    """The waiting list of a site."""

    waiting: list
    freed: list


def list_page(request, at) -> ListPage:
    """Who waits and what was offered to whom. Four queries."""
    kinds = _kinds(request)
    waiting = [_waiting(one, kinds) for one in queries.waiting_at(request.site)]
    freed = [_freed(one) for one in queries.slots_shown(request.site, at)]
    return ListPage(waiting, freed)


def _kinds(request):
    return KINDS if sees(request, CLINICAL) else NEUTRAL


def _waiting(entry, kinds) -> Waiting:
    instead = entry.appointment.starts_at if entry.appointment else None
    return Waiting(entry, kinds[entry.kind], days_words(entry.weekdays), PARTS[entry.part], instead)


def _freed(slot) -> Freed:
    offers = [(offer.entry.patient, OFFER.label(offer.state), offer) for offer in slot.offers.all()]
    what = "a chair" if slot.in_a_chair else "a prescriber"
    return Freed(slot, FREED.label(slot.state), what, offers, slot.state == "open")


def join_options(request, patient, at) -> dict:
    """What a patient could wait for: visits that could be moved, courses to book on, words of the kinds."""
    visits = [one for one in queries.movable_visits(patient, at) if one.site_id == request.site.pk]
    return {"visits": visits, "courses": bookable_courses(patient), "kinds": _kinds(request)}


# ---- beside a visit: what the patient has answered, and who would take its time
@dataclass(frozen=True)
class Readiness:
    """The newest answer before a visit, for this reader; `worries` None: nothing was answered yet."""

    answered_at: datetime | None
    worries: list | None
    hidden: int
    waiting: int


def readiness_of(request, visit, at) -> Readiness | None:
    """What stands beside a visit that is still to come; None for one that is over or under way. Five queries."""
    if visit.state not in queries.MOVABLE or visit.starts_at <= at:
        return None
    answer = visit.readiness_answers.order_by("-answered_at").first()
    found = worries(Said(**answer.answers)) if answer else None
    told = [one.text for one in found if not one.is_clinical or sees(request, MENTAL)] if answer else None
    waiting = queries.waits_for(
        visit.site, visit.starts_at, visit.ends_at, in_a_chair=visit.kind in IN_A_CHAIR, at=at,
        but_person=visit.patient.person_id,
    )  # fmt: skip
    return Readiness(
        answer.answered_at if answer else None, told, len(found) - len(told) if answer else 0, waiting
    )  # fmt: skip
