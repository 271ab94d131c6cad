"""Long-term safety: when each check falls due, by infusions given and by time. Pure: days in, words and days out.

The intervals are rows of the protocol version. Where a version has none, these defaults stand in for them: the
reference names liver tests every 3 to 6 months or per number of infusions, a urinary symptom score each series,
cognition and misuse screens every 6 to 12 months, all of it marked unverified; kidney, blood pressure and pregnancy are
clinic defaults (unverified default, the clinic approves).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

from clinic.refusal import Item
from clinic.words import clinic_date

OK, SOON, DUE, OVERDUE, OFF = "ok", "soon", "due", "overdue", "off"
STATUS_WORDS = {OK: "in time", SOON: "due soon", DUE: "due", OVERDUE: "overdue", OFF: "not asked"}
WEIGHT = {OVERDUE: 0, DUE: 1, SOON: 2, OK: 3, OFF: 4}
SOON_DAYS = 14  # clinic default
TASK_HOUR = time(18)  # a task about a day is due at its end; clinic default
PUT_OFF_MOST = 366  # days; longer is "does not apply"; clinic default
PRESCRIBER = "prescriber"
CHILDBEARING = range(12, 56)  # years of age, both ends in; clinic default (unverified default, the clinic approves)
TIMES_UPPER_LIMIT = Decimal(3)  # liver enzymes: at least 3 times the upper limit of normal counted as injury (S27)

# What counts as having done a check: ("score", instrument), ("test", code of the catalogue) or ("vitals", measure).
SOURCES = {
    "bladder": (("score", "icsi"), ("score", "icpi")),
    "liver": (("test", "liver"),),
    "kidney": (("test", "kidney"),),
    "cognition": (("score", "moca"), ("score", "mini-cog")),
    "blood_pressure": (("vitals", "systolic"),),
    "misuse": (("score", "dast-10"), ("test", "drug_screen")),
    "pregnancy": (("test", "pregnancy"),),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One clock: due at the start, after so many infusions, after so many days; overdue `grace_days` later."""

    code: str
    at_start: bool = False
    every_infusions: int | None = None
    every_days: int | None = None
    grace_days: int = 14

    @property
    def words(self) -> str:
        """The clock in words: "at the start, every 6 infusions or 180 days"."""
        parts = ["at the start"] if self.at_start else []
        every = [f"{self.every_infusions} infusions"] if self.every_infusions else []
        every += [f"{self.every_days} days"] if self.every_days else []
        return ", ".join([*parts, *([f"every {' or '.join(every)}"] if every else [])])


DEFAULTS = (
    Check("bladder", at_start=True, every_infusions=6, every_days=180),
    Check("liver", at_start=True, every_infusions=12, every_days=180),
    Check("kidney", at_start=True, every_days=365),
    Check("cognition", every_days=365, grace_days=30),
    Check("blood_pressure", every_days=180),
    Check("misuse", every_days=365, grace_days=30),
    Check("pregnancy", at_start=True, every_days=90),
)


@dataclass(frozen=True, slots=True)
class Waiver:
    """A check put off until a day (None: for good) by a prescriber."""

    until: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Due:
    """How one check stands. `since`: infusions since the last check; `why`: what makes it due, in words."""

    code: str
    status: str
    last_on: date | None
    due_on: date | None
    overdue_from: date | None
    since: int
    why: str

    @property
    def is_wanted(self) -> bool:
        """Whether somebody has to do something now."""
        return self.status in (DUE, OVERDUE)


def applies(code: str, *, sex: str, age: int | None) -> bool:
    """Whether a check is for this person at all: a pregnancy test is not for men, nor below 12 or above 55.

    An unknown sex or age never makes it go away.
    """
    if code != "pregnancy":
        return True
    return sex != "male" and (age is None or age in CHILDBEARING)


def due_of(
    check: Check,
    *,
    began: date,
    infused: Sequence[date],
    last_on: date | None,
    today: date,
    waiver: Waiver | None = None,
) -> Due:
    """How a check stands today. `began`: the day the plan was signed; `infused`: days of infusions given, in order.

    An infusion of the day of the check itself counts as before it: the sample is taken first.
    """
    after = [day for day in infused if last_on is None or day > last_on]
    found = _triggers(check, began, after, last_on)
    due_on, why = min(found, default=(None, ""))
    overdue_from = None if due_on is None else due_on + timedelta(days=check.grace_days + 1)
    if waiver is not None and (waiver.until is None or waiver.until >= today):
        if waiver.until is None:
            return Due(check.code, OFF, last_on, None, None, len(after), f"Does not apply: {waiver.reason}")
        due_on, why = waiver.until + timedelta(days=1), f"Put off until {clinic_date(waiver.until)}: {waiver.reason}"
        overdue_from = due_on + timedelta(days=1)
    return Due(check.code, _status(due_on, overdue_from, today), last_on, due_on, overdue_from, len(after), why)


def _triggers(check: Check, began: date, after: Sequence[date], last_on: date | None) -> list[tuple[date, str]]:
    """[(day, why)] of everything that makes it due, now or later."""
    if last_on is None and check.at_start:
        return [(began, "Never done: due since the plan was signed.")]
    found, base = [], last_on or began
    since = f"since {clinic_date(base)}" if last_on else "since the plan was signed, never done"
    if check.every_days:
        found.append((base + timedelta(days=check.every_days), f"{check.every_days} days {since}."))
    if check.every_infusions and len(after) >= check.every_infusions:
        found.append((after[check.every_infusions - 1], f"{check.every_infusions} infusions {since}."))
    return found


def _status(due_on: date | None, overdue_from: date | None, today: date) -> str:
    if due_on is None:
        return OK
    if overdue_from <= today:
        return OVERDUE
    if due_on <= today:
        return DUE
    return SOON if (due_on - today).days <= SOON_DAYS else OK


def with_next_infusion(check: Check, due: Due) -> bool:
    """Whether the next infusion makes it due: one more reaches its number."""
    return not due.is_wanted and bool(check.every_infusions) and due.since + 1 == check.every_infusions


def in_order(dues: Iterable[Due]) -> list[Due]:
    """The most pressing first: overdue, due, soon, in time, not asked; within these by day."""
    return sorted(dues, key=lambda due: (WEIGHT[due.status], due.due_on or date.max, due.code))


def trend_words(numbers: Sequence[Decimal]) -> str:
    """The newest of a row of values against the first: "up 4 since the first of 5"; "" for fewer than two."""
    if len(numbers) < 2:
        return ""
    change = numbers[-1] - numbers[0]
    if change == 0:
        return f"unchanged since the first of {len(numbers)}"
    size = f"{abs(change).normalize():f}"
    return f"{'up' if change > 0 else 'down'} {size} since the first of {len(numbers)}"


def times_upper_limit(number: Decimal | None, high: Decimal | None) -> Decimal | None:
    """How many times the laboratory's own upper limit a value is, one decimal down; None without a limit."""
    if number is None or not high:
        return None
    return (number / high).quantize(Decimal("0.1"), "ROUND_DOWN")


def is_liver_injury(number: Decimal | None, high: Decimal | None) -> bool:
    """Whether a liver enzyme is at least 3 times the laboratory's upper limit; False when that is not known."""
    return number is not None and bool(high) and number >= TIMES_UPPER_LIMIT * high


def waiver_items(*, known: bool, reason: str, until: date | None, today: date, roles: Iterable[str]) -> list[Item]:
    """All that is wrong with putting a check off: by whom, why, until when."""
    found = [] if known else [Item("unknown", "There is no such check.")]
    found += _not_prescriber(roles)
    if not reason.strip():
        found.append(Item("reason", "Write why: the next reader needs it.", field="reason"))
    if until is not None and until <= today:
        found.append(Item("past", "Choose a day after today.", field="until"))
    if until is not None and (until - today).days > PUT_OFF_MOST:
        found.append(Item("far", "At most a year: leave the day empty where the check does not apply.", field="until"))
    return found


def lift_items(*, is_waived: bool, roles: Iterable[str]) -> list[Item]:
    """What keeps a check from being asked for again."""
    return [*_not_prescriber(roles), *([] if is_waived else [Item("not-waived", "This check is asked for already.")])]


def _not_prescriber(roles: Iterable[str]) -> list[Item]:
    return [] if PRESCRIBER in roles else [Item("not-prescriber", "Only a prescriber can do this.")]
