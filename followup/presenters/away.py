"""Who is away, when the site is closed, and which visits that hits."""

from dataclasses import dataclass, field

from clinic.models import Role
from clinic.presenters import booking
from clinic.queries import away as queries
from clinic.rules.booking import Span
from clinic.words import clinic_date, clinic_time
from followup.presenters.visits import kind_words


@dataclass
class Hit:
    """One visit in the way of an absence or a closed day."""

    visit: object
    words: str


@dataclass
class Away:
    """One absence or closed day with its words and the visits that lie in it."""

    row: object
    words: str
    hits: list = field(default_factory=list)


@dataclass
class AwayPage:
    """Both lists, and what this reader may do."""

    desk: object
    absences: list
    closed: list
    may_close: bool
    may_note: bool = True

    @property
    def people(self):
        """Everyone who is booked here: nurses and prescribers."""
        return self.desk.nurses | self.desk.prescribers


def away_page(request, at):
    """Absences and closed days ahead, each with the visits it hits."""
    desk = booking.desk_of(request.site, at)
    today, zone = desk.calendar.day_of(at), request.site.zone
    people = [*desk.nurses, *desk.prescribers]
    rows, days = queries.absences_ahead(people, at), queries.closed_days_ahead(request.site, today)
    latest = max((row.during.upper for row in rows), default=at)
    parts = queries.parts_of([row.user_id for row in rows], Span(at, latest), site=request.site)
    visits = queries.visits_between(request.site, days[0].day, days[-1].day) if days else []
    absences = [_absence(request, one, zone, parts) for one in rows]
    closed = [_closed(request, one, visits) for one in days]
    return AwayPage(desk, absences, closed, Role.CLINIC_ADMIN.value in request.roles)


def _absence(request, row, zone, parts):
    span = Span(row.during.lower, row.during.upper)
    mine = (part for part in parts if part.user_id == row.user_id)
    lying = (part for part in mine if span.overlaps(Span(part.during.lower, part.during.upper)))
    hits = {part.appointment_id: part.appointment for part in lying}
    return Away(row, span_words(span, zone), [_hit(request, one) for one in hits.values()])


def _closed(request, row, visits):
    hits = queries.outside(visits, row)
    words = f"open {row.opens:%H:%M} to {row.closes:%H:%M}" if row.opens else "closed"
    return Away(row, f"{clinic_date(row.day)}, {words}", [_hit(request, one) for one in hits])


def _hit(request, visit):
    return Hit(visit, kind_words(request, visit.kind))


def span_words(span, zone):
    """14-May-2026 to 16-May-2026 for whole days, with times where they are not midnight."""
    start, end = span.start.astimezone(zone), span.end.astimezone(zone)
    whole = start.hour == start.minute == end.hour == end.minute == 0
    if not whole:
        return f"{clinic_date(start)} {clinic_time(start, zone)} to {clinic_date(end)} {clinic_time(end, zone)}"
    last = end.date().fromordinal(end.date().toordinal() - 1)
    return clinic_date(start) if last == start.date() else f"{clinic_date(start)} to {clinic_date(last)}"
