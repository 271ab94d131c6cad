"""The drugs on their pumps, for the pages that pause, change and stop them."""

from dataclasses import dataclass

from clinic.words import figure
from sessions.presenters.sheet import rate_words
from sessions.rules.dose import shown


@dataclass(frozen=True)
class Pumps:
    """The dose orders in one of the asked phases, and their words."""

    orders: list
    rows: list


def pumps(sheet, phases):
    """Pumps of this session in `phases` (running, paused)."""
    states = {d.dose_order_id: d for d in sheet.state.drugs if d.phase in phases}
    orders = [o for o in sheet.dose_orders if o.pk in states]
    return Pumps(orders, [(rate_words(states[o.pk]), so_far(states[o.pk])) for o in orders])


def so_far(drug):
    """ "29.4 of 72 mg, 14.7 mL by the charted rates"."""
    planned = f" of {figure(shown(drug.planned_mg))}" if drug.planned_mg is not None else ""
    return f"{figure(shown(drug.mg))}{planned} mg, {figure(shown(drug.ml))} mL by the charted rates"


def orders_in_force(sheet, *categories):
    """Orders of these categories that have not ended."""
    return [o for o in sheet.orders if o.category in categories and o.ended_at is None]
