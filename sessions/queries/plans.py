"""From protocol rows to a `Plan` of plain values. Approved versions are frozen, so theirs is read once a process."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from django.db.models import prefetch_related_objects

from clinic.models import CourseLimit
from sessions.rules import limits as limit_rules
from sessions.rules.dose import FAST_MOOD_MG_KG_40_MIN, FAST_PAIN_MG_KG_H, Bounds
from sessions.rules.plan import DrugPlan, Plan
from sessions.rules.schedule import Interval

PARTS = ("protocoldrugs", "ratesteps", "phasemeasures", "protocollimits", "dischargecriterions", "checklistitems")
_frozen = {}


def plan_of(session):
    """The plan of a session: its pinned version, its patient's own limits and its site's policy."""
    plan, policy = _version_plan_of(session), session.site.policy
    return replace(
        plan,
        limits=limits_of(session),
        stale_minutes=policy.stale_vitals_minutes if policy else plan.stale_minutes,
        alarm_repeat_seconds=policy.alarm_repeat_seconds if policy else plan.alarm_repeat_seconds,
    )


def limits_of(session):
    """The limits of a session alone: of its pinned version, and its patient's own."""
    plan, own = _version_plan_of(session), own_limits(_own_rows(session))
    return limit_rules.effective(plan.limits, own) if own else plan.limits


def _version_plan_of(session):
    return _frozen.get(session.protocol_version_id) or version_plan(session.protocol_version)


def version_plan(version):
    """The plan of a protocol version by itself."""
    if version.pk in _frozen:
        return _frozen[version.pk]
    prefetch_related_objects([version], *PARTS)
    plan = _read(version)
    if version.approved_at is not None:
        _frozen[version.pk] = plan
    return plan


def _read(version):
    rows = list(version.protocollimits.all())
    own = [limit for r in rows if r.level != "hold" for limit in _limits(r)]
    hold = [limit for r in rows if r.level == "hold" for limit in _limits(r)]
    return Plan(
        purpose=version.protocol.purpose,
        infusion_minutes=version.infusion_minutes,
        observe_minutes=version.observe_minutes,
        pause_baseline_minutes=version.pause_baseline_minutes,
        score_scale=version.discharge_scale,
        score_min=version.discharge_score_min,
        drugs=tuple(_drug(version, row) for row in version.protocoldrugs.all()),
        intervals=_intervals(version),
        limits=limit_rules.effective(limit_rules.DEFAULTS, own),
        hold_limits=limit_rules.effective(limit_rules.HOLD_DEFAULTS, hold),
        criteria=tuple(c.code for c in version.dischargecriterions.all()),
        checks=tuple(c.code for c in version.checklistitems.all()),
        words=version.words,
    )


def _limits(row):
    percent = row.percent_of_baseline
    band = (row.band_low, row.band_high) if percent is not None and row.band_low is not None else None
    return limit_rules.from_row(row.measure, row.level, low=row.low, high=row.high, percent=percent, band=band)


def _own_rows(session):
    """This patient's own limits as dicts, newest first; read with the session where it was (`with_gate_facts`)."""
    if hasattr(session, "own_limits"):
        return session.own_limits
    rows = CourseLimit.objects.filter(course=session.course_id).order_by("-set_at")
    return rows.values("measure", "level", "low", "high")


def own_limits(rows):
    """This patient's own limits: the newest of each measure and level (`rows` are dicts, newest first)."""
    newest = {}
    for row in rows:
        newest.setdefault((row["measure"], row["level"]), row)
    return [limit for row in newest.values() for limit in _own(row)]


def _own(row):
    low, high = (None if row[edge] is None else Decimal(str(row[edge])) for edge in ("low", "high"))
    return limit_rules.from_row(row["measure"], row["level"], low=low, high=high, source="set for this patient")


def _intervals(version):
    found = defaultdict(list)
    for row in version.phasemeasures.all():
        found[row.phase].append(Interval(row.measure, row.every_minutes, row.first_hour_every, row.asleep_counts))
    return {phase: tuple(rows) for phase, rows in found.items()}


def _drug(version, row):
    per_hour = row.basis == "mg/h"
    bounds = Bounds(
        low=row.dose_min,
        high=row.dose_max,
        max_total_mg=row.max_total_mg,
        max_rate_mg_h=row.max_rate if per_hour else None,
        max_rate_mg_kg_h=None if per_hour else row.max_rate,
        mood_guard_mg_kg=_or(version.mood_dose_guard_mg_kg, FAST_MOOD_MG_KG_40_MIN),
        pain_guard_mg_kg_h=_or(version.pain_rate_guard_mg_kg_h, FAST_PAIN_MG_KG_H),
    )
    steps = tuple((s.from_minute, s.rate) for s in version.ratesteps.all() if s.drug == row.drug)
    return DrugPlan(
        row.drug,
        row.basis,
        row.dose,
        bounds,
        row.weight_basis,
        row.weight_cap_kg,
        row.ends_by,
        row.strength_mg_ml,
        row.route,
        row.controlled,
        steps,
    )


def _or(value, default):
    return default if value is None else Decimal(value)
