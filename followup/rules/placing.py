"""Putting a visit into a gap: which starts fit, and how the dates of its course then stand. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from clinic.rules.booking import Span
from clinic.rules.series import Spacing, spacing_faults

STEP = timedelta(minutes=15)
MOST = 24


def starts_in(gap: Span, length: timedelta) -> list[datetime]:
    """Starts a quarter of an hour apart from which a visit of that length ends within the gap; the gap's own first."""
    found, start = [], gap.start
    while start + length <= gap.end and len(found) < MOST:
        found.append(start)
        start += STEP - timedelta(minutes=start.minute % 15)
    return found


def neighbour_faults(day: date, others: Sequence[date], spacing: Spacing) -> list[str]:
    """What the protocol's spacing says against an infusion on this day between the others of its course, in words."""
    before = max((one for one in others if one <= day), default=None)
    after = min((one for one in others if one > day), default=None)
    days = [one for one in (before, day, after) if one is not None]
    faults, here = spacing_faults(days, spacing), days.index(day) if before != day else 1
    said = []
    if before is not None and here in faults:
        said.append(faults[here])
    if after is not None and here + 1 in faults:
        gap = (after - day).days
        said.append(f"The next one is {gap} day{'' if gap == 1 else 's'} later; the protocol says {spacing.words}.")
    return said
