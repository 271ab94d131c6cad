"""What happened, one line an entry, newest first: struck and corrected values stay visible with their reason."""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.urls import reverse

from clinic.words import clinic_time, figure
from sessions.forms.events import CORRECTABLE
from sessions.presenters.words import SHORT, missed_words, sedation, value_words
from sessions.queries.papers import typists
from sessions.rules.dose import shown
from sessions.rules.offline import OFFSET_SECONDS

ORDER = ("heart_rate", "spo2", "resp_rate", "etco2", "temperature", "sedation", "pain", "dissociation", "comfort")
# So long an own entry has its undo beside it on the run sheet; later it is struck out from the whole log.
UNDO_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class LogRow:
    """One entry of the log. `was`: what a correction replaced; `struck`: the whole of it no longer counts."""

    at: str
    kind: str
    words: str
    was: str = ""
    struck: bool = False
    why: str = ""
    saved: str = ""
    late: bool = False
    mend: str = ""
    strike: str = ""
    undo: str = ""


def log(sheet, most=None, user=None):
    """The rows, newest first; `most` limits them. What `user` recorded in the last minutes has its undo at hand."""
    zone = sheet.session.site.zone
    by_id = {e.id: e for e in sheet.entries}
    after = _superseding(sheet)
    shown_ones = heads(sheet)[:most]
    names = typists(shown_ones)
    rows = [_row(e, by_id, after, zone, sheet.session, names.get(e.id, "")) for e in shown_ones]
    return [_undoable(row, e, sheet.at, user) for row, e in zip(rows, shown_ones, strict=True)]


def heads(sheet):
    """The entries that have a line of their own, newest first: a correction stands in the line of what it corrects."""
    after = _superseding(sheet)
    lines = [e for e in sheet.entries if e.role != "strike" and not _corrected(after.get(e.id))]
    return sorted(lines, key=lambda e: (e.observed_at, e.seq), reverse=True)


def _superseding(sheet):
    return {e.supersedes_id: e for e in sheet.entries if e.supersedes_id}


def _undoable(row, entry, at, user):
    """An undo is a strike like any other, with its reason written for whom has just made the mistake."""
    fresh = user is not None and entry.recorded_by_id == user.pk and at - entry.received_at < UNDO_FOR
    return replace(row, undo=f"{row.strike}?undo=1") if fresh and row.strike else row


def _corrected(entry):
    return entry is not None and entry.role == "correction"


def _row(entry, by_id, after, zone, session, typist=""):
    strike = after.get(entry.id)
    before = by_id.get(entry.supersedes_id)
    why, was = entry.reason, ""
    if before is not None:
        was = words_of(before)
        why = f"Corrected {clinic_time(entry.received_at, zone)} by {_by(entry)}: {entry.reason}"
    if strike is not None:
        why = f"Struck out {clinic_time(strike.received_at, zone)} by {_by(strike)}: {strike.reason}"
    can = session.signed_at is None and strike is None
    return LogRow(
        at=clinic_time(entry.observed_at, zone),
        kind=entry.get_kind_display(),
        words=words_of(entry),
        was=was,
        struck=strike is not None,
        why=why,
        saved=_saved(entry, zone, typist),
        late=entry.late,
        mend=_url("entry-correct", session, entry)
        if can and entry.kind in CORRECTABLE and CORRECTABLE[entry.kind]
        else "",
        strike=_url("entry-strike", session, entry) if can and entry.kind in CORRECTABLE else "",
    )


def _url(name, session, entry):
    return reverse(f"sessions:{name}", args=[session.pk, entry.pk])


def _by(entry):
    return entry.recorded_by.name if entry.recorded_by else "the rules"


def _saved(entry, zone, typist=""):
    at = f"{entry.received_at.astimezone(zone):%H:%M:%S}"
    late = ", late entry" if entry.late else ""
    paper = {"paper": ", from paper", "back_entered": ", entered afterwards"}.get(entry.source, _offline(entry))
    typed = f", typed in by {typist}" if typist else ""
    return f"Saved {at}, {_by(entry)}{late}{paper}{typed}"


def _offline(entry):
    """What was written without network: who sent it when that is somebody else, and a clock that was off."""
    if entry.source != "offline":
        return ""
    sent = f", sent by {entry.sent_by.name}" if entry.sent_by_id != entry.recorded_by_id else ""
    off = abs(entry.clock_offset_s) > OFFSET_SECONDS
    clock = f", tablet's clock off by {abs(entry.clock_offset_s)} s, corrected" if off else ""
    return f", written without network{sent}{clock}"


def words_of(entry):
    """An entry in one line of plain words with units."""
    return _WORDS[entry.kind](entry.detail) if entry.detail is not None else ""


def _vitals(d):
    parts = [_pressure(d)] + [_said(m, getattr(d, m)) for m in ORDER if getattr(d, m) is not None]
    if d.oxygen:
        parts.append(
            "room air" if d.oxygen == "room_air" else f"{figure(d.oxygen_flow)} L/min {d.oxygen_device}".strip()
        )
    if d.asleep:
        parts.append("asleep, breathing seen" if d.breathing_seen else "asleep")
    parts += [f"{SHORT[m]} missed: {missed_words(r).lower()}" for m, r in d.missing.items()]
    return ", ".join(filter(None, parts)) + (" (baseline)" if d.baseline else "")


def _pressure(d):
    if d.systolic is None and d.diastolic is None:
        return ""
    mean = f" ({figure(d.mean_pressure)})" if d.mean_pressure is not None else ""
    return f"{figure(d.systolic) or '-'}/{figure(d.diastolic) or '-'}{mean}"


def _said(measure, value):
    return f"RASS {sedation(value)}" if measure == "sedation" else value_words(measure, value)


def _drug(d):
    mg = f" {figure(d.dose_mg)} mg" if d.dose_mg is not None else ""
    ml = f" {figure(d.volume_ml)} mL" if d.volume_ml is not None else ""
    rate = f" at {_rates(d)}" if d.rate_ml_h is not None else ""
    said = {
        "given": f"{d.drug}{mg} {d.route}", "fluid": f"{d.drug}{ml}", "bolus": f"Bolus {d.drug}{ml}",
        "start": f"Started {d.drug}{rate}", "rate": f"{d.drug}: rate{rate.replace(' at', '')}",
        "pause": f"Paused {d.drug}{ml and ', pump' + ml}", "resume": f"Resumed {d.drug}{rate}",
        "syringe": f"New syringe, {d.drug}{ml and ', pump' + ml}", "stop": f"Stopped {d.drug}{ml and ', pump' + ml}",
    }  # fmt: skip
    cause = d.get_cause_display().lower() if d.cause and d.cause != "ordered_end" else ""
    return ", ".join(filter(None, [said[d.action].strip(), cause, d.text]))


def _rates(d):
    ml = f"{figure(shown(d.rate_ml_h))} mL/h"
    return ml if d.strength_mg_ml is None else f"{figure(shown(d.rate_ml_h * d.strength_mg_ml))} mg/h = {ml}"


def _weight(d):
    typed = f", typed as {figure(d.typed_value)} lb" if d.typed_unit == "lb" else ""
    basis = "" if d.basis == "measured" else f", {d.get_basis_display().lower()}"
    return f"{figure(d.kg)} kg{typed}{basis}"


def _line(d):
    where = " ".join(filter(None, [d.site, f"{d.gauge.rstrip('Gg ')} G" if d.gauge else ""]))
    tries = f"{d.attempts} attempt{'s' if d.attempts != 1 else ''}" if d.attempts else ""
    unsure = "dose uncertain" if d.dose_uncertain else ""
    return ", ".join(filter(None, [d.get_action_display(), where, tries, unsure, d.text]))


def _side_effect(d):
    serious = "serious" if d.serious else ""
    return ", ".join(filter(None, [d.term.capitalize(), d.severity, serious, d.treatment, d.text]))


def _score(d):
    total = "not scorable" if d.total is None else f"{d.total} of 10"
    oriented = {True: "oriented and steady", False: "not oriented or not steady"}.get(d.oriented, "")
    return ", ".join(filter(None, [f"{d.scale.capitalize()} {total}", oriented]))


def _alarm(d):
    word = "Alarm" if d.level == "alarm" else "Caution"
    said = d.baseline is None or "baseline" in d.limit_text
    base = "" if said else f", baseline {figure(d.baseline)}"
    return f"{word}: {value_words(d.measure, d.value)}, {d.limit_text}{base}"


def _answer(d):
    return ", ".join(filter(None, [d.get_answer_display(), d.text]))


_WORDS = {
    "vitals": _vitals,
    "drug": _drug,
    "weight": _weight,
    "line": _line,
    "side_effect": _side_effect,
    "score": _score,
    "alarm": _alarm,
    "alarm_answer": _answer,
    "oxygen": lambda d: oxygen_flow_words(d),
    "emergency": lambda d: ", ".join(filter(None, [d.get_step_display(), d.text])),
    "note": lambda d: d.text,
}


def oxygen_flow_words(d):
    """ "Oxygen 2 L/min nasal prongs", or room air at a flow of zero."""
    return f"Oxygen {figure(d.flow_l_min)} L/min {d.device}".strip() if d.flow_l_min else "Room air"
