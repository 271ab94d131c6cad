"""Counselling, physical therapy and the like beside infusions: what may be noted, and how it went. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from clinic.refusal import Item

CLINICIANS = frozenset({"nurse", "prescriber"})
ATTENDED, MISSED, CANCELLED, PLANNED = "attended", "missed", "cancelled", "planned"
TOLD = (ATTENDED, MISSED, CANCELLED)
MOST_AHEAD, MOST_BACK = 366, 731  # days; farther is most likely a slip in the year
MOST_VISITS = 200
# State of an appointment of ours -> what it says about the help it stands for.
OF_APPOINTMENT = {"done": ATTENDED, "no_show": MISSED, "cancelled": CANCELLED}


@dataclass(frozen=True, slots=True)
class Kept:
    """How many of a referral's appointments were kept; `ahead` are still to come, `untold` are past and open."""

    attended: int = 0
    missed: int = 0
    cancelled: int = 0
    ahead: int = 0
    untold: int = 0

    @property
    def words(self) -> str:
        """In words: "4 attended, 1 missed, 2 to come"; "none noted yet" for nothing."""
        named = (
            (self.attended, "attended"),
            (self.missed, "missed"),
            (self.cancelled, "cancelled"),
            (self.untold, "not told yet"),
            (self.ahead, "to come"),
        )
        return ", ".join(f"{count} {word}" for count, word in named if count) or "none noted yet"


def kept_of(visits: Iterable[tuple[date, str]], today: date) -> Kept:
    """Count (day, state) pairs as of today."""
    states = [("ahead" if day > today else "untold") if state == PLANNED else state for day, state in visits]
    return Kept(**{name: states.count(name) for name in ("attended", "missed", "cancelled", "ahead", "untold")})


def clinician_items(roles: Iterable[str]) -> list[Item]:
    """Only a nurse or a prescriber of the site notes help beside the infusions."""
    return [] if CLINICIANS & set(roles) else [Item("not-clinician", "Only a nurse or a prescriber can do this.")]


def refer_items(*, kind: str, kinds: Iterable[str], to_whom: str, planned: int | None, asked_on, today) -> list[Item]:
    """All that is wrong with a referral."""
    found = [] if kind in kinds else [Item("kind", "Choose which kind of help.", field="kind")]
    if not to_whom.strip():
        found.append(Item("to-whom", "Write the person or the practice.", field="to_whom"))
    if planned is not None and not 1 <= planned <= MOST_VISITS:
        found.append(
            Item("planned", f"Plan 1 to {MOST_VISITS} appointments, or leave it empty.", field="planned_visits")
        )
    if asked_on > today:
        found.append(Item("future", "This day lies ahead.", field="asked_on"))
    return found


def day_items(day: date | None, today: date) -> list[Item]:
    """A day of an appointment is typed, and not years away."""
    if day is None:
        return [Item("day", "Type the day.", field="day")]
    if (day - today).days > MOST_AHEAD or (today - day).days > MOST_BACK:
        return [Item("far", "Check the year: this day is too far away.", field="day")]
    return []


def told_items(state: str, day: date, today: date) -> list[Item]:
    """What is told of an appointment fits its day: nobody has attended one that is still to come."""
    if state not in (PLANNED, *TOLD):
        return [Item("state", "Choose whether it was kept.", field="state")]
    if day > today and state in (ATTENDED, MISSED):
        return [Item("ahead", "This appointment is still to come.", field="state")]
    return []


def over_items(state: str, reason: str) -> list[Item]:
    """A referral that is over says why."""
    needs = state in ("declined", "ended") and not reason.strip()
    return [Item("reason", "Write why.", field="reason")] if needs else []


def marks(visits: Sequence[tuple[date, str]], start: date, end: date) -> list[tuple[date, str]]:
    """The visits to draw between two days: attended and missed ones."""
    return [(day, state) for day, state in visits if state in (ATTENDED, MISSED) and start <= day <= end]
