"""From a patient's answers to the facts the rules rest on. Pure. None always means "not known: ask"."""

from decimal import ROUND_HALF_UP, Decimal

from intake.rules.medicines import match
from intake.rules.mme import mme

YES, NO, NOT_SURE, MAYBE, NOT_APPLICABLE = "yes", "no", "not_sure", "maybe", "na"
TRUTH = {YES: True, MAYBE: True, NO: False, NOT_APPLICABLE: False}

# Facts that are one yes-or-no question of the same code.
PLAIN = (
    "ketamine_reaction",
    "bp_uncontrolled",
    "angina",
    "heart_attack_6m",
    "stroke_6m",
    "aneurysm",
    "heart_failure",
    "sleep_apnea",
    "copd_severe",
    "recent_cold",
    "airway_difficult",
    "icp_mass",
    "glaucoma",
    "thyroid_overactive",
    "seizures",
    "porphyria",
    "bladder",
    "pregnant",
    "breastfeeding",
    "psychosis",
    "mania_now",
    "substance_problem",
    "ketamine_misuse",
    "ketamine_elsewhere",
    "escort",
)
# Every other fact, and the questions it is read from.
READ_FROM = {
    "liver": ("liver",),
    "alcohol": ("alcohol",),
    "cannabis": ("cannabis",),
    "bmi": ("weight_kg", "height_cm"),
    "age": ("born_on",),
    "suicide_item": ("phq9_9",),
    "medicines": ("medicines", "no_medicines"),
    "unrecognised": ("medicines", "no_medicines"),
    "mme": ("medicines", "no_medicines"),
}
FACTS = {code: (code,) for code in PLAIN} | READ_FROM
OFTEN = ("weekly", "most_days")


def derive(answers, *, age):
    """Facts (code -> value, None when not known) from answers (question code -> answer) and age in years or None."""
    facts = {code: TRUTH.get(answers.get(code)) for code in PLAIN}
    listed = medicines_in(answers)
    return facts | {
        "liver": _choice(answers, "liver"),
        "alcohol": _choice(answers, "alcohol"),
        "cannabis": _choice(answers, "cannabis"),
        "bmi": bmi(answers.get("weight_kg"), answers.get("height_cm")),
        "age": age,
        "suicide_item": _number(answers.get("phq9_9")),
        "medicines": None if listed is None else classes_in(listed),
        "unrecognised": None if listed is None else unrecognised_in(listed),
        "mme": None if listed is None else mme(listed),
    }


def medicines_in(answers):
    """The medicines listed, [] when the patient says they take none, None when the question was not answered."""
    if answers.get("no_medicines") == YES:
        return []
    return [entry for entry in answers.get("medicines") or () if entry.get("name")] or None


def classes_in(medicines):
    """Class code -> the names, as written, of the medicines in that class."""
    found = {}
    for entry in medicines:
        for code in match(entry["name"]).classes:
            found.setdefault(code, []).append(entry["name"])
    return found


def unrecognised_in(medicines):
    """Names as written that our list does not have."""
    return [entry["name"] for entry in medicines if not match(entry["name"]).is_known]


def bmi(weight_kg, height_cm):
    """Body mass index in kg/m2 with one decimal, half up; None when weight (kg) or height (cm) is not known."""
    if weight_kg in (None, "") or height_cm in (None, ""):
        return None
    metres = Decimal(str(height_cm)) / 100
    return (Decimal(str(weight_kg)) / metres**2).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def _choice(answers, code):
    value = answers.get(code)
    return None if value in (None, "", NOT_SURE, "rather_not") else value


def _number(value):
    return None if value in (None, "") else int(value)
