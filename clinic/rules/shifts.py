"""Who works when: weekly hours and days with other hours, turned into the times somebody is not there. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from clinic.refusal import Item
from clinic.rules.booking import DAY, Span, wall

AHEAD = timedelta(days=366)
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Weekly:
    """Works on this weekday (Monday 0) from `starts` to `ends`, wall clock, from `first` on until before `until`."""

    weekday: int
    starts: time
    ends: time
    first: date
    until: date | None = None

    def is_in_force(self, day: date) -> bool:
        """Whether this row counts on the day, whatever its weekday."""
        return self.first <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Shifts:
    """The weeks of one person at one site, and days with other hours. Nothing: there whenever the site is open."""

    weekly: tuple[Weekly, ...] = ()
    other: Mapping[date, tuple[time, time]] = field(default_factory=dict)

    def on(self, day: date) -> tuple[time, time] | None | bool:
        """The hours of a local day; None when they don't work then, True when nothing says anything about it."""
        if day in self.other:
            return self.other[day]
        counting = [row for row in self.weekly if row.is_in_force(day)]
        if not counting:
            return True
        return next(((row.starts, row.ends) for row in counting if row.weekday == day.weekday()), None)

    def off(self, days: Iterable[date], zone: ZoneInfo) -> list[Span]:
        """When they are not at work on these local days, in order; what touches is one stretch."""
        found: list[Span] = []
        for day in days:
            for span in self._off_on(day, zone):
                if found and found[-1].end == span.start:
                    found[-1] = Span(found[-1].start, span.end)
                else:
                    found.append(span)
        return found

    def _off_on(self, day: date, zone: ZoneInfo) -> list[Span]:
        hours = self.on(day)
        if hours is True:
            return []
        start, end = wall(day, time(0), zone), wall(day + DAY, time(0), zone)
        if not isinstance(hours, tuple):
            return [Span(start, end)]
        works = Span(wall(day, hours[0], zone), wall(day, hours[1], zone, later=True))
        return [one for one in (Span(start, works.start), Span(works.end, end)) if one.start < one.end]


def week_items(
    hours: Mapping[int, tuple[time | None, time | None]], first: date, today: date, *, works_here: bool, name: str
) -> list[Item]:
    """A week begins today or later, of somebody who works here, each day with both times in order or none."""
    found = here_items(works_here, name) + _first_items(first, today)
    for weekday, (starts, ends) in sorted(hours.items()):
        wrong = hours_items(starts, ends, f"from_{weekday}", f"until_{weekday}")
        found += [replace(one, text=f"{NAMES[weekday]}: {one.text}") for one in wrong]
    return found


def _first_items(first: date, today: date) -> list[Item]:
    if first < today:
        return [Item("past", "A week can't begin in the past: what was worked by stays.", field="first")]
    return [Item("far", "A year ahead at most.", field="first")] if first > today + AHEAD else []


def here_items(works_here: bool, name: str) -> list[Item]:
    """Only who works at the site has hours there."""
    return [] if works_here else [Item("not-here", f"{name} does not work at this site.")]


def hours_items(starts: time | None, ends: time | None, first: str = "starts", last: str = "ends") -> list[Item]:
    """Both times in order, or none."""
    if (starts is None) != (ends is None):
        return [Item("both", "Type both times, or none for a day off.", field=last if starts else first)]
    if starts is not None and ends is not None and ends <= starts:
        return [Item("order", "The end lies before the start.", field=last)]
    return []


def day_items(day: date, today: date) -> list[Item]:
    """Other hours are for a day ahead, within a year."""
    if day < today:
        return [Item("past", "This day has passed.", field="day")]
    return [Item("far", "A year ahead at most.", field="day")] if day > today + AHEAD else []


def call_off_items(is_called_off: bool, day: date, today: date) -> list[Item]:
    """Only what still stands and lies ahead is called off."""
    if is_called_off:
        return [Item("called-off", "This is called off already.")]
    return [Item("past", "This day has passed: it stays as it was.")] if day < today else []
