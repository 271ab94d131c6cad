"""When a reminder is due: pure date arithmetic in the recipient's own zone, quiet hours and daylight saving included.

Times go in and come out as aware datetimes; answers are in UTC. Nothing here knows what a message says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clinic.rules.quiet import QUIET, after_quiet, from_wall

ELAPSED, WALL, MORNING = "elapsed", "wall", "local_time"
LEAST_NOTICE = timedelta(minutes=30)


@dataclass(frozen=True)
class Rule:
    """One reminder before a visit.

    how "elapsed": `hours` before on the clock of the world; "wall": `days` before at the visit's own local hour;
    "local_time": `days` before at local `at`. `slot` names it in the dedupe key.
    """

    slot: str
    how: str
    days: int = 0
    hours: int = 0
    at: time | None = None


@dataclass(frozen=True)
class Due:
    """One reminder with the moment it goes out (UTC); `reason` says why it will not, in words, else ""."""

    slot: str
    send_at: datetime
    wanted_at: datetime
    reason: str = ""

    @property
    def will_go(self) -> bool:
        return not self.reason


DEFAULT_RULES = (
    Rule("week", WALL, days=7),
    Rule("day", WALL, days=1),
    Rule("hours", ELAPSED, hours=2),
)


def wanted_at(rule: Rule, starts_at: datetime, zone: ZoneInfo) -> datetime:
    """The moment a rule asks for, before quiet hours (UTC)."""
    if rule.how == ELAPSED:
        return starts_at.astimezone(UTC) - timedelta(hours=rule.hours)
    local = starts_at.astimezone(zone)
    clock = rule.at if rule.how == MORNING else local.time()
    return from_wall(local.date() - timedelta(days=rule.days), clock, zone)


def plan(
    starts_at: datetime,
    zone: ZoneInfo,
    now: datetime,
    rules: Iterable[Rule] = DEFAULT_RULES,
    quiet: tuple[time, time] = QUIET,
) -> list[Due]:
    """Every reminder of one visit: when it goes out, or why it does not.

    A moment already past when the visit is booked is left out (the confirmation has just said it); a moment that
    quiet hours would push to less than 30 minutes before the visit is left out too. The rest of one visit's
    reminders never fall on the same moment: the later slot wins.
    """
    found = [_due(rule, starts_at, zone, now, quiet) for rule in rules]
    latest = {due.send_at: due.slot for due in found if due.will_go}
    return [due if not due.will_go or latest[due.send_at] == due.slot else _merged(due) for due in found]


def _merged(due: Due) -> Due:
    return Due(due.slot, due.send_at, due.wanted_at, "the next reminder goes out at the same time")


def _due(rule: Rule, starts_at: datetime, zone: ZoneInfo, now: datetime, quiet: tuple[time, time]) -> Due:
    wanted = wanted_at(rule, starts_at, zone)
    send = after_quiet(wanted, zone, quiet)
    if wanted < now:
        return Due(rule.slot, send, wanted, "already past when the visit was booked")
    if send > starts_at - LEAST_NOTICE:
        return Due(rule.slot, send, wanted, "quiet hours would delay it until the visit")
    return Due(rule.slot, send, wanted)
