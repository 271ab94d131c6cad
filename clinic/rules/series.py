"""Dates of a series: proposed within the protocol's spacing, checked, shifted. Pure: local dates in and out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from clinic.refusal import Item
from clinic.rules.booking import DAY, Calendar, same_wall_time

LOOK_AHEAD_DAYS = 60


@dataclass(frozen=True)
class Spacing:
    """Days from one infusion to the next: at least `least`, at most `most`; or one each day in a row."""

    least: int
    most: int
    consecutive: bool = False

    @property
    def words(self) -> str:
        if self.consecutive:
            return "one each day, in a row"
        if self.least == self.most:
            return f"every {self.least} days"
        return f"{self.least} to {self.most} days apart"

    @property
    def range(self) -> tuple[int, int]:
        return (1, 1) if self.consecutive else (self.least, self.most)


@dataclass(frozen=True)
class Proposed:
    """One date of a proposed series; `why` says in words what is wrong with it, else ""."""

    number: int
    day: date
    why: str = ""


def propose(first: date, count: int, spacing: Spacing, calendar: Calendar, *, aim: int | None = None) -> list[Proposed]:
    """`count` dates from the first open day on or after `first`.

    Each is the open day nearest to `aim` days (default: the least) after the one before, within the spacing; when every
    day of that window is closed, the next open day, marked. A series of days in a row starts where all its days are
    open, if such a start lies within 60 days.
    """
    if spacing.consecutive:
        return _in_a_row(first, count, spacing, calendar)
    days = [_next_open(first, calendar)]
    while len(days) < count:
        days.append(_next_day(days[-1], spacing, calendar, aim or spacing.least))
    return _marked(days, spacing, calendar)


def _next_open(day: date, calendar: Calendar) -> date:
    return next((d for d in _ahead(day) if calendar.is_open_on(d)), day)


def _ahead(day: date):
    return (day + n * DAY for n in range(LOOK_AHEAD_DAYS))


def _next_day(last: date, spacing: Spacing, calendar: Calendar, aim: int) -> date:
    window = [last + n * DAY for n in range(spacing.least, spacing.most + 1)]
    wanted = last + aim * DAY
    opened = sorted((d for d in window if calendar.is_open_on(d)), key=lambda d: (abs(d - wanted), d))
    return opened[0] if opened else _next_open(window[-1] + DAY, calendar)


def _in_a_row(first: date, count: int, spacing: Spacing, calendar: Calendar) -> list[Proposed]:
    def run(start):
        return [start + n * DAY for n in range(count)]

    start = next((d for d in _ahead(first) if all(calendar.is_open_on(one) for one in run(d))), None)
    return _marked(run(start or _next_open(first, calendar)), spacing, calendar)


def _marked(days: Sequence[date], spacing: Spacing, calendar: Calendar) -> list[Proposed]:
    wrong = spacing_faults(days, spacing)
    closed = {i: "The clinic is closed that day." for i, day in enumerate(days) if not calendar.is_open_on(day)}
    return [Proposed(i + 1, day, closed.get(i) or wrong.get(i, "")) for i, day in enumerate(days)]


def spacing_faults(days: Sequence[date], spacing: Spacing) -> dict[int, str]:
    """Index of each date that stands too near to or too far from the one before -> why, in words."""
    least, most = spacing.range
    faults = {}
    for i, (before, day) in enumerate(zip(days, days[1:], strict=False), start=1):
        gap = (day - before).days
        if not least <= gap <= most:
            faults[i] = f"{_days(gap)} after the one before; the protocol says {spacing.words}."
    return faults


def _days(gap: int) -> str:
    return "The same day, or a day not" if gap <= 0 else f"{gap} day{'' if gap == 1 else 's'}"


def spacing_items(days: Sequence[date], spacing: Spacing) -> list[Item]:
    """The same faults as refusal items, each naming its infusion."""
    faults = spacing_faults(days, spacing)
    return [Item("spacing", f"Infusion {i + 1}: {why}", field=f"row-{i}") for i, why in faults.items()]


def numbering(held: Sequence[tuple[int, bool]]) -> list[int]:
    """Numbers in order of time for (number, may change) pairs in order of time; what has begun keeps its own."""
    fixed = {number for number, may_change in held if not may_change}
    free = (n for n in range(1, len(held) + max(fixed, default=0) + 1) if n not in fixed)
    return [next(free) if may_change else number for number, may_change in held]


def is_in_order(held: Sequence[tuple[int, bool]]) -> bool:
    """Whether numbering anew would change nothing."""
    return numbering(held) == [number for number, _ in held]


def shift(starts: Sequence[datetime], days: int, zone: ZoneInfo) -> list[datetime]:
    """All starts moved by whole days, each at its own wall-clock time in the zone (UTC in, UTC out)."""
    return [same_wall_time(start, days, zone) for start in starts]


def shift_items(days: int) -> list[Item]:
    """A shift moves by 1 to 60 days, later or earlier."""
    if days == 0:
        return [Item("shift-zero", "Type how many days to move by: not 0.", field="days")]
    if abs(days) > LOOK_AHEAD_DAYS:
        return [Item("shift-far", f"Move by at most {LOOK_AHEAD_DAYS} days.", field="days")]
    return []


def ends(start: datetime, minutes: int) -> datetime:
    """The end of a visit of so many minutes on the clock of the world."""
    return start + timedelta(minutes=minutes)
