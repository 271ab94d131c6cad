"""The day board of a site: every chair, who is in it, what is due; the same number of queries for 1 and 100 chairs."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from clinic import clock
from clinic.models import Appointment, Chair
from sessions.models import DoseOrder, Entry, InfusionSession
from sessions.queries.plans import plan_of
from sessions.rules.state import derive


@dataclass
class Row:
    """One line of the board: a chair with its session and derived state, or with the next arrival, or free."""

    chair: Chair | None
    session: InfusionSession | None = None
    state: object = None
    appointment: Appointment | None = None

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


def board(site, at=None):
    """The board's `Row`s of this site at `at`, what needs someone first on top."""
    at = at or clock.now()
    sessions = list(InfusionSession.objects.open().at_site(site).with_people().prefetch_related("course__limits"))
    for session in sessions:
        session.site = site  # one policy for all, read once
    states = _states(sessions, at)
    seated = {s.chair_id: Row(s.chair, s, states[s.pk], s.appointment) for s in sessions if s.chair_id}
    waiting = [Row(None, s, states[s.pk], s.appointment) for s in sessions if not s.chair_id]
    coming = _arrivals(site, at)
    chairs = [
        seated.pop(chair.pk, None) or Row(chair, appointment=coming.pop(chair.pk, None))
        for chair in Chair.objects.filter(site=site, in_use=True)
    ]
    return sorted([*chairs, *seated.values(), *waiting], key=lambda row: row.urgency)


def _states(sessions, at):
    ids = [s.pk for s in sessions]
    entries, orders = defaultdict(list), defaultdict(list)
    for entry in Entry.objects.filter(session__in=ids).with_details().order_by("seq"):
        entries[entry.session_id].append(entry)
    in_force = DoseOrder.objects.filter(session__in=ids, superseded_by__isnull=True)
    for order in in_force.select_related("order").order_by("position"):
        orders[order.session_id].append(order)
    return {
        s.pk: derive(entries[s.pk], plan_of(s), at, dose_orders=orders[s.pk], checked_in_at=s.checked_in_at)
        for s in sessions
    }


def _arrivals(site, at):
    """Today's next appointment per chair that has not been checked in."""
    day = at.astimezone(site.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Appointment.objects.filter(
        Q(state__in=("booked", "confirmed", "arrived")),
        site=site,
        kind__in=("infusion", "booster"),
        starts_at__gte=day,
        infusion_session__isnull=True,
    ).select_related("patient", "course")
    found = {}
    for appointment in rows.prefetch_related("claims", "readiness_answers").order_by("starts_at"):
        if appointment.starts_at.astimezone(site.zone).date() != day.date():
            break
        for claim in appointment.claims.all():
            if claim.chair_id and claim.occupies:
                found.setdefault(claim.chair_id, appointment)
    return found
