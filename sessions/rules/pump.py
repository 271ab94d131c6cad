"""A volume read off a pump, held against what the syringe held and what the charted rates make of it."""

from decimal import Decimal

from clinic.refusal import Item
from sessions.rules import ledger
from sessions.rules.dose import shown

ASK, AGAIN = "volume_ml", "Read the pump once more."


def volume_items(volume_ml, *, computed_ml, held_ml, strength_mg_ml, before_ml=None):
    """What is impossible (`hard.volume_ml`) or odd (`confirm.volume_ml`) about a volume read off the pump, all mL.

    `held_ml`: what was in the syringe or bag (None: not known); `computed_ml`: charted rate times time out of it;
    `before_ml`: what the pump said of the same syringe earlier. The tolerance is the ledger's.
    """
    if volume_ml is None:
        return []
    if volume_ml < 0:
        return [Item("hard.volume_ml", "The volume cannot be below zero.", field=ASK)]
    if held_ml is not None and volume_ml > held_ml:
        return [_impossible(volume_ml, held_ml)]
    if before_ml is not None and volume_ml < before_ml:
        words = f"The pump said {_ml(before_ml)} before, now {_ml(volume_ml)}: it cannot have taken any back."
        return [Item(f"confirm.{ASK}", f"{words} {AGAIN}", field=ASK)]
    if ledger.differs(volume_ml * strength_mg_ml, computed_ml * strength_mg_ml):
        return [_odd(volume_ml, computed_ml, strength_mg_ml)]
    return []


def bolus_volume_items(volume_ml, *, computed_ml, held_ml, strength_mg_ml, **_):
    """A bolus held against the syringe: more than it ever held cannot be, more than should be left in it asks.

    The same figures as `volume_items`; `held_ml` None: nobody knows what is in the pump.
    """
    if held_ml is None:
        return []
    if volume_ml > held_ml:
        words = f"The syringe held {_ml(held_ml)} in all: a bolus of {_ml(volume_ml)} cannot come out of it."
        return [Item("hard.volume_ml", words, field=ASK)]
    left = max(held_ml - computed_ml, Decimal(0))
    if volume_ml > left and ledger.differs(volume_ml * strength_mg_ml, left * strength_mg_ml):
        words = f"By the charted rates {_ml(left)} are left in the syringe, the bolus is {_ml(volume_ml)}."
        return [Item(f"confirm.{ASK}", f"{words} {AGAIN}", field=ASK)]
    return []


def _impossible(volume_ml, held_ml):
    words = f"The syringe held {_ml(held_ml)}: it cannot have given {_ml(volume_ml)}."
    return Item("hard.volume_ml", f"{words} If it was changed in between, chart the change first.", field=ASK)


def _odd(volume_ml, computed_ml, strength_mg_ml):
    apart = volume_ml - computed_ml
    words = f"Pump {_ml(volume_ml)}, the charted rates make {_ml(computed_ml)}"
    side = "more" if apart > 0 else "less"
    apart_words = f"{_ml(abs(apart))} or {shown(abs(apart) * strength_mg_ml)} mg {side}"
    return Item(f"confirm.{ASK}", f"{words}: {apart_words}. {AGAIN}", field=ASK)


def kept_words(items):
    """What is written beside a volume that was kept although it is odd."""
    return " ".join(item.text.removesuffix(AGAIN).strip() for item in items)


def _ml(volume):
    return f"{shown(volume)} mL"
