"""What "stop and reassess" asks for: who may write its outcome, and what stands until it is written. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from clinic.refusal import Item

PRESCRIBER = "prescriber"
OLDEST_REQUEST_DAYS = 60
# Outcome -> the state the course goes to; None leaves it as it is.
COURSE_AFTER = {"go_on": None, "change": None, "pause": "paused", "stop": "stopped"}
FROM = {"pause": ("active",), "stop": ("planned", "active", "paused")}
NEUTRAL = "The prescriber looks at this course first: ask them."


def outcome_items(*, is_open: bool, outcome: str, reason: str, state: str, roles: Iterable[str]) -> list[Item]:
    """All that keeps an outcome from being written."""
    found = [] if PRESCRIBER in roles else [Item("not-prescriber", "Only a prescriber of this site can do this.")]
    if not is_open:
        found.append(Item("not-open", "There is no reassessment to write: it is written already, or was taken back."))
    if outcome not in COURSE_AFTER:
        found.append(Item("outcome", "Choose what comes of it.", field="outcome"))
    elif state not in FROM.get(outcome, (state,)) and COURSE_AFTER[outcome] != state:
        found.append(Item("state", f"The course is {state}: this can't follow from it.", field="outcome"))
    if not reason.strip():
        found.append(Item("reason", "Write what you found and why: the next reader needs it.", field="reason"))
    return found


def booking_items(is_open: bool) -> list[Item]:
    """No infusion is booked between "stop and reassess" and its outcome."""
    text = "“Stop and reassess” was accepted for this course: write its outcome before another infusion is booked."
    return [Item("reassess", text, NEUTRAL)] if is_open else []


def request_items(*, asked_on: date | None, today: date, has_infusion: bool, is_there: bool) -> list[Item]:
    """What is wrong with a note that the patient asked for the next infusion."""
    found = [] if has_infusion else [Item("none-yet", "No infusion was given yet: there is no next one to ask for.")]
    if asked_on is None:
        return [*found, Item("day", "Type the day on which they asked.", field="asked_on")]
    if asked_on > today:
        found.append(Item("future", "This day lies ahead.", field="asked_on"))
    if (today - asked_on).days > OLDEST_REQUEST_DAYS:
        found.append(Item("old", f"At most {OLDEST_REQUEST_DAYS} days back.", field="asked_on"))
    if is_there:
        found.append(Item("there", "It is noted for this day already.", field="asked_on"))
    return found
