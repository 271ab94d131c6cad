"""The truth table of every rule, written by hand and not taken from the rules: what fires it, what doesn't, what leaves
it unknown. A row is what is known: answers, and beside them age, sex, scores, tests of the record, answers of today.
"""

from datetime import date, timedelta
from decimal import Decimal

from intake.rules.beside import Given, Record, SafetyCheck, Test
from intake.rules.findings import find

DAY = date(2026, 11, 20)
SPECIAL = ("age", "sex", "scores", "tests", "safety", "today", "stage", "staff", "levels")


def ask(known):
    """Rule code -> Verdict of everything the rules find in one row."""
    answers = {code: value for code, value in known.items() if code not in SPECIAL}
    record = Record(
        medicines=tuple(known.get("staff", ())),
        scores={code: Given(Decimal(value), band) for code, (value, band) in known.get("scores", {}).items()},
        tests=tuple(known.get("tests", ())),
        safety=tuple(known.get("safety", ())),
        day=DAY,
    )
    found = find(
        answers,
        age=known.get("age"),
        sex=known.get("sex", "unknown"),
        record=record,
        today=known.get("today"),
        stage=known.get("stage", "check_in"),
        levels=known.get("levels"),
    )
    return {verdict.rule: verdict for verdict in found}


def takes(*names, **entry):
    return {"medicines": [{"name": name} | entry for name in names]}


def today(**answers):
    return {"no_medicines": "yes", "diabetes": "no", "today": answers}


def done(code, *, abnormal, read=False, days_ago=1, choice=""):
    return Test(code, f"Test {code}", DAY - timedelta(days_ago), None, abnormal, read, choice)


def safety(due_in, overdue_in=None):
    overdue = None if overdue_in is None else DAY + timedelta(overdue_in)
    return SafetyCheck("Liver panel", DAY + timedelta(due_in), overdue)


def open_order(code, due_in):
    return Test(code, f"Test {code}", due_on=DAY + timedelta(due_in))


NOT_ANSWERED, NOT_SURE = {}, "not_sure"
YES_NO = {
    "ketamine-reaction": "ketamine_reaction",
    "bp-uncontrolled": "bp_uncontrolled",
    "angina": "angina",
    "heart-attack": "heart_attack_6m",
    "stroke": "stroke_6m",
    "aneurysm": "aneurysm",
    "heart-failure": "heart_failure",
    "breastfeeding": "breastfeeding",
    "psychosis": "psychosis",
    "mania-now": "mania_now",
    "icp-mass": "icp_mass",
    "glaucoma": "glaucoma",
    "substance-problem": "substance_problem",
    "ketamine-misuse": "ketamine_misuse",
    "thyroid-overactive": "thyroid_overactive",
    "sleep-apnea": "sleep_apnea",
    "copd-severe": "copd_severe",
    "recent-cold": "recent_cold",
    "airway-difficult": "airway_difficult",
    "anesthetic-trouble": "anesthetic_trouble",
    "reflux": "reflux",
    "faints": "faints",
    "seizures": "seizures",
    "porphyria": "porphyria",
    "bladder": "bladder",
    "mind-hospital": "mind_hospital",
}
# Medicines by class: one that fires the rule in a way patients write it.
WRITTEN = {
    "takes-theophylline": "Theo-24 300 mg",
    "takes-glp1": "wegovy pen",
    "takes-benzodiazepine": "Klonopin 0.5",
    "takes-maoi": "PARNATE",
    "takes-stimulant": "Adderall XR",
    "takes-opioid": "tramadol 50",
    "takes-z-drug": "Ambien CR 6.25",
    "takes-phenothiazine": "phenergan",
    "takes-sedating-antihistamine": "Benadryl at night",
    "takes-muscle-relaxant": "baclofen 10mg",
    "takes-barbiturate": "Fioricet",
    "takes-cyp3a4-inhibitor": "diltiazem",
    "takes-thyroid-hormone": "Synthroid 75 mcg",
    "takes-qt": "escitalopram",
    "takes-ketamine": "Spravato 56 mg",
    "takes-pressor": "methergine",
    "takes-lamotrigine": "Lamictal",
    "takes-cyp-inducer": "Tegretol",
    "takes-cyp2b6-inhibitor": "Plavix 75",
    "takes-antihypertensive": "lisinopril",
    "takes-neuromuscular": "atracurium",
    "takes-antipsychotic": "Risperdal",
    "takes-nmda": "memantine",
    "takes-naltrexone": "Vivitrol shot",
    "takes-gabapentinoid": "Lyrica 150",
}
AUDIT = ("auditc_1", "auditc_2", "auditc_3")
PCL5 = [f"pcl5_{n}" for n in range(1, 21)]
PTSD = [f"pcptsd_{n}" for n in range(1, 6)]
NONE = {"no_medicines": "yes"}

# Rule -> (rows that fire it, rows that leave it quiet, rows in which it is not known).
TABLE = {
    code: ([{fact: "yes"}], [{fact: "no"}], [NOT_ANSWERED, {fact: NOT_SURE}, {fact: None}])
    for code, fact in YES_NO.items()
}
TABLE |= {
    code: (
        [
            takes(name),
            takes("aspirin", name),
            {"staff": [{"name": name}]},
            takes("aspirin") | {"staff": [{"name": name}]},
        ],
        [NONE, takes("aspirin"), takes("lithium")],
        [NOT_ANSWERED, {"medicines": []}, NONE | {"today": {"medicines": "unknown"}}],
    )
    for code, name in WRITTEN.items()
}
TABLE |= {
    "pregnant": (
        [{"pregnant": "yes"}, {"pregnant": "maybe"}, {"pregnant": "no", "today": {"pregnancy": "positive"}}]
        + [{"pregnant": "no", "tests": [done("pregnancy", abnormal=True, choice="positive")]}],
        [{"pregnant": "no"}, {"pregnant": "na"}, {"sex": "male"}, {"sex": "female", "age": 56}]
        + [{"pregnant": "yes", "today": {"pregnancy": "negative"}}, {"today": {"pregnancy": "not_applicable"}}]
        + [{"pregnant": "maybe", "tests": [done("pregnancy", abnormal=False, choice="negative", days_ago=7)]}],
        [NOT_ANSWERED, {"pregnant": NOT_SURE}, {"sex": "female", "age": 55}, {"sex": "unknown"}]
        + [{"pregnant": "no", "today": {"pregnancy": "refused"}}]
        + [{"tests": [done("pregnancy", abnormal=False, choice="negative", days_ago=8)]}]
        + [{"pregnant": "no", "tests": [done("pregnancy", abnormal=None, choice="unclear")]}],
    ),
    "liver-severe": ([{"liver": "severe"}], [{"liver": "no"}, {"liver": "mild"}], [NOT_ANSWERED, {"liver": NOT_SURE}]),
    "liver-moderate": ([{"liver": "mild"}], [{"liver": "no"}, {"liver": "severe"}], [NOT_ANSWERED, {"liver": ""}]),
    "kidney-severe": ([{"kidney": "severe"}], [{"kidney": "no"}, {"kidney": "mild"}], [{"kidney": NOT_SURE}]),
    "kidney-moderate": ([{"kidney": "mild"}], [{"kidney": "no"}, {"kidney": "severe"}], [NOT_ANSWERED]),
    "ketamine-elsewhere": (
        [{"ketamine_elsewhere": "yes"}, {"ketamine_elsewhere": "no", "today": {"ketamine_elsewhere": "yes"}}],
        [{"ketamine_elsewhere": "no"}, {"ketamine_before": "no"}, {"today": {"ketamine_elsewhere": "no"}}],
        [NOT_ANSWERED, {"ketamine_elsewhere": NOT_SURE}, {"today": {"ketamine_elsewhere": "unknown"}}],
    ),
    "ketamine-before": (
        [{"ketamine_before": "yes"}, {"ketamine_before": "yes", "ketamine_courses": [{"route": "nasal"}]}],
        [{"ketamine_before": "no"}],
        [NOT_ANSWERED, {"ketamine_before": NOT_SURE}],
    ),
    "implants": (
        [{"implants": ["icd", "port"]}, {"implants": ["none"], "implants_other": "cochlear implant"}],
        [{"implants": ["none"]}],
        [NOT_ANSWERED, {"implants": None}],
    ),
    "bmi": (
        [{"weight_kg": "115.6", "height_cm": "170"}, {"weight_kg": 160, "height_cm": 180}],
        [{"weight_kg": "115.4", "height_cm": "170"}],
        [NOT_ANSWERED, {"weight_kg": "70"}, {"height_cm": "170"}, {"weight_kg": "", "height_cm": "170"}],
    ),
    "age-over-65": ([{"age": 66}, {"age": 90}], [{"age": 65}, {"age": 18}], [NOT_ANSWERED]),
    "no-escort": (
        [{"escort": "no"}, {"escort": "yes", "today": {"escort": "none"}}],
        [{"escort": "yes"}, {"escort": "no", "today": {"escort": "reached"}}, {"today": {"escort": "named"}}],
        [NOT_ANSWERED, {"escort": NOT_SURE}],
    ),
    "suicide-item": (
        [{"phq9_9": 1}, {"phq9_9": "3"}],
        [{"phq9_9": 0}, {"phq9_9": "0"}],
        [NOT_ANSWERED, {"phq9_9": None}, {"phq9_9": ""}],
    ),
    "c-ssrs": (
        [{"scores": {"c-ssrs": (level, band)}} for level, band in ((1, "low"), (2, "moderate"), (3, "high"))],
        [{"phq9_9": 0}, {"phq9_9": 2, "scores": {"c-ssrs": (0, "none")}}],
        [NOT_ANSWERED, {"phq9_9": 1}],
    ),
    "suicide-attempt-recent": (
        [{"suicide_attempt": "recent"}],
        [{"suicide_attempt": "no"}, {"suicide_attempt": "past"}],
        [NOT_ANSWERED, {"suicide_attempt": "rather_not"}],
    ),
    "suicide-attempt-past": (
        [{"suicide_attempt": "past"}],
        [{"suicide_attempt": "no"}, {"suicide_attempt": "recent"}],
        [NOT_ANSWERED, {"suicide_attempt": "rather_not"}],
    ),
    "bipolar": (
        [{"conditions": ["crps", "bipolar"]}],
        [{"conditions": ["depression"]}, {"conditions": ["none"]}],
        [NOT_ANSWERED, {"conditions": None}],
    ),
    "ptsd-screen": (
        [{"pcptsd_event": 1} | dict.fromkeys(PTSD, 1), {"scores": {"pc-ptsd-5": (4, "positive")}}],
        [{"pcptsd_event": 0}, {"pcptsd_event": 1} | dict.fromkeys(PTSD, 0)],
        [NOT_ANSWERED, {"pcptsd_event": 1}, {"trauma_gate": "rather_not"}],
    ),
    "ptsd-likely": (
        [dict.fromkeys(PCL5, 3), {"scores": {"pcl-5": (40, "both")}}],
        [dict.fromkeys(PCL5, 0), {"pcptsd_event": 0}],
        [NOT_ANSWERED, {"pcptsd_event": 1} | dict.fromkeys(PTSD, 1)],
    ),
    "alcohol": (
        [{"alcohol": "weekly"}, {"alcohol": "most_days"}],
        [{"alcohol": "never"}, {"alcohol": "rarely"}],
        [NOT_ANSWERED, {"alcohol": "rather_not"}],
    ),
    "audit-c": (
        [dict.fromkeys(AUDIT, 2), dict(zip(AUDIT, (2, 1, 0), strict=True)) | {"sex": "female"}],
        [{"auditc_1": 0}, {"alcohol": "never"}, dict(zip(AUDIT, (2, 1, 0), strict=True)) | {"sex": "male"}],
        [NOT_ANSWERED, {"alcohol": "weekly"}, {"auditc_1": 2, "auditc_2": None, "auditc_3": 1}],
    ),
    "cannabis": (
        [{"cannabis": "rarely"}, {"cannabis": "most_days"}],
        [{"cannabis": "never"}],
        [NOT_ANSWERED, {"cannabis": "rather_not"}],
    ),
    "other-drugs": ([{"other_drugs": "rarely"}], [{"other_drugs": "never"}], [{"other_drugs": "rather_not"}]),
    "takes-insulin": (
        [takes("Lantus"), {"diabetes": "insulin"}, NONE | {"diabetes": "insulin"}],
        [NONE | {"diabetes": "no"}, takes("aspirin") | {"diabetes": "diet"}],
        [NOT_ANSWERED, NONE, {"diabetes": "no"}, takes("aspirin") | {"diabetes": NOT_SURE}],
    ),
    "qt-two": (
        [takes("Methadone", "Zofran"), takes("celexa") | {"staff": [{"name": "haloperidol"}]}],
        [NONE, takes("celexa"), takes("celexa", "Celexa")],
        [NOT_ANSWERED, takes("celexa") | {"today": {"medicines": "unknown"}}],
    ),
    "opioid-benzodiazepine": (
        [takes("morphine", "valium"), takes("Norco") | {"staff": [{"name": "Xanax"}]}],
        [NONE, takes("morphine"), takes("valium")],
        [NOT_ANSWERED, takes("morphine") | {"today": {"medicines": "unknown"}}],
    ),
    "medicine-unrecognised": (
        [takes("Zanax"), NONE | {"today": {"medicines": "yes", "medicines_words": "blue pill"}}],
        [NONE, takes("sertraline"), NONE | {"today": {"medicines": "no"}}],
        [NOT_ANSWERED, NONE | {"today": {"medicines": "unknown"}}],
    ),
    "mme-unknown": (
        [takes("Suboxone"), takes("oxycodone"), takes("fentanyl", amount="25", unit="mg", times_a_day="1")],
        [NONE, takes("oxycodone", amount="5", unit="mg", times_a_day="1"), takes("aspirin")],
        [NOT_ANSWERED],
    ),
    "mme-high": (
        [takes("morphine", amount="25", unit="mg", times_a_day="2"), takes("fentanyl", amount="25", unit="mcg/h")],
        [NONE, takes("morphine", amount="24.9", unit="mg", times_a_day="2"), takes("ibuprofen")],
        [NOT_ANSWERED, takes("oxycodone"), takes("buprenorphine")],
    ),
    "opioid-more": (
        [takes("norco") | {"opioid_as_prescribed": "more"}],
        [NONE, takes("norco") | {"opioid_as_prescribed": "yes"}, takes("norco") | {"opioid_as_prescribed": "less"}],
        [NOT_ANSWERED, takes("norco"), takes("norco") | {"opioid_as_prescribed": "rather_not"}],
    ),
    "no-naloxone": (
        [takes("norco") | {"naloxone_home": "no"}],
        [NONE, takes("norco") | {"naloxone_home": "yes"}, takes("aspirin") | {"naloxone_home": "no"}],
        [NOT_ANSWERED, takes("norco"), takes("norco") | {"naloxone_home": NOT_SURE}],
    ),
    "sedatives-today": (
        [today(sedatives="yes", sedatives_words="Ativan 1 mg, 22:00"), today(sedatives="yes")],
        [today(sedatives="no")],
        [today(sedatives="unknown")],
    ),
    "stimulants-today": (
        [today(stimulants="yes", stimulants_words="Sudafed")],
        [today(stimulants="no")],
        [today(stimulants="unknown")],
    ),
    "antihypertensive-missed": (
        [today(antihypertensive="no")],
        [today(antihypertensive="yes"), today(antihypertensive="not_applicable")],
        [today(antihypertensive="unknown")],
    ),
    "not-fasting": (
        [today(fasting="no", fasting_words="toast 08:30"), today(fasting="no")],
        [today(fasting="yes", fasting_words="soup 20:00")],
        [today(fasting="unknown")],
    ),
    "insulin-fasting": (
        [takes("Humalog") | {"today": {"fasting": "yes"}}, {"diabetes": "insulin", "today": {"fasting": "yes"}}],
        [today(fasting="yes"), takes("Humalog") | {"today": {"fasting": "no"}}],
        [takes("Humalog") | {"today": {"fasting": "unknown"}}, {"today": {"fasting": "yes"}}],
    ),
    "glp1-fasting": (
        [takes("Mounjaro") | {"today": {"fasting": "yes"}}],
        [today(fasting="yes"), takes("Mounjaro") | {"today": {"fasting": "no"}}],
        [takes("Mounjaro") | {"today": {"fasting": "unknown"}}, {"today": {"fasting": "yes"}}],
    ),
    "bp-today": (
        [today(blood_pressure="beyond", blood_pressure_words="182/96")],
        [today(blood_pressure="within", blood_pressure_words="122/78")],
        [today(blood_pressure="unknown")],
    ),
    "last-time-problems": (
        [today(last_time="problems", last_time_words="vomited")],
        [today(last_time="well"), today(last_time="first")],
        [today(last_time="unknown")],
    ),
    "test-abnormal": (
        [
            {"tests": [done("liver", abnormal=True)]},
            {"tests": [done("ecg", abnormal=None), done("liver", abnormal=True)]},
        ],
        [
            {"tests": []},
            {"tests": [done("liver", abnormal=False)]},
            {"tests": [done("liver", abnormal=True, read=True)]},
        ],
        [{"tests": [done("ecg", abnormal=None)]}],
    ),
    "test-overdue": (
        [{"tests": [open_order("ecg", -1)]}],
        [{"tests": []}, {"tests": [open_order("ecg", 0)]}, {"tests": [done("ecg", abnormal=False)]}],
        [],
    ),
    "test-waiting": (
        [{"tests": [open_order("ecg", 0)]}, {"tests": [open_order("ecg", 5)]}],
        [{"tests": []}, {"tests": [open_order("ecg", -1)]}],
        [],
    ),
    "safety-overdue": (
        [{"safety": [safety(-15, 0)]}, {"safety": [safety(-20, -5), safety(30, 45)]}],
        [{"safety": []}, {"safety": [safety(0, 1)]}, {"safety": [safety(-3)]}, {"safety": [SafetyCheck("Liver")]}],
        [],
    ),
    "safety-due": (
        [{"safety": [safety(0, 1)]}, {"safety": [safety(-3)]}],
        [{"safety": []}, {"safety": [safety(-15, 0)]}, {"safety": [safety(1, 15)]}, {"safety": [SafetyCheck("Liver")]}],
        [],
    ),
}
# Unknown only without a record to look at, which the product never does: the self-test covers it.
NEVER_UNKNOWN = ("test-overdue", "test-waiting", "safety-overdue", "safety-due")
