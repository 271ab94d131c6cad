"""Who has the same page open, and who writes in it: told to one another over the stream and kept nowhere.

A page that wants this opens its stream with a ticket that names a place (a session) and a person; the pages' server
puts both in after its own door. It is a hint: it ends with the stream, or when no ticket has named the place for
`clinic.live.TICKET_SECONDS`. What is written stays safe by versions, with or without it.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clinic.project.streams import Watcher


@dataclass
class Here:
    """One open page at its place: whose name it shows, whether they write, until when (seconds, epoch)."""

    place: str
    name: str = ""
    is_writing: bool = False
    until: float = 0.0
    told: bytes = b""

    @classmethod
    def of(cls, said: dict) -> "Here | None":
        """Where a ticket says that its page is; None for a page that wants no company."""
        return cls(said["p"]["at"]) if "p" in said else None


@dataclass
class Company:
    """All pages that are somewhere, by place."""

    places: dict[str, set["Watcher"]] = field(default_factory=dict)

    def sit(self, watcher: "Watcher", said: dict) -> None:
        """Take from a ticket that this page is still at its place. A ticket of another page changes nothing."""
        named, here = said.get("p"), watcher.here
        if named is None or here is None or named["at"] != here.place:
            return
        sat = self.places.setdefault(here.place, set())
        is_news = watcher not in sat or here.is_writing != named["w"]
        sat.add(watcher)
        here.name, here.is_writing, here.until = named["n"], named["w"], said["e"]
        if is_news:
            self._tell(sat)

    def rise(self, watcher: "Watcher") -> None:
        """The page is closed, or has not been heard of."""
        sat = self.places.get(watcher.here.place, set()) if watcher.here else set()
        if watcher not in sat:
            return
        sat.discard(watcher)
        watcher.here.told = b""
        self._tell(sat)
        if not sat:
            del self.places[watcher.here.place]

    def look(self, now: float) -> None:
        """Let those go whom no ticket has named for too long."""
        lapsed = [watcher for sat in self.places.values() for watcher in sat if watcher.here.until <= now]
        for watcher in lapsed:
            self.rise(watcher)

    def _tell(self, sat: Iterable["Watcher"]) -> None:
        """Tell each of them who else is there: nobody hears of themselves, whoever hears nothing new hears nothing."""
        for watcher in sat:
            others = [(other.here.name, other.here.is_writing) for other in sat if other.person != watcher.person]
            people = [{"name": name, "writes": (name, True) in others} for name in sorted({name for name, _ in others})]
            piece = f"event: here\ndata: {json.dumps({'people': people})}\n\n".encode()
            if piece != watcher.here.told and (people or watcher.here.told):
                watcher.here.told = piece
                watcher.put(piece)
