"""When a visit may be: opening hours in the site's zone, free slots, alternatives. Pure: no query, the clock handed in.

Times go in and come out as aware datetimes in UTC; a day is a local date of the site. Resources and lanes are plain ids
and numbers, so that the same rules serve pages, actions and tests.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from clinic.refusal import Item

STEP = timedelta(minutes=15)
DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Span:
    """From `start` until just before `end`, both UTC."""

    start: datetime
    end: datetime

    def overlaps(self, other: Span) -> bool:
        """Whether they share any moment; touching ends do not."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Whether the other lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True)
class Hours:
    """Open on a weekday (Monday 0) from `opens` to `closes`, wall clock of the site."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True)
class Calendar:
    """A site's weekly hours, closed days and days with hours of their own, with the zone they are meant in."""

    zone: ZoneInfo
    hours: tuple[Hours, ...] = ()
    closed: frozenset[date] = frozenset()
    special: Mapping[date, tuple[time, time]] = field(default_factory=dict)

    def spans(self, day: date) -> list[Span]:
        """The open spans of a local day, in order; none on a closed day."""
        if day in self.closed:
            return []
        pairs = [(wall(day, a, self.zone), wall(day, b, self.zone, later=True)) for a, b in self._hours_of(day)]
        return [Span(start, end) for start, end in pairs if start < end]

    def _hours_of(self, day: date) -> list[tuple[time, time]]:
        if day in self.special:
            return [self.special[day]]
        return sorted((h.opens, h.closes) for h in self.hours if h.weekday == day.weekday())

    def is_open_on(self, day: date) -> bool:
        """Whether the site opens at all on this local day."""
        return bool(self.spans(day))

    def day_of(self, moment: datetime) -> date:
        """The local date of a moment."""
        return moment.astimezone(self.zone).date()


@dataclass(frozen=True)
class Room:
    """What a visit may use: ids of chairs and of staff in order of preference, and how many lanes each person has."""

    chairs: tuple[Any, ...] = ()
    staff: tuple[Any, ...] = ()
    lanes: int = 1
    all_lanes: bool = False


@dataclass(frozen=True)
class Busy:
    """What is taken: claims as resource id -> [(lane, span)]; absences, and times off shift, as user id -> [span]."""

    claims: Mapping[Any, list[tuple[int, Span]]] = field(default_factory=dict)
    away: Mapping[Any, list[Span]] = field(default_factory=dict)
    off: Mapping[Any, list[Span]] = field(default_factory=dict)  # in order, no two overlapping

    @cached_property
    def _taken(self) -> dict[tuple[Any, int], tuple[list[datetime], list[datetime]]]:
        """(resource, lane) -> starts in order, and the latest end of all that start by then: asked for every slot."""
        found: dict[tuple[Any, int], tuple[list[datetime], list[datetime]]] = {}
        for resource, rows in self.claims.items():
            for lane, span in sorted(rows, key=lambda row: row[1]):
                starts, ends = found.setdefault((resource, lane), ([], []))
                starts.append(span.start)
                ends.append(max(span.end, ends[-1]) if ends else span.end)
        return found

    def is_free(self, resource: Any, span: Span, lane: int = 0) -> bool:
        """Whether this lane of the resource has no claim in the span."""
        starts, ends = self._taken.get((resource, lane), ((), ()))
        before = bisect_left(starts, span.end)
        return not before or ends[before - 1] <= span.start

    def is_away(self, user: Any, span: Span) -> bool:
        """Whether the person is absent at any moment of the span."""
        return any(span.overlaps(gone) for gone in self.away.get(user, ()))

    def is_off(self, user: Any, span: Span) -> bool:
        """Whether any moment of the span lies outside the person's hours."""
        rows = self.off.get(user, ())
        before = bisect_left(rows, span.end, key=lambda gone: gone.start)
        return bool(before) and rows[before - 1].end > span.start

    def free_lanes(self, user: Any, span: Span, lanes: int, *, all_lanes: bool = False) -> tuple[int, ...]:
        """The lowest free lane as a tuple of one; with `all_lanes` every lane or none; () when there is none."""
        if self.is_away(user, span) or self.is_off(user, span):
            return ()
        free = tuple(lane for lane in range(lanes) if self.is_free(user, span, lane))
        if all_lanes:
            return free if len(free) == lanes else ()
        return free[:1]


@dataclass(frozen=True)
class Slot:
    """A visit that could be booked: chair and staff are ids, None where the visit needs none."""

    span: Span
    chair: Any = None
    user: Any = None
    lanes: tuple[int, ...] = ()

    @property
    def start(self) -> datetime:
        return self.span.start

    @property
    def end(self) -> datetime:
        return self.span.end


def wall(day: date, clock: time, zone: ZoneInfo, *, later: bool = False) -> datetime:
    """A wall time of the zone in UTC.

    A time in a spring gap moves on by the gap. One that comes twice is the first, with `later` the second.
    """
    return datetime.combine(day, clock, tzinfo=zone).replace(fold=int(later)).astimezone(UTC)


def same_wall_time(moment: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The same wall-clock time so many local days later (or earlier), in UTC: 09:00 stays 09:00 over a clock change."""
    local = moment.astimezone(zone)
    return wall(local.date() + timedelta(days=days), local.time(), zone)


def opening_items(span: Span, calendar: Calendar) -> list[Item]:
    """Why the site is not open for this span; empty when it is."""
    day = calendar.day_of(span.start)
    opened = calendar.spans(day)
    if not opened:
        return [Item("closed", f"The clinic is closed on {day:%d-%b-%Y}.", field="starts_at")]
    if any(one.holds(span) for one in opened):
        return []
    words = " and ".join(f"{_hm(one.start, calendar.zone)} to {_hm(one.end, calendar.zone)}" for one in opened)
    return [Item("outside-hours", f"The clinic is open {words} on {day:%d-%b-%Y}.", field="starts_at")]


def _hm(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%H:%M}"


def past_items(span: Span, at: datetime) -> list[Item]:
    """A visit is planned ahead: its start must not lie before `at`."""
    if span.start < at:
        return [Item("past", "That time has already passed.", field="starts_at")]
    return []


def starts_of(day: date, length: timedelta, calendar: Calendar, step: timedelta = STEP) -> list[datetime]:
    """Every start of the day, `step` apart, from which a visit of that length ends before closing."""
    found = []
    for span in calendar.spans(day):
        start = span.start
        while start + length <= span.end:
            found.append(start)
            start += step
    return found


def fit(span: Span, room: Room, busy: Busy, patient: Any = None) -> Slot | None:
    """The first chair and lowest lane of the first person free for the whole span; None when something lacks."""
    if patient is not None and not busy.is_free(patient, span):
        return None
    chair = next((one for one in room.chairs if busy.is_free(one, span)), None)
    if room.chairs and chair is None:
        return None
    user, lanes = _someone(span, room, busy)
    if room.staff and user is None:
        return None
    return Slot(span, chair, user, lanes)


def _someone(span: Span, room: Room, busy: Busy) -> tuple[Any, tuple[int, ...]]:
    for user in room.staff:
        lanes = busy.free_lanes(user, span, room.lanes, all_lanes=room.all_lanes)
        if lanes:
            return user, lanes
    return None, ()


def free_slots(
    day: date, length: timedelta, calendar: Calendar, room: Room, busy: Busy, *, at: datetime, patient: Any = None
) -> list[Slot]:
    """The free slots of a local day, in order, none before `at`."""
    return list(_fitting(day, length, calendar, room, busy, at=at, patient=patient))


def first_free(
    day: date, length: timedelta, calendar: Calendar, room: Room, busy: Busy, *, at: datetime
) -> Slot | None:
    """The first of these slots, or None; the rest of the day is not looked at."""
    return next(_fitting(day, length, calendar, room, busy, at=at), None)


def _fitting(
    day: date, length: timedelta, calendar: Calendar, room: Room, busy: Busy, *, at: datetime, patient: Any = None
) -> Iterator[Slot]:
    spans = (Span(start, start + length) for start in starts_of(day, length, calendar) if start >= at)
    return (slot for span in spans if (slot := fit(span, room, busy, patient)))


def alternatives(wanted: Span, slots: Iterable[Slot], *, chair: Any = None, number: int = 3) -> list[Slot]:
    """The nearest of these slots, at most `number`, in order of time.

    Nearness in time comes first; between equally near ones the wanted chair, then the later time wins.
    """

    def distance(slot: Slot):
        away = abs(slot.start - wanted.start)
        return (away, slot.chair != chair, slot.start < wanted.start)

    return sorted(sorted(slots, key=distance)[:number], key=lambda slot: slot.start)


def days_around(day: date, reach: int, *, not_before: date) -> list[date]:
    """The day, then one later, one earlier and so on up to `reach` days away."""
    found = [day]
    for away in range(1, reach + 1):
        found += [day + away * DAY, day - away * DAY]
    return [one for one in found if one >= not_before]
