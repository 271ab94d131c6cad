"""Whose chairs, and in which room: the filter of the board, kept in its address: a bookmark keeps it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from sessions.presenters.people import short_name

MINE = "mine"


@dataclass(frozen=True)
class Choice:
    """One thing to choose, with the address that chooses it and how many sessions it holds."""

    words: str
    query: str
    here: bool
    count: int | None = None


@dataclass(frozen=True)
class Filter:
    """What was asked for: a nurse (an id, or "mine") and a room; "" is all of them."""

    nurse: str = ""
    room: str = ""

    @classmethod
    def of(cls, asked):
        """The filter in the parameters of a request."""
        return cls(asked.get("nurse", "")[:40], asked.get("room", "")[:40])

    @property
    def query(self):
        """The filter as the end of an address; "" for none."""
        asked = {name: value for name, value in (("nurse", self.nurse), ("room", self.room)) if value}
        return f"?{urlencode(asked)}" if asked else ""

    def lets(self, row, user):
        """Whether a row of the board is among what was asked for."""
        nurse = str(user.pk) if self.nurse == MINE else self.nurse
        return (not nurse or str(row.nurse_id) == nurse) and (not self.room or row.room == self.room)


def nurses(chosen, rows, user):
    """Everyone, mine, and each other nurse who has a session now."""
    names = {row.nurse_id: row.nurse for row in rows if row.nurse_id and row.nurse_id != user.pk}
    counts = {pk: sum(1 for row in rows if row.nurse_id == pk) for pk in (*names, user.pk)}
    mine = chosen.nurse in (MINE, str(user.pk))
    found = [
        Choice("All nurses", Filter("", chosen.room).query, not chosen.nurse),
        Choice("Mine", Filter(MINE, chosen.room).query, mine, counts[user.pk]),
    ]
    others = sorted(names.items(), key=lambda pair: pair[1].name)
    return found + [
        Choice(short_name(nurse), Filter(str(pk), chosen.room).query, chosen.nurse == str(pk), counts[pk])
        for pk, nurse in others
    ]


def rooms(chosen, rows):
    """All rooms and each of them; nothing where the site has but one."""
    names = sorted({row.room for row in rows if row.room})
    if len(names) < 2 and not chosen.room:
        return []
    every = Choice("All rooms", Filter(chosen.nurse, "").query, not chosen.room)
    return [every, *(Choice(n, Filter(chosen.nurse, n).query, chosen.room == n) for n in names)]
