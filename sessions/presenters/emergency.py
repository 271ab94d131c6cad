"""The emergency page, the page to hand over, and what has to be put in order afterwards."""

from dataclasses import dataclass, field

from django.urls import reverse

from clinic.models import ConditionStatement, MedicationStatement
from clinic.words import clinic_time, figure
from sessions import queries
from sessions.forms.events import STEPS
from sessions.presenters.figures import latest, oxygen_words
from sessions.presenters.leaving import people_to_call
from sessions.presenters.log import log, words_of
from sessions.presenters.rates import rate_words
from sessions.presenters.totals import Totals, totals_of
from sessions.queries.emergencies import after_facts, emergency_of
from sessions.rules import emergency as rules
from sessions.rules.dose import shown


@dataclass(frozen=True)
class StepRow:
    """One step: its code, words, and the times it was tapped."""

    code: str
    words: str
    times: str
    entry_id: object = None


@dataclass(frozen=True)
class TimeRow:
    """One time of the emergency: when, what, by whom, and where words are added or it is struck out."""

    at: str
    words: str
    who: str
    mend: str
    strike: str


@dataclass
class EmergencyPage:
    """The page's parts; `since` empty: not called, or over (then `last` is the one that was)."""

    since: str
    since_at: str
    steps: list
    drugs: list
    latest: list
    log: list
    times: list = field(default_factory=list)
    call: list = field(default_factory=list)
    last: object = None
    to_reconcile: bool = False


@dataclass
class HandoverPage:
    """Everything the ambulance needs on one page."""

    since: str
    ended: str
    weight: str
    latest: list
    baseline: str
    oxygen: str
    line: str
    totals: Totals
    drugs: list
    times: list
    conditions: list
    medicines: list
    call: list
    caption: str


@dataclass
class ReconcilePage:
    """The points with their pages; `called` None: there was no emergency."""

    called: object
    points: list
    rows: list = field(default_factory=list)
    times: list = field(default_factory=list)
    done: object = None


def emergency_page(session, at, tap):
    """The page of this session at `at`; `tap(word)` gives the id of the entry that one tap makes."""
    sheet = queries.sheet(session, at)
    state, zone = sheet.state, session.site.zone
    last = emergency_of(sheet)
    now = last if last and last.ended_at is None else None
    times = {}
    for entry in now.steps if now else ():
        times.setdefault(entry.detail.step, []).append(clinic_time(entry.observed_at, zone))
    return EmergencyPage(
        since=clinic_time(now.since, zone) if now else "",
        since_at=now.since.isoformat() if now else "",
        steps=[StepRow(code, words, ", ".join(times.get(code, ())), tap(code)) for code, words in STEPS],
        drugs=_drugs(state),
        latest=latest(state, zone),
        log=log(sheet),
        times=time_rows(session, last),
        call=people_to_call(sheet),
        last=last,
        to_reconcile=last is not None and not _done(session, last),
    )


def _drugs(state):
    return [f"{rate_words(d)}: {figure(shown(d.mg))} mg" for d in state.drugs if d.started_at]


def _done(session, emergency):
    return session.reconciliations.filter(called=emergency.called.pk).select_related("done_by").first()


def time_rows(session, emergency):
    """The call and every time since, newest first, each with where it is mended."""
    if emergency is None:
        return []
    rows = [_time_row(session, entry) for entry in [emergency.called, *emergency.steps]]
    return rows[::-1]


def _time_row(session, entry):
    zone, args = session.site.zone, [session.pk, entry.pk]
    return TimeRow(
        f"{entry.observed_at.astimezone(zone):%H:%M:%S}",
        words_of(entry),
        entry.recorded_by.display_name if entry.recorded_by else "",
        reverse("sessions:entry-correct", args=args),
        reverse("sessions:entry-strike", args=args),
    )


def handover_page(session, at):
    """The one page to hand over, at `at`; it can be printed at any time, with or without an emergency."""
    sheet = queries.sheet(session, at)
    state, zone = sheet.state, session.site.zone
    last = emergency_of(sheet)
    mine = {"patient__person": session.patient.person_id, "ended_at__isnull": True}
    base = state.baseline
    return HandoverPage(
        since=clinic_time(last.since, zone) if last else "",
        ended=clinic_time(last.ended_at, zone) if last and last.ended_at else "",
        weight=f"{figure(state.weight_kg)} kg" if state.weight_kg is not None else "not known",
        latest=latest(state, zone),
        baseline=f"{figure(base['systolic'])}/{figure(base.get('diastolic'))} mmHg" if "systolic" in base else "",
        oxygen=oxygen_words(state.oxygen) or "not charted",
        line=line_words(state),
        totals=totals_of(sheet),
        drugs=_drugs(state),
        times=time_rows(session, last)[::-1],
        conditions=[row.label for row in ConditionStatement.objects.filter(**mine).order_by("label")],
        medicines=[_medicine(row) for row in MedicationStatement.objects.filter(**mine).order_by("name")],
        call=people_to_call(sheet),
        caption=f"{session.protocol_version.protocol}, infusion {session.number}",
    )


def line_words(state):
    """Where the line is, and what was charted of it last."""
    rows = [e for e in state.effective if e.kind == "line"]
    where = [e for e in rows if e.detail.site]
    said = dict.fromkeys(words_of(e) for e in [*where[-1:], *rows[-1:]])
    return "; ".join(said) or "none charted"


def _medicine(row):
    return " ".join(filter(None, [row.name, row.dose_words]))


def reconcile_page(session, at):
    """What has to be put in order after the last emergency."""
    sheet = queries.sheet(session, at)
    last = emergency_of(sheet)
    if last is None:
        return ReconcilePage(None, [])
    found = rules.points(after_facts(sheet, last.called))
    rows = [(p, _where(session, p)) for p in found if p.done is not None]
    return ReconcilePage(last.called, found, rows, time_rows(session, last)[::-1], _done(session, last))


def _where(session, point):
    """The page where this point is put in order."""
    if point.done or not point.link:
        return ""
    name, *more = point.link
    return reverse(f"sessions:{name}", args=[] if name == "vial-list" else [session.pk, *more])
