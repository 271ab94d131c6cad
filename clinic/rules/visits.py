"""Which visits may be planned, and what may be done with one when. Pure: values in, items out, the clock handed in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from clinic.refusal import Item

OPEN_FOR = {
    "infusion": ("planned", "active"),
    "booster": ("planned", "active", "completed"),
}
LEAST_MINUTES, MOST_MINUTES = 5, 12 * 60
CAN_MOVE = ("booked", "confirmed")
CAN_SEAT = (*CAN_MOVE, "arrived")


def visit_items(*, kind: str, course_state: str | None, same_patient: bool, died: bool, site_open: bool) -> list[Item]:
    """Why this visit can't be planned at all. `course_state` None: there is no course."""
    found = []
    if died:
        found.append(Item("died", "This patient has died. No visit can be booked."))
    if not site_open:
        found.append(Item("site-closed", "This site takes no bookings. Choose another site.", field="site"))
    if kind in OPEN_FOR and course_state is None:
        found.append(Item("no-course", "An infusion needs a course. Ask a prescriber to plan one.", field="course"))
    if course_state is not None and not same_patient:
        found.append(Item("other-course", "That course belongs to another patient.", field="course"))
    if course_state is not None and course_state not in OPEN_FOR.get(kind, (course_state,)):
        found.append(Item("course-ended", f"The course is {course_state}. Ask a prescriber.", field="course"))
    return found


def minutes_items(minutes: int) -> list[Item]:
    """A visit lasts 5 minutes to 12 hours."""
    if LEAST_MINUTES <= minutes <= MOST_MINUTES:
        return []
    return [Item("minutes", f"A visit lasts {LEAST_MINUTES} to {MOST_MINUTES} minutes.", field="minutes")]


def resource_items(asked: Any, known: Any, what: str, field: str) -> list[Item]:
    """A chair or person asked for must be one of the site's, in use and working there."""
    if asked is None or asked.pk in known:
        return []
    return [Item("not-here", f"{asked} is not {what} of this site.", field=field)]


def arrive_items(starts_at: datetime, at: datetime, zone: ZoneInfo) -> list[Item]:
    """Somebody arrives on the day of the visit, by the site's calendar."""
    if starts_at.astimezone(zone).date() == at.astimezone(zone).date():
        return []
    day = starts_at.astimezone(zone)
    return [Item("other-day", f"This visit is on {day:%d-%b-%Y}. Move it to today first.")]


def no_show_items(starts_at: datetime, at: datetime) -> list[Item]:
    """Nobody has stayed away before the visit has begun."""
    if at >= starts_at:
        return []
    return [Item("too-early", "The visit has not begun yet. Cancel it, or wait until its time has passed.")]


def end_items(code: str, reason: str, known: Collection[str], *, must_say: bool) -> list[Item]:
    """Why a visit does not take place: a known code, or words; "other" needs words whoever says it."""
    if code and code not in known:
        return [Item("unknown-code", "Choose one of the reasons shown.", field="code")]
    if not reason.strip() and (code == "other" or (must_say and not code)):
        return [Item("reason", "Write why the visit is cancelled.", field="reason")]
    return []


def move_items(state: str, label: str) -> list[Item]:
    """Only a visit still to come is moved."""
    if state in CAN_MOVE:
        return []
    return [Item("not-movable", f"The visit is {label}: it can't be moved any more.")]


def seat_items(state: str, label: str) -> list[Item]:
    """Chair and people of a visit are changed until the infusion has begun; then the session changes its chair."""
    if state in CAN_SEAT:
        return []
    return [Item("not-seated", f"The visit is {label}: its chair is changed on the run sheet, if at all.")]


def count_items(planned: int, there: int, more: int) -> list[Item]:
    """A series stays within the number the prescriber planned."""
    if there + more <= planned:
        return []
    words = f"The plan has {planned} infusions and {there} are booked or done: {more} more is too many."
    return [Item("too-many", words)]
