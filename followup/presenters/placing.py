"""A free stretch of the schedule, and a visit put into one: what it shows before anything is done."""

from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse

from clinic.models import Task
from clinic.presenters import booking
from clinic.presenters.finding import find_patients
from clinic.rules.booking import Span
from followup.actions.moving import spacing_of_move
from followup.presenters.columns import stamp
from followup.presenters.visits import as_visit, kind_words
from followup.rules.placing import starts_in

WAITING = 12


@dataclass
class GapPage:
    """One gap: whose it is, what usually fits, who was looked for, who waits for a date."""

    site: object
    gap: Span
    who: str
    query: str
    fits: list
    found: list = field(default_factory=list)
    asked: str = ""
    waiting: list = field(default_factory=list)

    @property
    def day(self):
        return self.gap.start.astimezone(self.site.zone).date()


def gap_page(request, form, at):
    """The page of a gap: a search for the patient, and those whose visits are to be booked."""
    desk = booking.desk_of(request.site, at)
    said, asked = form.cleaned_data, form.asked(desk)
    page = GapPage(request.site, form.gap(), _who(asked), _book_query(desk, form), _fits(request, form, asked))
    page.asked = said["q"]
    page.found = [(row, _book_url(row, page.query)) for row in find_patients(request, said["q"])] if said["q"] else []
    if not said["q"]:
        tasks = Task.objects.filter(site=request.site, kind="booking", state="open", patient__isnull=False)
        rows = tasks.select_related("patient").order_by("due_at")[:WAITING]
        page.waiting = [(task, _book_url(task.patient, page.query)) for task in rows]
    return page


def _who(asked):
    if asked["chair"]:
        return f"Chair {asked['chair']}"
    person = asked["nurse"] or asked["prescriber"]
    return person.name if person else "The site"


def _book_query(desk, form):
    said = form.cleaned_data
    day = said["start"].astimezone(desk.site.zone).date()
    asked = {"day": day.isoformat(), "start": stamp(said["start"])}
    return urlencode(asked | {name: row.pk for name, row in form.asked(desk).items() if row})


def _book_url(patient, query):
    return f"{reverse('followup:visit-book', args=[patient.pk])}?{query}"


def _fits(request, form, asked):
    """The usual kinds of visit that are short enough, with their minutes, for a chair or for a person."""
    free = form.gap().end - form.gap().start
    in_a_chair = asked["chair"] is not None or asked["nurse"] is not None
    kinds = [kind for kind in booking.MINUTES if (kind in booking.IN_A_CHAIR) == in_a_chair]
    fitting = {kind_words(request, kind): booking.MINUTES[kind] for kind in kinds}
    return [(words, minutes) for words, minutes in fitting.items() if timedelta(minutes=minutes) <= free]


@dataclass
class PlacePage:
    """A visit and the place it is put into: the starts that fit, and what its course's spacing says of the first."""

    visit: object
    desk: object
    asked: dict
    starts: list
    chosen: object
    faults: list
    until: object

    @property
    def where(self):
        """Chair and people of the new place in words; empty where nothing else was asked for."""
        chair, person = self.asked["chair"], self.asked["nurse"] or self.asked["prescriber"]
        said = [f"chair {chair}"] if chair else []
        return ", ".join([*said, *([person.name] if person else [])])


def place_page(request, visit, form, at, chosen=None):
    """What putting this visit into the gap of the form would mean; `chosen`: a start typed already."""
    desk = booking.desk_of(visit.site, at)
    length = visit.ends_at - visit.starts_at
    starts = starts_in(form.gap(), length) or [form.gap().start]
    chosen = chosen or starts[0]
    starts = starts if chosen in starts else [chosen, *starts]
    visit.held = list(visit.claims.filter(occupies=True).select_related("chair", "user"))
    return PlacePage(
        as_visit(request, visit, at), desk, form.asked(desk), [(stamp(one), one) for one in sorted(starts)], chosen,
        spacing_of_move(visit, chosen), chosen + length,
    )  # fmt: skip
