"""The controlled-drug ledger, in Decimal mg: received = given + wasted + returned + in use + in stock, always."""

from dataclasses import dataclass, field
from decimal import Decimal

from clinic.refusal import Item, Refused

ZERO, THREE = Decimal(0), Decimal("0.001")
KINDS = ("received", "drawn", "given", "wasted", "returned", "counted")
# How something was wasted or left, in words. Source: clinical.md 6 "other disposal date and manner".
MANNERS = {
    "rest": "Left over after use",
    "dead_space": "Dead space of line and connectors",
    "expired": "Expired or open too long",
    "broken": "Broken or spilled",
    "destroyed": "Destroyed, DEA form 41",
    "supplier": "Back to the supplier",
    "distributor": "To a reverse distributor",
    "site": "To another site",
    "found": "Found in the count",
}
WASTE_MANNERS = ("rest", "expired", "broken", "destroyed")
RETURN_MANNERS = ("supplier", "distributor")
# What a difference turned out to be.
OUTCOMES = {
    "charting": "Charted or read off wrong, the drug is accounted for",
    "measuring": "Measured wrong, or overfill of the container",
    "spilled": "Spilled or broken",
    "loss": "Loss or theft: cannot be accounted for",
}
COUNTS = {"day": "Count", "initial": "Initial inventory", "biennial": "Biennial inventory"}
MOMENTS = {"open": "At opening of business", "close": "At close of business"}
# An inventory at least every two years, a record kept at least two. Source: clinical.md 6, 21 CFR 1304.04(a), 1304.11.
INVENTORY_MONTHS, RETENTION_YEARS = 24, 2
# The pump's volume and the computed one are timed and stepped differently: up to this they count as the same.
# Source: clinic default (the larger of 1 mg and 5 % of what was given).
TOLERANCE_MG, TOLERANCE_PART = Decimal(1), Decimal("0.05")


@dataclass
class Balance:
    """The buckets of one container, all mg. `in_use` per preparation; `counted` is the last count, `expected` at it."""

    received: Decimal = ZERO
    given: Decimal = ZERO
    wasted: Decimal = ZERO
    returned: Decimal = ZERO
    in_stock: Decimal = ZERO
    in_use: dict = field(default_factory=dict)
    counted: Decimal | None = None

    @property
    def in_use_mg(self):
        """mg drawn into preparations and neither given nor wasted yet."""
        return sum(self.in_use.values(), ZERO)

    @property
    def holds(self):
        """True when every mg received is somewhere, and nowhere twice."""
        return self.received == self.given + self.wasted + self.returned + self.in_use_mg + self.in_stock

    @property
    def is_possible(self):
        """False when more left a bucket than was in it: something was charted wrong."""
        return self.in_stock >= 0 and all(mg >= 0 for mg in self.in_use.values())


def balance(entries):
    """The `Balance` of one container from its ledger entries (each with kind, mg, preparation_id)."""
    b = Balance()
    for e in entries:
        _POST[e.kind](b, e.mg, e.preparation_id)
    return b


def _received(b, mg, _prep):
    b.received += mg
    b.in_stock += mg


def _drawn(b, mg, prep):
    b.in_stock -= mg
    b.in_use[prep] = b.in_use.get(prep, ZERO) + mg


def _given(b, mg, prep):
    b.given += mg
    b.in_use[prep] = b.in_use.get(prep, ZERO) - mg


def _wasted(b, mg, prep):
    b.wasted += mg
    if prep is None:
        b.in_stock -= mg
    else:
        b.in_use[prep] = b.in_use.get(prep, ZERO) - mg


def _returned(b, mg, _prep):
    b.returned += mg
    b.in_stock -= mg


def _counted(b, mg, _prep):
    b.counted = mg


_POST = {
    "received": _received,
    "drawn": _drawn,
    "given": _given,
    "wasted": _wasted,
    "returned": _returned,
    "counted": _counted,
}


def split(mg, sources):
    """Share `mg` over a preparation's containers, in the order drawn, exactly.

    `sources` are (container id, mg drawn). What exceeds all of them stays with the last one, so that the sum is `mg`
    and an impossible balance shows instead of vanishing.
    """
    left, shares = mg, []
    for index, (container, drawn) in enumerate(sources):
        share = left if index == len(sources) - 1 else min(left, drawn)
        shares.append((container, share))
        left -= share
    return [(container, share) for container, share in shares if share != 0]


def differs(given_mg, computed_mg):
    """True when pump and computed figures are further apart than timing and pump steps explain."""
    return abs(given_mg - computed_mg) > max(TOLERANCE_MG, TOLERANCE_PART * abs(given_mg))


def draw_items(*, in_stock_mg, mg, expires_on, discard_on, today, state, use, patient_id, container_patient_id):
    """Why this container cannot be drawn from now."""
    items = []
    if state not in ("sealed", "open"):
        items.append(Item("container.state", f"The container is {state}."))
    if expires_on < today:
        items.append(Item("container.expired", f"The container expired on {expires_on:%d-%b-%Y}."))
    if discard_on is not None and discard_on < today:
        items.append(Item("container.discard", f"The opened container was to be discarded by {discard_on:%d-%b-%Y}."))
    if use == "single" and container_patient_id not in (None, patient_id):
        items.append(
            Item("container.other_patient", "A single-dose container is for one patient: it was opened for another.")
        )
    if mg > in_stock_mg:
        items.append(
            Item(
                "container.stock",
                f"Only {in_stock_mg.normalize():f} mg are left in it, {mg.normalize():f} mg are wanted.",
            )
        )
    return items


def check_witness(*, maker, witness):
    """Raise `Refused` unless there is a witness who is not the one doing it."""
    if witness is None:
        raise Refused(Item("witness.missing", "A witness is needed."))
    if witness in (maker if isinstance(maker, (set, frozenset, tuple)) else (maker,)):
        raise Refused(Item("witness.maker", "The witness cannot be the person who prepared or wastes it."))


def waste_items(*, rest_mg, dead_space_mg, left_mg, confirmed=frozenset()):
    """What is odd about wasting `rest_mg` and, of the line, `dead_space_mg` where `left_mg` are left (Decimals)."""
    if rest_mg < 0 or dead_space_mg < 0 or not rest_mg + dead_space_mg > 0:
        return [Item("hard.mg", "The amount must be above zero.", field="mg")]
    if rest_mg + dead_space_mg > left_mg and "more_than_left" not in confirmed:
        return [Item("confirm.more_than_left", f"Only {plain(left_mg)} mg are left. Waste more?", field="mg")]
    return []


def propose_waste(left_mg, strength_mg_ml, dead_space_ml):
    """(mg in the syringe, mg in the dead space of the line) of what is left; never more than is left."""
    dead = min(left_mg, (dead_space_ml * strength_mg_ml).quantize(THREE)) if left_mg > 0 else ZERO
    return left_mg - dead, dead


def adjustments(kind, *, expected, found, choice, given_mg=ZERO, wasted_mg=ZERO):
    """kind -> signed mg that close a difference. `kind`: "count" of a container or "chart" of a preparation.

    `choice` "found": the ledger follows what was counted or charted; "ledger": it stays; "other": the typed figures.
    What a count found too little is wasted, with the difference's outcome; too much comes in as found.
    """
    if choice == "other":
        return {k: mg for k, mg in (("given", given_mg), ("wasted", wasted_mg)) if mg != 0}
    more = found - expected
    if choice == "ledger" or more == 0:
        return {}
    if kind == "chart":
        return {"given": more}
    return {"received": more} if more > 0 else {"wasted": -more}


def check_take_back(*, kind, taken_back, mg, reason, container_open):
    """Raise `Refused` unless this movement can be taken back and written anew with `mg`."""
    items = []
    if kind != "wasted":
        items.append(Item("correct.kind", "Only a waste is corrected here: a dose is corrected in the chart."))
    if taken_back:
        items.append(Item("correct.again", "It was corrected already."))
    if not container_open:
        items.append(Item("correct.closed", "This container is closed: count it, and explain the difference."))
    if mg < 0:
        items.append(Item("hard.mg", "The amount cannot be below zero.", field="mg"))
    if not reason.strip():
        items.append(Item("correct.reason", "Say what was wrong.", field="reason"))
    if items:
        raise Refused(*items)


def opened_too_long(discard_on, state, today):
    """An opened container whose date to discard it has passed."""
    return state == "open" and discard_on is not None and discard_on < today


def why_not_drawn(container, today):
    """Why a container that still holds something is not drawn from: words, or ""."""
    if container.expires_on < today:
        return "expired"
    return "open too long" if opened_too_long(container.discard_on, container.state, today) else ""


def kept_until(day, years):
    """The first day on which a record of `day` need not be kept any longer; a leap day counts as 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def inventory_due(last, months=INVENTORY_MONTHS):
    """The day by which the next inventory is due; None when there was none yet: then it is due now."""
    if last is None:
        return None
    return kept_until(last, months // 12)


def plain(mg):
    """A Decimal without dangling zeros: 15, 0.5."""
    return f"{mg.normalize():f}"


# What reads who may not read the cause: it may say what one patient was given.
NOT_EXPLAINED = "A difference in the ledger is not explained yet: ask a nurse."


def open_reasons(discrepancies, balances):
    """Why a day cannot close: open differences and balances that cannot be, in words.

    `balances`: (name, `Balance`) of each container, or with the address where it is mended; a difference may carry one
    as `link`.
    """
    reasons = [
        Item("day.discrepancy", f"{d.cause.rstrip('.')}: not explained yet.", NOT_EXPLAINED, getattr(d, "link", ""))
        for d in discrepancies
    ]
    for name, b, *links in balances:
        link = "".join(links)
        if not b.is_possible:
            reasons.append(Item("day.impossible", f"{name}: more was charted as taken out than was in it.", link=link))
        if b.in_use_mg != 0:
            reasons.append(Item("day.in_use", f"{name}: {plain(b.in_use_mg)} mg are still in use.", link=link))
    return reasons
