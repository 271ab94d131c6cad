"""Dose arithmetic in Decimal: mg, mg/kg, mg/kg/h, mL and mL/h from one ordered dose.

The one rounding step: an ordered dose is rounded once, half up, to 0.1 mg (`MG_STEP`); the pump rate that goes with
it is set to the pump's own step of 0.1 mL/h (`RATE_STEP`) because a pump accepts no other. Everything else is exact
and only *shown* with two decimals (`shown`). No figure is ever computed from a shown one.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from clinic.refusal import Item, Refused

MG_STEP, RATE_STEP, SHOWN = Decimal("0.1"), Decimal("0.1"), Decimal("0.01")
LB_IN_KG = Decimal("0.45359237")
SIXTY = Decimal(60)
BASES = ("mg/kg", "mg/kg/h", "mg/h")
WEIGHT_KINDS = ("actual", "ideal", "adjusted", "capped")
# 100 mg/mL must be diluted before intravenous use. Source: ketamine label.
UNDILUTED_MAX_MG_ML = Decimal(50)
# Source: clinic defaults for guards, unverified; the clinic approves them with its protocol.
FAST_MOOD_MG_KG_40_MIN = Decimal(1)
FAST_PAIN_MG_KG_H = Decimal(2)
# How far a drawn mixture may be from the ordered strength, as a part of it: syringes are read at 0.01 mL, so the
# ordered strength can rarely be hit to the last digit. Source: clinic default, unverified; the clinic approves it.
STRENGTH_TOLERANCE = Decimal("0.01")
WEIGHT_CHANGE = Decimal("0.10")
# A slipped decimal point is a tenth or ten times; doses nearer to last time's than this are no slip of that kind.
TENFOLD = Decimal(5)


def step(value, quantum):
    """Round `value` (Decimal) half up to a multiple of `quantum`, itself a power of ten."""
    return value.quantize(quantum, rounding=ROUND_HALF_UP)


def shown(value):
    """Two decimals for the eye, without dangling zeros: Decimal("35.00") -> Decimal("35")."""
    rounded = step(value, SHOWN)
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded.normalize()


@dataclass(frozen=True)
class Dose:
    """One ordered dose: `mg` over `minutes`, for `weight_kg`, from a drug of `strength_mg_ml`. All Decimal."""

    mg: Decimal
    weight_kg: Decimal
    minutes: Decimal
    strength_mg_ml: Decimal

    @property
    def mg_per_kg(self):
        """mg per kg of dosing weight, exact."""
        return self.mg / self.weight_kg

    @property
    def mg_per_h(self):
        """mg per hour, exact."""
        return self.mg * SIXTY / self.minutes

    @property
    def mg_per_kg_h(self):
        """mg per kg and hour, exact."""
        return self.mg_per_kg * SIXTY / self.minutes

    @property
    def ml(self):
        """Volume that holds the dose, mL, exact."""
        return self.mg / self.strength_mg_ml

    @property
    def ml_per_h(self):
        """The pump rate, mL/h, at the pump's step of 0.1."""
        return step(self.ml * SIXTY / self.minutes, RATE_STEP)


def compute(*, basis, per_unit, minutes, weight_kg, strength_mg_ml):
    """Turn an order into a `Dose`.

    `basis` mg/kg | mg/kg/h | mg/h, `per_unit` in that unit; `minutes`, `weight_kg`, `strength_mg_ml` as Decimal.
    Refuses anything that is not above zero (codes `hard.<name>`).
    """
    named = {"per_unit": per_unit, "minutes": minutes, "weight_kg": weight_kg, "strength_mg_ml": strength_mg_ml}
    bad = [Item(f"hard.{name}", f"{_NAMES[name]} must be above zero.") for name, v in named.items() if not v > 0]
    if bad:
        raise Refused(*bad)
    kg = Decimal(1) if basis == "mg/h" else weight_kg
    hours = Decimal(1) if basis == "mg/kg" else minutes / SIXTY
    return Dose(step(per_unit * kg * hours, MG_STEP), weight_kg, minutes, strength_mg_ml)


_NAMES = {
    "per_unit": "The dose",
    "minutes": "The duration",
    "weight_kg": "The weight",
    "strength_mg_ml": "The strength",
}


def diluted(strength_mg_ml, drug_ml, diluent_ml):
    """Strength in mg/mL after adding `diluent_ml` to `drug_ml` of `strength_mg_ml`."""
    return strength_mg_ml * drug_ml / (drug_ml + diluent_ml)


def strength_items(*, made, ordered):
    """Why a mixture of `made` mg/mL cannot serve an order for `ordered` mg/mL; none within `STRENGTH_TOLERANCE`.

    The words carry four decimals where two would make both figures look the same.
    """
    if abs(made - ordered) <= ordered * STRENGTH_TOLERANCE:
        return []
    said, wanted = shown(made), shown(ordered)
    if said == wanted:
        said, wanted = (step(v, Decimal("0.0001")).normalize() for v in (made, ordered))
    percent = shown(abs(made / ordered - 1) * 100)
    words = (
        f"This makes {said:f} mg/mL, the order is for {wanted:f} mg/mL: {percent:f} % "
        f"{'stronger' if made > ordered else 'weaker'}. Up to {shown(STRENGTH_TOLERANCE * 100):f} % is taken."
    )
    return [Item("prepare.strength", words, field="diluent_ml")]


def dosing_weight(*, kind, actual_kg, height_cm=None, sex="", cap_kg=None):
    """The weight a dose is computed for, kg at 0.1.

    actual; capped (at `cap_kg`); ideal (Devine 1974: 50 kg for men or 45.5 kg for women plus 2.3 kg per inch above
    60); adjusted (ideal + 0.4 x (actual - ideal)). Refuses when height, sex or cap is needed and not known.
    """
    if kind == "actual":
        return actual_kg
    if kind == "capped":
        if cap_kg is None:
            raise Refused(Item("hard.cap", "The protocol says a capped weight but names no cap."))
        return min(actual_kg, cap_kg)
    ideal = _devine(height_cm, sex)
    return step(ideal if kind == "ideal" else ideal + Decimal("0.4") * (actual_kg - ideal), Decimal("0.1"))


def _devine(height_cm, sex):
    if height_cm is None or sex not in ("male", "female"):
        raise Refused(Item("hard.height", "An ideal weight needs the height and the sex it is computed for."))
    base = Decimal(50) if sex == "male" else Decimal("45.5")
    return base + Decimal("2.3") * max(height_cm / Decimal("2.54") - 60, Decimal(0))


def to_kg(value, unit):
    """A weight typed in kg or lb as kg at 0.1; a number without a known unit is refused."""
    if unit == "kg":
        return step(value, Decimal("0.1"))
    if unit == "lb":
        return step(value * LB_IN_KG, Decimal("0.1"))
    raise Refused(Item("hard.unit", "Say whether the weight is in kg or lb."))


def weight_items(kg, *, previous_kg=None, typed_unit="kg"):
    """What is odd about a weight: `hard.weight` cannot be, `confirm.weight...` asks.

    Hard 1-650 kg, asks outside 20-500, above 150 (pounds?), and at more than 10 % change (clinic defaults).
    """
    if not Decimal(1) <= kg <= Decimal(650):
        return [Item("hard.weight", f"{shown(kg)} kg is not a possible weight.")]
    items = []
    if typed_unit == "kg" and (kg > 150 or _looks_like_pounds(kg, previous_kg)):
        as_lb = step(kg * LB_IN_KG, Decimal("0.1"))
        items.append(Item("confirm.weight_unit", f"{shown(kg)} kg: is that pounds? Then choose lb: {as_lb} kg."))
    if not Decimal(20) <= kg <= Decimal(500):
        items.append(Item("confirm.weight", f"{shown(kg)} kg is unlikely. Is it right?"))
    if previous_kg is not None and abs(kg - previous_kg) > WEIGHT_CHANGE * previous_kg:
        items.append(Item("confirm.weight_change", _change_words(kg, previous_kg)))
    return items


def _looks_like_pounds(kg, previous_kg):
    return previous_kg is not None and abs(kg * LB_IN_KG / previous_kg - 1) <= Decimal("0.08")


def _change_words(kg, previous_kg):
    percent = step(abs(kg / previous_kg - 1) * 100, Decimal(1))
    word = "more" if kg > previous_kg else "less"
    return f"{shown(kg)} kg is {percent} % {word} than last time ({shown(previous_kg)} kg)."


@dataclass(frozen=True)
class Bounds:
    """A protocol's bounds for one drug: `low`/`high` in the order's own unit, maxima in mg and mg/h; None = none."""

    low: Decimal | None = None
    high: Decimal | None = None
    max_rate_mg_h: Decimal | None = None
    max_total_mg: Decimal | None = None
    max_rate_mg_kg_h: Decimal | None = None
    mood_guard_mg_kg: Decimal = FAST_MOOD_MG_KG_40_MIN
    pain_guard_mg_kg_h: Decimal = FAST_PAIN_MG_KG_H


def dose_items(dose, *, per_unit, bounds, purpose, previous_mg=None):
    """What is odd about a dose, gravest first.

    `hard.*` no way round; `prescriber.*` needs a prescriber's own order; `confirm.*` asks.
    `purpose` mood | pain | other: whose guards count, see `guards_of`.
    Guards: 1 mg/kg in 40 min for mood, 2 mg/kg/h for pain (clinic defaults, unverified).
    """
    return [*_maxima(dose, bounds), *_outside_plan(per_unit, bounds), *_unusual(dose, bounds, purpose, previous_mg)]


def guards_of(purpose, drug):
    """Whose guards count for this drug: those of mood and pain are ketamine's figures, other drugs have bounds only."""
    return purpose if "ketamine" in drug.casefold() else "other"


def change_items(*, as_planned, plan_signed):
    """What only a prescriber orders whatever its size: another dose than the plan's, or one without a signed plan."""
    items = []
    if not as_planned:
        items.append(Item("prescriber.change", "This differs from the signed plan: a prescriber has to order it."))
    if not plan_signed:
        items.append(Item("prescriber.plan", "The course's plan is not signed: a prescriber has to order the dose."))
    return items


def _maxima(dose, bounds):
    items = []
    if dose.strength_mg_ml > UNDILUTED_MAX_MG_ML:
        items.append(Item("hard.strength", f"{shown(dose.strength_mg_ml)} mg/mL must be diluted before it is infused."))
    if bounds.max_total_mg is not None and dose.mg > bounds.max_total_mg:
        items.append(
            Item(
                "hard.max_total",
                f"{shown(dose.mg)} mg is above the protocol's absolute maximum of {shown(bounds.max_total_mg)} mg.",
            )
        )
    if _above(dose.mg_per_h, bounds.max_rate_mg_h):
        items.append(
            Item(
                "hard.max_rate",
                f"{shown(dose.mg_per_h)} mg/h is above the protocol's maximum rate of "
                f"{shown(bounds.max_rate_mg_h)} mg/h.",
            )
        )
    if _above(dose.mg_per_kg_h, bounds.max_rate_mg_kg_h):
        items.append(
            Item(
                "hard.max_rate",
                f"{shown(dose.mg_per_kg_h)} mg/kg/h is above the protocol's maximum rate of "
                f"{shown(bounds.max_rate_mg_kg_h)} mg/kg/h.",
            )
        )
    return items


def _above(value, limit):
    # The one rounding step may lift an exact maximum by half of 0.1 mg; that is not an excess.
    return limit is not None and value > limit * Decimal("1.005")


def _outside_plan(per_unit, bounds):
    below = bounds.low is not None and per_unit < bounds.low
    above = bounds.high is not None and per_unit > bounds.high
    if not (below or above):
        return []
    word = "below" if below else "above"
    edge = bounds.low if below else bounds.high
    return [
        Item(
            "prescriber.bounds",
            f"{shown(per_unit)} is {word} the protocol's bound of {shown(edge)}: a prescriber has to order it.",
        )
    ]


def _unusual(dose, bounds, purpose, previous_mg):
    items = []
    in_40 = dose.mg_per_kg / dose.minutes * 40
    if purpose == "mood" and in_40 > bounds.mood_guard_mg_kg:
        items.append(
            Item(
                "confirm.fast",
                f"{shown(in_40)} mg/kg in 40 min is more than {shown(bounds.mood_guard_mg_kg)} mg/kg. Is it right?",
            )
        )
    if purpose == "pain" and dose.mg_per_kg_h > bounds.pain_guard_mg_kg_h:
        items.append(
            Item(
                "confirm.fast",
                f"{shown(dose.mg_per_kg_h)} mg/kg/h is more than "
                f"{shown(bounds.pain_guard_mg_kg_h)} mg/kg/h. Is it right?",
            )
        )
    if previous_mg is not None and _slipped(dose.mg, previous_mg):
        items.append(Item("confirm.tenfold", _slip_words(dose.mg, previous_mg)))
    elif previous_mg is not None and dose.mg > previous_mg * Decimal("1.5"):
        items.append(Item("confirm.jump", f"{shown(dose.mg)} mg after {shown(previous_mg)} mg last time. Is it right?"))
    return items


def _slipped(mg, before):
    return mg >= before * TENFOLD or mg * TENFOLD <= before


def _slip_words(mg, before):
    times = step(max(mg / before, before / mg), Decimal(1))
    word = "times" if mg > before else "times less than"
    return (
        f"{shown(mg)} mg is about {times} {word} last time's {shown(before)} mg. Is the decimal point where it belongs?"
    )


def scaled_steps(steps, *, basis, per_unit, planned_per_unit, minutes, planned_minutes):
    """A protocol's rate steps for another dose: [(minute, rate in the basis' unit per hour), ...].

    They keep their shape and grow with the dose. For another duration, or a dose per infusion, there are none.
    """
    if not steps or basis == "mg/kg" or minutes != planned_minutes:
        return []
    return [(minute, rate * per_unit / planned_per_unit) for minute, rate in steps]


def step_ml_h(rate, *, basis, weight_kg, strength_mg_ml):
    """A step's rate (mg/kg/h, or mg/h) as the pump's mL/h at 0.1."""
    mg_h = rate if basis == "mg/h" else rate * weight_kg
    return step(mg_h / strength_mg_ml, RATE_STEP)


def peak_items(steps, *, basis, bounds):
    """A step above the protocol's maximum rate cannot be ordered (`hard.max_rate`)."""
    limit = bounds.max_rate_mg_h if basis == "mg/h" else bounds.max_rate_mg_kg_h
    peak = max((rate for _, rate in steps), default=Decimal(0))
    if not _above(peak, limit):
        return []
    unit = "mg/h" if basis == "mg/h" else "mg/kg/h"
    return [
        Item("hard.max_rate", f"Its highest step, {shown(peak)} {unit}, is above the maximum of {shown(limit)} {unit}.")
    ]


def check(items, *, confirmed=frozenset(), prescriber=False):
    """Raise `Refused` with every item that is neither confirmed nor, for `prescriber.*`, ordered by a prescriber."""
    left = [i for i in items if not _settled(i.code, confirmed, prescriber)]
    if left:
        raise Refused(*left)


def _settled(code, confirmed, prescriber):
    group, _, name = code.partition(".")
    return (group == "confirm" and name in confirmed) or (group == "prescriber" and prescriber)
