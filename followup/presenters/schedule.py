"""A day of a site: a column a chair or a person, free stretches as links, and the visits in a list."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from clinic import access
from clinic.models import Appointment
from clinic.presenters import booking
from clinic.rules.booking import Span
from clinic.rules.visits import CAN_SEAT
from followup.presenters.columns import chair_columns, in_cells, person_columns
from followup.presenters.visits import as_visit
from followup.queries import schedule as queries
from followup.rules import daygrid, overrun

SHOWN = ("booked", "confirmed", "arrived", "in_progress", "done", "no_show")
CHAIR, PERSON = "chair", "person"
WITH = ("patient", "site", "course", "infusion_session__protocol_version", "infusion_session__chair")


@dataclass
class Day:
    """One local day of a site."""

    day: date
    visits: list = field(default_factory=list)
    is_open: bool = True
    is_today: bool = False
    lines: list = field(default_factory=list)
    heads: list = field(default_factory=list)
    free_from: object = None
    elsewhere: list = field(default_factory=list)
    overruns: list = field(default_factory=list)
    away: list = field(default_factory=list)
    off: dict = field(default_factory=dict)

    @property
    def before(self):
        return self.day - timedelta(days=1)

    @property
    def after(self):
        return self.day + timedelta(days=1)

    @property
    def collisions(self):
        """Chairs that somebody is booked into before they are free."""
        return [one for one in self.overruns if one.next]

    @property
    def running_on(self):
        """Chairs that are free later than booked, with nobody waiting for them."""
        return [one for one in self.overruns if not one.next]

    @property
    def waiting(self):
        return [visit for visit in self.visits if visit.row.state in ("booked", "confirmed")]


@dataclass(frozen=True)
class Overrun:
    """A chair that is free later than booked, and who is booked into it by then, if anybody."""

    chair: object
    patient: object
    booked_until: object
    free_at: object
    next: object = None

    @property
    def span(self):
        return Span(self.booked_until, self.free_at)

    @property
    def minutes(self):
        """How long the next one waits."""
        return int((self.free_at - self.next.row.starts_at).total_seconds() // 60) if self.next else 0


def day_page(request, day, at, *, by=CHAIR, moving=None):
    """A day: its list of visits and its grid, by chair or by person; `moving`: the visit that looks for a place."""
    desk = booking.desk_of(request.site, at)
    whole = booking.day_span(desk, day)
    visits, holds = visits_between(request, whole, at)
    page = day_of(desk, day, visits, at)
    page.away = booking.absences([*desk.nurses, *desk.prescribers], whole) if by == PERSON else {}
    if by == PERSON:
        opened = desk.calendar.spans(day)
        page.off = {pk: daygrid.within(off, opened) for pk, off in booking.off_shift(desk, whole).items()}
    page.overruns = overruns(visits, at) if page.is_today else []
    shown = [visit for visit in visits if moving is None or visit.row.pk != moving.pk]
    columns = (person_columns if by == PERSON else chair_columns)(desk, shown, holds, page, request.user)
    page.heads, page.lines = _grid(desk, page, columns, at, moving)
    page.elsewhere = [visit for visit in visits if visit.chair is None]
    return page


def visits_between(request, span, at):
    """The visits of the current site that start in the span, in order of time, and what is kept then. Two queries."""
    rows = Appointment.objects.filter(site=request.site, starts_at__gte=span.start, starts_at__lt=span.end)
    rows = access.at_my_sites(request, rows.filter(state__in=SHOWN)).order_by("starts_at", "pk")
    rows = list(rows.select_related(*WITH))
    claims, kept = queries.claims_between(request.site, rows, span, at)
    held = {row.pk: [] for row in rows}
    for claim in sorted(claims, key=lambda claim: claim.lane):
        held[claim.appointment_id].append(claim)
    for row in rows:
        row.held = held[row.pk]
    return [as_visit(request, row, at) for row in rows], kept


def day_of(desk, day, visits, at):
    """The day with those of the visits that are on it."""
    today = desk.calendar.day_of(at)
    mine = [visit for visit in visits if desk.calendar.day_of(visit.row.starts_at) == day]
    return Day(day, mine, desk.calendar.is_open_on(day), day == today)


def _grid(desk, page, columns, at, moving):
    """The heads of the table and its lines; nothing when the site is closed and nobody comes."""
    opened = desk.calendar.spans(page.day)
    edges = [*opened, *(daygrid.to_grain(span) for one in columns for span, _ in one.taken)]
    if not edges or not columns:
        return [], []
    whole = Span(min(one.start for one in edges), max(one.end for one in edges))
    blocks = [daygrid.column(whole, opened, one.taken, at, one.others) for one in columns]
    lines = daygrid.table(whole, blocks, desk.site.zone, at if page.is_today else None)
    in_cells(lines, blocks, columns, moving)
    heads = []
    for one in columns:
        if heads and heads[-1][0] is one.row:
            heads[-1][2] += 1
        else:
            heads.append([one.row, one.title, 1])
    return heads, lines


def overruns(visits, at):
    """Chairs whose session ends later than the booking, by the protocol's minutes, with who waits for them."""
    found = []
    for visit in visits:
        session = queries.session_of(visit.row)
        if session is None:
            continue
        free, until = free_of(session, at), visit.row.ends_at
        if overrun.runs_over(free, until):
            coming = _next_in(session, visit, visits, free)
            found.append(Overrun(session.chair, visit.row.patient, until, free, coming))
    return found


def free_of(session, at):
    """About when the chair of this session is free."""
    version = session.protocol_version
    return overrun.free_at(
        phase=session.phase, checked_in=session.checked_in_at, started=session.started_at, stopped=session.stopped_at,
        prepare=version.prepare_minutes, infusion=version.infusion_minutes, observe=version.observe_minutes, at=at,
    )  # fmt: skip


def _next_in(session, visit, visits, free):
    """The first visit that is booked into the session's chair before it is free."""
    mine = (v for v in visits if v.chair == session.chair and v is not visit)
    coming = (v for v in mine if v.row.state in CAN_SEAT and v.row.starts_at < free)
    return next((v for v in coming if v.row.starts_at >= visit.row.starts_at), None)
