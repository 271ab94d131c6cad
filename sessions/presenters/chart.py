"""The infusion chart out of real entries: gaps stay gaps, corrected values stay visible, nothing is joined up."""

import itertools
import math
from datetime import timedelta

from clinic.charts.data import DrugRow, Infusion, Limit, Mark, Phase, Rate, Reading, ScoreRow
from clinic.words import clinic_time, figure
from sessions.presenters.words import missed_words, signed
from sessions.rules import limits as rules
from sessions.rules.dose import shown
from sessions.rules.drugs import RUNNING

MEASURES = {"sys": "systolic", "dia": "diastolic", "mean": "mean_pressure", "hr": "heart_rate", "spo2": "spo2"}
NAMES = {long: short for short, long in MEASURES.items()}
SCORES = (("sedation", "RASS", ""), ("pain", "Pain", "/10"), ("dissociation", "Dissoc.", "/10"))
LEAD, TAIL = timedelta(minutes=5), timedelta(minutes=10)


def infusion_chart(sheet, title="Infusion chart"):
    """The whole session as one `Infusion`; `sheet` is a `queries.Sheet`."""
    state, zone = sheet.state, sheet.session.site.zone
    ended = sheet.session.ended_at
    end = _end(sheet)
    return Infusion(
        start=sheet.session.checked_in_at - LEAD,
        end=end,
        zone=zone,
        now=None if ended else sheet.at,
        readings=readings(sheet),
        phases=_phases(sheet, end),
        drugs=[_drug_row(d, sheet.entries, state) for d in state.drugs if d.started_at],
        given=_given(state),
        events=_events(sheet, zone),
        scores=_scores(state),
        limits=_limits(sheet),
        rule=rule_words(sheet),
        title=title,
    )


def _end(sheet):
    if sheet.session.ended_at:
        return sheet.session.ended_at
    ends = [d.ends_at for d in sheet.state.drugs if d.ends_at]
    return max([sheet.at + TAIL, *ends]) + LEAD


def readings(sheet):
    """One `Reading` a set that counts, with the levels its alarms had and the values it replaced."""
    levels, replaced = _levels(sheet.entries), _replaced(sheet.entries)
    return [
        _reading(e, levels.get(e.id, {}), replaced.get(e.id, {})) for e in sheet.state.effective if e.kind == "vitals"
    ]


def _reading(entry, levels, was):
    detail = entry.detail
    values = {short: getattr(detail, long) for short, long in MEASURES.items()}
    missing = {NAMES[m]: missed_words(r) for m, r in detail.missing.items() if m in NAMES}
    nothing = all(v is None for v in values.values())
    missed = next(iter(missing.values()), "") if nothing else ""
    return Reading(entry.observed_at, **values, missed=missed, missing=missing, was=was, levels=levels)


def _levels(entries):
    found = {}
    for entry in entries:
        if entry.kind == "alarm" and entry.detail and entry.detail.measure in NAMES:
            found.setdefault(entry.detail.reading_id, {})[NAMES[entry.detail.measure]] = entry.detail.level
    return found


def _replaced(entries):
    """Entry id -> the values its predecessors had where they differ."""
    by_id, found = {e.id: e for e in entries}, {}
    for entry in entries:
        before = by_id.get(entry.supersedes_id)
        if entry.kind == "vitals" and entry.role == "correction" and before is not None and before.detail:
            found[entry.id] = {
                short: getattr(before.detail, long) for short, long in MEASURES.items()
                if getattr(before.detail, long) is not None
                and getattr(before.detail, long) != getattr(entry.detail, long)
            }  # fmt: skip
    return found


def _phases(sheet, end):
    """The stretches of the session, and the planned rest of an infusion that runs."""
    moves = [(sheet.session.checked_in_at, "baseline", "Preparing")]
    timeline = sorted((move for d in sheet.state.drugs for move in d.timeline), key=lambda move: move[0])
    names = {
        "running": ("infusing", "Infusing"),
        "paused": ("paused", "Paused"),
        "stopped": ("observation", "Observation"),
    }
    moves += [(at, *names[phase]) for at, phase in timeline if phase in names]
    made = [
        Phase(kind, at, until, label) for (at, kind, label), until in zip(moves, _untils(moves, sheet), strict=True)
    ]
    ends = max((d.ends_at for d in sheet.state.drugs if d.ends_at and d.phase == RUNNING), default=None)
    if ends and ends > sheet.at:
        label = f"Infusing until about {clinic_time(ends, sheet.session.site.zone)}"
        made.append(Phase("infusing", sheet.at, ends, label, planned=True))
    return made


def _untils(moves, sheet):
    last = sheet.session.ended_at or sheet.at
    return [at for at, *_ in moves[1:]] + [last]


def _drug_row(drug, entries, state):
    """Rates in mg/kg/h of one infused drug (mg/h without a weight)."""
    kg = drug.weight_kg
    rates, rate, strength = [], None, None
    for entry in state.effective:
        detail = entry.detail
        if entry.kind != "drug" or detail.dose_order_id != drug.dose_order_id:
            continue
        strength = detail.strength_mg_ml if detail.strength_mg_ml is not None else strength
        rate = detail.rate_ml_h if detail.rate_ml_h is not None else rate
        rates += _rate(entry, rate, strength, kg)
    return DrugRow(drug.drug.capitalize(), "mg/kg/h" if kg else "mg/h", rates)


def _rate(entry, rate, strength, kg):
    action = entry.detail.action
    if action in ("pause", "stop"):
        return [Rate(entry.observed_at, 0)]
    if action not in ("start", "rate", "resume", "syringe") or rate is None or strength is None:
        return []
    mg_h = rate * strength
    note = f"{figure(shown(mg_h))} mg/h \u00b7 {figure(shown(rate))} mL/h"
    return [Rate(entry.observed_at, shown(mg_h / kg) if kg else shown(mg_h), note)]


def _given(state):
    marks = []
    for e in state.effective:
        if e.kind == "drug" and e.detail.action in ("given", "bolus", "fluid"):
            amount = (
                f"{figure(e.detail.dose_mg)} mg" if e.detail.dose_mg is not None else f"{figure(e.detail.volume_ml)} mL"
            )
            marks.append(Mark(e.observed_at, f"{e.detail.drug} {amount} {e.detail.route}".strip()))
    return marks


def _events(sheet, zone):
    return [mark for e in sheet.state.effective if (mark := _event(e)) is not None]


def _event(entry):
    detail = entry.detail
    if entry.kind == "side_effect":
        return Mark(detail.onset_at or entry.observed_at, f"{detail.term}, {detail.severity}", detail.resolved_at)
    if entry.kind == "line" and detail.action in ("infiltrated", "resited", "removed"):
        return Mark(
            entry.observed_at,
            {"infiltrated": "infiltration", "resited": "new line", "removed": "line out"}[detail.action],
        )
    if entry.kind == "emergency" and detail.step == "called":
        return Mark(entry.observed_at, "emergency")
    if entry.kind == "drug" and detail.action in ("start", "stop"):
        return Mark(entry.observed_at, detail.action)
    return None


def _scores(state):
    rows = []
    for measure, name, scale in SCORES:
        points = [(e.observed_at, _written(measure, getattr(e.detail, measure))) for e in state.effective
                  if e.kind == "vitals" and getattr(e.detail, measure) is not None]  # fmt: skip
        if points:
            rows.append(ScoreRow(name, scale, points))
    return rows


def _written(measure, value):
    return signed(value) if measure == "sedation" else figure(value)


def _limits(sheet):
    """Baseline, caution and alarm lines of pressure and SpO2, each where the rules see the first breach."""
    base = sheet.state.baseline
    lines = [Limit(NAMES[m], "baseline", base[m]) for m in ("systolic", "diastolic") if m in base]
    for measure, level in itertools.product(("systolic", "spo2"), (rules.ALARM, rules.CAUTION)):
        lines += _lines(NAMES[measure], level, rules.edges(measure, level, sheet.plan.limits, baseline=base))
    return lines


def _lines(name, level, edges):
    """A reading is a whole number: above 146.6 begins with 147, which is what "above 146" says."""
    if edges.low is not None:
        yield Limit(name, level, math.ceil(edges.low), "below", edges.low_counts)
    if edges.high is not None:
        yield Limit(name, level, math.floor(edges.high), "above", edges.high_counts)


def rule_words(sheet):
    """The limits in words, under the chart."""
    said = {}
    for limit in _limits(sheet):
        if limit.kind != "baseline":
            name = "systolic" if limit.measure == "sys" else "SpO\u2082"
            said.setdefault(f"{name} {limit.kind}", []).append(_side_words(limit))
    return "; ".join(f"{name} {' or '.join(edges)}" for name, edges in said.items())


def _side_words(limit):
    return f"{'at or ' if limit.reached else ''}{limit.side} {figure(limit.value)}"
