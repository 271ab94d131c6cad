"""What a demo patient types into each page of the packet: form data, page by page, by condition and seed."""

CONDITION = {
    "crps": ("crps", ["front_shin_left", "front_foot_left"], ["burning", "touch"]),
    "neuropathic": ("neuropathic", ["front_forearm_right", "front_hand_right"], ["shooting", "pins"]),
    "fibromyalgia": ("fibromyalgia", ["back_spine", "back_shoulder_left", "back_shoulder_right"], ["aching"]),
    "depression": ("depression", [], []),
    "ptsd": ("ptsd", [], []),
    "injury": ("injury", ["back_lower_left"], ["stabbing", "aching"]),
    "arthritis": ("arthritis", ["back_lower_left", "back_lower_right"], ["aching"]),
}
MEDICINES = {
    "crps": [("gabapentin", "300", "mg", "3"), ("tramadol", "50", "mg", "2")],
    "neuropathic": [("duloxetine", "60", "mg", "1")],
    "fibromyalgia": [("amitriptyline", "25", "mg", "1"), ("levothyroxine", "75", "mcg", "1")],
    "depression": [("sertraline", "100", "mg", "1"), ("lorazepam", "1", "mg", "1")],
    "ptsd": [("prazosin", "2", "mg", "1"), ("lamotrigine", "100", "mg", "1")],
    "injury": [("oxycodone", "10", "mg", "2"), ("lisinopril", "10", "mg", "1")],
    "arthritis": [("naproxen", "500", "mg", "2")],
}
GOALS = {
    "pain": "To walk to the water and back without stopping.",
    "mood": "To get up in the morning and want to see somebody.",
}


def is_pain(person):
    """Whether pain brought this person here."""
    return person.condition not in ("depression", "ptsd")


def pages(person, body, *, suicidal=False):
    """Slug -> form data of the page, as a browser would send it."""
    pain = {} if not is_pain(person) else _pain(person, body)
    return {
        "about-you": {
            "name_right": "yes",
            "preferred_name": person.given,
            "sex_at_birth": "female" if person.sex == "female" else "male",
            "address": f"{person.number} Sample Street, Boston, MA",
            "phone": phone(person),
            "best_time": "any",
            "language_best": "en",
            "interpreter": "no",
        },
        "emergency-contact": {
            "emergency_name": f"Robin {person.family}",
            "emergency_relation": "partner",
            "emergency_phone": f"617 555 {2000 + person.number:04d}",
            "emergency_may_know": "yes",
            "escort": "yes",
        },
        "body": {"weight": f"{body.weight:.1f}", "weight_unit": "kg", "height_unit": "cm", "height_cm_typed": "170"},
        "conditions": {
            "conditions": [CONDITION[person.condition][0]],
            "pain_most_days": "yes" if is_pain(person) else "no",
        },
        **pain,
        "treatments": {
            "tried_physio": "helped_little" if is_pain(person) else "not_tried",
            "tried_antidepressants": "helped_little",
            "tried_talking": "helped_little",
            "antidepressant_count": "3",
            "ketamine_before": "no",
        },
        "medicines": _rows("medicines", ("name", "amount", "unit", "times_a_day"), MEDICINES[person.condition]),
        "opioids": {
            "opioid_usual_day": "as prescribed",
            "opioid_as_prescribed": "yes",
            "opioid_last": "today",
            "naloxone_home": "yes" if person.number % 2 else "no",
        },
        "allergies": _allergies(person),
        "heart": dict.fromkeys(_HEART, "no") | {"sleep_apnea": "yes" if person.number % 7 == 3 else "no"},
        "health": dict.fromkeys(_HEALTH, "no"),
        "other-health": {"kidney": "no", "diabetes": "no", "reflux": "no", "faints": "no"},
        "operations": {
            "had_operations": "yes",
            "operations": "Appendix, as a child",
            "airway_difficult": "no",
            "anesthetic_trouble": "no",
            "anesthetic_sick": "yes" if person.number % 4 == 1 else "no",
            "veins_difficult": "yes" if person.number % 5 == 2 else "no",
        },
        "implants": {"implants": ["none"], "limbs_avoid": ["none"]},
        "pregnancy": _pregnancy(person),
        "mind": {
            "psychosis": "no",
            "mania_now": "yes" if person.stage == "declined" else "no",
            "mind_hospital": "no",
            "suicide_attempt": "no",
        },
        **_trauma(person),
        "substances": {
            "alcohol": "rarely",
            "cannabis": "weekly" if person.number % 9 == 4 else "never",
            "other_drugs": "never",
            "substance_problem": "no",
            "ketamine_misuse": "no",
        },
        "alcohol": {"auditc_1": "1", "auditc_2": "0", "auditc_3": "0"},
        "mood-first": {"phq2_1": "2" if suicidal else "1", "phq2_2": "1"},
        "mood": _phq9(person, suicidal),
        "safety": {"phq9_9": "0"},
        "worry": _scores("gad7", 7, 2 if not is_pain(person) else 1),
        "daily-life": {
            "sleep_hours": "4_6",
            "sleep_quality": "badly",
            "work": "part",
            "falls": "no",
            "lives_with": "others",
        },
        "goals": {"goal_first": GOALS["pain" if is_pain(person) else "mood"]},
        "questions": {"clinic_questions": "Can I bring my own music?"},
    }


_HEART = [
    "bp_uncontrolled",
    "angina",
    "heart_attack_6m",
    "stroke_6m",
    "heart_failure",
    "aneurysm",
    "copd_severe",
    "recent_cold",
]
_HEALTH = ["icp_mass", "glaucoma", "liver", "thyroid_overactive", "seizures", "porphyria", "bladder"]


def phone(person):
    """An invented number out of the range kept for fiction."""
    return f"617 555 {100 + person.number:04d}"


def _pain(person, body):
    _, regions, kinds = CONDITION[person.condition]
    average = round(body.pain)
    return {
        "pain": {
            "pain_worst": str(min(10, average + 2)),
            "pain_average": str(average),
            "pain_least": str(max(0, average - 3)),
            "pain_now": str(average),
        },
        "pain-story": {"regions": regions, "pain_since": "under_5_years", "pain_kind": kinds},
        "peg": {"peg_1": str(average), "peg_2": str(min(10, average + 1)), "peg_3": str(average)},
    }


def _rows(code, names, rows):
    flat = {f"{code}_{n}_{name}": value for n, row in enumerate(rows) for name, value in zip(names, row, strict=True)}
    return flat | {"rows": str(len(rows) + 1)}


def _allergies(person):
    if person.number % 3 == 0:
        return {"rows": "2", "no_allergies": "on", "ketamine_reaction": "na"}
    rows = [("Penicillin", "rash")] if person.number % 3 == 1 else [("Latex", "itching"), ("Penicillin", "rash")]
    return _rows("allergies", ("name", "reaction"), rows) | {"ketamine_reaction": "na"}


def _pregnancy(person):
    no = "no" if person.sex == "female" and person.born.year > 1972 else "na"
    return {"pregnant": no, "breastfeeding": no}


def _trauma(person):
    if person.condition != "ptsd":
        return {"trauma": {"trauma_gate": "rather_not"}}
    return {
        "trauma": {"trauma_gate": "yes"},
        "trauma-screen": {"pcptsd_event": "1"} | {f"pcptsd_{n}": "1" for n in range(1, 6)},
        "trauma-month": _scores("pcl5", 20, 2),
    }


def _phq9(person, suicidal):
    answers = _scores("phq9", 9, 1 if is_pain(person) else 2)
    return answers | {"phq9_9": "2" if suicidal else "0", "phq9_difficulty": "1"}


def _scores(code, items, value):
    return {f"{code}_{n}": str(value if n % 3 else min(3, value + 1)) for n in range(1, items + 1)}
