"""When each measure is due next: per phase and measure, from the last attempt or the start of the phase."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sessions.rules.phases import INFUSING, OBSERVING, PAUSED, PREPARING

# The protocol's own words for our phases.
PROTOCOL_PHASE = {PREPARING: "baseline", INFUSING: "infusing", PAUSED: "paused", OBSERVING: "observation"}


@dataclass(frozen=True)
class Interval:
    """A measure in a phase: due every `minutes` (0 = once in the phase), denser in the first hour if `first_hour`."""

    measure: str
    minutes: int
    first_hour: int | None = None
    asleep_counts: bool = False


@dataclass(frozen=True)
class Due:
    """One measure that is due at `at`; `late_minutes` is 0 until then; `never`: no reading in this session yet.

    `every` is the interval in force, minutes; 0: once in the phase.
    """

    measure: str
    at: datetime
    late_minutes: int
    never: bool
    every: int = 0

    @property
    def is_overdue(self):
        return self.late_minutes > 0


# What is asked before the start, or once in a phase, is called late only after this. Source: clinic default.
GRACE_MINUTES = 15


def due_list(intervals, *, phase, phase_since, attempts, now):
    """Everything due in this phase, soonest first.

    `attempts` maps a measure to the time it was last taken, or recorded as missed with a reason: a gap is charted and
    the next one is counted from it. The first reading of a phase is due one interval after the phase began; before
    the start, and for what is asked once, after `GRACE_MINUTES`.
    """
    found = [_due(i, phase, phase_since, attempts.get(i.measure), now) for i in intervals]
    return sorted((d for d in found if d), key=lambda d: (d.at, d.measure))


def _due(interval, phase, since, last, now):
    in_phase = last is not None and last >= since
    if in_phase and (interval.minutes == 0 or phase == PREPARING):
        return None
    if interval.minutes == 0 or phase == PREPARING:
        return _made(interval.measure, since + timedelta(minutes=GRACE_MINUTES), last, now)
    origin = last if in_phase else since
    every = _minutes(interval, origin - since)
    return _made(interval.measure, origin + timedelta(minutes=every), last, now, every)


def _minutes(interval, into_phase):
    if interval.first_hour and into_phase < timedelta(hours=1):
        return interval.first_hour
    return interval.minutes


def _made(measure, at, last, now, every=0):
    late = max(0, int((now - at).total_seconds() // 60))
    return Due(measure, at, late, last is None, every)


def stale_after(intervals, measure, into_phase, default=15):
    """Minutes after which a figure of this measure greys: its interval in force, or `default` when it is not asked.

    `into_phase` (timedelta) is how long the phase had lasted when the figure was taken: the first hour may be denser.
    """
    interval = next((i for i in intervals if i.measure == measure), None)
    return (interval and _minutes(interval, into_phase)) or default
