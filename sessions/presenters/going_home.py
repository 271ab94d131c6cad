"""Before going home: the criteria with what supplies each, the recovery so far, the requests and decisions."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.urls import reverse

from clinic.words import clinic_time, figure
from sessions import queries
from sessions.presenters import links
from sessions.presenters.words import LONG, minutes_words, sedation
from sessions.queries.gates import observing_since, scores_since, standing_decision
from sessions.rules import going_home as rules
from sessions.rules.gates import CRITERIA
from sessions.rules.scores import SCALES


@dataclass(frozen=True)
class Criterion:
    """One criterion: met, or what is missing and where it is supplied (`link`, `way` its words); `waived` by whom."""

    code: str
    label: str
    met: bool
    words: str
    link: str = ""
    way: str = ""
    waived: str = ""


SET = ("systolic", "diastolic", "heart_rate", "spo2")
AFTERWARDS = ("heart_rate", "spo2", "resp_rate", "sedation", "dissociation", "pain")
WAYS = {
    "score": "Take the score",
    "vitals_fresh": "Take vitals",
    "line_out": "Chart the line out",
    "room_air": "Chart room air",
    "oriented": "Take the score",
    "no_dissociation": "Take vitals",
    "escort": "The escort is here",
    "instructions": "Hand over the sheet",
    "alarms": "Look at the alarms",
}


def criteria_rows(page):
    """The `Criterion` rows of a `Sheet`."""
    decided = standing_decision(page)
    waived = decided.codes if decided else frozenset()
    rows = queries.discharge_criteria(page)
    return [_row(page, code, label, met, words, waived) for code, label, met, words in rows]


def _row(page, code, label, met, words, waived):
    if met:
        return Criterion(code, label, True, _SAID.get(code, lambda p: "")(page))
    link = links.page_of(page.session, f"discharge.{code}") if code in WAYS else ""
    gone = "decided by the prescriber" if code in waived else ""
    return Criterion(code, label, False, words, link, WAYS.get(code, ""), gone)


def _score_said(page):
    taken = scores_since(page)
    if not taken:
        return "back to own baseline"
    return f"{taken[-1].detail.total} of 10 at {_time(page, taken[-1].observed_at)}"


def _time(page, at):
    return clinic_time(at, page.session.site.zone)


def _vitals_said(page):
    last = page.state.last.get("systolic")
    return f"at {_time(page, last.at)}" if last else ""


def _escort_said(page):
    row = page.answers.get("escort_arrived")
    if row is not None and row.answer == "yes":
        return f"{row.detail}, since {_time(page, row.answered_at)}"
    decided = standing_decision(page)
    return f"other way: {decided.other_way}" if decided and decided.other_way else ""


def _sheet_said(page):
    return f"at {_time(page, page.session.sheet_given_at)}" if page.session.sheet_given_at else ""


_SAID = {
    "score": _score_said,
    "vitals_fresh": _vitals_said,
    "escort": _escort_said,
    "instructions": _sheet_said,
    "observed": lambda page: f"{page.plan.observe_minutes} min",
}


@dataclass
class HomePage:
    """What the page about going home shows."""

    criteria: list
    missing: int = 0
    escort_named: str = ""
    observed: str = ""
    met_at: str = ""
    next_due: str = ""
    latest: list = field(default_factory=list)
    scores: list = field(default_factory=list)
    asked: list = field(default_factory=list)
    may_ask: bool = False
    sheets: list = field(default_factory=list)
    reason_needed: bool = False


def home_page(page):
    """The page about going home from a `Sheet`."""
    rows = criteria_rows(page)
    open_rows = [row for row in rows if not row.met and not row.waived]
    exchanges = exchanges_of(page.session)
    waits = any(one.decision is None and one.request is not None for one in exchanges)
    named = page.answers.get("escort")
    return HomePage(
        rows,
        missing=len(open_rows),
        escort_named=named.detail if named else "",
        asked=exchanges,
        may_ask=not waits and page.state.phase == "observing" and any(rules.can_be_decided(r.code) for r in open_rows),
        scores=score_lines(page),
        latest=latest_words(page),
        **_recovery(page),
    )


def _recovery(page):
    """How long the patient has been watched, until when, and what is due next."""
    if page.state.phase != "observing":
        return {}
    since = observing_since(page)
    minutes = int((page.at - since).total_seconds() // 60)
    until = since + timedelta(minutes=page.plan.observe_minutes)
    due = page.state.next_due
    what = "vitals" if due and due.measure in SET else LONG[due.measure].lower() if due else ""
    next_due = f"{what} {_time(page, due.at)}{', overdue' if due.is_overdue else ''}" if due else ""
    return {
        "observed": f"{minutes_words(minutes)} of {page.plan.observe_minutes} min",
        "met_at": _time(page, until) if until > page.at else "",
        "next_due": next_due,
    }


def latest_words(page):
    """[(measure, value, age)] of the last vitals since the infusion ended."""
    since = observing_since(page)
    last = {m: one for m, one in page.state.last.items() if one.at >= since}
    pressure = [last[m] for m in ("systolic", "diastolic") if m in last]
    rows = [("Pressure", "/".join(figure(one.value) for one in pressure), pressure[0])] if pressure else []
    rows += [(LONG[m], _written(m, last[m].value), last[m]) for m in AFTERWARDS if m in last]
    return [(name, value, f"{one.minutes} min ago") for name, value, one in rows]


def _written(measure, value):
    return sedation(value) if measure == "sedation" else figure(value)


def score_lines(page):
    """[(time, total in words, items in words, who)] of the scores that count, newest first."""
    taken = [e for e in page.state.effective if e.kind == "score"]
    return [_score_line(page, e) for e in reversed(taken)]


def _score_line(page, entry):
    scale = SCALES[entry.detail.scale]
    said = "not scorable" if entry.detail.total is None else f"{entry.detail.total} of 10"
    points = [(n, entry.detail.items.get(n)) for n in scale.items]
    low = [f"{n.replace('_', ' ')} {'blank' if v is None else v}" for n, v in points if v != 2]
    who = entry.recorded_by.name if entry.recorded_by else ""
    return _time(page, entry.observed_at), f"{scale.label} {said}", ", ".join(low), who


@dataclass(frozen=True)
class Exchange:
    """A question to the prescriber and its answer; either may stand alone. Times on the site's clock."""

    request: object
    decision: object
    asked: str = ""
    decided: str = ""
    missing: list = field(default_factory=list)
    waived: list = field(default_factory=list)
    url: str = ""


def exchanges_of(session):
    """Every question and decision about going home, oldest first: they show for ever. Two queries."""
    decisions = list(session.discharge_decisions.select_related("decided_by").order_by("decided_at"))
    answers = {d.request_id: d for d in decisions if d.request_id}
    requests = list(session.discharge_requests.select_related("asked_by", "of_whom").order_by("asked_at"))
    rows = [(r.asked_at, r, answers.get(r.pk)) for r in requests]
    rows += [(d.decided_at, None, d) for d in decisions if d.request_id is None]
    return [_exchange(session, request, decision) for _, request, decision in sorted(rows, key=lambda row: row[0])]


def _exchange(session, request, decision):
    zone = session.site.zone
    return Exchange(
        request,
        decision,
        clinic_time(request.asked_at, zone) if request else "",
        clinic_time(decision.decided_at, zone) if decision else "",
        [words for _, words in request.missing] if request else [],
        [CRITERIA[code] for code in decision.codes] if decision else [],
        reverse("sessions:discharge-decide", args=[request.pk]) if request and decision is None else "",
    )
