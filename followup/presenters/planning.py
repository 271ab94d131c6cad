"""The plan of a course in words, and what stands against making one."""

from dataclasses import dataclass

from clinic.queries import plans
from clinic.refusal import Refused
from clinic.words import dose, figure
from followup.forms.planning import CONDITIONS
from intake.queries import check_eligible


def reasons_against(patient, site, at):
    """All that intake has against a new course now, as items."""
    try:
        check_eligible(patient, day=at.astimezone(site.zone).date())
    except Refused as refused:
        return list(refused.items)
    return []


def plan_facts(course):
    """The plan as (name, value) pairs, doses with their unit."""
    version = course.protocol_version
    drug = version.protocoldrugs.first()
    every = "one each day, in a row" if version.consecutive_days else f"{course.spacing_days} days apart"
    rows = [
        ("Protocol", str(version)),
        ("Treated", " ".join(filter(None, [dict(CONDITIONS).get(course.reason, course.reason), course.reason_words]))),
        ("Goals", course.goals),
        ("Dose", f"{dose(course.dose, course.dose_basis)} {drug.drug if drug else ''}"),
        ("Over", f"{version.infusion_minutes} min, then {version.observe_minutes} min of observation"),
        ("Not above", _most(drug)),
        ("Infusions", f"{course.planned_number}, {every}"),
        ("Beside it", course.adjuncts),
        ("Medicines on the day", course.medicine_plan or "As usual; the patient asks us."),
    ]
    return [(name, value) for name, value in rows if value]


@dataclass(frozen=True)
class Signed:
    """How a plan stands to its signature: does it hold (None: from before they were kept), and every signature."""

    holds: bool | None = None
    differs: tuple = ()
    last: object = None
    signatures: tuple = ()


def signed_of(course):
    """The `Signed` of a plan. One query."""
    rows = tuple(plans.signatures_of(course))
    if not rows:
        return Signed()
    differs = plans.differences(rows[0], course)
    return Signed(not differs, differs, rows[0], rows)


def _most(drug):
    return f"{figure(drug.max_total_mg)} mg in all, {figure(drug.max_rate)} {_rate_unit(drug)}" if drug else ""


def _rate_unit(drug):
    return "mg/h" if drug.basis == "mg/h" else "mg/kg/h"
