"""When a reminder is due: pure date arithmetic in the recipient's own zone, quiet hours and daylight saving included.

Times go in and come out as aware datetimes; answers are in UTC. Nothing here knows what a message says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from clinic.refusal import Item, refuse_if
from clinic.rules.quiet import QUIET, after_quiet, from_wall

ELAPSED, WALL, MORNING = "elapsed", "wall", "local_time"
BEFORE, AFTER = "before", "after"
LEAST_NOTICE = timedelta(minutes=30)
OF_USE_AFTER = timedelta(days=3)  # a message after a visit that could not go out for so long says nothing any more
# The visits a rule before or after may ask for, and the messages that make sense on each side.
ONLY = {BEFORE: ("", "unconfirmed", "unanswered"), AFTER: ("came", "missed")}
MESSAGES = {
    BEFORE: ("reminder_week", "reminder_day", "reminder_confirm", "reminder_hours"),
    AFTER: ("visit_after", "visit_missed"),
}
MOST_DAYS, MOST_HOURS = 60, 240


@dataclass(frozen=True)
class Rule:
    """One message before or after a visit.

    how "elapsed": `hours` on the clock of the world; "wall": `days` at the visit's own local hour; "local_time": `days`
    at local `at`. Before counts from the visit's start, after from its end. `slot` names it in the dedupe key.
    """

    slot: str
    how: str
    days: int = 0
    hours: int = 0
    at: time | None = None
    side: str = BEFORE


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


def wanted_at(rule: Rule, starts_at: datetime, zone: ZoneInfo, ends_at: datetime | None = None) -> datetime:
    """The moment a rule asks for, before quiet hours (UTC)."""
    sign = -1 if rule.side == BEFORE else 1
    if rule.how == ELAPSED:
        counted_from = starts_at if rule.side == BEFORE else ends_at or starts_at
        return counted_from.astimezone(UTC) + sign * timedelta(hours=rule.hours)
    local = starts_at.astimezone(zone)
    clock = rule.at if rule.how == MORNING else local.time()
    return from_wall(local.date() + sign * timedelta(days=rule.days), clock, zone)


def plan(
    starts_at: datetime,
    zone: ZoneInfo,
    now: datetime,
    rules: Iterable[Rule] = DEFAULT_RULES,
    quiet: tuple[time, time] = QUIET,
    ends_at: datetime | None = None,
) -> list[Due]:
    """Every message of one visit: when it goes out, or why it does not.

    A moment already past when the visit is booked is left out (the confirmation has just said it); a moment that
    quiet hours would push to less than 30 minutes before the visit is left out too. The rest of one visit's
    reminders never fall on the same moment: the later slot wins.
    """
    found = [_due(rule, starts_at, zone, now, quiet, ends_at) for rule in rules]
    latest = {due.send_at: due.slot for due in found if due.will_go}
    return [due if not due.will_go or latest[due.send_at] == due.slot else _merged(due) for due in found]


def _merged(due: Due) -> Due:
    return Due(due.slot, due.send_at, due.wanted_at, "the next reminder goes out at the same time")


def _due(rule: Rule, starts_at, zone: ZoneInfo, now: datetime, quiet: tuple[time, time], ends_at) -> Due:
    wanted = wanted_at(rule, starts_at, zone, ends_at)
    send = after_quiet(wanted, zone, quiet)
    return Due(rule.slot, send, wanted, _against(rule, wanted, send, starts_at, now))


def _against(rule: Rule, wanted: datetime, send: datetime, starts_at: datetime, now: datetime) -> str:
    if rule.side == AFTER:
        return "" if now - wanted <= OF_USE_AFTER else "the visit is over for days"
    if wanted < now:
        return "already past when the visit was booked"
    return "quiet hours would delay it until the visit" if send > starts_at - LEAST_NOTICE else ""


CONFIRMED, ANSWERED = "the patient has confirmed", "the questions before the visit are answered"
COMING = ("booked", "confirmed")
ENDED = {"came": "done", "missed": "no_show"}


def against_state(side: str, only: str, state: str, *, is_answered: bool = False) -> str:
    """Why a message of a rule is not for a visit in this state, or ""."""
    if side == AFTER:
        return "" if state == ENDED.get(only) else f"the visit is {state.replace('_', ' ')}"
    if state not in COMING:
        return f"the visit is {state.replace('_', ' ')}"
    if only == "unconfirmed" and state == "confirmed":
        return CONFIRMED
    return ANSWERED if only == "unanswered" and is_answered else ""


def rule_items(told: Mapping[str, Any], quiet: tuple[time, time] = QUIET) -> list[Item]:
    """Everything wrong with a rule as it was typed: names as in ReminderRule."""
    side, how = told["side"], told["how"]
    found = [*_time_items(told, how, quiet)]
    if told["only"] not in ONLY[side]:
        found.append(Item("only", "Choose for which visits: these are for the other side.", field="only"))
    if told["message_kind"] not in MESSAGES[side]:
        words = f"This message is not for {side} a visit. Choose another one."
        found.append(Item("message", words, field="message_kind"))
    return found


def _time_items(told, how, quiet):
    if how == ELAPSED and not 1 <= (told["hours"] or 0) <= MOST_HOURS:
        yield Item("hours", f"Type the hours, 1 to {MOST_HOURS}.", field="hours")
    if how != ELAPSED and not 0 <= (told["days"] or 0) <= MOST_DAYS:
        yield Item("days", f"Type the days, 0 to {MOST_DAYS}.", field="days")
    if how == WALL and not told["days"]:
        yield Item("days", "Zero days at the visit's own hour is the visit itself. Type 1 or more.", field="days")
    if how == MORNING and told["at"] is None:
        yield Item("at", "Type the local time, for example 09:00.", field="at")
    if how == MORNING and told["at"] is not None and not quiet[1] <= told["at"] < quiet[0]:
        words = f"Nothing goes out between {quiet[0]:%H:%M} and {quiet[1]:%H:%M}. Type a time of the day."
        yield Item("quiet", words, field="at")


def check_rule(told: Mapping[str, Any], quiet: tuple[time, time] = QUIET) -> None:
    """Raise Refused with everything wrong with a rule."""
    refuse_if(rule_items(told, quiet))


def slot_of(told: Mapping[str, Any]) -> str:
    """The name of a rule, out of what it does: "after-1d", "before-2h-unconfirmed"; the same for two alike."""
    span = f"{told['hours']}h" if told["how"] == ELAPSED else f"{told['days']}d"
    clock = f"{told['at']:%H%M}" if told["how"] == MORNING else ""
    return "-".join(part for part in (told["side"][:1], span + clock, told["only"]) if part)[:20]


def words_of(rule: Rule) -> str:
    """When a rule sends, in words for staff: "2 hours before", "1 day before, at 09:00 where the patient is"."""
    if rule.how == ELAPSED:
        return f"{rule.hours} hour{'' if rule.hours == 1 else 's'} {rule.side}"
    day = "the same day" if rule.days == 0 else f"{rule.days} day{'' if rule.days == 1 else 's'} {rule.side}"
    if rule.how == WALL:
        return f"{day}, at the visit's hour"
    return f"{day}, at {rule.at:%H:%M} where the patient is"
