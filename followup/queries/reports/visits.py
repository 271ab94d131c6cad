"""Visits of a period as they went: attended, missed, called off and how late."""

from dataclasses import dataclass
from datetime import date, datetime

from clinic.models import Appointment, StateChange
from followup.queries.reports.scope import Scope

CAME = ("arrived", "in_progress", "done")
HOUR = 3600


@dataclass(frozen=True)
class Visit:
    """One visit. `notice_hours`: how long before its time it was called off; None when it wasn't."""

    person: object
    kind: str
    state: str
    reason: str
    starts_at: datetime
    day: date
    booked_days: int
    notice_hours: float | None

    @property
    def came(self) -> bool:
        """Did the patient come?"""
        return self.state in CAME

    @property
    def took_place_or_not(self) -> bool:
        """Was it to take place, so that coming or not says something?"""
        return self.came or self.state == "no_show"


def visits_in(scope: Scope) -> list[Visit]:
    """Visits whose time lies in the period, those nobody has said anything about left out. Two queries."""
    rows = Appointment.objects.filter(site=scope.site, starts_at__gte=scope.begin, starts_at__lt=scope.end)
    rows = rows.exclude(state__in=("booked", "confirmed")).order_by("starts_at")
    fields = ("pk", "patient__person", "kind", "state", "end_code", "starts_at", "booked_at")
    found = list(rows.values_list(*fields))
    called_off = _called_off([row[0] for row in found if row[3] == "cancelled"])
    return [_visit(scope, row, called_off) for row in found]


def unsettled_in(scope: Scope) -> int:
    """Visits of the period that are over and still stand as booked: nobody has said how they went."""
    rows = Appointment.objects.filter(site=scope.site, starts_at__gte=scope.begin, ends_at__lt=scope.end)
    return rows.filter(state__in=("booked", "confirmed")).count()


def _called_off(ids: list) -> dict:
    changes = StateChange.objects.filter(machine="appointment", to_state="cancelled", subject_id__in=ids)
    return dict(changes.order_by("at").values_list("subject_id", "at"))


def _visit(scope: Scope, row: tuple, called_off: dict) -> Visit:
    pk, person, kind, state, reason, starts_at, booked_at = row
    at = called_off.get(pk)
    notice = None if at is None else (starts_at - at).total_seconds() / HOUR
    day = scope.day(starts_at)
    return Visit(
        person, kind, state, reason, starts_at, day, max((day - scope.day(booked_at)).days, 0), notice
    )  # fmt: skip
