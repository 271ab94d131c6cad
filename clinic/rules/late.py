"""Somebody comes late: how late, and from when the visit can run. Pure: times in, times and words out.

A late visit is never made shorter: it starts later if it still ends before closing, else it is booked anew.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from clinic.refusal import Item

GRACE = timedelta(minutes=10)  # clinic default (unverified default, the clinic approves)
GRAIN = timedelta(minutes=5)


def minutes_late(starts_at: datetime, at: datetime) -> int:
    """Whole minutes after the booked start; 0 when there are none."""
    return max(0, int((at - starts_at).total_seconds() // 60))


def is_late(starts_at: datetime, at: datetime) -> bool:
    """Whether coming now is late enough to look at the chair and the closing time again."""
    return at - starts_at >= GRACE


def late_items(starts_at: datetime, at: datetime) -> list[Item]:
    """Nobody comes late before the visit was to begin."""
    return [] if at > starts_at else [Item("not-late", "It is not late yet: note that the patient has arrived.")]


def start_from(at: datetime) -> datetime:
    """The next full five minutes, from which a visit that comes late can run."""
    floor = at.replace(second=0, microsecond=0) - timedelta(minutes=at.minute % 5)
    return floor if floor == at else floor + GRAIN
