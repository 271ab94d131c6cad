"""What is read back of an order that was said: one sentence, with each figure also said digit by digit. Pure.

Fifteen and fifty sound alike, so figures are spoken as they are written ("one five"), units and routes as whole words.
"""

from clinic.words import figure

NAMES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "point")
DIGITS = dict(zip("0123456789.", NAMES, strict=True))
ROUTES = {
    "IV": "into the vein",
    "oral": "by mouth",
    "sublingual": "under the tongue",
    "IM": "into the muscle",
    "nasal": "into the nose",
}
BEGINS = {
    "drug": "",
    "rate": "Pump rate",
    "resume": "Go on after the pause",
    "oxygen": "Oxygen",
    "fluid": "Fluid",
    "extension": "Longer infusion",
    "dose": "Infusion dose",
    "discharge": "Discharge",
    "other": "Order",
}


def spelt(value):
    """A figure digit by digit: Decimal("12.5") -> "one two point five"."""
    return " ".join(DIGITS[sign] for sign in figure(value))


def _amount(value, unit, per=""):
    if value is None:
        return ""
    return f"{figure(value)} {unit}{'' if value == 1 else 's'}{per} ({spelt(value)})"


def sentence(category, *, drug="", dose_mg=None, rate_ml_h=None, minutes=None, route="", text="", **_):
    """The sentence of an order: "Ondansetron, 4 milligrams (four), into the vein. For nausea." """
    more = " more" if category == "extension" else ""
    over = _amount(minutes, "minute", more)
    amounts = (
        over if more or not over else f"over {over}",
        _amount(dose_mg, "milligram", more),
        _amount(rate_ml_h, "millilitre", " an hour"),
    )
    head = ", ".join(part for part in (BEGINS.get(category, ""), drug, *amounts, ROUTES.get(route, route)) if part)
    said = (part.strip().rstrip(".") for part in (head, text) if part.strip())
    return "".join(f"{part[:1].upper()}{part[1:]}. " for part in said).rstrip()


def dose_figures(dose, *, drug, per_unit, basis):
    """A dose of an infused drug as an order says it: `dose` is a `rules.dose.Dose`, `per_unit` in the `basis`."""
    made = f"{figure(per_unit)} {basis} ({spelt(per_unit)}) at {figure(dose.weight_kg)} kg"
    text = f"{made}, {_amount(dose.strength_mg_ml, 'milligram', ' in a millilitre')}"
    return {"drug": drug, "dose_mg": dose.mg, "minutes": dose.minutes, "text": text}
