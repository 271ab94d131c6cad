"""What may be written without network, by whom it counts as written, and at what time. Pure.

The list of doors is the product's decision: vitals, score, event, side effect, line, note, rate down, pause and stop
in a session that has been started; never a start, a dose order, a rate up, a bolus, a verification, a discharge or a
signature. Of the events the emergency is one: its tap stops what is charted as running, which has no gate.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from clinic.refusal import Item, refuse_if

# The pages whose forms a tablet may keep and send later, by the last part of their address.
DOORS = frozenset({"vitals", "score", "side-effect", "line", "note", "rate", "pause", "stop", "emergency"})
FORMATS = frozenset({1})
# A tablet older than its ticket still keeps what is written; a human then says whose it is.
TICKET_HOURS = 2
# A queue may lie on a tablet that was put away: what is older is shown to a human first.
KEPT_DAYS = 30
# A clock further off than this is corrected for, and flagged.
OFFSET_SECONDS = 60


@dataclass(frozen=True)
class Ticket:
    """What the server signed when the run sheet was opened: who, which session, which tablet, from when to when."""

    id: str
    user: str
    session: str
    tablet: str
    issued_at: datetime
    expires_at: datetime


def corrected(tablet_at, offset_s):
    """The moment by our clock: corrected when the tablet's clock is off by more than `OFFSET_SECONDS`."""
    return tablet_at - timedelta(seconds=offset_s) if abs(offset_s) > OFFSET_SECONDS else tablet_at


def written_at(tablet_at, offset_s, received_at):
    """The same, never after it was received."""
    return min(corrected(tablet_at, offset_s), received_at)


def clock_note(offset_s, offset_now_s):
    """Words beside an entry when the tablet's clock was moved while it waited, else empty."""
    moved = offset_now_s - offset_s
    if abs(moved) <= OFFSET_SECONDS:
        return ""
    return f"The tablet's clock was moved by {abs(moved)} s while this waited: its time may be off by as much."


def ticket_items(ticket, *, session, tablet, written):
    """What is wrong with a ticket (None: it could not be read) for an entry of `session` from `tablet` at `written`."""
    if ticket is None:
        return [Item("ticket.unreadable", "Who wrote this is not known: its ticket could not be read.")]
    items = []
    if ticket.session != str(session):
        items.append(Item("ticket.session", "The ticket is for another session."))
    if ticket.tablet != str(tablet):
        items.append(Item("ticket.tablet", "The ticket was given to another tablet."))
    if written > ticket.expires_at:
        items.append(
            Item("ticket.expired", f"Written more than {TICKET_HOURS} hours after the tablet last had the network.")
        )
    if written < ticket.issued_at - timedelta(seconds=OFFSET_SECONDS):
        items.append(
            Item("ticket.early", "Written before its ticket was given: the tablet's clock is not to be trusted.")
        )
    return items


def door_items(door, *, format_number, started, written, received):
    """What speaks against taking an entry by itself: its page, its format, its session, its age."""
    items = []
    if door not in DOORS:
        items.append(Item("offline.door", "This may only be done with the network."))
    if format_number not in FORMATS:
        items.append(Item("offline.format", "The tablet wrote this in a form that is not known here."))
    if not started:
        items.append(Item("offline.not_started", "The session is not started."))
    if received - written > timedelta(days=KEPT_DAYS):
        items.append(Item("offline.old", f"It waited on the tablet for more than {KEPT_DAYS} days."))
    return items


def rate_items(rate_ml_h, running_ml_h):
    """Without network a rate only goes down. `running_ml_h` None: the pump does not run."""
    if running_ml_h is not None and rate_ml_h is not None and rate_ml_h > running_ml_h:
        return [Item("offline.rate_up", "Without network a rate may only be lowered.", field="rate_ml_h")]
    return []


def typed_items(typed_at, written):
    """A typed time lies in the past of the moment it was written."""
    if typed_at is not None and typed_at > written + timedelta(seconds=OFFSET_SECONDS):
        return [Item("time.future", "That time was in the future when it was typed.", field="observed_at")]
    return []


def check_door(door, **facts):
    """Raise `Refused` with everything that speaks against it."""
    refuse_if(door_items(door, **facts))


def can_queue(door, **facts):
    """True when `check_door` would let it pass."""
    return not door_items(door, **facts)
