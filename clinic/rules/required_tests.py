"""What may be entered as the result of a test, what it says, and who may do what. Pure: values in, words out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from clinic.catalogue.library import CHOICE, NUMBER, Analyte, TestKind
from clinic.models.required_tests import TEST_ORDER
from clinic.refusal import Item, refuse_if
from clinic.words import figure

LOW, HIGH, NORMAL, ABNORMAL, UNKNOWN, SAYS_NOTHING = "low", "high", "normal", "abnormal", "unknown", ""
FLAG_WORDS = {
    LOW: "low",
    HIGH: "high",
    NORMAL: "normal",
    ABNORMAL: "not normal",
    UNKNOWN: "range not known",
    SAYS_NOTHING: "",
}
OFF = (LOW, HIGH, ABNORMAL)
ENTERS = ("nurse", "prescriber")
ASKS = ("prescriber",)
OLDEST_DAYS = 366 * 5  # an older report is most likely a slip in the year; clinic default (unverified default)
DUE_MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class Typed:
    """One value as somebody read it off a report. Nothing is None or "": blank. Zero is a value."""

    analyte: str
    number: Decimal | None = None
    comparator: str = ""
    choice: str = ""
    words: str = ""
    unit: str = ""
    range_low: Decimal | None = None
    range_high: Decimal | None = None

    @property
    def is_blank(self) -> bool:
        """Whether no value was typed; a range alone is none."""
        return self.number is None and not self.choice and not self.words.strip()


def flag_of(analyte: Analyte, value) -> str:
    """What a value says: low, high, normal, abnormal, unknown, or "" where it can say nothing.

    `value` has number, comparator, choice, range_low and range_high. Without a range a number is "unknown", never
    normal; "less than 5" is judged only where every number below 5 would be judged alike.
    """
    if not analyte.judges:
        return SAYS_NOTHING
    if analyte.kind == CHOICE:
        return _choice_flag(analyte, value.choice)
    if value.number is None or (value.range_low is None and value.range_high is None):
        return UNKNOWN
    return _number_flag(value.number, value.comparator, value.range_low, value.range_high)


def _choice_flag(analyte, choice):
    if choice in analyte.normal:
        return NORMAL
    return ABNORMAL if choice in analyte.abnormal else UNKNOWN


def _number_flag(number, comparator, low, high):
    if comparator == "<":
        return _below(number, low, high)
    if comparator == ">":
        return _above(number, low, high)
    if low is not None and number < low:
        return LOW
    return HIGH if high is not None and number > high else NORMAL


def _below(number, low, high):
    if low is not None and number <= low and low > 0:
        return LOW
    within = (low is None or low <= 0) and (high is None or number <= high)
    return NORMAL if within else UNKNOWN


def _above(number, low, high):
    if high is not None:
        return HIGH if number >= high else UNKNOWN
    return NORMAL if number >= low else UNKNOWN


def is_abnormal(flags: Iterable[str]) -> bool | None:
    """True when any value is off, False when all that can be judged are normal, None: unknown."""
    judged = [flag for flag in flags if flag != SAYS_NOTHING]
    if any(flag in OFF for flag in judged):
        return True
    return False if judged and all(flag == NORMAL for flag in judged) else None


def entry_items(kind: TestKind, values: Iterable[Typed], *, taken_on: dt.date | None, today: dt.date) -> list[Item]:
    """Everything wrong with a sheet of results, each on its field. `today` is the site's day."""
    typed = {value.analyte: value for value in values}
    items = taken_items(kind, taken_on, today)
    for analyte in kind.analytes:
        items += value_items(analyte, typed.get(analyte.code) or Typed(analyte.code))
    if not items and all(value.is_blank for value in typed.values()):
        items.append(Item("nothing", "Type at least one value.", field=kind.analytes[0].code if kind.analytes else ""))
    return items


def taken_items(kind: TestKind, taken_on: dt.date | None, today: dt.date) -> list[Item]:
    """What is wrong with the day of a sample: missing, in the future, or years ago."""
    if taken_on is None:
        return [Item("taken", f"{kind.taken}: type the month, the day and the year.", field="taken_on")]
    if taken_on > today:
        return [Item("taken-future", f"{kind.taken}: this day lies in the future.", field="taken_on")]
    if (today - taken_on).days > OLDEST_DAYS:
        words = f"{kind.taken}: this was more than five years ago. Check the year."
        return [Item("taken-old", words, field="taken_on")]
    return []


def value_items(analyte: Analyte, value: Typed) -> list[Item]:
    """Everything wrong with one value."""
    if value.is_blank:
        return _blank_items(analyte, value)
    if analyte.kind == NUMBER:
        return _number_items(analyte, value)
    if analyte.kind == CHOICE:
        known = value.choice in dict(analyte.choices)
        return [] if known else [Item("choice", f"{analyte.label}: choose one of the answers.", field=analyte.code)]
    long = len(value.words) > analyte.longest
    words = f"{analyte.label}: at most {analyte.longest} characters."
    return [Item("long", words, field=analyte.code)] if long else []


def _blank_items(analyte, value):
    if analyte.required:
        return [Item("required", f"{analyte.label}: fill this in.", field=analyte.code)]
    if value.range_low is not None or value.range_high is not None:
        words = f"{analyte.label}: there is a range but no value. Type the value, or clear the range."
        return [Item("range-alone", words, field=analyte.code)]
    return []


def _number_items(analyte, value):
    items, code = [], analyte.code
    if value.number is None:
        return [Item("number", f"{analyte.label} must be a number, for example 72.", field=code)]
    if not analyte.least <= value.number <= analyte.most:
        words = f"{analyte.label}: {figure(value.number)} can't be right. Check the figure and its unit."
        items.append(Item("bounds", words, field=code))
    if value.unit not in [unit.ucum for unit in analyte.units]:
        items.append(Item("unit", f"{analyte.label}: choose the unit of the report.", field=code))
    low, high = value.range_low, value.range_high
    if low is not None and high is not None and low > high:
        words = f"{analyte.label}: the range runs from {figure(low)} down to {figure(high)}. Swap them."
        items.append(Item("range", words, field=code))
    return items


def check_entry(kind, values, *, taken_on, today):
    """Raise Refused with everything wrong with a sheet of results."""
    refuse_if(entry_items(kind, values, taken_on=taken_on, today=today))


def ask_items(*, codes, known, title, due_on, today, roles) -> list[Item]:
    """Why these tests can't be asked for: a prescriber asks, for a known test, for a day from today to a year on."""
    items = _role_items(roles, ASKS, "Only a prescriber asks for a test.")
    if not codes:
        items.append(Item("codes", "Choose at least one test.", field="codes"))
    if any(code not in known for code in codes):
        items.append(Item("codes", "Choose tests of the list.", field="codes"))
    if "other" in codes and not title.strip():
        items.append(Item("title", "Write which other test.", field="title"))
    if due_on is None or due_on < today:
        items.append(Item("due", "Choose a day from today on.", field="due_on"))
    elif (due_on - today).days > DUE_MOST_DAYS:
        items.append(Item("due", "This is more than a year ahead. Check the year.", field="due_on"))
    return items


def check_can_ask(**facts) -> None:
    """Raise Refused unless these tests may be asked for now; the facts are those of `ask_items`."""
    refuse_if(ask_items(**facts))


def can_ask(roles: Iterable[str]) -> bool:
    """Whether somebody with these roles may ask for tests."""
    return bool(set(roles) & set(ASKS))


def _role_items(roles, allowed, words):
    return [] if set(roles) & set(allowed) else [Item("role", words, "This needs a clinician: ask the prescriber.")]


def enter_items(*, state: str, roles: Iterable[str]) -> list[Item]:
    """Why results can't be entered now: a nurse or a prescriber enters them, for a test that was not cancelled."""
    items = _role_items(roles, ENTERS, "A nurse or a prescriber enters results.")
    if state == "cancelled":
        items.append(Item("cancelled", "This test was cancelled. Ask for it again to enter a result."))
    return items


def check_can_enter(*, state, roles) -> None:
    """Raise Refused unless results may be entered now."""
    refuse_if(enter_items(state=state, roles=roles))


def can_enter(*, state, roles) -> bool:
    """Whether results may be entered now."""
    return not enter_items(state=state, roles=roles)


def cancel_items(*, state, reason, roles) -> list[Item]:
    """Why this test can't be cancelled: a prescriber does it with a reason, before a result is in."""
    items = _role_items(roles, ASKS, "Only a prescriber cancels a test.")
    if not TEST_ORDER.can(state, "cancelled"):
        items.append(Item("state", f"This test is {TEST_ORDER.label(state)}: there is nothing to cancel."))
    if not reason.strip():
        items.append(Item("reason", "Write why it is not needed any more.", field="reason"))
    return items


def check_can_cancel(*, state, reason, roles) -> None:
    """Raise Refused unless this test may be cancelled with this reason."""
    refuse_if(cancel_items(state=state, reason=reason, roles=roles))


def change_items(*, reason: str, is_newest: bool, is_struck: bool, roles) -> list[Item]:
    """Why a value can't be corrected or struck: with a reason, and only the one that stands now."""
    items = _role_items(roles, ENTERS, "A nurse or a prescriber corrects results.")
    if not is_newest:
        items.append(Item("changed", "Somebody else has corrected this value meanwhile."))
    if is_struck:
        items.append(Item("struck", "This value was taken back already."))
    if not reason.strip():
        items.append(Item("reason", "Write what was wrong.", field="reason"))
    return items


def check_can_change(*, reason, is_newest, is_struck, roles) -> None:
    """Raise Refused unless this value may be corrected or struck with this reason."""
    refuse_if(change_items(reason=reason, is_newest=is_newest, is_struck=is_struck, roles=roles))


def verify_items(*, state, is_verified, roles) -> list[Item]:
    """Why a result can't be signed as read: a prescriber does it, once, when there is one."""
    items = _role_items(roles, ASKS, "A prescriber reads the results.")
    if state != "done":
        items.append(Item("state", "There is no result to read yet."))
    if is_verified:
        items.append(Item("verified", "Somebody has read it already."))
    return items


def check_can_verify(*, state, is_verified, roles) -> None:
    """Raise Refused unless the result may be signed as read."""
    refuse_if(verify_items(state=state, is_verified=is_verified, roles=roles))


def can_verify(*, state, is_verified, roles) -> bool:
    """Whether the result may be signed as read."""
    return not verify_items(state=state, is_verified=is_verified, roles=roles)


def due_day(kinds: Iterable[TestKind], today: dt.date) -> dt.date:
    """The day offered for these tests: the soonest of their defaults."""
    return today + dt.timedelta(days=min((kind.due_days for kind in kinds), default=7))


def age_words(due_on: dt.date, today: dt.date) -> str:
    """How a due day stands: "due today", "due in 3 days", "2 days overdue"."""
    days = (due_on - today).days
    if days == 0:
        return "due today"
    many = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f"due in {many}" if days > 0 else f"{many} overdue"


def value_words(analyte: Analyte, value: Mapping | object) -> str:
    """A value as it is written: "< 5 U/L", "Negative", the words themselves."""
    if analyte.kind == CHOICE:
        return analyte.choice_words(value.choice)
    if analyte.kind != NUMBER or value.number is None:
        return value.words
    return " ".join(filter(None, (value.comparator, figure(value.number), analyte.unit(value.unit).words)))


def range_words(value) -> str:
    """The range of a report: "7 to 56", "up to 40", "from 90"; "" without one."""
    low, high = value.range_low, value.range_high
    if low is None and high is None:
        return ""
    if low is None:
        return f"up to {figure(high)}"
    return f"from {figure(low)}" if high is None else f"{figure(low)} to {figure(high)}"
