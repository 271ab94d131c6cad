"""The day board of a site: every chair, who is in it, what is due; the same number of queries for 1 and 100 chairs."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery

from clinic import clock
from clinic.models import Appointment, Chair, ReadinessAnswer, ResourceClaim
from clinic.one_answer import OneAnswer
from clinic.prepared import Prepared
from clinic.words import today_in
from sessions.models import Entry, InfusionSession
from sessions.queries.gates import missing_to_discharge, missing_to_start
from sessions.queries.monitors import newest_read, read_since, with_readings
from sessions.queries.sheet import sheets
from sessions.rules.phases import OBSERVING, PREPARING

NONE_LEFT_OUT = UUID(int=0)
COMING = ("booked", "confirmed", "arrived")


@dataclass
class Row:
    """One line of the board: a chair with its session and derived state, or with the next arrival, or free."""

    chair: Chair | None
    session: InfusionSession | None = None
    state: object = None
    appointment: Appointment | None = None
    missing: list = ()
    monitor: dict = field(default_factory=dict)

    @property
    def urgency(self):
        """Sort key: emergency, alarm, caution, overdue (longest first), then by what is due next; free chairs last."""
        if self.state is None:
            start = self.appointment.starts_at.timestamp() if self.appointment else float("inf")
            return (5 if self.appointment else 6, start)
        if self.state.emergency_since:
            return (0, self.state.emergency_since.timestamp())
        if self.state.alarms:
            sounding = any(a.sounds for a in self.state.alarms)
            return (1 if self.state.level == "alarm" else 2, 0 if sounding else 1)
        if self.state.overdue:
            return (3, -max(d.late_minutes for d in self.state.overdue))
        return (4, self.state.next_due.at.timestamp() if self.state.next_due else float("inf"))


@dataclass
class Day:
    """The board of a site: its rows, what needs someone first on top, and who else comes today."""

    rows: list
    later: list


def board(site, at=None, *, nurse=None, but=None):
    """The board's `Row`s of this site at `at`, what needs someone first on top; with `nurse` hers only.

    `but`: the id of a session of hers whose row the caller has already.
    """
    if nurse is None:
        return day(site, at).rows
    at = at or clock.now()
    hers = _hers.rows(nurse=nurse.pk, but=but or NONE_LEFT_OUT, **_open_at(site, at))
    return sorted(_sitting(site, hers, at), key=lambda row: row.urgency)


def day(site, at=None):
    """The `Day` of a site: sessions, free chairs with their next arrival, and the arrivals after those."""
    at = at or clock.now()
    read = _open_and_read.rows(since=read_since(at), **_open_at(site, at))
    rows, coming = _sitting(site, read, at), _arrivals(site, at)
    for row in rows:
        row.monitor = newest_read(row.session, at)
    rows += _free(site, rows, coming)
    shown = {row.appointment.pk for row in rows if row.session is None and row.appointment}
    later = [visit for _, visit in coming if visit.pk not in shown]
    return Day(sorted(rows, key=lambda row: row.urgency), later)


def day_now(site):
    """(now, the `Day` of a site): read once for all screens that ask at this moment, and to be changed by none."""
    return _days.get(site.pk, lambda: _day_now(site))


def _day_now(site):
    now = clock.now()
    return now, day(site, now)


_days = OneAnswer()


def calling(site, at=None):
    """The `Sheet`s of open sessions in which an alarm was ever raised. One query for none."""
    at = at or clock.now()
    return _pages(site, _called.rows(**_open_at(site, at)), at)


def _open_at(site, at):
    return {"site": site.pk, "day": today_in(site.zone, at)}


def _open(of):
    return InfusionSession.objects.open().at_site(of("site")).with_people().with_gate_facts(of.day("day"))


_ALARMS = Entry.objects.filter(session=OuterRef("pk"), kind="alarm")
_open_and_read = Prepared(lambda of: with_readings(_open(of), of.moment("since")))
_hers = Prepared(lambda of: _open(of).filter(responsible_nurse=of("nurse")).exclude(pk=of("but")))
_called = Prepared(lambda of: _open(of).filter(Exists(_ALARMS)))


def _sitting(site, sessions, at):
    pages = _pages(site, sessions, at)
    return [Row(p.session.chair, p.session, p.state, p.session.appointment, _missing(p)) for p in pages]


def _pages(site, sessions, at):
    for session in sessions:
        session.site = site  # one policy for all, read once
    return sheets(sessions, at)


def _missing(page):
    """What the next gate lacks: of the start, of a resume, or of the discharge."""
    if page.state.phase == PREPARING:
        return missing_to_start(page)
    return missing_to_discharge(page) if page.state.phase == OBSERVING else []


def _free(site, rows, coming):
    """Every other chair in use with its next arrival."""
    taken = {row.chair.pk for row in rows if row.chair}
    first = {}
    for chair_id, visit in coming:
        first.setdefault(chair_id, visit)
    chairs = _chairs.rows(site=site.pk)
    return [Row(chair, appointment=first.get(chair.pk)) for chair in chairs if chair.pk not in taken]


_chairs = Prepared(lambda of: Chair.objects.filter(site=of("site"), in_use=True))


def _arrivals(site, at):
    """[(chair id, appointment), ...] of today that have not been checked in, by time, with `ready` as answered."""
    start = at.astimezone(site.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    end = (start + timedelta(days=1, hours=6)).replace(hour=0)
    found = []
    for claim in _expected.rows(site=site.pk, start=start, end=end):
        claim.appointment.ready, claim.appointment.chair = claim.ready, claim.chair
        found.append((claim.chair_id, claim.appointment))
    return found


def _expecting(of):
    answers = ReadinessAnswer.objects.filter(appointment=OuterRef("appointment")).order_by("-answered_at")
    claims = ResourceClaim.objects.filter(
        chair__isnull=False,
        occupies=True,
        appointment__site=of("site"),
        appointment__state__in=COMING,
        appointment__kind__in=("infusion", "booster"),
        appointment__starts_at__gte=of.moment("start"),
        appointment__starts_at__lt=of.moment("end"),
        appointment__infusion_session__isnull=True,
    ).annotate(ready=Subquery(answers.values("ready")[:1]))
    rows = claims.select_related("chair", "appointment__patient", "appointment__course")
    return rows.order_by("appointment__starts_at", "appointment__pk")


_expected = Prepared(_expecting)
