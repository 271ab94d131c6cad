"""The controlled-drug ledger, in Decimal mg: received = given + wasted + returned + in use + in stock, always."""

from dataclasses import dataclass, field
from decimal import Decimal

from clinic.refusal import Item, Refused

ZERO = Decimal(0)
KINDS = ("received", "drawn", "given", "wasted", "returned", "counted")
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


def open_reasons(discrepancies, balances):
    """Why a day cannot close: open differences and balances that cannot be, in words."""
    reasons = [Item("day.discrepancy", f"{d.cause.rstrip('.')}: not explained yet.") for d in discrepancies]
    for name, b in balances:
        if not b.is_possible:
            reasons.append(Item("day.impossible", f"{name}: more was charted as taken out than was in it."))
        if b.in_use_mg != 0:
            reasons.append(Item("day.in_use", f"{name}: {b.in_use_mg.normalize():f} mg are still in use."))
    return reasons
