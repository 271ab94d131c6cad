"""The run sheet: what the nurse came for first, then the figures, the chart, and what happened."""

from dataclasses import dataclass, field

from django.urls import reverse

from clinic.words import clinic_time, figure
from sessions import queries
from sessions.presenters import links
from sessions.presenters.board import answer_id
from sessions.presenters.board_words import alarm_facts
from sessions.presenters.chart import infusion_chart
from sessions.presenters.figures import latest
from sessions.presenters.going_home import home_page
from sessions.presenters.log import heads, log
from sessions.presenters.rates import rate_words
from sessions.presenters.steps import steps
from sessions.presenters.todo import todo
from sessions.presenters.words import LONG, PHASES, SHORT, minutes_words, value_words
from sessions.queries.found import new_notes
from sessions.rules.dose import shown
from sessions.rules.stop import met

LOG_ROWS = 8


@dataclass(frozen=True)
class Panel:
    """One cell of the phase panel: small words on top, the figure with its unit, what stands under it."""

    key: str
    value: str
    small: str = ""
    sub: str = ""
    due: str = ""
    late: bool = False


@dataclass(frozen=True)
class AlarmPanel:
    """One open alarm in words, and where it is answered."""

    level: str
    words: str
    lines: list
    answered: bool
    url: str
    entry_id: object
    stops: bool = False


@dataclass
class SheetPage:
    """Everything the run sheet's template shows."""

    session: object
    state: object
    view: str
    panels: list
    latest: list
    alarms: list
    chart: object = None
    table: list = field(default_factory=list)
    log: list = field(default_factory=list)
    entries: int = 0
    steps: list = field(default_factory=list)
    missing: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    home: object = None
    drugs: list = field(default_factory=list)
    cosign: list = field(default_factory=list)
    differences: list = field(default_factory=list)
    preparations: list = field(default_factory=list)
    caption: str = ""
    emergency: str = ""
    due: list = field(default_factory=list)
    todo: list = field(default_factory=list)


def sheet_page(sheet, *, user, view="chart", everything=False):
    """The run sheet of a `queries.Sheet`; `view` chart or table; `everything`: the whole log."""
    session = sheet.session
    state, zone = sheet.state, session.site.zone
    page = SheetPage(session, state, view, panels(sheet), latest(state, zone), alarm_panels(sheet, user))
    if view == "table":
        page.table = log(sheet)
    elif state.last or state.started_at:
        page.chart = infusion_chart(sheet)
    page.log = log(sheet, None if everything else LOG_ROWS, user)
    page.entries = len(heads(sheet))
    page.caption = caption(session)
    page.drugs = [other_drug(d) for d in state.drugs[1:] if d.started_at]
    page.cosign = [o for o in sheet.orders if o.awaits_cosign()]
    page.differences, page.preparations = sheet.discrepancies, sheet.preparations
    page.emergency = clinic_time(state.emergency_since, zone) if state.emergency_since else ""
    page.todo = todo(sheet)
    page.due = due_rows(sheet)
    _gate(page, sheet)
    return page


def _gate(page, sheet):
    """What the next planned step lacks."""
    session, phase = page.session, page.state.phase
    if phase == "preparing":
        page.missing = links.linked(session, queries.missing_to_start(sheet))
        page.steps = steps(sheet, page.missing)
        page.notes = new_notes(session)
    if phase == "paused":
        page.missing = links.linked(session, queries.missing_to_resume(sheet))
    if phase == "observing":
        page.home = home_page(sheet)


def caption(session):
    """ "Mood 0.5, version 2 - infusion 3 of 6"; in a row of days "day 2 of 3 in a row"."""
    version, number = session.protocol_version, session.number
    count = f"{number} of {session.course.planned_number}"
    said = f"day {count} in a row" if version.consecutive_days else f"infusion {count}"
    said = "booster" if session.appointment.kind == "booster" else said
    return f"{version.protocol}, version {version.number} \u00b7 {said}"


def panels(sheet):
    """Phase, dose, next due."""
    return [_phase_panel(sheet), _dose_panel(sheet), _due_panel(sheet)]


def _phase_panel(sheet):
    session, state, zone = sheet.session, sheet.state, sheet.session.site.zone
    if state.phase == "ended":
        ended = clinic_time(session.ended_at, zone)
        return Panel(
            "Session",
            session.get_ending_display(),
            "",
            f"ended {ended}, {session.ended_by.name if session.ended_by else ''}",
        )
    if state.phase == "preparing":
        return Panel(f"Arrived {clinic_time(session.checked_in_at, zone)}", PHASES["preparing"], "",
                     f"booked for {clinic_time(session.appointment.starts_at, zone)}")  # fmt: skip
    since = int((sheet.at - state.phase_since).total_seconds() // 60)
    if state.phase == "observing":
        return Panel(f"Stopped {clinic_time(state.stopped_at, zone)}", PHASES["observing"], minutes_words(since),
                     f"of {sheet.plan.observe_minutes} min \u00b7 infused {minutes_words(state.minutes)}")  # fmt: skip
    small = minutes_words(since) if state.phase == "paused" else minutes_words(state.minutes)
    return Panel(
        f"Started {clinic_time(state.started_at, zone)}", PHASES[state.phase], small, _infusing_sub(state, zone)
    )


def _infusing_sub(state, zone):
    paused = f"paused {state.paused_minutes} min" if state.paused_minutes else ""
    ends = [d.ends_at for d in state.drugs if d.ends_at]
    ends_words = f"ends about {clinic_time(max(ends), zone)}" if ends else ""
    return " \u00b7 ".join(filter(None, [paused, ends_words]))


def _dose_panel(sheet):
    main = sheet.state.main
    if main is None or main.planned_mg is None:
        kg = f"{figure(sheet.state.weight_kg)} kg" if sheet.state.weight_kg is not None else "no weight yet"
        return Panel("Dose", "Not ordered", "", kg)
    if main.started_at is None:
        order = sheet.dose_order
        words = f"{_kg(main.planned_mg, main.weight_kg)} \u00b7 {figure(shown(order.rate_ml_h))} mL/h"
        return Panel(f"{main.drug.capitalize()} ordered", figure(shown(main.planned_mg)), "mg", words)
    return Panel(
        rate_words(main), figure(shown(main.mg)), f"of {figure(shown(main.planned_mg))} mg", _given_words(main)
    )


def _given_words(drug):
    volume = f"{figure(shown(drug.ml))} mL" if drug.ml is not None else ""
    strength = f"{figure(drug.strength_mg_ml)} mg/mL" if drug.strength_mg_ml else ""
    uncertain = f"{figure(shown(drug.uncertain_mg))} mg of it uncertain" if drug.uncertain_mg else ""
    parts = [_kg(drug.mg, drug.weight_kg), ", ".join(filter(None, [volume, strength])), _pump_words(drug), uncertain]
    return " \u00b7 ".join(filter(None, parts))


def _pump_words(drug):
    """What the pump says it gave, where that is not what the charted rates make."""
    if drug.pump_mg is None or shown(drug.pump_mg) == shown(drug.mg):
        return ""
    return f"by the pump {figure(shown(drug.pump_mg))} mg"


def _kg(mg, kg):
    return f"{figure(shown(mg / kg))} mg/kg at {figure(kg)} kg" if kg else ""


def other_drug(drug):
    """A second drug in one line."""
    uncertain = f", {figure(shown(drug.uncertain_mg))} mg of it uncertain" if drug.uncertain_mg else ""
    return f"{rate_words(drug)}: {figure(shown(drug.mg))} of {figure(shown(drug.planned_mg))} mg{uncertain}"


def _due_panel(sheet):
    due, zone = sheet.state.next_due, sheet.session.site.zone
    if due is None:
        return Panel("Vitals", "Nothing due", "", "")
    what = "Vitals" if due.measure in ("systolic", "diastolic", "heart_rate", "spo2") else LONG[due.measure]
    sub = f"every {due.every} min now" if due.every else "once in this phase"
    seconds = int((due.at - sheet.at).total_seconds())
    late = seconds < 0
    return Panel(f"{what} due {clinic_time(due.at, zone)}", _span(seconds), "overdue" if late else "to go", sub,
                 due.at.isoformat(), late)  # fmt: skip


@dataclass(frozen=True)
class DueRow:
    """Measures that are due together: their names, when (also as the script counts), how long until then or since."""

    names: str
    time: str
    at: str
    span: str
    late: bool
    every: str


def due_rows(sheet):
    """What this phase asks for, measure by measure, soonest first; nothing when all is due at once."""
    zone, groups = sheet.session.site.zone, {}
    for due in sheet.state.due:
        groups.setdefault((due.at, due.every), []).append(SHORT[due.measure])
    rows = [_due_row(at, every, names, sheet.at, zone) for (at, every), names in groups.items()]
    return rows if len(rows) > 1 else []


def _due_row(at, every, names, now, zone):
    seconds = int((at - now).total_seconds())
    said = f"every {every} min" if every else "once in this phase"
    return DueRow(", ".join(names), clinic_time(at, zone), at.isoformat(), _span(seconds), seconds < 0, said)


def _span(seconds):
    minutes, left = divmod(abs(seconds), 60)
    return f"{minutes}:{left:02d}" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d}"


def alarm_panels(sheet, user):
    """The open alarms, gravest first."""
    zone, by_rule = sheet.session.site.zone, met(sheet.state.alarms, sheet.state.phase)
    return [
        AlarmPanel(
            a.level,
            f"{'Alarm' if a.level == 'alarm' else 'Caution'}: {value_words(a.measure, a.value)}",
            alarm_facts(a, zone),
            a.answered_at is not None and not a.escalate,
            reverse("sessions:alarm-answer", args=[sheet.session.pk, a.entry.pk]),
            answer_id(a, user),
            a in by_rule,
        )
        for a in sheet.state.alarms
    ]
