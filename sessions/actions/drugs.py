"""The pump and what is given by hand: start, rate, bolus, pause, resume, syringe, stop, drugs and fluids."""

from datetime import timedelta
from decimal import Decimal

from clinic.refusal import Item, Refused
from clinic.words import clinic_time
from sessions.actions.concerns import GIVE, check_against
from sessions.actions.recording import entry_action
from sessions.actions.sessions import holds, need_clinician
from sessions.actions.visits import override_gate
from sessions.actions.volumes import check_bolus, check_volume
from sessions.models import DrugEvent
from sessions.queries import gates as gate_facts
from sessions.queries.concerns import undecided
from sessions.queries.controlled import controlled_at
from sessions.queries.sheet import dose_orders_of, sheet, state_of
from sessions.rules import concerns as concern_rules
from sessions.rules import drugs as drug_rules
from sessions.rules import orders as order_rules
from sessions.rules import stop as stop_rule
from sessions.rules.preparing import use_by_items

# What is entered afterwards has happened: gates do not refuse it, what was missing is written beside it.
AFTERWARDS = ("back_entered", "paper", "offline")


@entry_action("entry.drug_started")
def start(pen, *, dose_order, preparation, pump="", overrides=None):
    """Start a drug on its pump, through the start gate. `overrides` (code -> reason) only from a prescriber.

    Refused with everything that is missing. Entered afterwards it is recorded, with what was missing as its reason.
    """
    for code, reason in (overrides or {}).items():
        override_gate(session=pen.session, code=code, reason=reason, by=pen.by, at=pen.at)
    page = sheet(pen.session, pen.at)
    missing = gate_facts.missing_to_start(page, dose_order=dose_order, preparation=preparation)
    missing += _not_startable(pen, page, dose_order, preparation) + _undecided(pen, dose_order)
    return write_step(pen, _started(dose_order, preparation, pump), missing)


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


def _undecided(pen, dose_order):
    """What speaks against the infused drug and no prescriber has decided yet."""
    return concern_rules.waiting(undecided(pen.session, dose_order.drug))


def _ended(pen):
    return [Item("session.ended", "This session has ended.")] if pen.session.ended_at is not None else []


def write_step(pen, detail, missing=(), reason=""):
    """Write a planned step when nothing is missing; one that has happened anyway, with what was missing."""
    if missing and pen.when.source not in AFTERWARDS:
        raise Refused(*missing)
    if missing:
        reason = f"Entered afterwards without: {' '.join(i.text for i in missing)} {reason}".strip()
    return pen.write("drug", detail, reason=reason)


def _drug_state(pen, dose_order):
    """The drug as it was when it happened: an entry made late rests on the rate and strength of its own time."""
    return next(d for d in state_of(pen.session, pen.observed_at).drugs if d.dose_order_id == dose_order.pk)


def of_session(pen, row, what):
    """Raise `Refused` when an order or preparation of another session is named."""
    if row is not None and row.session_id != pen.session.pk:
        raise Refused(Item("order.other", f"This {what} belongs to another session."))


@entry_action("entry.rate")
def set_rate(pen, *, dose_order, rate_ml_h, order=None):
    """Change the pump's rate, mL/h (Decimal). Above the order it needs a prescriber's order and a second check."""
    of_session(pen, dose_order, "dose order")
    of_session(pen, order, "order")
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
    return write_step(pen, detail, missing + _ended(pen))


def _steps_due(pen, dose_order, state):
    """The rates of the ordered steps whose minute has come (a minute early counts as come)."""
    if state.started_at is None:
        return []
    elapsed = pen.observed_at - state.started_at + timedelta(minutes=1)
    return [Decimal(str(rate)) for minute, rate in dose_order.rate_steps if timedelta(minutes=minute) <= elapsed]


@entry_action("entry.bolus")
def bolus(pen, *, dose_order, order, volume_ml, confirmed=frozenset()):
    """A bolus from the running syringe, mL (Decimal), on a prescriber's order. More than should be left in it asks."""
    of_session(pen, dose_order, "dose order")
    of_session(pen, order, "order")
    if not volume_ml > 0:
        raise Refused(Item("hard.volume_ml", "The volume must be above zero.", field="volume_ml"))
    state = _drug_state(pen, dose_order)
    mg = volume_ml * state.strength_mg_ml
    missing = order_rules.bolus_items(
        mg, ordered_mg=order.dose_mg if order else None, given_mg=state.mg, max_total_mg=dose_order.max_total_mg
    )
    missing += _undecided(pen, dose_order) + _ended(pen)
    afterwards = pen.when.source in AFTERWARDS
    words = ""
    if not missing or afterwards:
        words = check_bolus(
            pen.session, dose_order, volume_ml, at=pen.observed_at, confirmed=confirmed, afterwards=afterwards
        )
    detail = DrugEvent(
        action="bolus",
        dose_order=dose_order,
        order=order,
        drug=dose_order.drug,
        volume_ml=volume_ml,
        dose_mg=mg or None,  # charted afterwards the strength may not be known
    )
    return write_step(pen, detail, missing, words)


@entry_action("entry.drug_paused")
def pause(pen, *, dose_order=None, cause="other", text="", volume_ml=None, confirmed=frozenset()):
    """Pause a pump; without `dose_order` the only one that runs. Pausing has no gate; an odd volume asks."""
    dose_order = dose_order or _only(pen, drug_rules.RUNNING)
    volume_ml, words = _pump_volume(pen, dose_order, volume_ml, confirmed)
    return pen.write("drug", _halt("pause", dose_order, cause, _why(pen, cause, text), volume_ml), reason=words)


@entry_action("entry.drug_stopped")
def stop(pen, *, dose_order=None, volume_ml=None, cause="ordered_end", text="", confirmed=frozenset()):
    """Stop a pump. `volume_ml` read off it posts "given" to the ledger; without it the drug stays in use until read.

    A volume that does not fit the charted rates asks (`confirm.volume_ml`); more than the syringe held is refused.
    """
    dose_order = dose_order or _only(pen, drug_rules.RUNNING, drug_rules.PAUSED)
    volume_ml, words = _pump_volume(pen, dose_order, volume_ml, confirmed)
    return pen.write("drug", _halt("stop", dose_order, cause, _why(pen, cause, text), volume_ml), reason=words)


def _why(pen, cause, text):
    """What was said; by the stop rule without words: the rule's own exact reason, of that moment."""
    if cause != "stop_rule" or text.strip():
        return text
    state = state_of(pen.session, pen.at)
    zone = pen.session.site.zone
    return stop_rule.reason(stop_rule.met(state.alarms, state.phase), lambda at: clinic_time(at, zone))[:300]


def _pump_volume(pen, dose_order, volume_ml, confirmed):
    """(volume to keep, words): `check_volume` at the moment it was read."""
    afterwards = pen.when.source in AFTERWARDS
    return check_volume(
        pen.session, dose_order, volume_ml, at=pen.observed_at, confirmed=confirmed, afterwards=afterwards
    )


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
    of_session(pen, dose_order, "dose order")
    of_session(pen, order, "order")
    page = sheet(pen.session, pen.at)
    own = pen.at if holds(pen.by, pen.session.site, "prescriber", at=pen.at) else None
    state = _drug_state(pen, dose_order)
    missing = gate_facts.missing_to_resume(
        page, drug_state=state, decision_at=order.ordered_at if order else own, cause_named=cause_named
    )
    if not state.can_go_on:
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
    return write_step(pen, detail, missing + _ended(pen))


@entry_action("entry.syringe_changed")
def change_syringe(pen, *, dose_order, preparation, volume_ml, confirmed=frozenset()):
    """Another syringe or bag: `volume_ml` is read off the pump for the old one; the new one has its second check."""
    of_session(pen, dose_order, "dose order")
    of_session(pen, preparation, "preparation")
    matched = preparation.second_checks.filter(matched=True).exists()
    missing = [] if matched else [Item("syringe.second_check", "The second check of the new syringe is not done.")]
    missing += use_by_items(preparation.use_by, pen.observed_at)
    if preparation.dose_order_id != dose_order.pk:
        missing.append(Item("syringe.other", f"This syringe was not prepared for {dose_order.drug}."))
    if preparation.pk == _drug_state(pen, dose_order).preparation_id:
        missing.append(Item("syringe.same", "This syringe is in the pump already.", field="preparation"))
    words = ""
    if not missing or pen.when.source in AFTERWARDS:
        volume_ml, words = _pump_volume(pen, dose_order, volume_ml, confirmed)
    detail = DrugEvent(
        action="syringe",
        dose_order=dose_order,
        order=dose_order.order,
        drug=dose_order.drug,
        volume_ml=volume_ml,
        strength_mg_ml=preparation.strength_mg_ml,
        preparation=preparation,
    )
    return write_step(pen, detail, missing + _ended(pen), words)


@entry_action("entry.drug_given")
def give_drug(pen, *, order, dose_mg, drug="", route="", text="", confirmed=frozenset(), concern_reason=""):
    """A drug given by hand on an order, mg (Decimal); standing orders keep their dose, interval and number.

    What speaks against the drug asks again (`check_against`): what no prescriber has decided stops it.
    """
    drug = drug or order.drug
    missing = missing_to_give(pen, order, drug, dose_mg, confirmed, concern_reason)
    missing += _needs_container(pen, drug)
    detail = DrugEvent(
        action="given", order=order, drug=drug, dose_mg=dose_mg, route=route or order.route or "IV", text=text
    )
    return write_step(pen, detail, missing)


def _needs_container(pen, drug):
    """A controlled drug comes out of a container; in an open emergency it is given first and accounted for later."""
    if not controlled_at(pen.session.site)(drug) or state_of(pen.session, pen.at).emergency_since is not None:
        return []
    return [Item("give.container", f"{drug.capitalize()} is a controlled drug: draw it from its container.")]


def missing_to_give(pen, order, drug, dose_mg, confirmed, concern_reason):
    """What a dose by hand lacks under its order; raises `Refused` with what speaks against the drug.

    Whoever gives it is a clinician here; the order belongs to this session.
    """
    of_session(pen, order, "order")
    need_clinician(pen.by, pen.session.site, at=pen.at)
    given = [e for e in state_of(pen.session, pen.at).drugs_given if e.detail.order_id == order.pk]
    missing = order_rules.give_items(
        drug=drug,
        dose_mg=dose_mg,
        order=order,
        given_at=[e.observed_at for e in given],
        at=pen.observed_at,
    )
    if pen.when.source not in AFTERWARDS:
        check_against(
            pen.session, drug, by=pen.by, at=pen.at, occasion=GIVE, confirmed=confirmed, reason=concern_reason
        )
    return missing


@entry_action("entry.fluid")
def give_fluid(pen, *, volume_ml, order=None, drug="sodium chloride 0.9 %", text=""):
    """A fluid on an order, mL (Decimal). What ran is charted without an order too; the entry then says so."""
    of_session(pen, order, "order")
    if not volume_ml > 0:
        raise Refused(Item("hard.volume_ml", "The volume must be above zero.", field="volume_ml"))
    detail = DrugEvent(action="fluid", order=order, drug=drug, volume_ml=volume_ml, route="IV", text=text)
    return pen.write("drug", detail, reason="" if order else "Without an order yet.")
