"""The volume that a pump says it gave: asked back when it does not fit the charted rates, refused when impossible."""

from clinic.refusal import Refused
from sessions.models import Preparation
from sessions.queries.sheet import dose_orders_of, entries_of, state_of
from sessions.rules import drugs as drug_rules
from sessions.rules import pump


def check_volume(session, dose_order, volume_ml, *, at, confirmed, leave_out=None, afterwards=False):
    """Hold a pump's volume (mL, Decimal, None: not read) against the record as it was at `at`.

    Returns (the volume to keep, words that go with it). Raises `Refused` with what is impossible, and with what is odd
    unless `confirmed` names it. `leave_out`: the entry that is being put right. `afterwards`: it has happened and
    nobody can be asked: the odd is kept with its words; the impossible is left unread, with its words.
    """
    if volume_ml is None:
        return None, ""
    items = pump.volume_items(volume_ml, **_known(session, dose_order, at, leave_out))
    hard = any(i.code.startswith("hard.") for i in items)
    words = _settled(items, confirmed, afterwards)
    return (None if hard else volume_ml), words


def check_bolus(session, dose_order, volume_ml, *, at, confirmed, afterwards=False):
    """Hold a bolus (mL, Decimal) against what is left in the syringe at `at`; returns the words that go with it.

    Raises `Refused` as `check_volume` does. What has been given is kept, with its words.
    """
    return _settled(pump.bolus_volume_items(volume_ml, **_known(session, dose_order, at, None)), confirmed, afterwards)


def _settled(items, confirmed, afterwards):
    """The words to keep; `Refused` with what is impossible or not confirmed, where somebody can still be asked."""
    hard = [i for i in items if i.code.startswith("hard.")]
    asked = [i for i in items if i not in hard and i.code.partition(".")[2] not in confirmed]
    if not afterwards and (hard or asked):
        raise Refused(*hard, *asked)
    return pump.kept_words(items)


def _known(session, dose_order, at, leave_out):
    """What the record says of the syringe that was in the pump at `at`."""
    entries = [e for e in entries_of(session) if leave_out is None or e.pk != leave_out.pk]
    state = state_of(session, at, entries=entries, dose_orders=dose_orders_of(session))
    drug = next((d for d in state.drugs if d.dose_order_id == dose_order.pk), None)
    preparation_id = drug.preparation_id if drug else None
    use = drug.uses.get(preparation_id, drug_rules.Use()) if drug else drug_rules.Use()
    held = Preparation.objects.filter(pk=preparation_id).values_list("volume_ml", flat=True).first()
    return {
        "computed_ml": use.ml,
        "held_ml": held,
        "strength_mg_ml": drug.strength_mg_ml if drug else dose_order.strength_mg_ml,
        "before_ml": use.pump_ml,
    }
