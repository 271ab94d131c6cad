"""Absences and closed days: what may be noted. Pure: values in, items out, the clock handed in."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from clinic.refusal import Item

LONGEST = timedelta(days=366)


def absence_items(start: datetime, end: datetime, at: datetime, *, works_here: bool, name: str) -> list[Item]:
    """An absence ends after it begins, lies ahead at least in part, and is of somebody who works here."""
    found = []
    if not works_here:
        found.append(Item("not-here", f"{name} does not work at this site.", field="user"))
    if end <= start:
        found.append(Item("order", "The end lies before the start.", field="last"))
    elif end <= at:
        found.append(Item("past", "This lies behind us already.", field="last"))
    elif end - start > LONGEST:
        found.append(Item("long", "A year at most. For longer, end the role in the clinic's settings.", field="last"))
    return found


def call_off_items(called_off_at: datetime | None, end: datetime | None, at: datetime) -> list[Item]:
    """Only what still stands and is not over is called off."""
    if called_off_at is not None:
        return [Item("called-off", "This absence is called off already.")]
    if end is not None and end <= at:
        return [Item("over", "This absence is over: it stays as it was.")]
    return []


def closed_day_items(day: date, today: date, opens: time | None, closes: time | None) -> list[Item]:
    """A day ahead, with both times in order or none."""
    found = []
    if day < today:
        found.append(Item("past", "This day has passed.", field="day"))
    if (opens is None) != (closes is None):
        found.append(Item("both", "Type both times, or none when it is closed all day.", field="opens"))
    elif opens is not None and closes <= opens:
        found.append(Item("order", "It closes before it opens.", field="closes"))
    return found


def open_again_items(day: date, today: date) -> list[Item]:
    """What has passed stays as it was."""
    return [Item("past", "This day has passed: it stays as it was.")] if day < today else []


def visits_words(count: int) -> str:
    """1 visit, 5 visits."""
    return f"{count} visit{'' if count == 1 else 's'}"
