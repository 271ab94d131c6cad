"""The time axis: aware moments to pixels, ticks on the clock of one zone, across midnight and many hours."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from clinic.words import MONTHS

# Longest span in hours, fine grid in minutes, labelled grid in minutes.
STEPS = ((2.6, 5, 15), (5.5, 10, 30), (12, 15, 60), (30, 60, 240), (24 * 8, 360, 1440))


@dataclass(frozen=True)
class Timeline:
    """From `start` to `end` (aware) over `width` pixels beginning at `left`, read on the clock of `zone`."""

    start: datetime
    end: datetime
    zone: ZoneInfo
    left: float
    width: float

    def x(self, at):
        """The pixel of a moment."""
        return self.left + (at - self.start) / (self.end - self.start) * self.width

    @property
    def right(self):
        return self.left + self.width

    @property
    def steps(self):
        hours = (self.end - self.start) / timedelta(hours=1)
        return next(((fine, named) for most, fine, named in STEPS if hours <= most), (1440, 7 * 1440))

    def ticks(self):
        """(moment, is labelled) for each grid line. Steps count from local midnight, so that 10:15 stays 10:15."""
        fine, named = self.steps
        at = self._floor(fine)
        while at <= self.end:
            if at >= self.start:
                here = at.astimezone(self.zone)
                yield at, (here.hour * 60 + here.minute) % min(named, 1440) == 0
            at += timedelta(minutes=fine)

    def _floor(self, minutes):
        here = self.start.astimezone(self.zone)
        past = (here.hour * 60 + here.minute) % minutes
        floor = here.astimezone(UTC) - timedelta(minutes=past, seconds=here.second, microseconds=here.microsecond)
        return floor

    def label(self, at):
        """10:15; at local midnight, and everywhere on an axis of days, the date: 15-May."""
        here = at.astimezone(self.zone)
        if (here.hour, here.minute) == (0, 0):
            return f"{here.day:02d}-{MONTHS[here.month - 1]}"
        return f"{here:%H:%M}"
