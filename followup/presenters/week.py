"""A week of a site: seven days in lists, and a table with a row a chair or a person."""

from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse

from clinic.presenters import booking
from clinic.rules import booking as rules
from clinic.rules.booking import Busy, Room, Span
from followup.presenters.columns import TAKES, stamp
from followup.presenters.schedule import PERSON, day_of, visits_between

USUAL_MINUTES = timedelta(minutes=booking.MINUTES["infusion"])
TALK_MINUTES = timedelta(minutes=booking.MINUTES["consultation"])


@dataclass
class WeekRow:
    """One chair or person through the week; a cell a day."""

    row: object
    title: str
    kind: str
    cells: list = field(default_factory=list)


@dataclass
class WeekCell:
    """What one chair or person has on one day, and the first free start of a usual visit."""

    visits: list
    is_open: bool
    is_away: bool = False
    hours: str = ""
    free: object = None
    href: str = ""


@dataclass
class Week:
    """Days as lists, rows as a table."""

    days: list
    rows: list


def week_page(request, day, at, *, by="chair", moving=None):
    """Seven days from the Monday of this day's week. A free start is for a usual visit, or for the one that moves."""
    desk = booking.desk_of(request.site, at)
    monday = day - timedelta(days=day.weekday())
    days = [monday + timedelta(days=n) for n in range(7)]
    whole = booking.day_span(desk, days[0], days[-1])
    visits, _ = visits_between(request, whole, at)
    counting = [visit for visit in visits if moving is None or visit.row.pk != moving.pk]
    people = [*desk.nurses, *desk.prescribers]
    busy = Busy(_claims(counting), booking.absences(people, whole), booking.off_shift(desk, whole))
    pages = [day_of(desk, one, visits, at) for one in days]
    room = Room(tuple(desk.chairs), tuple(desk.nurses), desk.lanes)
    for page in pages:
        first = rules.first_free(page.day, USUAL_MINUTES, desk.calendar, room, busy, at=at)
        page.free_from = first.start if first else None
    rows = [_row(desk, one, pages, busy, at, moving) for one in _resources(desk, by)]
    return Week(pages, rows)


def _resources(desk, by):
    if by != PERSON:
        return [WeekRow(chair, f"Chair {chair}", "chair") for chair in desk.chairs.values()]
    nurses = [WeekRow(row, row.name, "nurse") for row in desk.nurses.values()]
    others = {pk: row for pk, row in desk.prescribers.items() if pk not in desk.nurses}
    return nurses + [WeekRow(row, row.name, "prescriber") for row in others.values()]


def _row(desk, made, pages, busy, at, moving):
    room, length = _room(desk, made, moving)
    for page in pages:
        mine = [visit for visit in page.visits if made.row in (visit.chair, *visit.people)]
        cell = WeekCell(mine, page.is_open, _is_away(desk, made, page, busy), _hours(desk, made, page.day))
        first = rules.first_free(page.day, length, desk.calendar, room, busy, at=at) if room else None
        if first:
            cell.free, cell.href = first.start, _href(made, first, moving)
        made.cells.append(cell)
    return made


def _room(desk, made, moving):
    """What a visit would use of this row, and how long: None where the visit that moves can't go there."""
    if moving is not None and made.kind not in (("chair", "nurse") if moving.is_infusion else ("nurse", "prescriber")):
        return None, None
    length = moving.ends_at - moving.starts_at if moving else USUAL_MINUTES
    if made.kind == "chair":
        return Room((made.row.pk,), tuple(desk.nurses), desk.lanes), length
    if made.kind == "nurse":
        chairs = tuple(desk.chairs) if moving is None or moving.is_infusion else ()
        return Room(chairs, (made.row.pk,), desk.lanes), length
    return Room((), (made.row.pk,)), length if moving else TALK_MINUTES


def _hours(desk, made, day):
    """The hours of this person on the day in words, "off" on a day they don't work; nothing where none are set."""
    shifts = desk.shifts.get(made.row.pk)
    hours = shifts.on(day) if shifts else True
    return "" if hours is True else f"{hours[0]:%H:%M} to {hours[1]:%H:%M}" if hours else "off"


def _is_away(desk, made, page, busy):
    opened = desk.calendar.spans(page.day)
    gone = busy.away.get(made.row.pk, ())
    return bool(opened) and any(one.holds(Span(opened[0].start, opened[-1].end)) for one in gone)


def _href(made, slot, moving):
    asked = urlencode({"start": stamp(slot.start), "end": stamp(slot.end), made.kind: made.row.pk})
    if moving:
        return f"{reverse('followup:visit-place', args=[moving.pk])}?{asked}"
    return f"{reverse('followup:gap-show')}?{asked}"


def _claims(visits):
    """What the visits of the week take, as the booking rules want it: the rows are there already."""
    found = {}
    for visit in visits:
        for claim in visit.row.held if visit.row.state in TAKES else ():
            found.setdefault(claim.resource, []).append((claim.lane, Span(claim.during.lower, claim.during.upper)))
    return found
