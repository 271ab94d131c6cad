"""A series as one object: every infusion of a course with its date, its spacing, what became of it, what is left."""

from dataclasses import dataclass, field

from clinic.actions.series import spacing_of
from clinic.models import OCCUPIES, Appointment
from clinic.rules.series import is_in_order, spacing_faults
from clinic.words import clinic_date
from followup.presenters.visits import as_visit, with_claims

OVER = ("cancelled", "no_show")


@dataclass
class Step:
    """One infusion in the series: days since the one before, and what the spacing says of that."""

    visit: object
    gap: int | None = None
    fault: str = ""

    @property
    def is_ahead(self):
        return self.visit.row.state in ("booked", "confirmed")


@dataclass
class Series:
    """The infusions of one course in order of time, the boosters after it, and those that did not take place."""

    course: object
    spacing: object
    steps: list = field(default_factory=list)
    boosters: list = field(default_factory=list)
    fallen: list = field(default_factory=list)
    is_in_order: bool = True
    now: object = None

    @property
    def done(self):
        return sum(step.visit.row.state == "done" for step in self.steps)

    @property
    def ahead(self):
        return [step for step in self.steps if step.is_ahead and step.visit.row.starts_at > self.now]

    @property
    def missing(self):
        return max(self.course.planned_number - len(self.steps), 0)

    @property
    def headline(self):
        """One sentence: how far the series is."""
        planned = self.course.planned_number
        if self.done >= planned:
            return f"All {planned} visits are done"
        if self.done and not self.ahead and self.missing:
            return f"{self.done} of {planned} visits are done, no more is booked"
        booked = len(self.steps) - self.done
        return f"{self.done} of {planned} visits done, {booked} booked, {self.missing} to book"

    @property
    def next_words(self):
        """From when until when the next one to book should be, by the spacing; empty when nothing is missing."""
        if not self.missing or not self.steps:
            return ""
        least, most = self.spacing.range
        last = self.steps[-1].visit.row.starts_at.astimezone(self.course.site.zone).date()
        first, latest = (clinic_date(last.fromordinal(last.toordinal() + days)) for days in (least, most))
        return f"The next one by the spacing: {first}" + (f" to {latest}" if first != latest else "")


def series_of(request, course, at):
    """The series of a course as it stands. Three queries."""
    rows = Appointment.objects.filter(course=course, kind__in=["infusion", "booster"]).order_by("starts_at", "pk")
    visits = [as_visit(request, row, at) for row in with_claims(rows)]
    held = [one for one in visits if one.row.kind == "infusion" and one.row.state in (*OCCUPIES, "done")]
    made = Series(course, spacing_of(course.protocol_version), now=at)
    days = [one.row.starts_at.astimezone(course.site.zone).date() for one in held]
    faults = spacing_faults(days, made.spacing)
    for i, visit in enumerate(held):
        gap = (days[i] - days[i - 1]).days if i else None
        made.steps.append(Step(visit, gap, faults.get(i, "")))
    made.boosters = [one for one in visits if one.row.kind == "booster" and one.row.state not in OVER]
    made.fallen = [one for one in visits if one.row.state in OVER]
    numbered = [(one.row.number, one.row.state in ("booked", "confirmed")) for one in held if one.row.number]
    made.is_in_order = is_in_order(numbered)
    return made
