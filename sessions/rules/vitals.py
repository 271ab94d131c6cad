"""Which typed values cannot be, and which are asked back before they are saved.

Hard and soft bounds are clinic defaults (soft plausibility bounds as used by public hospital data sets). They judge
typing only: a value that a device measured is kept, flagged and alarmed on, never dropped for looking implausible.
"""

from dataclasses import dataclass
from decimal import Decimal

from clinic.refusal import Item, Refused


@dataclass(frozen=True)
class Measure:
    """One measure of a set: label, UCUM-like unit, hard bounds, soft bounds (same unit)."""

    code: str
    label: str
    unit: str
    hard: tuple
    soft: tuple


MEASURES = {
    m.code: m
    for m in (
        Measure("systolic", "Systolic", "mmHg", (20, 350), (70, 250)),
        Measure("diastolic", "Diastolic", "mmHg", (10, 250), (40, 150)),
        Measure("mean_pressure", "Mean pressure", "mmHg", (10, 300), (50, 180)),
        Measure("heart_rate", "Heart rate", "/min", (0, 350), (30, 200)),
        Measure("spo2", "SpO2", "%", (0, 100), (70, 100)),
        Measure("resp_rate", "Breathing rate", "/min", (0, 100), (4, 60)),
        Measure("etco2", "ETCO2", "mmHg", (0, 150), (10, 80)),
        Measure("temperature", "Temperature", "°C", (Decimal(20), Decimal(45)), (Decimal(30), Decimal(45))),
        Measure("sedation", "Sedation (RASS)", "", (-5, 4), (-3, 3)),
        Measure("pain", "Pain", "of 10", (0, 10), (0, 10)),
        Measure("dissociation", "Dissociation", "of 10", (0, 10), (0, 10)),
        Measure("comfort", "Comfort", "of 10", (0, 10), (0, 10)),
    )
}
# Measures that "asleep, breathing seen" stands for where the protocol's phase allows it: nobody is woken to be asked.
ASLEEP_COVERS = frozenset({"sedation", "pain", "dissociation", "comfort"})


def set_items(values):
    """Judge one typed set: `values` maps measure codes to numbers (None = not taken).

    Returns `Item`s with codes `hard.<measure>` and `confirm.<measure>`; blank is not judged, zero is.
    """
    taken = {code: v for code, v in values.items() if code in MEASURES and v is not None}
    items = [item for code, v in taken.items() for item in _bound_items(MEASURES[code], v)]
    return items + _cross_items(taken)


def _bound_items(measure, value):
    if not measure.hard[0] <= value <= measure.hard[1]:
        return [Item(f"hard.{measure.code}", _hard_words(measure, value))]
    if not measure.soft[0] <= value <= measure.soft[1]:
        return [Item(f"confirm.{measure.code}", f"{measure.label} {_with_unit(value, measure.unit)}: is that right?")]
    return []


def _hard_words(measure, value):
    if measure.code == "temperature" and value > 50:
        return f"Temperature {value} °C: is that °F? Type it in °C."
    low, high = measure.hard
    return f"{measure.label} {_with_unit(value, measure.unit)} cannot be: it must be between {low} and {high}."


def _with_unit(value, unit):
    return f"{value} {unit}".strip()


def _cross_items(taken):
    items = []
    systolic, diastolic, mean = taken.get("systolic"), taken.get("diastolic"), taken.get("mean_pressure")
    if systolic is not None and diastolic is not None:
        if systolic <= diastolic:
            items.append(Item("hard.diastolic", f"Diastolic {diastolic} is not below systolic {systolic}."))
        elif mean is not None and not diastolic <= mean <= systolic:
            items.append(Item("hard.mean_pressure", f"Mean {mean} is not between {diastolic} and {systolic}."))
    spo2, rate = taken.get("spo2"), taken.get("heart_rate")
    if spo2 is not None and spo2 == rate:
        items.append(Item("confirm.spo2", f"SpO2 and heart rate are both {spo2}. Was one typed twice?"))
    return items


def check_set(values, *, confirmed=frozenset()):
    """Raise `Refused` with all hard items, and with the soft ones whose measure is not in `confirmed`."""
    left = [i for i in set_items(values) if not (i.code.startswith("confirm.") and i.code[8:] in confirmed)]
    if left:
        raise Refused(*left)


def can_save(values, *, confirmed=frozenset()):
    """True when `check_set` would let the set pass."""
    return all(i.code.startswith("confirm.") and i.code[8:] in confirmed for i in set_items(values))
