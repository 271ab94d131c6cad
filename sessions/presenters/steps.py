"""The way to the start as a list of steps, each done, or with what it lacks, each with its page."""

from dataclasses import dataclass

from django.urls import reverse

from clinic.words import figure
from sessions.rules import checklist
from sessions.rules.dose import shown

GATES = {
    "checklist": {f"start.{code}" for code in checklist.BY_CODE} | {"start.prescriber_named"},
    "weight-record": {"start.weight"},
    "vitals-record": {"start.baseline", "start.hold_limits"},
    "findings": {"start.findings"},
    "line-record": {"start.line"},
    "dose-order": {"start.order"},
    "preparation-make": {"start.container"},
    "second-check": {"start.second_check"},
}
TITLES = {
    "checklist": "Checklist",
    "weight-record": "Weight today",
    "vitals-record": "Baseline vitals",
    "findings": "New findings",
    "line-record": "IV line",
    "dose-order": "Order and dose",
    "preparation-make": "Prepare the syringe",
    "second-check": "Second check",
    "session-start": "Start",
}


@dataclass(frozen=True)
class Step:
    """One step: its name, its page, whether nothing is missing in it, and what it says."""

    title: str
    url: str
    done: bool
    words: str


def steps(sheet, missing):
    """The steps in their order; the start comes last and says how much is missing in all."""
    made = [_step(sheet, name, missing) for name in GATES]
    return [*made, _last(sheet, missing)]


def _step(sheet, name, missing):
    lacking = [item for item in missing if item.code in GATES[name]]
    words = lacking[0].text if len(lacking) == 1 else f"{len(lacking)} missing" if lacking else _SAID[name](sheet)
    return Step(TITLES[name], _url(sheet.session, name), not lacking, words)


def _url(session, name):
    """The page of a step: the session's own, or the patient's findings."""
    if name == "findings":
        return reverse("intake:patient-findings", args=[session.patient_id])
    return reverse(f"sessions:{name}", args=[session.pk])


def _last(sheet, missing):
    words = f"{len(missing)} missing" if missing else "Nothing is missing"
    return Step(TITLES["session-start"], reverse("sessions:session-start", args=[sheet.session.pk]), False, words)


def _weight(sheet):
    return f"{figure(sheet.state.weight_kg)} kg"


def _vitals(sheet):
    base = sheet.state.baseline
    return (
        f"{figure(base.get('systolic'))}/{figure(base.get('diastolic'))}, HR {figure(base.get('heart_rate'))}"
        if base
        else ""
    )


def _dose(sheet):
    order = sheet.dose_order
    if order is None:
        return ""
    return f"{order.drug} {figure(shown(order.planned_mg))} mg at {figure(shown(order.rate_ml_h))} mL/h"


def _prepared(sheet):
    return f"{sheet.preparation.label}" if sheet.preparation else ""


def _checked(sheet):
    return f"by {sheet.second_checks[-1].checked_by.name}" if sheet.second_checks else ""


_SAID = {
    "checklist": lambda sheet: "All answered",
    "weight-record": _weight,
    "vitals-record": _vitals,
    "findings": lambda sheet: "nothing new stands in the way",
    "line-record": lambda sheet: "placed",
    "dose-order": _dose,
    "preparation-make": _prepared,
    "second-check": _checked,
}
