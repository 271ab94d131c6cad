"""Visits in rows: what each is for this reader, in which chair, with whom, and what may be done with it now."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch

from clinic.access import CARE_TEAM, sees
from clinic.models import APPOINTMENT, ResourceClaim, StateChange
from clinic.models.base import CLINICAL
from clinic.rules import late
from clinic.rules import visits as rules
from clinic.words import clinic_date, clinic_time, local
from followup.queries.schedule import moves_of

KINDS = {
    "infusion": "Infusion",
    "booster": "Booster",
    "consultation": "Consultation",
    "follow_up": "Follow-up",
    "adjunct": "Adjunct",
}
NEUTRAL = {
    "infusion": "Chair visit",
    "booster": "Chair visit",
    "consultation": "Talk with the prescriber",
    "follow_up": "Check-up",
    "adjunct": "Other visit",
}


@dataclass
class Visit:
    """One row."""

    row: object
    words: str
    state: str
    chair: object = None
    people: list = field(default_factory=list)
    deeds: list = field(default_factory=list)

    @property
    def is_over(self):
        return self.row.state in ("cancelled", "no_show", "done")

    @property
    def day(self):
        """The local day of its site."""
        return local(self.row.starts_at, self.row.site.zone).date()

    @property
    def minutes(self):
        """How long it lasts."""
        return round((self.row.ends_at - self.row.starts_at).total_seconds() / 60)

    @property
    def with_words(self):
        return ", ".join(person.name for person in self.people)


def with_claims(appointments):
    """The queryset with what each row of a list needs: two queries in all."""
    held = ResourceClaim.objects.filter(occupies=True).select_related("chair", "user")
    return appointments.select_related("patient", "site", "course").prefetch_related(
        Prefetch("claims", queryset=held, to_attr="held")
    )


def with_held(appointment):
    """One appointment with the claims that `as_visit` reads. One query."""
    appointment.held = list(appointment.claims.filter(occupies=True).select_related("chair", "user"))
    return appointment


def kind_words(request, kind):
    """What the visit is called for this reader."""
    return (KINDS if sees(request, CLINICAL) else NEUTRAL)[kind]


def as_visit(request, appointment, at):
    """A row of an appointment with its claims loaded."""
    words = kind_words(request, appointment.kind)
    if sees(request, CLINICAL) and appointment.number and appointment.course:
        words = f"{words} {appointment.number} of {appointment.course.planned_number}"
    chair = next((claim.chair for claim in appointment.held if claim.chair), None)
    people = list(dict.fromkeys(claim.user for claim in appointment.held if claim.user))
    state = APPOINTMENT.label(appointment.state)
    return Visit(appointment, words, state, chair, people, deeds_of(request, appointment, at))


DEEDS = {
    "confirm": "Confirmed by the patient",
    "arrive": "Has arrived",
    "late": "Has come late",
    "no_show": "Did not come",
    "move": "Move",
    "seat": "Another chair or nurse",
    "cancel": "Cancel",
}


def deeds_of(request, appointment, at):
    """What may be done with this visit now, by these roles, as codes in order."""
    if not request.roles & set(CARE_TEAM):
        return []
    waits = appointment.state in ("booked", "confirmed")
    comes = waits and not rules.arrive_items(appointment.starts_at, at, appointment.site.zone)
    found = {
        "confirm": appointment.state == "booked" and appointment.starts_at > at,
        "arrive": comes and not late.is_late(appointment.starts_at, at),
        "late": comes and late.is_late(appointment.starts_at, at),
        "no_show": waits and not rules.no_show_items(appointment.starts_at, at),
        "move": waits,
        "seat": appointment.state in rules.CAN_SEAT and appointment.ends_at > at,
        "cancel": APPOINTMENT.can(appointment.state, "cancelled"),
    }
    return [code for code, may in found.items() if may]


@dataclass(frozen=True)
class Happened:
    """One line of a visit's history."""

    at: object
    words: str
    by: object = None
    reason: str = ""


def visit_page(request, appointment, at):
    """One visit with what may be done with it, and its history: states, and from where to where it was moved."""
    visit = as_visit(request, with_held(appointment), at)
    changes = StateChange.objects.filter(subject_id=appointment.pk).select_related("by_user")
    booked = Happened(appointment.booked_at, "booked", appointment.booked_by)
    states = [Happened(one.at, APPOINTMENT.label(one.to_state), one.by_user, one.reason) for one in changes
              if one.reason != "moved"]  # fmt: skip
    moves = [Happened(one.acted_for or one.at, words, one.user, one.reason) for one, words in _moves(appointment)]
    history = sorted([booked, *states, *moves], key=lambda one: one.at)
    return {"visit": visit, "changes": history, "deed_words": DEEDS}


def _moves(appointment):
    """Each move of a visit with its words: from when to when, or that chair or people have changed."""
    zone = appointment.site.zone
    for one in moves_of(appointment):
        start, end = (datetime.fromisoformat(one.detail[name]) for name in ("from", "to"))
        words = f"moved from {_moment(start, zone)} to {_moment(end, zone)}"
        was, now = one.detail.get("was", {}), one.detail.get("is", {})
        if start == end:
            words = " and ".join(_changed(was, now)) or "seated again"
        yield one, words


def _moment(at, zone):
    return f"{clinic_date(local(at, zone))} {clinic_time(at, zone)}"


def _changed(was, now):
    if was.get("chair") != now.get("chair"):
        yield "another chair"
    if was.get("people") != now.get("people"):
        yield "another nurse or prescriber"
