"""What happened on each day of a period."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from clinic.models import ResourceClaim
from clinic.queries.places import hours_of
from followup.queries.reports.scope import Scope
from followup.queries.reports.visits import Visit, visits_in
from sessions.models import DayClose, Entry, InfusionSession

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Day:
    """One local day of a site; hours are those of chairs: held by visits, and open in all."""

    day: date
    came: int
    missed: int
    infusions: int
    boosters: int
    chair_hours: float
    open_hours: float
    effects: int
    alarms: int
    unsigned: int
    closed: str

    @property
    def is_empty(self) -> bool:
        """Closed, and nothing happened."""
        return not (self.open_hours or self.came or self.missed or self.infusions)


def days_in(scope: Scope) -> list[Day]:
    """Every day of the period up to today, the oldest first. Nine queries, however many days."""
    visits, sessions = _by_day(visits_in(scope), lambda v: v.day), _sessions(scope)
    marks, chairs, closes = _marks(scope), _chair_hours(scope), _closes(scope)
    count, hours = scope.site.chairs.filter(in_use=True).count(), hours_of(scope.site)
    last = min(scope.last, scope.day(scope.now))
    days = [scope.first + timedelta(days=n) for n in range((last - scope.first).days + 1)]
    return [
        Day(
            day=day, chair_hours=chairs[day], effects=marks["side_effect", day], alarms=marks["alarm", day],
            open_hours=count * sum((end - begin) / HOUR for begin, end in hours.spans(day)),
            closed=closes.get(day, ""), **_visits(visits.get(day, [])), **_infusions(sessions.get(day, [])),
        )
        for day in days
    ]  # fmt: skip


def _by_day(rows, day_of) -> dict:
    found: dict = {}
    for row in rows:
        found.setdefault(day_of(row), []).append(row)
    return found


def _visits(found: list[Visit]) -> dict:
    return {"came": sum(v.came for v in found), "missed": sum(v.state == "no_show" for v in found)}


def _sessions(scope: Scope) -> dict:
    rows = InfusionSession.objects.filter(site=scope.site, checked_in_at__gte=scope.begin, checked_in_at__lt=scope.end)
    fields = ("checked_in_at", "started_at", "appointment__kind", "ended_at", "signed_at")
    return _by_day(rows.values_list(*fields), lambda row: scope.day(row[0]))


def _infusions(found: list[tuple]) -> dict:
    begun = [kind for _, started, kind, _, _ in found if started is not None]
    return {
        "infusions": len(begun),
        "boosters": begun.count("booster"),
        "unsigned": sum(ended is not None and signed is None for _, _, _, ended, signed in found),
    }


def _marks(scope: Scope) -> Counter:
    """(kind, day) -> side effects and alarms that count; what was struck out or corrected counts once or not at all."""
    rows = Entry.objects.filter(
        session__site=scope.site, kind__in=("side_effect", "alarm"), superseded_by__isnull=True,
        observed_at__gte=scope.begin, observed_at__lt=scope.end,
    ).exclude(role="strike")  # fmt: skip
    return Counter((kind, scope.day(at)) for kind, at in rows.values_list("kind", "observed_at"))


def _chair_hours(scope: Scope) -> Counter:
    """Day -> hours for which chairs were held by visits that took place or were to; those called off are free."""
    rows = ResourceClaim.objects.filter(
        chair__site=scope.site, occupies=True, appointment__starts_at__gte=scope.begin,
        appointment__starts_at__lt=scope.end,
    )  # fmt: skip
    found: Counter = Counter()
    for during in rows.values_list("during", flat=True):
        found[scope.day(during.lower)] += (during.upper - during.lower) / HOUR
    return found


def _closes(scope: Scope) -> dict[date, str]:
    """Day -> how it stands: closed or opened again."""
    rows = DayClose.objects.filter(site=scope.site, day__gte=scope.first, day__lte=scope.last).order_by("number")
    return {row.day: row.get_kind_display() for row in rows}
