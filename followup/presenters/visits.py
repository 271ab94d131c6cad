"""Visits in rows: what each is for this reader, in which chair, with whom, and what may be done with it now."""

from dataclasses import dataclass, field

from django.db.models import Prefetch

from clinic.access import CARE_TEAM, sees
from clinic.models import APPOINTMENT, ResourceClaim, StateChange
from clinic.models.base import CLINICAL
from clinic.rules import visits as rules

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
    def with_words(self):
        return ", ".join(person.name for person in self.people)


def with_claims(appointments):
    """The queryset with what each row of a list needs: two queries in all."""
    held = ResourceClaim.objects.filter(occupies=True).select_related("chair", "user")
    return appointments.select_related("patient", "site", "course").prefetch_related(
        Prefetch("claims", queryset=held, to_attr="held")
    )


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
    "no_show": "Did not come",
    "move": "Move",
    "cancel": "Cancel",
}


def deeds_of(request, appointment, at):
    """What may be done with this visit now, by these roles, as codes in order."""
    if not request.roles & set(CARE_TEAM):
        return []
    waits = appointment.state in ("booked", "confirmed")
    found = {
        "confirm": appointment.state == "booked" and appointment.starts_at > at,
        "arrive": waits and not rules.arrive_items(appointment.starts_at, at, appointment.site.zone),
        "no_show": waits and not rules.no_show_items(appointment.starts_at, at),
        "move": waits,
        "cancel": APPOINTMENT.can(appointment.state, "cancelled"),
    }
    return [code for code, may in found.items() if may]


def visit_page(request, appointment, at):
    """One visit with what may be done with it, and its history of states."""
    appointment.held = list(appointment.claims.filter(occupies=True).select_related("chair", "user"))
    visit = as_visit(request, appointment, at)
    changes = list(StateChange.objects.filter(subject_id=appointment.pk).select_related("by_user"))
    for change in changes:
        change.words = APPOINTMENT.label(change.to_state)
    return {"visit": visit, "changes": changes, "deed_words": DEEDS}
