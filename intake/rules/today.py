"""The facts of a visit, from what is asked of the patient on the day. Pure.

``today`` maps the code of a question to its answer, and ``<code>_words`` to what was written beside it. Only what was
asked is a fact: a question that is still open is the visit's own gate, not an unknown of the rules.
"""

from intake.rules import listed
from intake.rules.said import Said

YES, NO, UNKNOWN = "yes", "no", "unknown"
# Fact -> the question of the visit it is read from.
FACTS = {
    "sedatives_today": ("today.sedatives",),
    "stimulants_today": ("today.stimulants",),
    "antihypertensive_missed": ("today.antihypertensive",),
    "fasting_today": ("today.fasting",),
    "pressure_beyond": ("today.blood_pressure",),
    "last_time_problems": ("today.last_time",),
}
QUESTIONS = {
    "medicines": "New medicines since last time",
    "sedatives": "Benzodiazepine, opioid, alcohol or cannabis since yesterday",
    "stimulants": "Stimulant or decongestant today",
    "ketamine_elsewhere": "Ketamine or esketamine from elsewhere since last time",
    "antihypertensive": "Blood-pressure medicine taken today",
    "pregnancy": "Pregnancy test",
    "fasting": "Fasting as instructed",
    "escort": "Person taking the patient home",
    "last_time": "How the last infusion went",
    "blood_pressure": "Blood pressure before the start",
}
TOLD = {
    "pregnant": ("pregnancy", {"positive": True, "negative": False, "not_applicable": False}),
    "ketamine_elsewhere": ("ketamine_elsewhere", {YES: True, NO: False}),
    "escort": ("escort", {"reached": True, "named": True, "none": False}),
    "sedatives_today": ("sedatives", {YES: True, NO: False}),
    "stimulants_today": ("stimulants", {YES: True, NO: False}),
    "antihypertensive_missed": ("antihypertensive", {NO: True, YES: False, "not_applicable": False}),
    "fasting_today": ("fasting", {YES: True, NO: False}),
    "pressure_beyond": ("blood_pressure", {"beyond": True, "within": False}),
    "last_time_problems": ("last_time", {"problems": True, "well": False, "first": False}),
}


def today_facts(today):
    """Fact -> Said, or None where the answer is "not known"; only for the questions that ``today`` answers."""
    asked = {fact: (code, means) for fact, (code, means) in TOLD.items() if (today or {}).get(code)}
    return {fact: _said(today, code, means) for fact, (code, means) in asked.items()}


def day_facts(today):
    """The facts that today's answers decide: they hold for this day only.

    A new medicine lasts; that nobody knows whether there is one is of the day.
    """
    unsure = listed.FACTS if listed.new_today(today) is None else ()
    return {*today_facts(today), *unsure}


def _said(today, code, means):
    truth = means.get(today[code])
    return None if truth is None else Said(truth, (today.get(f"{code}_words") or "").strip())
