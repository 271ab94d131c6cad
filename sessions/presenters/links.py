"""Where each missing thing is mended: refusal codes to pages, and their short names for the board."""

from dataclasses import replace

from django.urls import NoReverseMatch, reverse

from sessions.rules.equipment import EVERY_DAY
from sessions.rules.gates import BY_CODE

CHECKS = ("identity", "consent", "escort", "fasting", "pregnancy", "monitoring", "emergency_equipment", "prescriber")
PAGES = {
    "start.order": "dose-order",
    "start.second_check": "second-check",
    "start.container": "preparation-make",
    "start.line": "line-record",
    "start.baseline": "vitals-record",
    "start.hold_limits": "vitals-record",
    "start.weight": "weight-record",
    "start.prescriber_named": "checklist",
    "resume.emergency": "emergency",
    "resume.line": "line-record",
    "resume.fresh": "vitals-record",
    "resume.limits": "vitals-record",
    "resume.baseline": "vitals-record",
    "resume.decision": "order-list",
    "resume.cause": "drug-resume",
    "discharge.score": "score-record",
    "discharge.vitals_fresh": "vitals-record",
    "discharge.line_out": "line-record",
    "discharge.room_air": "oxygen-record",
    "discharge.oriented": "score-record",
    "discharge.no_dissociation": "vitals-record",
    "discharge.escort": "escort-note",
    "discharge.instructions": "aftercare-give",
    "discharge.observed": "discharge",
    "discharge.alarms": "session-show",
}
OF_THE_PATIENT = {
    "start.consent_in_force": "intake:patient-consents",
    "start.education": "intake:patient-education",
    "start.findings": "intake:patient-findings",
}
SHORT = {
    "start.identity": "Identity",
    "start.consent_in_force": "Consent",
    "start.consent": "Willing today",
    "start.order": "Dose order",
    "start.second_check": "Second check",
    "start.monitoring": "Monitor on",
    "start.emergency_equipment": "Emergency equipment",
    "start.prescriber": "Prescriber available",
    "start.prescriber_named": "Prescriber named",
    "start.container": "Syringe prepared",
    "start.line": "IV line",
    "start.escort": "Escort not reached",
    "start.baseline": "Baseline vitals",
    "start.hold_limits": "Baseline beyond a hold limit",
    "start.fasting": "Fasting",
    "start.pregnancy": "Pregnancy test",
    "start.findings": "A new finding",
    "start.tests": "A test",
    "start.weight": "Weight today",
    "start.education": "What to expect",
    "start.concern": "Prescriber's decision about a drug",
    "discharge.score": "Discharge score",
    "discharge.vitals_fresh": "Fresh vitals",
    "discharge.line_out": "Line out",
    "discharge.room_air": "Room air",
    "discharge.oriented": "Oriented",
    "discharge.no_dissociation": "No dissociation",
    "discharge.escort": "Escort here",
    "discharge.instructions": "Instructions",
    "discharge.observed": "Observation time",
    "discharge.alarms": "Open alarm",
}


def is_checked_daily(session):
    """Whether this site looks through its emergency equipment once a day instead of asking before every start."""
    policy = session.site.policy
    return policy is None or policy.equipment_check == EVERY_DAY


def page_of(session, code):
    """The path where this missing thing is mended, or ""."""
    group, _, name = code.partition(".")
    if code in PAGES:
        return reverse(f"sessions:{PAGES[code]}", args=[session.pk])
    if code in OF_THE_PATIENT:
        return reverse(OF_THE_PATIENT[code], args=[session.patient_id])
    if code == "start.emergency_equipment" and is_checked_daily(session):
        return reverse("sessions:equipment-check")
    if group == "start" and name in CHECKS:
        return f"{reverse('sessions:checklist', args=[session.pk])}#id_{name}"
    return _patient_page(session)


def _patient_page(session):
    try:
        return reverse("followup:patient-show", args=[session.patient_id])
    except NoReverseMatch:
        return ""


def linked(session, items):
    """The items, each with the page where it is mended."""
    return [replace(item, link=page_of(session, item.code)) for item in items]


def short(session, items, most=3):
    """(short words, link) for the board, at most `most`, and how many more there are."""
    named = [(SHORT.get(item.code, item.text), page_of(session, item.code)) for item in items]
    return named[:most], max(0, len(named) - most)


def overridable(session, items):
    """(words, link) of the missing things that a prescriber may let pass, with a reason."""
    codes = [item.code.partition(".")[2] for item in items]
    return [(SHORT[f"start.{code}"], reverse("sessions:gate-override", args=[session.pk, code]))
            for code in codes if code in BY_CODE and not BY_CODE[code].never]  # fmt: skip
