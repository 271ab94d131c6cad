"""The whole record of a session as it prints: everything that was charted, nothing that was not."""

from dataclasses import dataclass, field

from clinic.models import AmendmentRequest
from clinic.words import clinic_date, clinic_time, figure
from sessions import queries
from sessions.presenters.adverse import course_words, follow_up_lines
from sessions.presenters.chart import infusion_chart
from sessions.presenters.concerns import decision_rows
from sessions.presenters.dose import order_rows
from sessions.presenters.entries import record_rows
from sessions.presenters.going_home import exchanges_of
from sessions.presenters.log import words_of
from sessions.presenters.orders_due import ordered_words
from sessions.presenters.sheet import caption
from sessions.queries.adverse import events_of
from sessions.queries.aftercare import sheets_of
from sessions.queries.found import found_at
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
    staff: list = field(default_factory=list)
    exchanges: list = field(default_factory=list)
    sheets: list = field(default_factory=list)
    events: list = field(default_factory=list)
    amendments: list = field(default_factory=list)
    reconciliations: list = field(default_factory=list)


def record_page(session, at):
    """The record of a session at `at`."""
    sheet = queries.sheet(session, at)
    page = RecordPage(session, caption(session), facts(sheet))
    page.doses = [(o, order_rows(o), _given(sheet, o)) for o in _all_doses(session)]
    page.checks = [_check(code, answer) for code, answer in sheet.answers.items()]
    page.checks += [(f"{_label(code)}: gone on without", row.override_reason, row.answered_by.name)
                    for code, row in sheet.overrides.items()]  # fmt: skip
    page.checks += found_at(session) + decision_rows(session)
    page.orders = [(o, ordered_words(o)) for o in sheet.orders if o.category != "dose"]
    page.preparations, page.second_checks = sheet.preparations, sheet.second_checks
    page.chart = infusion_chart(sheet) if sheet.state.last or sheet.state.started_at else None
    page.log = record_rows(sheet)
    page.ending = ending_facts(session)
    page.criteria = session.ending_facts.criteria if hasattr(session, "ending_facts") else []
    page.handovers = list(session.handovers.select_related("from_nurse", "to_nurse"))
    page.reconciliations = list(session.reconciliations.select_related("done_by"))
    page.signature = getattr(session, "signature", None)
    page.addenda = list(session.addenda.select_related("added_by"))
    page.staff = staff_rows(sheet, page)
    page.exchanges, page.sheets = exchanges_of(session), sheets_of(session)
    page.events = [event_words(event, session.site.zone) for event in events_of(session)]
    page.amendments = amendments_about(session)
    return page


def _all_doses(session):
    """Every dose order, replaced ones too."""
    rows = session.dose_orders.select_related("order__ordered_by", "superseded_by")
    return list(rows.order_by("position", "order__ordered_at"))


def staff_rows(sheet, page):
    """[(name, what they did in it)] of everyone whose name stands in the record, in the order of their names."""
    did = {}
    for entry in sheet.entries:
        _note(did, entry.recorded_by, "entries")
    for order in sheet.orders:
        _note(did, order.ordered_by, "orders")
        _note(did, order.taken_by, "orders taken down")
    for one in page.preparations:
        _note(did, one.made_by, "preparations")
    for one in page.second_checks:
        _note(did, one.checked_by, "second checks")
    for answer in sheet.answers.values():
        _note(did, answer.answered_by, "checks")
    for name, user in _roles(sheet.session, page):
        _note(did, user, name)
    return [(name, ", ".join(_counted(done))) for name, done in sorted(did.items())]


def _roles(session, page):
    yield "responsible nurse", session.responsible_nurse
    yield "responsible prescriber", session.responsible_prescriber
    yield "checked in", session.checked_in_by
    yield "ended the session", session.ended_by
    yield "signed", page.signature.signed_by if page.signature else None


def _note(did, user, what):
    if user is not None:
        done = did.setdefault(user.display_name, {})
        done[what] = done.get(what, 0) + 1


COUNTED = {
    "entries": "entry",
    "orders": "order",
    "orders taken down": "order taken down",
    "preparations": "preparation",
    "second checks": "second check",
    "checks": "check",
}


def _counted(done):
    return [_times(n, what) if what in COUNTED else what for what, n in done.items()]


def _times(n, what):
    return f"{n} {COUNTED[what] if n == 1 else what}"


def event_words(event, zone):
    """(what was charted, how it went on, [(when, how it was, who)], the signed report or None)."""
    report = event.report if event.report and event.report.is_signed else None
    return words_of(event.entry), course_words(event, zone), follow_up_lines(event, zone), report


def amendments_about(session):
    """The patient's requests for correction that are about this visit, with what was answered and said to it."""
    about = [session.pk, session.appointment_id]
    rows = AmendmentRequest.objects.filter(patient__person=session.patient.person_id, subject_id__in=about)
    return list(rows.select_related("decided_by").prefetch_related("statements").order_by("asked_at"))


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
    uncertain = f", {figure(shown(drug.uncertain_mg))} mg of it uncertain" if drug.uncertain_mg else ""
    return f"{figure(shown(drug.mg))} mg by the charted rates{pump}{uncertain} ({rates})"


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
    "risks": "Risks told",
    "capacity": "Able to decide",
    "form": "Form",
    "printed_name": "Signed by",
    "witness": "Witness",
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
