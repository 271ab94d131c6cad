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
    """One measure that is due at `at`; `late_minutes` is 0 until then; `never`: no reading in this session yet."""

    measure: str
    at: datetime
    late_minutes: int
    never: bool

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
    return _made(interval.measure, origin + timedelta(minutes=_minutes(interval, origin - since)), last, now)


def _minutes(interval, into_phase):
    if interval.first_hour and into_phase < timedelta(hours=1):
        return interval.first_hour
    return interval.minutes


def _made(measure, at, last, now):
    late = max(0, int((now - at).total_seconds() // 60))
    return Due(measure, at, late, last is None)


def stale_after(intervals, measure, default=15):
    """Minutes after which a figure of this measure greys: its phase's interval, or `default` when it is not asked."""
    minutes = {i.measure: i.minutes for i in intervals}.get(measure)
    return minutes or default
