"""From a patient's answers to the facts the rules rest on. Pure. None always means "not known: ask".

What the record knows beside the answers and what was asked today are laid over them: see intake.rules.beside and
intake.rules.today.
"""

from decimal import ROUND_HALF_UP, Decimal

from intake.rules import beside, listed, screens
from intake.rules import today as visit
from intake.rules.listed import medicines_in
from intake.rules.said import Said

__all__ = ["FACTS", "bmi", "derive", "medicines_in"]

YES, NO, NOT_SURE, MAYBE, NOT_APPLICABLE = "yes", "no", "not_sure", "maybe", "na"
TRUTH = {YES: True, MAYBE: True, NO: False, NOT_APPLICABLE: False}
UNANSWERED = (None, "", NOT_SURE, "rather_not")

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
    "reflux",
    "faints",
    "anesthetic_trouble",
    "mind_hospital",
    "naloxone_home",
)
CHOICES = (
    "liver",
    "kidney",
    "diabetes",
    "alcohol",
    "cannabis",
    "other_drugs",
    "suicide_attempt",
    "opioid_as_prescribed",
)
# Every fact, and what it is read from: codes of questions; "today." of a visit's; "record." what staff keep.
FACTS = (
    {code: (code,) for code in (*PLAIN, *CHOICES)}
    | {"bmi": ("weight_kg", "height_cm"), "age": ("born_on",), "bipolar": ("conditions",)}
    | {"implants": ("implants",), "ketamine_before": ("ketamine_before", "ketamine_courses")}
    | dict.fromkeys(listed.FACTS, ("medicines", "no_medicines"))
    | screens.FACTS
    | beside.FACTS
    | visit.FACTS
)


def derive(answers, *, age, sex="unknown", record=None, today=None):
    """Facts (code -> value, None when not known) from answers (question code -> answer) and age in years or None.

    ``record`` is a Record, None when it was not looked at; ``today`` are the answers of a visit or None. The facts of
    a visit are there only for what was asked today; today's answer goes before the record, the record before the
    packet.
    """
    return (
        {code: TRUTH.get(answers.get(code)) for code in PLAIN}
        | {code: _choice(answers, code) for code in CHOICES}
        | {"bmi": bmi(answers.get("weight_kg"), answers.get("height_cm")), "age": age, "bipolar": _bipolar(answers)}
        | {"implants": _implants(answers), "ketamine_before": _ketamine_before(answers)}
        | listed.medicine_facts(answers, record, today)
        | screens.screen_facts(answers, sex, record)
        | beside.record_facts(record)
        | visit.today_facts(today)
    )


def bmi(weight_kg, height_cm):
    """Body mass index in kg/m2 with one decimal, half up; None when weight (kg) or height (cm) is not known."""
    if weight_kg in (None, "") or height_cm in (None, ""):
        return None
    metres = Decimal(str(height_cm)) / 100
    return (Decimal(str(weight_kg)) / metres**2).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def _bipolar(answers):
    return None if answers.get("conditions") is None else "bipolar" in answers["conditions"]


def _implants(answers):
    """What is in the body, [] for nothing, None when not answered."""
    if answers.get("implants") is None:
        return None
    other = answers.get("implants_other")
    return [code for code in answers["implants"] if code != "none"] + ([other] if other else [])


def _ketamine_before(answers):
    """Whether, and in words how much, ketamine or esketamine was had as a treatment before."""
    truth = TRUTH.get(answers.get("ketamine_before"))
    return None if truth is None else Said(truth, "; ".join(map(_course, answers.get("ketamine_courses") or ())))


def _course(row):
    """ "nasal, 8 times, last 2026-09"; what was not said is left out."""
    times = f"{row['treatments']} times" if row.get("treatments") else ""
    last = f"last {row['last']}" if row.get("last") else ""
    return ", ".join(filter(None, [str(row.get("route", "")).replace("_", " "), times, last]))


def _choice(answers, code):
    value = answers.get(code)
    return None if value in UNANSWERED else value
