"""The last infusion of this patient beside today's: what was asked, measured, given and felt."""

from dataclasses import dataclass, field

from clinic.words import clinic_date, clinic_time, figure
from sessions.presenters.dose import order_rows
from sessions.presenters.orders_due import order_words
from sessions.presenters.words import minutes_words
from sessions.queries.last import last_sheet
from sessions.rules import checklist
from sessions.rules.dose import shown
from sessions.rules.last_time import ANEW


@dataclass
class LastTime:
    """The parts; `session` None at a first infusion."""

    session: object = None
    facts: list = field(default_factory=list)
    doses: list = field(default_factory=list)
    answers: list = field(default_factory=list)
    given: list = field(default_factory=list)
    felt: list = field(default_factory=list)
    anew: tuple = ANEW


def last_time_page(session):
    """Last time, in words."""
    sheet = last_sheet(session)
    if sheet is None:
        return LastTime()
    return LastTime(
        sheet.session,
        facts=_facts(sheet),
        doses=[(order, order_rows(order)) for order in sheet.dose_orders],
        answers=[_answer(code, row) for code, row in sheet.answers.items() if code in checklist.BY_CODE],
        given=_given(sheet),
        felt=_felt(sheet),
    )


def _facts(sheet):
    session, zone, state = sheet.session, sheet.session.site.zone, sheet.state
    rows = [("Day", clinic_date(session.checked_in_at.astimezone(zone).date())),
            ("Infusion", str(session.number)),
            ("Nurse", session.responsible_nurse.display_name)]  # fmt: skip
    if state.weight_kg is not None:
        rows.append(("Weight", f"{figure(state.weight_kg)} kg"))
    base = state.baseline
    if "systolic" in base:
        pressure = f"{figure(base['systolic'])}/{figure(base.get('diastolic'))}"
        others = f"HR {figure(base.get('heart_rate'))}, SpO\u2082 {figure(base.get('spo2'))} %"
        rows.append(("Baseline", f"{pressure}, {others}"))
    rows += _line(sheet) + _times(sheet, zone)
    return rows


def _line(sheet):
    placed = [e.detail for e in sheet.state.effective if e.kind == "line" and e.detail.action == "placed"]
    return [("IV line", f"{placed[-1].site} {placed[-1].gauge}".strip())] if placed else []


def _times(sheet, zone):
    state = sheet.state
    if not state.started_at or not state.stopped_at:
        return []
    length = minutes_words((state.stopped_at - state.started_at).total_seconds() // 60)
    return [("Ran", f"{clinic_time(state.started_at, zone)} to {clinic_time(state.stopped_at, zone)}, {length}")]


def _answer(code, row):
    said = ": ".join(filter(None, [row.answer.replace("_", " "), row.detail]))
    return checklist.BY_CODE[code].label, said


def _given(sheet):
    given = [e.detail for e in sheet.state.drugs_given]
    said = [f"{drug.drug} {figure(shown(drug.dose_mg))} mg {drug.route}".strip() for drug in given]
    return said + [order_words(order) for order in sheet.orders if order.category == "rate"]


def _felt(sheet):
    """Side effects, the highest pressure and the deepest sedation while it ran."""
    said = [_effect(e.detail) for e in sheet.state.effective if e.kind == "side_effect"]
    sets = [e.detail for e in sheet.state.effective if e.kind == "vitals"]
    high = max((v.systolic for v in sets if v.systolic is not None), default=None)
    return said + ([f"Highest systolic {figure(high)}"] if high is not None else [])


def _effect(detail):
    return f"{detail.term}, {detail.severity}".strip(", ")
