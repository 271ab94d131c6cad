"""The checklist before a session: what is asked, what may be answered, and which gate an answer opens.

Answers also feed the eligibility rules again: what changed since last time is asked at every visit, not at intake only.
"""

from dataclasses import dataclass

from clinic.refusal import Item

YES_NO = ("yes", "no")
YES_NO_UNKNOWN = ("yes", "no", "unknown")
# The fewest digits of a number that can be called. Source: clinic default (unverified default, the clinic approves).
PHONE_DIGITS = 5
PREGNANCY = ("negative", "positive", "refused", "not_applicable")


@dataclass(frozen=True)
class Check:
    """One check: `good` answers open its gate; `detail` names what to add in words when the answer is in `ask_when`."""

    code: str
    label: str
    answers: tuple = YES_NO
    good: tuple = ("yes",)
    detail: str = ""
    ask_when: tuple = ()
    group: str = "before"


CHECKS = (
    Check("identity", "Name and date of birth said by the patient and matched"),
    Check("consent", "Patient wants the infusion today and can decide"),
    Check("fasting", "Fasting as instructed", YES_NO_UNKNOWN, detail="Last food and drink", ask_when=YES_NO_UNKNOWN),
    Check(
        "escort",
        "Person taking the patient home",
        ("reached", "named", "none"),
        ("reached",),
        "Name and phone",
        ("reached", "named"),
    ),
    Check("allergies", "Allergies read back with the patient"),
    Check("medicines", "New medicines since last time", YES_NO_UNKNOWN, ("no", "yes"), "What", ("yes",)),
    Check(
        "sedatives",
        "Benzodiazepine, opioid, alcohol or cannabis since yesterday",
        YES_NO_UNKNOWN,
        ("no", "yes"),
        "What and when",
        ("yes",),
    ),
    Check(
        "stimulants",
        "Stimulant or decongestant today",
        YES_NO_UNKNOWN,
        ("no", "yes"),
        "What and when",
        ("yes",),
    ),
    Check(
        "ketamine_elsewhere",
        "Ketamine or esketamine from elsewhere since last time",
        YES_NO_UNKNOWN,
        ("no", "yes"),
        "What and when",
        ("yes",),
    ),
    Check(
        "antihypertensive",
        "Blood-pressure medicine taken today",
        ("yes", "no", "not_applicable"),
        ("yes", "no", "not_applicable"),
    ),
    Check("pregnancy", "Pregnancy test", PREGNANCY, ("negative", "not_applicable")),
    Check(
        "last_time",
        "How the last infusion went",
        ("well", "problems", "first"),
        ("well", "problems", "first"),
        "What happened",
        ("problems",),
    ),
    Check("comfort", "Comfort wishes asked (light, music, blanket, chair)", YES_NO, ("yes", "no"), "Wishes", ("yes",)),
    Check("monitoring", "Monitor on: pressure cuff, heart rate, SpO2", group="ready"),
    Check("emergency_equipment", "Emergency equipment checked today", group="ready"),
    Check("prescriber", "Responsible prescriber available as the site's policy asks", group="ready"),
)
BY_CODE = {check.code: check for check in CHECKS}
# Asked whatever the protocol's own list says: the start is never allowed without them.
NEVER_WITHOUT = ("identity", "consent", "escort", "monitoring", "emergency_equipment", "prescriber")
# Likewise: the rules of eligibility are run again with them at every visit. Source: clinic default (unverified).
EVERY_VISIT = (
    "fasting",
    "medicines",
    "sedatives",
    "stimulants",
    "ketamine_elsewhere",
    "antihypertensive",
    "pregnancy",
)
ALWAYS = NEVER_WITHOUT + EVERY_VISIT


def asked(protocol_codes):
    """The checks of a session, in the shipped order: the protocol's own and the ones that are always asked."""
    return tuple(check for check in CHECKS if check.code in ALWAYS or check.code in protocol_codes)


def verdict(code, answer):
    """True when the answer is good, False when it is not, None when there is none or it is "unknown"."""
    if answer in (None, "", "unknown"):
        return None
    return answer in BY_CODE[code].good


def answer_items(code, answer, detail):
    """Why this answer can't be taken: unknown code or answer, an escort without name and phone."""
    check = BY_CODE.get(code)
    if check is None or answer not in check.answers:
        return [Item(f"check.{code}", "Choose one of the answers.", field=code)]
    if code == "escort" and asked_detail(code, answer) and not names_a_phone(detail):
        return [Item("check.detail", "Write the name and phone of the person taking the patient home.", field=code)]
    return []


def names_a_phone(detail):
    """Whether these words hold a name and a phone number: letters, and at least `PHONE_DIGITS` digits."""
    return any(c.isalpha() for c in detail) and sum(c.isdecimal() for c in detail) >= PHONE_DIGITS


def asked_detail(code, answer):
    """The words to ask for beside this answer, or ""."""
    check = BY_CODE[code]
    return check.detail if answer in check.ask_when else ""
