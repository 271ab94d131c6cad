"""The pump and what is given by hand: start, rate, bolus, pause, resume, syringe, stop, drugs and fluids."""

import uuid
from datetime import timedelta
from decimal import Decimal

from django.db import transaction

from clinic import clock, live
from clinic.refusal import Item, Refused
from sessions.actions import events
from sessions.actions.orders import check_allergy
from sessions.actions.recording import Recorded, When, entry_action
from sessions.actions.sessions import holds, lock, need_clinician, need_open
from sessions.actions.visits import override_gate
from sessions.models import DrugEvent
from sessions.queries import gates as gate_facts
from sessions.queries.sheet import dose_orders_of, sheet, state_of
from sessions.rules import drugs as drug_rules
from sessions.rules import orders as order_rules

# What is entered afterwards has happened: gates do not refuse it, what was missing is written beside it.
AFTERWARDS = ("back_entered", "paper")


@entry_action("entry.drug_started")
def start(pen, *, dose_order, preparation, pump="", overrides=None):
    """Start a drug on its pump, through the start gate. `overrides` (code -> reason) only from a prescriber.

    Refused with everything that is missing. Entered afterwards it is recorded, with what was missing as its reason.
    """
    for code, reason in (overrides or {}).items():
        override_gate(session=pen.session, code=code, reason=reason, by=pen.by, at=pen.at)
    page = sheet(pen.session, pen.at)
    missing = gate_facts.missing_to_start(page, dose_order=dose_order, preparation=preparation)
    missing += _not_startable(pen, page, dose_order, preparation)
    return _write(pen, _started(dose_order, preparation, pump), missing)


def _started(dose_order, preparation, pump):
    return DrugEvent(
        action="start",
        dose_order=dose_order,
        order=dose_order.order,
        drug=dose_order.drug,
        rate_ml_h=dose_order.rate_ml_h,
        strength_mg_ml=preparation.strength_mg_ml,
        route="IV",
        preparation=preparation,
        pump=pump or dose_order.pump,
    )


def _not_startable(pen, page, dose_order, preparation):
    items = _ended(pen)
    if dose_order.session_id != pen.session.pk or preparation.dose_order_id != dose_order.pk:
        items.append(Item("start.other", "The preparation is not for this order.", link="#prepare"))
    state = next((d for d in page.state.drugs if d.dose_order_id == dose_order.pk), None)
    if state is not None and state.phase != drug_rules.WAITING:
        items.append(Item("start.again", f"{dose_order.drug.capitalize()} was started already."))
    return items


def _ended(pen):
    return [Item("session.ended", "This session has ended.")] if pen.session.ended_at is not None else []


def _write(pen, detail, missing=(), reason=""):
    """Write a planned step when nothing is missing; one that has happened anyway, with what was missing."""
    if missing and pen.when.source not in AFTERWARDS:
        raise Refused(*missing)
    if missing:
        reason = "Entered afterwards without: " + " ".join(i.text for i in missing)
    return pen.write("drug", detail, reason=reason)


def _drug_state(pen, dose_order):
    return next(d for d in state_of(pen.session, pen.at).drugs if d.dose_order_id == dose_order.pk)


def _of_session(pen, row, what):
    if row is not None and row.session_id != pen.session.pk:
        raise Refused(Item("order.other", f"This {what} belongs to another session."))


@entry_action("entry.rate")
def set_rate(pen, *, dose_order, rate_ml_h, order=None):
    """Change the pump's rate, mL/h (Decimal). Above the order it needs a prescriber's order and a second check."""
    _of_session(pen, dose_order, "dose order")
    _of_session(pen, order, "order")
    state = _drug_state(pen, dose_order)
    checked = [c.rate_checked for c in dose_order.second_checks.filter(occasion="rate", matched=True)]
    missing = order_rules.rate_items(
        rate_ml_h,
        ordered_ml_h=[dose_order.rate_ml_h, *_steps_due(pen, dose_order, state)],
        order_ml_h=order.rate_ml_h if order else None,
        checked_ml_h=checked,
        max_mg_h=dose_order.max_rate_mg_h,
        strength=state.strength_mg_ml or dose_order.strength_mg_ml,
    )
    detail = DrugEvent(
        action="rate", dose_order=dose_order, order=order or dose_order.order, drug=dose_order.drug, rate_ml_h=rate_ml_h
    )
    return _write(pen, detail, missing + _ended(pen))


def _steps_due(pen, dose_order, state):
    """The rates of the ordered steps whose minute has come (a minute early counts as come)."""
    if state.started_at is None:
        return []
    elapsed = pen.observed_at - state.started_at + timedelta(minutes=1)
    return [Decimal(str(rate)) for minute, rate in dose_order.rate_steps if timedelta(minutes=minute) <= elapsed]


@entry_action("entry.bolus")
def bolus(pen, *, dose_order, order, volume_ml):
    """A bolus from the running syringe, mL (Decimal), on a prescriber's order."""
    _of_session(pen, dose_order, "dose order")
    _of_session(pen, order, "order")
    if not volume_ml > 0:
        raise Refused(Item("hard.volume_ml", "The volume must be above zero.", field="volume_ml"))
    state = _drug_state(pen, dose_order)
    mg = volume_ml * state.strength_mg_ml
    missing = order_rules.bolus_items(
        mg, ordered_mg=order.dose_mg, given_mg=state.mg, max_total_mg=dose_order.max_total_mg
    )
    detail = DrugEvent(
        action="bolus", dose_order=dose_order, order=order, drug=dose_order.drug, volume_ml=volume_ml, dose_mg=mg
    )
    return _write(pen, detail, missing + _ended(pen))


@entry_action("entry.drug_paused")
def pause(pen, *, dose_order=None, cause="other", text="", volume_ml=None):
    """Pause a pump; without `dose_order` the only one that runs. Pausing has no gate."""
    dose_order = dose_order or _only(pen, drug_rules.RUNNING)
    return pen.write("drug", _halt("pause", dose_order, cause, text, volume_ml))


@entry_action("entry.drug_stopped")
def stop(pen, *, dose_order=None, volume_ml=None, cause="ordered_end", text=""):
    """Stop a pump. `volume_ml` read off it posts "given" to the ledger; without it the drug stays in use until read."""
    dose_order = dose_order or _only(pen, drug_rules.RUNNING, drug_rules.PAUSED)
    return pen.write("drug", _halt("stop", dose_order, cause, text, volume_ml))


def _only(pen, *phases):
    state = state_of(pen.session, pen.at)
    found = [d.dose_order_id for d in state.drugs if d.phase in phases]
    if len(found) != 1:
        words = "Nothing is running." if not found else "Several drugs are running: choose one."
        raise Refused(Item("drug.which", words, field="dose_order"))
    return next(o for o in dose_orders_of(pen.session) if o.pk == found[0])


def _halt(action, dose_order, cause, text, volume_ml):
    if cause and cause not in dict(DrugEvent.CAUSES):
        raise Refused(Item("cause.unknown", "Choose one of the causes.", field="cause"))
    if volume_ml is not None and volume_ml < 0:
        raise Refused(Item("hard.volume_ml", "The volume cannot be below zero.", field="volume_ml"))
    return DrugEvent(
        action=action,
        dose_order=dose_order,
        order=dose_order.order,
        drug=dose_order.drug,
        cause=cause,
        text=text,
        volume_ml=volume_ml,
    )


@entry_action("entry.drug_resumed")
def resume(pen, *, dose_order, order=None, cause_named="", rate_ml_h=None):
    """Go on after a pause, through the resume gate. After an alarm or stop rule a prescriber decides, by an order of
    category "resume" or by resuming themselves.
    """
    _of_session(pen, dose_order, "dose order")
    _of_session(pen, order, "order")
    page = sheet(pen.session, pen.at)
    own = pen.at if holds(pen.by, pen.session.site, "prescriber", at=pen.at) else None
    missing = gate_facts.missing_to_resume(
        page, decision_at=order.ordered_at if order else own, cause_named=cause_named
    )
    state = next(d for d in page.state.drugs if d.dose_order_id == dose_order.pk)
    if state.phase != drug_rules.PAUSED:
        missing.append(Item("resume.phase", f"{dose_order.drug.capitalize()} is not paused."))
    if rate_ml_h is not None and rate_ml_h > state.rate_ml_h:
        missing.append(Item("resume.rate", "Resume at the rate before, or lower; then order a higher one."))
    detail = DrugEvent(
        action="resume",
        dose_order=dose_order,
        order=order or dose_order.order,
        drug=dose_order.drug,
        rate_ml_h=state.rate_ml_h if rate_ml_h is None else rate_ml_h,
        text=cause_named[:300],
    )
    return _write(pen, detail, missing + _ended(pen))


@entry_action("entry.syringe_changed")
def change_syringe(pen, *, dose_order, preparation, volume_ml):
    """Another syringe or bag: `volume_ml` is read off the pump for the old one; the new one has its second check."""
    _of_session(pen, dose_order, "dose order")
    _of_session(pen, preparation, "preparation")
    matched = preparation.second_checks.filter(matched=True).exists()
    missing = [] if matched else [Item("syringe.second_check", "The second check of the new syringe is not done.")]
    detail = DrugEvent(
        action="syringe",
        dose_order=dose_order,
        order=dose_order.order,
        drug=dose_order.drug,
        volume_ml=volume_ml,
        strength_mg_ml=preparation.strength_mg_ml,
        preparation=preparation,
    )
    return _write(pen, detail, missing + _ended(pen))


@entry_action("entry.drug_given")
def give_drug(pen, *, order, dose_mg, drug="", route="", text="", confirmed=frozenset()):
    """A drug given by hand on an order, mg (Decimal); standing orders keep their dose, interval and number.

    An allergy asks again (`confirm.allergy`); under a standing order only a prescriber can confirm it.
    """
    _of_session(pen, order, "order")
    need_clinician(pen.by, pen.session.site, at=pen.at)
    drug = drug or order.drug
    given = [e for e in state_of(pen.session, pen.at).drugs_given if e.detail.order_id == order.pk]
    missing = order_rules.give_items(
        drug=drug,
        dose_mg=dose_mg,
        order=order,
        given_at=[e.observed_at for e in given],
        at=pen.observed_at,
    )
    if pen.when.source not in AFTERWARDS:
        decided = order.kind in ("written", "verbal") or holds(pen.by, pen.session.site, "prescriber", at=pen.at)
        check_allergy(pen.session, drug, "allergy" in confirmed and decided)
    detail = DrugEvent(
        action="given", order=order, drug=drug, dose_mg=dose_mg, route=route or order.route or "IV", text=text
    )
    return _write(pen, detail, missing)


@entry_action("entry.fluid")
def give_fluid(pen, *, order, volume_ml, drug="sodium chloride 0.9 %", text=""):
    """A fluid on an order, mL (Decimal)."""
    _of_session(pen, order, "order")
    if not volume_ml > 0:
        raise Refused(Item("hard.volume_ml", "The volume must be above zero.", field="volume_ml"))
    return pen.write(
        "drug", DrugEvent(action="fluid", order=order, drug=drug, volume_ml=volume_ml, route="IV", text=text)
    )


@transaction.atomic
def emergency(*, session, entry_id, step="called", text="", by, at=None, when=None):
    """The emergency tap: no gate. "called" stops everything that is charted as running and calls every screen.

    Later steps are times (airway, oxygen, cpr, shock, drug, services_called, services_here, handed_over, over).
    """
    at, when = at or clock.now(), when or When()
    locked = lock(session)
    called = events.emergency_step(session=locked, entry_id=entry_id, step=step, text=text, by=by, at=at, when=when)
    if step == "called" and called.created:
        for state in [d for d in state_of(locked, at).drugs if d.phase in (drug_rules.RUNNING, drug_rules.PAUSED)]:
            order = next(o for o in dose_orders_of(locked) if o.pk == state.dose_order_id)
            stop_id = uuid.uuid5(called.entry.pk, f"stop/{order.pk}")
            stop(session=locked, entry_id=stop_id, dose_order=order, cause="emergency", by=by, at=at, when=when)
        site_id, ident = locked.site_id, locked.pk
        transaction.on_commit(lambda: live.announce(site_id, "emergency", ident, 0))
    version = lock(session).version
    return Recorded(called.entry, called.created, version, called.alarms)


@transaction.atomic
def begin_observation(*, session, by, at=None):
    """Observation begins by itself when the last pump has stopped; refused while one runs or nothing was started."""
    session = lock(session)
    need_open(session)
    if session.phase != "observing":
        raise Refused(Item("observe.running", "Stop what is running first: observation begins with the last stop."))
    return session
