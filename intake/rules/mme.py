"""Daily opioid dose as morphine milligram equivalents (MME). Pure; an opioid without a factor is never 0 but "ask"."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from intake.rules.medicines import match

FACTOR_YEAR = 2022
SOURCE = "CDC Clinical Practice Guideline for Prescribing Opioids, 2022 (MMWR Recomm Rep 71(3):1-95)"
# mg a day times the factor; the fentanyl patch is in mcg/h. Source: CDC 2022, doi 10.15585/mmwr.rr7103a1.
FACTORS = {
    "codeine": Decimal("0.15"),
    "fentanyl": Decimal("2.4"),
    "hydrocodone": Decimal("1"),
    "hydromorphone": Decimal("5"),
    "methadone": Decimal("4.7"),
    "morphine": Decimal("1"),
    "oxycodone": Decimal("1.5"),
    "oxymorphone": Decimal("3"),
    "tapentadol": Decimal("0.4"),
    "tramadol": Decimal("0.2"),
}
UNITS = {"fentanyl": "mcg/h"}
# MME a day from which the dose is looked at. Source: clinic default (unverified default, the clinic approves).
HIGH_MME = Decimal("50")


@dataclass(frozen=True, slots=True)
class Part:
    """One opioid's share: ``mme`` is None and ``why`` says what to ask when it can't be computed."""

    name: str
    mme: Decimal | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Mme:
    """The day's total in MME (None as soon as one opioid can't be computed), its parts and the factors' year."""

    total: Decimal | None
    parts: tuple[Part, ...]
    factor_year: int = FACTOR_YEAR

    @property
    def unknown(self):
        return tuple(part for part in self.parts if part.mme is None)


def daily(medicine):
    """Amount a day: strength x times a day in the medicine's unit (a patch's mcg/h as it is); None when unknown."""
    amount, times = medicine.get("amount"), medicine.get("times_a_day")
    if amount in (None, ""):
        return None
    if medicine.get("unit") == "mcg/h":
        return Decimal(str(amount))
    return None if times in (None, "") else Decimal(str(amount)) * Decimal(str(times))


def opioids_in(medicine):
    """The opioid ingredients named in one medicine entry."""
    found = match(medicine.get("name", ""))
    return [name for name in found.ingredients if "opioid" in match(name).classes]


def parts_of(medicine):
    """The Parts of one medicine: one for each opioid in it, none when it has none."""
    return [_part(name, medicine) for name in opioids_in(medicine)]


def mme(medicines):
    """Mme of a list of medicines (name, amount, unit, times_a_day); a list without opioids is 0."""
    parts = tuple(part for medicine in medicines for part in parts_of(medicine))
    known = [part.mme for part in parts if part.mme is not None]
    return Mme(None if len(known) < len(parts) else sum(known, Decimal(0)), parts)


def _part(name, medicine):
    if name not in FACTORS:
        return Part(name, None, "no factor: ask")
    wanted = UNITS.get(name, "mg")
    if medicine.get("unit", "mg") != wanted:
        return Part(name, None, f"dose is not in {wanted}: ask")
    amount = daily(medicine)
    if amount is None:
        return Part(name, None, "daily dose not known: ask")
    return Part(name, (amount * FACTORS[name]).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))
