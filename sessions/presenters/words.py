"""The floor's words for measures, values, scales and phases: pure functions."""

from dataclasses import dataclass

from clinic.words import figure
from sessions.rules.vitals import MEASURES

# Richmond Agitation-Sedation Scale, number and words. Source: Sessler 2002, Am J Respir Crit Care Med 166:1338-1344.
RASS = {
    -5: "Unarousable",
    -4: "Deep sedation",
    -3: "Moderate sedation",
    -2: "Light sedation",
    -1: "Drowsy",
    0: "Alert, calm",
    1: "Restless",
    2: "Agitated",
    3: "Very agitated",
    4: "Combative",
}
SHORT = {
    "systolic": "Systolic",
    "diastolic": "Diastolic",
    "mean_pressure": "Mean",
    "heart_rate": "HR",
    "spo2": "SpO\u2082",
    "resp_rate": "RR",
    "etco2": "EtCO\u2082",
    "temperature": "Temp",
    "sedation": "Sedation",
    "pain": "Pain",
    "dissociation": "Dissociation",
    "comfort": "Comfort",
}
LONG = SHORT | {"heart_rate": "Heart rate", "resp_rate": "Breathing rate", "temperature": "Temperature"}
UNITS = {code: m.unit for code, m in MEASURES.items()} | {"temperature": "\u00b0C"}
PHASES = {
    "preparing": "Preparing",
    "infusing": "Infusing",
    "paused": "Paused",
    "observing": "Observation",
    "ended": "Ended",
}
MISSING = (
    ("cuff", "The cuff would not read"),
    ("probe", "The probe would not read"),
    ("moving", "Patient moving or retching"),
    ("refused", "Patient said no"),
    ("asleep", "Asleep, not woken"),
    ("busy", "Busy with the patient"),
    ("other", "Other"),
)
MISSING_WORDS = dict(MISSING)


@dataclass(frozen=True)
class Words:
    """What a deed's page says: its title, its button, the sentence after it; `lead` above the form."""

    title: str
    button: str
    done: str = ""
    lead: str = ""
    ink: bool = False


def sedation(value, *, number=True):
    """ "-1 Drowsy"; with the sign written as a minus."""
    if value is None:
        return ""
    said = RASS.get(int(value), "")
    return f"{signed(value)} {said}" if number else said


def signed(value):
    """+1, 0, a true minus before a negative number."""
    value = int(value)
    return f"\u2212{-value}" if value < 0 else f"+{value}" if value else "0"


def value_words(measure, value):
    """ "SpO\u2082 88 %", "HR 58", "sedation -1 Drowsy", "pain 3 of 10"."""
    if measure == "sedation":
        return f"sedation {sedation(value)}"
    unit = {"spo2": " %", "temperature": " \u00b0C", "pain": " of 10", "dissociation": " of 10", "comfort": " of 10"}
    name = SHORT[measure] if measure in ("heart_rate", "spo2", "resp_rate", "etco2") else SHORT[measure].lower()
    return f"{name} {figure(value)}{unit.get(measure, '')}"


def missed_words(reason):
    """The words of a missing-reason code; free words stay."""
    return MISSING_WORDS.get(reason, reason)


def minutes_words(minutes):
    """ "40 min", "3 h 05 min"."""
    minutes = int(minutes)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60:02d} min"


def one_of(count, singular, plural=""):
    """ "1 alarm", "2 alarms"."""
    return f"{count} {singular if count == 1 else plural or singular + 's'}"
