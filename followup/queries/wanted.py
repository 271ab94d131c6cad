"""Visits that a prescriber's decision asks for and that are not booked yet. Reads only."""

from dataclasses import dataclass
from datetime import date

from clinic.models import Appointment, Course
from clinic.models.appointments import OCCUPIES
from clinic.prepared import Prepared
from clinic.words import clinic_date
from followup.models import BoosterProposal

ACCEPTED = ("accepted", "changed")


@dataclass(frozen=True)
class Wanted:
    """One visit to book: its kind, its course and the days it should fall on (None: any).

    `words` name the days only, so that the front desk may read them.
    """

    kind: str
    course: Course
    first: date | None = None
    last: date | None = None

    @property
    def words(self) -> str:
        if self.first is None:
            return "A consultation is asked for, as soon as it fits."
        return f"A visit is asked for between {clinic_date(self.first)} and {clinic_date(self.last)}."

    def day(self, tomorrow: date) -> date:
        """The day to begin looking at: the first of the window, never before tomorrow."""
        return max(self.first, tomorrow) if self.first else tomorrow


def unbooked():
    """Accepted proposals whose booking task is open."""
    rows = BoosterProposal.objects.filter(state__in=ACCEPTED, booking__state="open")
    return rows.select_related("course__patient", "course__site", "booking", "visit").order_by("chosen_start")


def wanted_visit(patient) -> Wanted | None:
    """The visit this person's newest unbooked decision asks for. One query."""
    found = _newest.first(person=patient.person_id)
    if found is None:
        return None
    kind = "booster" if found.kind == "window" else "consultation"
    return Wanted(kind, found.course, found.chosen_start, found.chosen_end)


_newest = Prepared(lambda of: unbooked().filter(course__patient__person=of("person")).order_by("-decided_at")[:1])


def reassessment_open(course: Course) -> BoosterProposal | None:
    """The accepted "stop and reassess" of a course that nobody has written the outcome of. One query."""
    return _reassess.first(course=course.pk)


_reassess = Prepared(
    lambda of: (
        BoosterProposal.objects.filter(course=of("course"), kind="reassess", state__in=ACCEPTED)
        .filter(reassessment__isnull=True)
        .order_by("-decided_at")[:1]
    )
)


def booked_for(proposal: BoosterProposal) -> Appointment | None:
    """The visit that answers an accepted proposal: the first of its kind booked since, that was not called off."""
    course = proposal.course
    if proposal.kind == "window":
        rows = Appointment.objects.filter(course=course, kind__in=("booster", "infusion"))
    else:
        rows = Appointment.objects.filter(patient__person=course.patient.person_id, kind="consultation")
    since = proposal.decided_at
    rows = rows.filter(booked_at__gte=since, starts_at__gte=since, state__in=[*OCCUPIES, "done"])
    return rows.order_by("booked_at").first()
