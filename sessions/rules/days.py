"""When a site's day may be closed: every session signed or explained, every drug counted and accounted for. Pure."""

from dataclasses import dataclass, field
from datetime import date

from clinic.refusal import Item, Refused

CLOSED, REOPENED = "closed", "reopened"
# An explanation shorter than this explains nothing. Source: clinic default.
SHORTEST = 5


@dataclass(frozen=True)
class SessionFact:
    """A session of the day: its key, its name in words, ended?, signed?, where it is mended."""

    key: str
    name: str
    ended: bool
    signed: bool
    link: str = ""


@dataclass(frozen=True)
class VialFact:
    """A container of the day: name, what the ledger holds in it, the last count of this day (None: not counted)."""

    name: str
    in_stock: object
    counted: object
    link: str = ""


@dataclass(frozen=True)
class VisitFact:
    """A visit booked for the day that has no session: name, its time on the site's clock, has that time come?

    `link` is where one says what became of it, `paper` where what ran on paper is entered.
    """

    name: str
    time: str
    has_begun: bool
    link: str = ""
    paper: str = ""


@dataclass(frozen=True)
class DayFacts:
    """All that the closing of a day looks at. `ledger` are Items: differences, impossible balances, drug in use."""

    day: date
    today: date
    state: str = ""
    sessions: tuple = ()
    vials: tuple = ()
    ledger: tuple = ()
    visits: tuple = ()
    explained: dict = field(default_factory=dict)


def to_explain(facts):
    """The ended sessions that nobody has signed: the day can be closed when each is explained."""
    return [s for s in facts.sessions if s.ended and not s.signed]


def missing_to_close(facts):
    """Everything that keeps the day open, as `Item`s: all of it, each with its page."""
    if facts.state == CLOSED:
        return [Item("day.closed", "This day is closed already.")]
    if facts.day > facts.today:
        return [Item("day.future", "This day has not come yet.")]
    return [*_sessions(facts), *_visits(facts), *facts.ledger, *_counts(facts)]


def _sessions(facts):
    for s in facts.sessions:
        if not s.ended:
            yield Item("day.session_open", f"{s.name}: the session has not ended.", link=s.link)
        elif not s.signed and len(facts.explained.get(s.key, "").strip()) < SHORTEST:
            yield Item("day.unsigned", f"{s.name}: not signed. Have it signed, or say why not.", link=s.link)


def _visits(facts):
    for v in facts.visits:
        if v.has_begun:
            words = f"{v.name}: booked for {v.time}, and nobody said what became of it."
            yield Item("day.visit", words, link=v.link)
        else:
            yield Item("day.to_come", f"{v.name}: still to come, at {v.time}.", link=v.link)


def _counts(facts):
    for v in facts.vials:
        if v.counted is None:
            yield Item("day.not_counted", f"{v.name}: not counted on this day.", link=v.link)


def check_close(facts):
    """Raise `Refused` with all that keeps the day open."""
    missing = missing_to_close(facts)
    if missing:
        raise Refused(*missing)


def check_reopen(state, reason):
    """Raise `Refused` unless the day is closed and a reason is given."""
    if state != CLOSED:
        raise Refused(Item("day.open", "This day is open."))
    if len(reason.strip()) < SHORTEST:
        raise Refused(Item("day.reason", "Say why it is opened again.", field="reason"))
