"""Ketamine and esketamine from elsewhere, added up: it counts towards the exposure of bladder and liver. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """``treatments`` in all; ``is_whole`` False when a course lacks its number, so that there were more.

    ``last`` is the latest month told, "2026-09" or "2026"; "" when none was.
    """

    treatments: int
    is_whole: bool
    last: str


def elsewhere(courses):
    """The Elsewhere of the rows ``ketamine_courses`` of the packet (``treatments`` and ``last`` as text)."""
    counted = [int(row["treatments"]) for row in courses if row.get("treatments")]
    lasts = [row["last"] for row in courses if row.get("last")]
    return Elsewhere(sum(counted), len(counted) == len(courses), max(lasts, default=""))
