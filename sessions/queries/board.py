"""The day board of a site: every chair, who is in it, what is due; the same number of queries for 1 and 100 chairs."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import OuterRef, Subquery

from clinic import clock
from clinic.models import Appointment, Chair, ReadinessAnswer, ResourceClaim
from sessions.models import InfusionSession
from sessions.queries.gates import missing_to_discharge, missing_to_start
from sessions.queries.sheet import sheets
from sessions.rules.phases import OBSERVING, PREPARING


@dataclass
class Row:
    """One line of the board: a chair with its session and derived state, or with the next arrival, or free."""

    chair: Chair | None
    session: InfusionSession | None = None
    state: object = None
    appointment: Appointment | None = None
    missing: list = ()

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


def board(site, at=None, *, nurse=None):
    """The board's `Row`s of this site at `at`, what needs someone first on top; with `nurse` hers only."""
    at = at or clock.now()
    day = at.astimezone(site.zone).date()
    sessions = InfusionSession.objects.open().at_site(site).with_people().with_gate_facts(day)
    if nurse is not None:
        sessions = sessions.filter(responsible_nurse=nurse)
    pages = _pages(site, list(sessions), at)
    rows = [Row(p.session.chair, p.session, p.state, p.session.appointment, _missing(p)) for p in pages]
    return sorted(rows if nurse is not None else _seated(site, rows, at), key=lambda row: row.urgency)


def _pages(site, sessions, at):
    for session in sessions:
        session.site = site  # one policy for all, read once
    return sheets(sessions, at)


def _missing(page):
    """What the next gate lacks: of the start, of a resume, or of the discharge."""
    if page.state.phase == PREPARING:
        return missing_to_start(page)
    return missing_to_discharge(page) if page.state.phase == OBSERVING else []


def _seated(site, rows, at):
    """Every chair in use with its session or its next arrival, and whoever sits elsewhere."""
    taken = {row.chair.pk for row in rows if row.chair}
    coming = _arrivals(site, at)
    free = [
        Row(chair, appointment=coming.get(chair.pk))
        for chair in Chair.objects.filter(site=site, in_use=True)
        if chair.pk not in taken
    ]
    return rows + free


def _arrivals(site, at):
    """Chair id -> the next of today's appointments there that has not been checked in, with `ready` as answered."""
    start = at.astimezone(site.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    end = (start + timedelta(days=1, hours=6)).replace(hour=0)
    answers = ReadinessAnswer.objects.filter(appointment=OuterRef("appointment")).order_by("-answered_at")
    claims = ResourceClaim.objects.filter(
        chair__isnull=False,
        occupies=True,
        appointment__site=site,
        appointment__state__in=("booked", "confirmed", "arrived"),
        appointment__kind__in=("infusion", "booster"),
        appointment__starts_at__gte=start,
        appointment__starts_at__lt=end,
        appointment__infusion_session__isnull=True,
    ).annotate(ready=Subquery(answers.values("ready")[:1]))
    found = {}
    rows = claims.select_related("appointment__patient", "appointment__course")
    for claim in rows.order_by("appointment__starts_at"):
        claim.appointment.ready = claim.ready
        found.setdefault(claim.chair_id, claim.appointment)
    return found
