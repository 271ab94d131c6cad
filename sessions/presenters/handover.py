"""What one nurse tells the next: the session as it stands, in a few lines, kept with the handover."""

from clinic.words import clinic_time, figure
from sessions import queries
from sessions.presenters.board_words import VITALS, alarm_lines
from sessions.presenters.emergency import line_words
from sessions.presenters.figures import oxygen_words
from sessions.presenters.pump import step_due
from sessions.presenters.rates import rate_words
from sessions.presenters.totals import totals_of, uncertain_words
from sessions.presenters.words import LONG, PHASES, minutes_words, value_words
from sessions.rules.dose import shown

TOLD = ("systolic", "diastolic", "heart_rate", "spo2", "resp_rate", "sedation", "pain", "dissociation")


def handover_lines(session, at):
    """[[name, words], ...] of the session at `at`; what is empty is left out, what is unknown says so."""
    sheet = queries.sheet(session, at)
    state = sheet.state
    lines = [
        ["Now", _phase(sheet)],
        *[["Pump", _drug(sheet, d)] for d in state.drugs if d.started_at],
        ["Step due", "; ".join(step.words for step in step_due(sheet))],
        ["Last vitals", _vitals(state, session.site.zone)],
        ["Oxygen", oxygen_words(state.oxygen) or "not charted"],
        ["IV line", line_words(state)],
        ["Alarms", _alarms(state, session.site.zone)],
        ["Given by hand", "; ".join(f"{g.at} {g.words}" for g in totals_of(sheet).by_hand)],
        ["Side effects", _side_effects(state, session.site.zone)],
        ["Next due", _due(state, session.site.zone)],
        ["Orders to co-sign", ", ".join(o.drug or o.get_category_display() for o in sheet.orders if o.awaits_cosign())],
    ]
    return [[name, words] for name, words in lines if words]


def _phase(sheet):
    state = sheet.state
    since = int((sheet.at - state.phase_since).total_seconds() // 60)
    infused = f", infused {minutes_words(state.minutes)}" if state.started_at else ""
    return f"{PHASES[state.phase]} for {minutes_words(since)}{infused}"


def _drug(sheet, drug):
    zone = sheet.session.site.zone
    planned = f" of {figure(shown(drug.planned_mg))}" if drug.planned_mg is not None else ""
    ends = f", ends about {clinic_time(drug.ends_at, zone)}" if drug.ends_at else ""
    uncertain = f", {uncertain_words(drug)}" if drug.uncertain_mg else ""
    return f"{rate_words(drug)}, {figure(shown(drug.mg))}{planned} mg given{uncertain}{ends}"


def _vitals(state, zone):
    told = [(m, state.last[m]) for m in TOLD if m in state.last]
    if not told:
        return "none yet"
    newest = max(last.at for _, last in told)
    words = ", ".join(value_words(m, last.value) for m, last in told)
    return f"{clinic_time(newest, zone)}: {words}"


def _alarms(state, zone):
    if state.emergency_since:
        return f"Emergency since {clinic_time(state.emergency_since, zone)}"
    return alarm_lines(state, zone)[1] if state.alarms else ""


def _side_effects(state, zone):
    said = [f"{e.detail.term} ({e.detail.severity}, {clinic_time(e.observed_at, zone)})" for e in state.side_effects]
    return ", ".join(said)


def _due(state, zone):
    due = state.next_due
    if due is None:
        return ""
    what = "Vitals" if due.measure in VITALS else LONG[due.measure]
    return f"{what} at {clinic_time(due.at, zone)}"
