"""What a patient may do about a visit by link, and how a wish for another time reads at the desk. Pure."""

from dataclasses import dataclass
from datetime import datetime

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PARTS = {"any": "any time of the day", "morning": "mornings", "afternoon": "afternoons"}
SOONER, LATER, EITHER = "sooner", "later", "either"
WAYS = {SOONER: "sooner", LATER: "later", EITHER: "sooner or later"}


@dataclass(frozen=True)
class Wanted:
    """Another time in the patient's own choice: sooner or later, which days (0 Monday), which part of the day."""

    way: str = EITHER
    weekdays: tuple[int, ...] = ()
    part: str = "any"
    words: str = ""


def may_answer(state: str, starts_at: datetime, at: datetime) -> bool:
    """Whether a patient may still confirm, cancel or ask for another time: booked or confirmed, and not begun."""
    return state in ("booked", "confirmed") and starts_at > at


def title_of(wanted: Wanted) -> str:
    """The task in one line, without anything the patient wrote in words of their own."""
    days = ", ".join(DAYS[day] for day in sorted(set(wanted.weekdays))) or "any day"
    return f"Asks for another time: {WAYS[wanted.way]}, {days}, {PARTS[wanted.part]}. The visit stays until you call."


def days_words(weekdays) -> str:
    """Monday, Thursday; "any day" for none named."""
    return ", ".join(DAYS[day] for day in sorted(set(weekdays))) or "any day"
