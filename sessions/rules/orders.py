"""What an order allows: rates, boluses, doses by hand, and what a verbal one needs."""

from datetime import timedelta
from decimal import Decimal

from clinic.refusal import Item
from sessions.rules.dose import shown

# Hours in which a verbal order is to be co-signed. Source: clinic default, unverified; the clinic approves.
COSIGN_HOURS = 24
IN_MG = {"mg": Decimal(1), "mcg": Decimal("0.001"), "micrograms": Decimal("0.001"), "g": Decimal(1000)}


def in_mg(dose, unit):
    """A dose in mg, or None for a unit that is not a mass (mL, L/min)."""
    factor = IN_MG.get(unit)
    return None if factor is None else dose * factor


def rate_items(rate_ml_h, *, ordered_ml_h, order_ml_h, checked_ml_h, max_mg_h, strength):
    """Why the pump may not be set to `rate_ml_h`. `ordered_ml_h` are the rates of the dose order and its steps."""
    if not rate_ml_h > 0:
        return [Item("hard.rate_ml_h", "A rate is above zero. To halt the pump, pause it.", field="rate_ml_h")]
    items = []
    if max_mg_h is not None and rate_ml_h * strength > max_mg_h * Decimal("1.005"):
        items.append(
            Item("hard.max_rate", f"{shown(rate_ml_h * strength)} mg/h is above the maximum of {shown(max_mg_h)} mg/h.")
        )
    if rate_ml_h <= max(ordered_ml_h):
        return items
    if order_ml_h is None or rate_ml_h > order_ml_h:
        items.append(Item("rate.order", "A rate above the order needs a prescriber's order for it.", link="#orders"))
    if rate_ml_h not in checked_ml_h:
        items.append(Item("rate.second_check", "A rate above the order needs a second check.", link="#second-check"))
    return items


def bolus_items(mg, *, ordered_mg, given_mg, max_total_mg):
    """Why a bolus of `mg` may not be given."""
    items = []
    if ordered_mg is None or mg > ordered_mg:
        items.append(Item("bolus.order", f"A bolus of {shown(mg)} mg needs an order for it.", link="#orders"))
    if max_total_mg is not None and given_mg + mg > max_total_mg:
        items.append(
            Item(
                "hard.max_total",
                f"With it {shown(given_mg + mg)} mg would be given, above the maximum of {shown(max_total_mg)} mg.",
            )
        )
    return items


def give_items(*, drug, dose_mg, order, given_at, at):
    """Why a dose by hand does not fit its order. `given_at` are the times it was given under this order."""
    items = []
    if order.ended_at is not None:
        items.append(Item("order.ended", "This order has ended."))
    if not dose_mg > 0:
        items.append(Item("hard.dose_mg", "The dose must be above zero.", field="dose_mg"))
    if order.drug and drug.casefold() != order.drug.casefold():
        items.append(Item("order.drug", f"The order is for {order.drug}.", field="drug"))
    if order.dose_mg is not None and dose_mg > order.dose_mg:
        items.append(
            Item("order.dose", f"{shown(dose_mg)} mg is above the ordered {shown(order.dose_mg)} mg.", field="dose_mg")
        )
    if order.max_doses is not None and len(given_at) >= order.max_doses:
        items.append(Item("order.max", f"The order allows {order.max_doses}: a prescriber has to order more."))
    wait = timedelta(minutes=order.interval_minutes or 0)
    if given_at and at - max(given_at) < wait:
        items.append(Item("order.interval", f"The order asks for {order.interval_minutes} minutes between doses."))
    return items


def verbal_items(*, read_back, orderer, taker, sentence=""):
    """What a verbal order lacks. Ids of the people; `read_back`: that it was, or the sentence that was, held against
    the `sentence` of what is saved now.
    """
    items = []
    if not read_back:
        items.append(Item("verbal.read_back", "Read the order back to the prescriber.", field="read_back"))
    elif isinstance(read_back, str) and read_back != sentence:
        words = f"Something has changed since it was read back. Read it back again: {sentence}"
        items.append(Item("verbal.read_back", words, field="read_back"))
    if orderer == taker:
        items.append(Item("verbal.self", "A verbal order is somebody else's: write your own.", field="ordered_by"))
    return items


def end_items(*, ended, reason):
    """Why an order cannot be ended like this."""
    if ended:
        return [Item("order.ended", "This order has ended already.")]
    return [] if reason.strip() else [Item("order.reason", "Say why it ends.", field="reason")]


def end_words(sentence, reason, said_by=None):
    """What the chart says of it: "Order ended: Ondansetron, 4 milligrams (four). Why: rash. Said by P. Prescriber." """
    whose = f" Said by {said_by.name}." if said_by else ""
    return f"Order ended: {sentence} Why: {reason.strip().rstrip('.')}.{whose}"
