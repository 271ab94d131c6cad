"""When a site is open, and until when nobody there reads what a patient writes. Pure: the moment is passed in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clinic.rules.quiet import from_wall

HORIZON_DAYS = 60
END_OF_DAY = time(23, 59)  # how a form without 24:00 says "until midnight"
MIDNIGHT = time(0)
# Shortly before closing nobody may get to it any more. Clinic default (unverified default, the clinic approves).
CLOSING = timedelta(minutes=15)


@dataclass(frozen=True)
class Hours:
    """The week of a site on its own wall clock, the days on which it is closed, and days with hours of their own.

    `weekly` holds (weekday, opens, closes) with Monday as 0, as often as a day has parts; `special` holds
    (day, opens, closes).
    """

    zone: ZoneInfo
    weekly: tuple[tuple[int, time, time], ...]
    closed: frozenset[date] = frozenset()
    special: tuple[tuple[date, time, time], ...] = ()

    def spans(self, day: date) -> list[tuple[datetime, datetime]]:
        """The parts of a local day in which the site is open, as UTC, in order."""
        if day in self.closed:
            return []
        own = [(opens, closes) for when, opens, closes in self.special if when == day]
        parts = own or sorted((opens, closes) for weekday, opens, closes in self.weekly if weekday == day.weekday())
        return [(from_wall(day, opens, self.zone), self._end(day, closes)) for opens, closes in parts]

    def _end(self, day: date, closes: time) -> datetime:
        if closes >= END_OF_DAY:
            return from_wall(day + timedelta(days=1), MIDNIGHT, self.zone)
        return from_wall(day, closes, self.zone)

    def ahead(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The parts that end after `at`, from yesterday's on; parts that touch are one."""
        day, last = at.astimezone(self.zone).date() - timedelta(days=1), None
        for n in range(HORIZON_DAYS):
            for begin, end in self.spans(day + timedelta(days=n)):
                if last and begin <= last[1]:
                    last = (last[0], max(last[1], end))
                    continue
                if last and last[1] > at:
                    yield last
                last = (begin, end)
        if last and last[1] > at:
            yield last


def is_open(hours: Hours, at: datetime) -> bool:
    """Is the site open at this moment? The moment of opening counts, the moment of closing doesn't."""
    begin, _ = next(hours.ahead(at), (None, None))
    return begin is not None and begin <= at


def next_change(hours: Hours, at: datetime) -> datetime | None:
    """When the site next opens or closes; None when it does neither within two months."""
    begin, end = next(hours.ahead(at), (None, None))
    if begin is None:
        return None
    return end if begin <= at else begin


def next_opening(hours: Hours, at: datetime) -> datetime | None:
    """When the site next opens, after the part it may be in now; None when it doesn't within two months."""
    return next((begin for begin, _ in hours.ahead(at) if begin > at), None)


def from_opening(hours: Hours, at: datetime) -> datetime:
    """From when on somebody can get to it: this moment while the site is open, else when it opens next.

    Where nobody knows when that is, this moment: nothing is put off into the unknown.
    """
    return at if is_open(hours, at) else next_opening(hours, at) or at


@dataclass(frozen=True)
class Reading:
    """Whether somebody reads what a patient writes now, and if not, from when on.

    `state`: "open" somebody at the clinic is told now; "on_call" it is closed and whoever is on call is told;
    "closing" it closes any moment; "closed" nobody reads it before `until`; "unknown" nobody can say.
    """

    state: str
    until: datetime | None = None

    @property
    def is_read_now(self) -> bool:
        """Is somebody there to read it?"""
        return self.state in ("open", "on_call")


def reading(hours: Hours, at: datetime, *, has_on_call: bool) -> Reading:
    """Until when nobody reads it. What is not known is never taken for "somebody does"."""
    begin, end = next(hours.ahead(at), (None, None))
    is_now = begin is not None and begin <= at
    if is_now and end - at > CLOSING:
        return Reading("open")
    if has_on_call:
        return Reading("on_call")
    until = next_opening(hours, at)
    if until is None:
        return Reading("unknown")
    return Reading("closing" if is_now else "closed", until)
