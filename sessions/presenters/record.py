"""The whole record of a session as it prints: everything that was charted, nothing that was not."""

from dataclasses import dataclass, field

from clinic.words import clinic_date, clinic_time, figure
from sessions import queries
from sessions.presenters.chart import infusion_chart
from sessions.presenters.dose import order_rows
from sessions.presenters.log import log
from sessions.presenters.sheet import caption
from sessions.rules import checklist
from sessions.rules.dose import shown


@dataclass
class RecordPage:
    """The record's parts."""

    session: object
    caption: str
    facts: list
    doses: list = field(default_factory=list)
    checks: list = field(default_factory=list)
    orders: list = field(default_factory=list)
    preparations: list = field(default_factory=list)
    second_checks: list = field(default_factory=list)
    chart: object = None
    log: list = field(default_factory=list)
    ending: list = field(default_factory=list)
    criteria: list = field(default_factory=list)
    handovers: list = field(default_factory=list)
    signature: object = None
    addenda: list = field(default_factory=list)


def record_page(session, at):
    """The record of a session at `at`."""
    sheet = queries.sheet(session, at)
    page = RecordPage(session, caption(session), facts(sheet))
    page.doses = [(o, order_rows(o), _given(sheet, o)) for o in sheet.dose_orders]
    page.checks = [_check(code, answer) for code, answer in sheet.answers.items()]
    page.checks += [(f"{_label(code)}: gone on without", row.override_reason, row.answered_by.name)
                    for code, row in sheet.overrides.items()]  # fmt: skip
    page.orders = [o for o in sheet.orders if o.category != "dose"]
    page.preparations, page.second_checks = sheet.preparations, sheet.second_checks
    page.chart = infusion_chart(sheet) if sheet.state.last or sheet.state.started_at else None
    page.log = list(reversed(log(sheet)))
    page.ending = ending_facts(session)
    page.criteria = session.ending_facts.criteria if hasattr(session, "ending_facts") else []
    page.handovers = list(session.handovers.select_related("from_nurse", "to_nurse"))
    page.signature = getattr(session, "signature", None)
    page.addenda = list(session.addenda.select_related("added_by"))
    return page


def facts(sheet):
    """[(name, value)] of the head of the record."""
    session, zone = sheet.session, sheet.session.site.zone
    times = [
        ("Checked in", session.checked_in_at),
        ("Started", sheet.state.started_at),
        ("Stopped", sheet.state.stopped_at or session.stopped_at),
        ("Ended", session.ended_at),
    ]
    rows = [
        ("Date", clinic_date(session.checked_in_at.astimezone(zone).date())),
        ("Site", f"{session.site}, {session.site.zone_name}"),
    ]
    rows += [(name, clinic_time(at, zone)) for name, at in times if at]
    rows += [("Nurse", session.responsible_nurse.display_name)]
    rows += [("Prescriber", session.responsible_prescriber.display_name)] if session.responsible_prescriber else []
    rows += [("Weight", f"{figure(sheet.state.weight_kg)} kg")] if sheet.state.weight_kg is not None else []
    return rows


def _given(sheet, order):
    drug = next((d for d in sheet.state.drugs if d.dose_order_id == order.pk), None)
    if drug is None or drug.started_at is None:
        return "not started"
    pump = f", {figure(shown(drug.pump_mg))} mg by the pump" if drug.pump_mg is not None else ""
    rates = "; ".join(f"{figure(shown(minutes))} min at {figure(shown(rate))} mL/h" for rate, minutes in drug.at_rates)
    return f"{figure(shown(drug.mg))} mg by the charted rates{pump} ({rates})"


def _label(code):
    return checklist.BY_CODE[code].label if code in checklist.BY_CODE else code.replace("_", " ").capitalize()


def _check(code, row):
    said = ": ".join(filter(None, [row.answer.replace("_", " "), row.detail]))
    return _label(code), said, row.answered_by.name


ENDING_NAMES = {
    "reason": "Reason",
    "override_reason": "Prescriber's reason",
    "other_way_home": "Way home",
    "advice": "Advice given",
    "capacity": "Able to decide",
    "form": "Form",
    "told": "Told",
    "to_where": "Taken to",
    "taken_by": "Taken by",
    "handed_to": "Handed to",
    "pronounced_by": "Pronounced by",
}


def ending_facts(session):
    """[(name, value)] of how it ended; empty while it is open."""
    row = getattr(session, "ending_facts", None)
    if row is None:
        return []
    said = [("Ended as", f"{row.get_kind_display()}, by {row.ended_by.name}")]
    return said + [(name, str(getattr(row, key))) for key, name in ENDING_NAMES.items() if getattr(row, key)]
