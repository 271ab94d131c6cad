"""A longer infusion: a prescriber's order for so many minutes and mg more, written or said and read back."""

from decimal import Decimal

from django.db import transaction

from clinic import clock
from clinic.refusal import Item, Refused
from sessions.actions.orders import verbal_order, write_order
from sessions.actions.sessions import lock, need_open
from sessions.queries.sheet import dose_orders_of, state_of
from sessions.rules import drugs as drug_rules
from sessions.rules import extension as rules


@transaction.atomic
def extend(
    *, session, dose_order, minutes, dose_mg=None, text="", ordered_by=None, read_back=False, row_id=None, by, at=None
):
    """Order `minutes` and `dose_mg` (Decimals) more of a drug that runs; without `dose_mg` at the present rate.

    `by` orders as a prescriber, or takes the verbal order of `ordered_by` (`read_back`). Refused above the protocol's
    maximum, and for a drug that does not run. The end of the booked visit binds nobody: the page shows whom it meets.
    """
    session = lock(session)
    at = at or clock.now()
    need_open(session)
    order = next((o for o in dose_orders_of(session) if o.pk == dose_order.pk), None)
    if order is None:
        raise Refused(Item("order.other", "This dose order belongs to another session."))
    drug = next(d for d in state_of(session, at).drugs if d.dose_order_id == order.pk)
    if drug.phase not in (drug_rules.RUNNING, drug_rules.PAUSED):
        raise Refused(Item("extend.phase", f"{order.drug.capitalize()} does not run: order a new dose."))
    mg = rules.mg_for(drug, minutes) if dose_mg is None else dose_mg
    if not _is_ordered(session, row_id):
        rules.check_extension(drug, minutes=minutes, dose_mg=mg, max_total_mg=order.max_total_mg)
    figures = {"extends": order, "drug": order.drug, "minutes": Decimal(minutes), "dose_mg": mg, "text": text}
    figures["row_id"] = row_id
    if ordered_by is None:
        return write_order(session=session, category="extension", by=by, at=at, **figures)
    return verbal_order(
        session=session, category="extension", ordered_by=ordered_by, read_back=read_back, by=by, at=at, **figures
    )


def _is_ordered(session, row_id):
    """Whether this very order was taken already: then nothing is added once more."""
    return row_id is not None and session.orders.filter(pk=row_id).exists()
