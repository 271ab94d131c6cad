"""The schedule of a site: a day as chairs in columns and visits in a list, or a week at a glance."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from clinic import access
from clinic.models import Appointment
from clinic.presenters import booking
from clinic.rules import booking as rules
from clinic.rules.booking import Busy, Room, Span
from followup.presenters.visits import as_visit, with_claims
from followup.rules import daygrid

SHOWN = ("booked", "confirmed", "arrived", "in_progress", "done", "no_show")
TAKES = ("booked", "confirmed", "arrived", "in_progress", "done")
USUAL_MINUTES = timedelta(minutes=booking.MINUTES["infusion"])


@dataclass
class Day:
    """One local day of a site."""

    day: date
    visits: list = field(default_factory=list)
    is_open: bool = True
    is_today: bool = False
    lines: list = field(default_factory=list)
    chairs: list = field(default_factory=list)
    free_from: object = None
    elsewhere: list = field(default_factory=list)

    @property
    def before(self):
        return self.day - timedelta(days=1)

    @property
    def after(self):
        return self.day + timedelta(days=1)

    @property
    def waiting(self):
        return [visit for visit in self.visits if visit.row.state in ("booked", "confirmed")]


def day_page(request, day, at):
    """A day: its list of visits and its grid of chairs."""
    desk = booking.desk_of(request.site, at)
    whole = booking.day_span(desk, day)
    visits = _visits(request, whole, at)
    page = _day(desk, day, visits, at)
    page.chairs = list(desk.chairs.values())
    page.lines = _grid(desk, page, at)
    page.elsewhere = [visit for visit in visits if visit.chair is None]
    return page


def _visits(request, span, at):
    rows = Appointment.objects.filter(site=request.site, starts_at__gte=span.start, starts_at__lt=span.end)
    rows = access.at_my_sites(request, rows.filter(state__in=SHOWN)).order_by("starts_at", "pk")
    return [as_visit(request, row, at) for row in with_claims(rows)]


def _day(desk, day, visits, at):
    today = desk.calendar.day_of(at)
    mine = [visit for visit in visits if desk.calendar.day_of(visit.row.starts_at) == day]
    return Day(day, mine, desk.calendar.is_open_on(day), day == today)


def _grid(desk, page, at):
    opened = desk.calendar.spans(page.day)
    taken = [visit for visit in page.visits if visit.chair and visit.row.state in TAKES]
    edges = [*opened, *(daygrid.to_grain(_span(visit)) for visit in taken)]
    if not edges or not page.chairs:
        return []
    whole = Span(min(one.start for one in edges), max(one.end for one in edges))
    columns = [
        daygrid.column(whole, opened, [(_span(v), v) for v in taken if v.chair.pk == chair.pk], at)
        for chair in page.chairs
    ]  # fmt: skip
    lines = daygrid.table(whole, columns, desk.site.zone)
    for blocks, chair in zip(columns, page.chairs, strict=True):
        _say_chair(lines, blocks, chair)
    return lines


def _say_chair(lines, blocks, chair):
    mine = {id(block) for block in blocks}
    for line in lines:
        for cell in line.cells:
            if id(cell.block) in mine:
                cell.chair = chair


def _span(visit):
    return Span(visit.row.starts_at, visit.row.ends_at)


def week_page(request, day, at):
    """Seven days from the Monday of this day's week: visits, and from when a chair with a nurse is free."""
    desk = booking.desk_of(request.site, at)
    monday = day - timedelta(days=day.weekday())
    days = [monday + timedelta(days=n) for n in range(7)]
    whole = booking.day_span(desk, days[0], days[-1])
    visits = _visits(request, whole, at)
    busy = Busy(_claims(visits), booking.absences([*desk.nurses], whole))
    room = Room(tuple(desk.chairs), tuple(desk.nurses), desk.lanes)
    pages = [_day(desk, one, visits, at) for one in days]
    for page in pages:
        slots = rules.free_slots(page.day, USUAL_MINUTES, desk.calendar, room, busy, at=at)
        page.free_from = slots[0].start if slots else None
    return pages


def _claims(visits):
    """What the visits of the week take, as the booking rules want it: the rows are there already."""
    found = {}
    for visit in visits:
        for claim in visit.row.held:
            found.setdefault(claim.resource, []).append((claim.lane, Span(claim.during.lower, claim.during.upper)))
    return found
