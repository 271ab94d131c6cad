"""What was given in the sessions of a course before this one, each derived from its own entries."""

from dataclasses import dataclass
from datetime import datetime

from sessions.models import Entry, InfusionSession
from sessions.queries.sheet import dose_orders_by
from sessions.rules.plan import Plan
from sessions.rules.state import derive

DOSING = ("drug", "line", "weight")


@dataclass(frozen=True)
class Day:
    """One earlier session of the course: its number, when it started, and its drugs (`DrugState`)."""

    session: object
    started_at: datetime
    drugs: list


def days_before(session):
    """The `Day`s of this course before this session, oldest first; those that were not started are left out."""
    earlier = InfusionSession.objects.filter(course=session.course_id, checked_in_at__lt=session.checked_in_at)
    rows = list(earlier.filter(started_at__isnull=False).select_related("site").order_by("checked_in_at"))
    ids = [row.pk for row in rows]
    entries = {pk: [] for pk in ids}
    for entry in Entry.objects.filter(session__in=ids, kind__in=DOSING).with_details().order_by("seq"):
        entries[entry.session_id].append(entry)
    orders = dose_orders_by(ids)
    return [_day(row, entries[row.pk], orders[row.pk], session.checked_in_at) for row in rows]


def _day(row, entries, orders, at):
    end = row.ended_at or at
    state = derive(entries, Plan(), end, dose_orders=orders, checked_in_at=row.checked_in_at)
    return Day(row, row.started_at, [d for d in state.drugs if d.started_at])
