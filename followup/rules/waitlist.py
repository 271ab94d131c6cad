"""Who of those that wait is offered a freed time, in which order, until when. Pure: values in, verdict out.

Three at a time, first to say yes has it, then the next three: as practices do that fill cancellations by text message.
How long an offer stands and how near a visit may be are clinic defaults (unverified default, the clinic approves).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from clinic.refusal import Item
from clinic.rules.quiet import after_quiet, is_quiet

AT_ONCE = 3
ANSWER_MINUTES = 15
ANSWER_WITHIN = timedelta(minutes=ANSWER_MINUTES)
NOTICE_HOURS = 4
LEAST_NOTICE = timedelta(hours=2)
LOOK_AGAIN = timedelta(minutes=30)
NOON = time(12)
LONGEST_DAYS = 180
MOST_NOTICE_HOURS = 14 * 24
WEEKDAYS = range(7)


@dataclass(frozen=True)
class Wish:
    """What one who waits would take, on the clock of the site.

    `before`: start of the visit that would be moved; only an earlier time is of use. `series`: the other days of the
    same course, from which the protocol wants `least_days` to `most_days`. `zone`: the patient's own, for quiet hours.
    """

    ident: Any
    since: datetime
    from_day: date
    until_day: date
    part: str = "any"
    weekdays: frozenset[int] = frozenset()
    notice: timedelta = timedelta(hours=NOTICE_HOURS)
    minutes: int = 0
    in_a_chair: bool = True
    before: datetime | None = None
    series: tuple[date, ...] = ()
    least_days: int = 0
    most_days: int | None = None
    zone: ZoneInfo | None = None


@dataclass(frozen=True)
class Slot:
    """A freed time of a site."""

    starts_at: datetime
    ends_at: datetime
    in_a_chair: bool
    zone: ZoneInfo

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


def why_not(wish: Wish, slot: Slot, at: datetime) -> str:
    """Why this time is not for this wish, as a code; "" when it suits."""
    local = slot.starts_at.astimezone(slot.zone)
    checks = (
        ("other-kind", wish.in_a_chair != slot.in_a_chair),
        ("too-long", wish.minutes > slot.minutes),
        ("other-day", not wish.from_day <= local.date() <= wish.until_day),
        ("other-weekday", bool(wish.weekdays) and local.weekday() not in wish.weekdays),
        ("other-part", not _suits(wish.part, local.time())),
        ("too-soon", slot.starts_at - at < wish.notice),
        ("not-earlier", wish.before is not None and slot.starts_at >= wish.before),
        ("spacing", not keeps_spacing(wish, local.date())),
    )
    return next((code for code, is_so in checks if is_so), "")


def keeps_spacing(wish: Wish, day: date) -> bool:
    """Whether this day stands as far from its neighbours in the series as the protocol asks."""
    before = [one for one in wish.series if one <= day]
    after = [one for one in wish.series if one > day]
    gaps = [(day - one).days for one in before[-1:]] + [(one - day).days for one in after[:1]]
    most = wish.most_days
    return all(gap >= wish.least_days and (most is None or gap <= most) for gap in gaps)


def _suits(part: str, clock: time) -> bool:
    return part == "any" or (clock < NOON) == (part == "morning")


def suits(wish: Wish, slot: Slot, at: datetime) -> bool:
    """Whether this time may be offered to this wish."""
    return not why_not(wish, slot, at)


def in_order(wishes: Iterable[Wish], slot: Slot, at: datetime) -> list[Wish]:
    """Those whom the time suits, the longest waiting first."""
    return sorted((wish for wish in wishes if suits(wish, slot, at)), key=lambda wish: wish.since)


@dataclass(frozen=True)
class Round:
    """Who is asked now, and when the slot is looked at next."""

    asked: tuple[Wish, ...]
    next_at: datetime


def next_round(wishes: Iterable[Wish], slot: Slot, at: datetime, quiet: tuple[time, time]) -> Round:
    """The next three whom the time suits and whose own clock stands outside of the quiet hours.

    Nobody is woken: who sleeps is asked in a later round. With nobody to ask, look again when the first wakes, or in
    half an hour, when somebody may have joined.
    """
    fitting = in_order(wishes, slot, at)
    awake = [wish for wish in fitting if not is_quiet(at, wish.zone or slot.zone, quiet)]
    if awake:
        return Round(tuple(awake[:AT_ONCE]), at + ANSWER_WITHIN)
    wake = min((after_quiet(at, wish.zone or slot.zone, quiet) for wish in fitting), default=at + LOOK_AGAIN)
    return Round((), min(max(wake, at + timedelta(minutes=1)), at + LOOK_AGAIN))


def answer_until(slot: Slot, at: datetime) -> datetime:
    """Until when an offer made now stands: a quarter of an hour, never past the least notice before the visit."""
    return min(at + ANSWER_WITHIN, max(slot.starts_at - LEAST_NOTICE, at + timedelta(minutes=1)))


def is_too_near(slot: Slot, at: datetime) -> bool:
    """Nobody is asked any more for a visit that begins within two hours."""
    return slot.starts_at - at < LEAST_NOTICE


def wish_items(*, from_day: date, until_day: date, today: date, weekdays, part: str, notice_hours: int) -> list[Item]:
    """What is wrong with preferences; empty when they can be kept."""
    found = []
    if until_day < from_day:
        found.append(Item("days", "The last day lies before the first.", field="until_day"))
    elif until_day < today:
        found.append(Item("past", "The last day has already passed.", field="until_day"))
    elif (until_day - today).days > LONGEST_DAYS:
        words = f"Nobody waits longer than {LONGEST_DAYS} days: choose an earlier last day."
        found.append(Item("long", words, field="until_day"))
    if not set(weekdays) <= set(WEEKDAYS) or part not in ("any", "morning", "afternoon"):
        found.append(Item("times", "Choose days and times from the list.", field="weekdays"))
    if not 0 <= notice_hours <= MOST_NOTICE_HOURS:
        found.append(Item("notice", f"Choose 0 to {MOST_NOTICE_HOURS} hours.", field="notice_hours"))
    return found


def answer_items(*, offer_state: str, slot_state: str, expires_at: datetime, at: datetime) -> list[str]:
    """Why an offer can't be taken any more, as codes; empty when it can."""
    if offer_state in ("accepted", "declined"):
        return [offer_state]
    if slot_state in ("taken", "filled") or offer_state == "beaten":
        return ["taken"]
    if offer_state != "open" or slot_state != "open" or at >= expires_at:
        return ["over"]
    return []
