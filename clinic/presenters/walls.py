"""The list of screens on the wall: which of them are there, since when, who paired them."""

from dataclasses import dataclass
from datetime import timedelta

from clinic import walls
from clinic.models import WallScreen
from clinic.queries.walls import screens_at
from clinic.words import age_words

HERE_SECONDS = 150  # it says every minute that it is there; a little more is no absence


@dataclass(frozen=True)
class Line:
    """One screen in words."""

    screen: WallScreen
    seen: str
    is_here: bool
    is_alive: bool


@dataclass(frozen=True)
class Page:
    """The screens of a site: those that count and those that were revoked or not seen for long."""

    now: list
    gone: list


def walls_page(site, at):
    """The page of a site's screens. One query."""
    lines = [_line(screen, at) for screen in screens_at(site, at)]
    return Page([line for line in lines if line.is_alive], [line for line in lines if not line.is_alive])


def _line(screen, at):
    seen = screen.last_seen_at
    is_here = seen is not None and at - seen <= timedelta(seconds=HERE_SECONDS)
    words = "shows the board now" if is_here else f"last seen {age_words(seen, at)}" if seen else "not seen yet"
    return Line(screen, words, is_here, walls.is_alive(screen, at))
