"""Every pump paused in one step: for any cause, or because the line is beside the vein."""

import uuid

from django.db import transaction

from clinic import clock
from clinic.refusal import Item, Refused
from sessions.actions.drugs import pause
from sessions.actions.events import record_line
from sessions.actions.recording import Recorded, When, observed_time
from sessions.actions.sessions import lock
from sessions.queries.sheet import dose_orders_of, state_of

PAUSED_FOR = "Line infiltrated"


@transaction.atomic
def infiltrate(*, session, entry_id, since=None, dose_uncertain=True, site="", text="", by, at=None, when=None):
    """The line is beside the vein: charted, every running pump charted as paused. No gate.

    `since`: when the line was last seen to be right (None: the last check in the record); what went in from then on is
    uncertain and is shown apart from the totals. `dose_uncertain` False: nothing went astray.
    """
    locked = lock(session)
    at, when = at or clock.now(), when or When()
    if since is not None and since > observed_time(when, at):
        raise Refused(Item("line.since", "That is after the infiltration.", field="since"))
    made = record_line(
        session=locked,
        entry_id=entry_id,
        action="infiltrated",
        site=site,
        dose_uncertain=dose_uncertain,
        uncertain_since=since if dose_uncertain else None,
        text=text,
        by=by,
        at=at,
        when=when,
    )
    if made.created:
        _pause_all(locked, made.entry, by, at, when)
    return Recorded(made.entry, made.created, lock(session).version, made.alarms)


def _pause_all(session, entry, by, at, when):
    running = {d.dose_order_id for d in state_of(session, entry.observed_at).running}
    if running:
        pause_all(session=session, entry_id=entry.pk, cause="line", text=PAUSED_FOR, by=by, at=at, when=when)


@transaction.atomic
def pause_all(*, session, entry_id, cause="other", text="", by, at=None, when=None):
    """Every pump that runs is paused; one entry each, with ids that follow from `entry_id`. Refused when none runs."""
    session = lock(session)
    at, when = at or clock.now(), when or When()
    running = {d.dose_order_id for d in state_of(session, observed_time(when, at)).running}
    orders = [o for o in dose_orders_of(session) if o.pk in running or _is_paused_by(session, entry_id, o)]
    if not orders:
        raise Refused(Item("drug.which", "Nothing is running."))
    made = [
        pause(
            session=session,
            entry_id=_pause_id(entry_id, order),
            dose_order=order,
            cause=cause,
            text=text,
            by=by,
            at=at,
            when=when,
        )
        for order in orders
    ]
    return made[-1]


def _pause_id(entry_id, order):
    return uuid.uuid5(uuid.UUID(str(entry_id)), f"pause/{order.pk}")


def _is_paused_by(session, entry_id, order):
    """Sent twice: the pumps that this very step paused are still meant."""
    return session.entries.filter(pk=_pause_id(entry_id, order)).exists()
