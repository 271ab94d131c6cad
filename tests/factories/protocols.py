"""A mood protocol, 0.5 mg/kg over 40 minutes: approved and frozen, with all its parts. Figures for tests only."""

from decimal import Decimal

from clinic import clock
from clinic.models import (
    ChecklistItem,
    DischargeCriterion,
    PhaseMeasure,
    Protocol,
    ProtocolDrug,
    ProtocolLimit,
    ProtocolVersion,
    StandingOrder,
)

EVERY = {
    "baseline": {"systolic": 0, "diastolic": 0, "heart_rate": 0, "spo2": 0, "pain": 0},
    "infusing": {"systolic": 10, "diastolic": 10, "heart_rate": 10, "spo2": 10, "sedation": 10},
    "paused": {"systolic": 5, "diastolic": 5, "heart_rate": 5, "spo2": 5},
    "observation": {"systolic": 15, "diastolic": 15, "heart_rate": 15, "spo2": 15, "sedation": 15},
}
LIMITS = (
    {"measure": "systolic", "level": "caution", "low": 100, "high": 160, "percent_of_baseline": 20,
     "band_low": 100, "band_high": 140},
    {"measure": "systolic", "level": "alarm", "low": 90, "high": 180},
    {"measure": "systolic", "level": "hold", "high": 160},
    {"measure": "diastolic", "level": "alarm", "low": 50, "high": 110},
    {"measure": "diastolic", "level": "hold", "high": 100},
    {"measure": "heart_rate", "level": "alarm", "low": 45, "high": 130},
    {"measure": "spo2", "level": "caution", "low": 94},
    {"measure": "spo2", "level": "alarm", "low": 90},
)  # fmt: skip
CHECKS = ("identity", "consent", "fasting", "escort", "medicines", "pregnancy", "monitoring", "emergency_equipment")
CRITERIA = ("score", "vitals_fresh", "line_out", "room_air", "oriented", "escort", "instructions")


def protocol(*, name="Mood 0.5 mg/kg", purpose="mood"):
    """A protocol by its name; the same name gives the same row."""
    return Protocol.objects.get_or_create(name=name, defaults={"purpose": purpose})[0]


def protocol_version(*, of=None, approved_by=None, drug=None, dose="0.5", parts=True, **fields):
    """A version with its parts; approved (and so frozen) when `approved_by` is given, else a draft."""
    of = of or protocol()
    number = of.versions.count() + 1
    defaults = {"planned_number": 6, "infusion_minutes": 40, "diary_days": [1, 2, 3, 5, 7, 10, 14, 21, 28]}
    version = ProtocolVersion.objects.create(protocol=of, number=number, **defaults | fields)
    if parts:
        _add_parts(version, Decimal(dose), drug or {})
    if approved_by:
        version.approved_at, version.approved_by = clock.now(), approved_by
        version.save()
    return version


def _add_parts(version, dose, drug):
    ProtocolDrug.objects.create(
        version=version,
        **{
            "drug": "ketamine",
            "basis": "mg/kg",
            "dose": dose,
            "dose_min": Decimal("0.25"),
            "dose_max": Decimal("1.0"),
            "max_rate": Decimal("1.5"),
            "max_total_mg": Decimal("100"),
            "strength_mg_ml": Decimal("1"),
        }
        | drug,
    )
    for phase, measures in EVERY.items():
        for measure, minutes in measures.items():
            PhaseMeasure.objects.create(version=version, phase=phase, measure=measure, every_minutes=minutes)
    for limit in LIMITS:
        ProtocolLimit.objects.create(version=version, **limit)
    StandingOrder.objects.create(
        version=version,
        drug="ondansetron",
        dose=Decimal("4"),
        condition="Nausea or vomiting",
        interval_minutes=240,
        max_doses=2,
    )
    for position, code in enumerate(CHECKS):
        ChecklistItem.objects.create(version=version, code=code, position=position)
    for position, code in enumerate(CRITERIA):
        DischargeCriterion.objects.create(version=version, code=code, position=position)
