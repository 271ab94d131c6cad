"""The start page: order, preparation, second check, and everything that is missing, each with its page."""

from dataclasses import dataclass, field

from clinic.words import today_in
from sessions import queries
from sessions.presenters import links
from sessions.presenters.concerns import waiting_items
from sessions.presenters.dose import order_rows
from sessions.presenters.steps import steps

STAND_INS = {
    "prescriber": ("prescriber", "A prescriber checks the preparation, not their own order"),
    "delayed_self": ("self_delayed", "I check again myself, blind, after a wait"),
}


@dataclass
class StartPage:
    """What start and second check show."""

    order: object = None
    preparation: object = None
    to_check: object = None
    occasion: str = "start"
    rows: list = field(default_factory=list)
    missing: list = field(default_factory=list)
    steps: list = field(default_factory=list)
    stand_ins: list = field(default_factory=list)
    checks: list = field(default_factory=list)
    cannot: list = field(default_factory=list)
    started: bool = False


def start_page(session, at):
    """The facts of the next start: the first dose order that has not been started."""
    sheet = queries.sheet(session, at)
    waiting = [d.dose_order_id for d in sheet.state.drugs if d.phase == "waiting"]
    order = next((o for o in sheet.dose_orders if o.pk in waiting), sheet.dose_order)
    preparation = _newest(sheet.preparations, order)
    missing = queries.missing_to_start(sheet, dose_order=order, preparation=preparation)
    linked = links.linked(session, missing) + (waiting_items(session, order.drug) if order else [])
    return StartPage(
        order=order,
        preparation=preparation,
        to_check=_to_check(sheet, preparation),
        occasion="start" if not sheet.state.started_at or order.pk in waiting else "syringe",
        rows=order_rows(order) if order else [],
        missing=linked,
        steps=steps(sheet, linked),
        stand_ins=stand_ins(session),
        checks=sheet.second_checks,
        started=bool(sheet.state.started_at) and not waiting,
    )


def _newest(preparations, order):
    mine = [p for p in preparations if order and p.dose_order_id == order.pk]
    return mine[-1] if mine else None


def _to_check(sheet, preparation):
    """The preparation that still waits for a matching check: the newest without one, else the one in question."""
    checked = {c.preparation_id for c in sheet.second_checks if c.matched}
    bare = [p for p in sheet.preparations if p.pk not in checked]
    return bare[-1] if bare else preparation


def stand_ins(session):
    """What the site's policy lets stand in for a second person, as choices."""
    policy = session.site.policy
    return [STAND_INS[policy.second_person]] if policy and policy.second_person in STAND_INS else []


def containers_for(session, order, at):
    """Ledger lines of the containers one can draw from now; none without an order."""
    return [] if order is None else containers_of(session, order.drug, at)


def containers_of(session, drug, at):
    """Ledger lines of the containers of a drug that one can draw from now for this patient."""
    lines = queries.stock(session.site, drug, today=today_in(session.site.zone, at))
    return [line for line in lines if line.container.patient_id in (None, session.patient_id)]
