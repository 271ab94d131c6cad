"""When a chair is free again, from how far its session has come. Pure: minutes and moments in, a moment out."""

from __future__ import annotations

from datetime import datetime, timedelta

SOON = timedelta(minutes=5)


def free_at(
    *,
    phase: str,
    checked_in: datetime,
    started: datetime | None,
    stopped: datetime | None,
    prepare: int,
    infusion: int,
    observe: int,
    at: datetime,
) -> datetime:
    """About when the chair is free: what is left of the protocol's minutes after `at`, never before it.

    `prepare`, `infusion` and `observe` are the protocol's minutes. A pause is not known here: it comes on top.
    """
    watch = timedelta(minutes=observe)
    if stopped is not None and phase not in ("infusing", "paused"):
        return max(at, stopped + watch)
    if started is not None:
        return max(at, started + timedelta(minutes=infusion)) + watch
    begins = max(at, checked_in + timedelta(minutes=prepare))
    return begins + timedelta(minutes=infusion) + watch


def runs_over(free: datetime, booked_until: datetime) -> bool:
    """Whether it is worth saying that the chair is free later than booked."""
    return free - booked_until >= SOON
