"""A longer infusion in figures: what so many minutes more make, and when they are too much."""

from dataclasses import replace
from decimal import Decimal

from clinic.refusal import Item, Refused
from sessions.rules.dose import shown

MG = Decimal("0.1")


def mg_for(drug, minutes):
    """mg that `minutes` more make at the drug's present rate (that before the pause when it is paused), to 0.1 mg."""
    return (drug.rate_ml_h * drug.strength_mg_ml * Decimal(minutes) / 60).quantize(MG)


def extended(drug, *, minutes, dose_mg):
    """The drug as it would stand with so many minutes and mg more (a `DrugState`; the one given stays as it is)."""
    mg = None if drug.planned_mg is None else drug.planned_mg + dose_mg
    return replace(
        drug, planned_mg=mg, planned_minutes=None if drug.planned_minutes is None else drug.planned_minutes + minutes
    )


def extension_items(drug, *, minutes, dose_mg, max_total_mg):
    """Why an infusion may not be made longer like this. `drug` is a `DrugState`; minutes and mg are added to it."""
    items = []
    if not minutes > 0:
        items.append(Item("hard.minutes", "The minutes must be above zero.", field="minutes"))
    if not dose_mg > 0:
        items.append(Item("hard.dose_mg", "The dose must be above zero.", field="dose_mg"))
    if items or drug.planned_mg is None:
        return items
    total = drug.planned_mg + dose_mg
    if max_total_mg is not None and total > max_total_mg:
        words = f"With it {shown(total)} mg would be ordered, above the protocol's maximum of {shown(max_total_mg)} mg."
        items.append(Item("hard.max_total", words, field="minutes"))
    return items


def check_extension(drug, **figures):
    """Raise `Refused` with everything `extension_items` lists."""
    items = extension_items(drug, **figures)
    if items:
        raise Refused(*items)


def can_extend(drug, **figures):
    """True when `check_extension` would let it pass."""
    return not extension_items(drug, **figures)
