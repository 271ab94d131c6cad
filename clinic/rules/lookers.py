"""Who looked at a patient's record, told by what they do here instead of by name. Pure: rows in, lines out."""

from dataclasses import dataclass
from datetime import date

# Whoever holds several roles is told by the first of these; "" has none any more, nor had one on that day.
ROLES = ("prescriber", "nurse", "front_desk", "clinic_admin", "auditor", "")
ORDER = (*ROLES, "patient", "anon")
KINDS = ("look", "change", "take")


@dataclass(frozen=True)
class Seen:
    """One thing that somebody did on a day: `actor` is user, patient or anon; `what` one of KINDS."""

    day: date
    actor: str
    user: object
    site: object
    what: str
    in_emergency: bool = False


@dataclass(frozen=True)
class Held:
    """A role of a member of staff at a site, from a day to a day (None: still held)."""

    user: object
    site: object
    role: str
    since: date
    until: date | None


@dataclass(frozen=True)
class Looker:
    """One line of a day: who (one of ORDER), how many persons, what they did, whether it was an emergency look."""

    who: str
    persons: int
    what: tuple[str, ...]
    in_emergency: bool


def lookers(rows, held) -> dict[date, list[Looker]]:
    """Day -> its lines, the newest day first; persons of one role are one line, an emergency look is its own."""
    found = {}
    for row in rows:
        who = _who(row, held)
        persons, what = found.setdefault((row.day, who, row.in_emergency), (set(), set()))
        persons.add(row.user)
        what.add(row.what)
    lines = {}
    for day, who, urgent in sorted(found, key=lambda key: (-key[0].toordinal(), ORDER.index(key[1]), key[2])):
        persons, what = found[day, who, urgent]
        lines.setdefault(day, []).append(Looker(who, len(persons), tuple(k for k in KINDS if k in what), urgent))
    return lines


def _who(row, held):
    if row.actor != "user":
        return row.actor
    then = [one for one in held if one.user == row.user and one.since <= row.day <= (one.until or row.day)]
    here = [one.role for one in then if one.site == row.site] or [one.role for one in then]
    return next((role for role in ROLES if role in here), "")
