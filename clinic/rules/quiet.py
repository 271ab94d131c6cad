"""Quiet hours on the recipient's own wall clock, daylight-saving nights included. Pure."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

QUIET_FROM, QUIET_UNTIL = time(21), time(8)
QUIET = (QUIET_FROM, QUIET_UNTIL)


def from_wall(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """A local wall time as UTC. A time in a spring gap moves on by the gap; one that exists twice is the first."""
    return datetime.combine(day, clock, tzinfo=zone).replace(fold=0).astimezone(UTC)


def is_quiet(moment: datetime, zone: ZoneInfo, quiet: tuple[time, time] = QUIET) -> bool:
    """True from `quiet[0]` in the evening to `quiet[1]` in the morning on the wall clock of `zone`."""
    begin, end = quiet
    clock = moment.astimezone(zone).time()
    return clock >= begin or clock < end


def after_quiet(moment: datetime, zone: ZoneInfo, quiet: tuple[time, time] = QUIET) -> datetime:
    """The moment itself, or the end of the quiet hours it falls into (UTC)."""
    if not is_quiet(moment, zone, quiet):
        return moment.astimezone(UTC)
    local = moment.astimezone(zone)
    day = local.date() + timedelta(days=1) if local.time() >= quiet[0] else local.date()
    return from_wall(day, quiet[1], zone)
