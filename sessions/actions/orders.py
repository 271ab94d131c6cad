"""Orders: written by a prescriber, standing from the protocol, verbal and co-signed; and the dose order in figures."""

import uuid
from datetime import timedelta
from decimal import Decimal

from django.db import transaction

from clinic import audit, clock
from clinic.actions.tasks import close_task, open_task
from clinic.models import Task
from clinic.refusal import Conflict, Item, Refused, refuse_if
from sessions.actions.concerns import ORDER, check_against
from sessions.actions.events import record_note
from sessions.actions.sessions import bump, check_version, holds, lock, need_clinician, need_open, need_prescriber
from sessions.models import DoseOrder, Order
from sessions.queries.plans import plan_of
from sessions.queries.sheet import dose_figures, dose_orders_of, previous_dose, state_of
from sessions.rules import dose as dose_rules
from sessions.rules import drugs as drug_rules
from sessions.rules import orders as rules
from sessions.rules.read_back import sentence

FIELDS = (
    "drug", "dose_mg", "rate_ml_h", "max_doses", "route", "interval_minutes", "condition", "text", "minutes", "extends",
)  # fmt: skip


@transaction.atomic
def write_order(*, session, category, by, at=None, confirmed=frozenset(), concern_reason="", row_id=None, **figures):
    """A prescriber's written order; `figures` are any of `FIELDS`. What speaks against the drug asks, with a reason.

    `row_id`: the id that the page made for it; sent twice it is one order.
    """
    session = lock(session)
    at = at or clock.now()
    need_prescriber(by, session.site, at=at, words="Only a prescriber can write an order. A verbal one can be taken.")
    known = _known(session, row_id, category, figures, by)
    if known is not None:
        return known
    check_against(
        session, figures.get("drug"), by=by, at=at, occasion=ORDER, confirmed=confirmed, reason=concern_reason
    )
    return _create(session, "written", category, figures, by=by, at=at, row_id=row_id, ordered_by=by)


@transaction.atomic
def order_from_standing(*, session, standing_order, by, at=None):
    """Use a standing order of the session's protocol: its dose, maximum and interval count from now on."""
    session = lock(session)
    at = at or clock.now()
    need_clinician(by, session.site, at=at)
    if standing_order.version_id != session.protocol_version_id:
        raise Refused(Item("standing.other", "This standing order is not of this session's protocol."))
    known = session.orders.filter(standing_order=standing_order, ended_at__isnull=True).first()
    if known is not None:
        return known
    figures = {
        "drug": standing_order.drug,
        "dose_mg": rules.in_mg(standing_order.dose, standing_order.unit),
        "max_doses": standing_order.max_doses,
        "route": standing_order.route,
        "interval_minutes": standing_order.interval_minutes,
        "condition": standing_order.condition,
        "text": f"{dose_rules.shown(standing_order.dose)} {standing_order.unit} {standing_order.route}",
    }
    approver = session.protocol_version.approved_by
    return _create(
        session,
        "standing",
        "drug",
        figures,
        by=by,
        at=at,
        ordered_by=approver,
        taken_by=by,
        standing_order=standing_order,
    )


@transaction.atomic
def verbal_order(
    *,
    session,
    category,
    ordered_by,
    read_back,
    by,
    at=None,
    confirmed=frozenset(),
    concern_reason="",
    row_id=None,
    **figures,
):
    """Take a verbal order: by whom, read back; it waits for the co-signature and opens a task for it.

    `read_back`: True, or the sentence that was read back; another one than this order's is refused. It is kept.
    What speaks against the drug asks (`check_against`): confirming, with the reason they gave, says that the
    prescriber was told and decided.
    """
    session = lock(session)
    at = at or clock.now()
    need_clinician(by, session.site, at=at)
    need_prescriber(ordered_by, session.site, at=at, words=f"{ordered_by} is not a prescriber at this site.")
    known = _known(session, row_id, category, figures, by)
    if known is not None:
        return known
    said = sentence(category, **figures)
    refuse_if(rules.verbal_items(read_back=read_back, orderer=ordered_by.pk, taker=by.pk, sentence=said))
    check_against(
        session, figures.get("drug"), by=by, at=at, occasion=ORDER, prescriber=ordered_by, confirmed=confirmed,
        reason=concern_reason,
    )  # fmt: skip
    due = at + timedelta(hours=rules.COSIGN_HOURS)
    taken = {"ordered_by": ordered_by, "taken_by": by, "read_back": True, "said_back": said, "cosign_due_at": due}
    order = _create(session, "verbal", category, figures, by=by, at=at, row_id=row_id, **taken)
    open_task(
        "co_sign",
        title=f"Co-sign the verbal order: {order.drug or order.get_category_display()} {order.text}".strip(),
        neutral_title="An order waits for its prescriber.",
        site=session.site,
        patient=session.patient,
        due_at=due,
        by=by,
        for_role="prescriber",
        subject=order,
        dedupe_key=f"co_sign:{order.pk}",
        at=at,
    )
    return order


def _known(session, row_id, category, figures, by):
    """The order with this id, when it is the same one sent again; `Conflict` when it says something else."""
    order = Order.objects.filter(pk=row_id).first() if row_id else None
    if order is None:
        return None
    same = sentence(order.category, **{name: getattr(order, name) for name in SAID}) == sentence(category, **figures)
    if order.session_id != session.pk or by.pk not in (order.ordered_by_id, order.taken_by_id) or not same:
        raise Conflict(Item("order.id_taken", "This order was saved already, with other words: look at the orders."))
    return order


def _create(session, kind, category, figures, *, by, at, row_id=None, **people):
    unknown = set(figures) - set(FIELDS)
    if unknown:
        raise TypeError(f"An order has no {', '.join(sorted(unknown))}.")
    kept = {k: v for k, v in figures.items() if v is not None}
    kept |= {"id": row_id} if row_id else {}
    order = Order.objects.create(session=session, kind=kind, category=category, ordered_at=at, **kept, **people)
    audit.record(f"order.{kind}", order, by=by, patient=session.patient, site=session.site, at=at)
    bump(session)
    return order


@transaction.atomic
def cosign_order(*, order, by, at=None):
    """The prescriber whose verbal order it is signs it. Nobody else can."""
    session = lock(order.session)
    at = at or clock.now()
    order = Order.objects.select_for_update().get(pk=order.pk)
    if not order.awaits_cosign():
        raise Refused(Item("cosign.done", "This order does not wait for a signature."))
    if order.ordered_by_id != by.pk:
        raise Refused(Item("cosign.other", f"Only {order.ordered_by} can co-sign this order."))
    order.cosigned_at, order.cosigned_by = at, by
    order.save(update_fields=["cosigned_at", "cosigned_by"])
    for task in Task.objects.filter(dedupe_key=f"co_sign:{order.pk}", state="open"):
        close_task(task=task, by=by, outcome="Co-signed", at=at)
    audit.record("order.cosigned", order, by=by, patient=session.patient, site=session.site, at=at)
    bump(session)
    return order


@transaction.atomic
def end_order(*, order, reason, said_by=None, by, at=None):
    """An order no longer counts from now on; what was given under it stays. A note of the chart says why.

    A prescriber ends it, or a nurse on the word of one (`said_by`).
    """
    session = lock(order.session)
    at = at or clock.now()
    need_clinician(by, session.site, at=at)
    need_open(session)
    need_prescriber(said_by or by, session.site, at=at, words="A prescriber ends an order: say who said so.")
    order = Order.objects.select_for_update().get(pk=order.pk)
    refuse_if(rules.end_items(ended=order.ended_at is not None, reason=reason))
    order.ended_at, order.ended_by = at, by
    order.save(update_fields=["ended_at", "ended_by"])
    audit.record("order.ended", order, by=by, patient=session.patient, site=session.site, at=at, reason=reason.strip())
    words = rules.end_words(sentence(order.category, **{name: getattr(order, name) for name in SAID}), reason, said_by)
    record_note(session=session, entry_id=uuid.uuid5(order.pk, "ended"), text=words, by=by, at=at)
    return order


# What a sentence about an order is made of.
SAID = ("drug", "dose_mg", "rate_ml_h", "minutes", "route", "text")


@transaction.atomic
def order_dose(
    *,
    session,
    drug=None,
    basis=None,
    per_unit=None,
    minutes=None,
    strength_mg_ml=None,
    weight_kind=None,
    height_cm=None,
    order=None,
    pump="",
    confirmed=frozenset(),
    concern_reason="",
    by,
    at=None,
    version=None,
):
    """Make the dose order of a drug from the signed plan and today's weight; None means "as planned".

    A nurse may compute a dose within the course's signed plan; any change is a prescriber's: made by one, or on `order`
    (a signed order of category "dose"). Refused with every odd figure that is not in `confirmed`, and with what speaks
    against the drug in this patient (`check_against`).
    """
    session = lock(session)
    at = at or clock.now()
    need_open(session)
    check_version(session, version)
    need_clinician(by, session.site, at=at)
    plan = plan_of(session)
    drug_plan = _drug_plan(plan, drug)
    changes = {
        "basis": basis,
        "per_unit": per_unit,
        "minutes": minutes,
        "strength_mg_ml": strength_mg_ml,
        "weight_kind": weight_kind,
        "height_cm": height_cm,
    }
    state = state_of(session, at, plan=plan)
    if state.weight_kg is None:
        raise Refused(Item("hard.weight", "A dose needs today's weight.", link="#weight"))
    figures = dose_figures(session, plan, drug_plan, state.weight_kg, changes)
    planned = dose_figures(session, plan, drug_plan, state.weight_kg, {"strength_mg_ml": strength_mg_ml})
    prescriber = holds(by, session.site, "prescriber", at=at) or _is_dose_order(order, session)
    dose = _checked_dose(session, plan, drug_plan, figures, planned, prescriber, frozenset(confirmed))
    check_against(session, drug_plan.drug, by=by, at=at, occasion=ORDER, confirmed=confirmed, reason=concern_reason)
    old = _replaceable(session, drug_plan.drug, state)
    made_order = order or _dose_order_head(session, figures == planned, by=by, at=at)
    made = _write_dose(session, made_order, old, drug_plan, dose[0], figures, state, plan, pump, dose[1])
    audit.record("dose.ordered", made, by=by, patient=session.patient, site=session.site, at=at)
    bump(session)
    return made


def _drug_plan(plan, drug):
    found = plan.drug(drug) if drug else (plan.drugs[0] if plan.drugs else None)
    if found is None:
        raise Refused(Item("hard.drug", "The protocol has no such drug.", field="drug"))
    return found


def _is_dose_order(order, session):
    return order is not None and order.session_id == session.pk and order.category == "dose" and order.ended_at is None


def _checked_dose(session, plan, drug_plan, figures, planned, prescriber, confirmed):
    dose = dose_rules.compute(
        **{k: figures[k] for k in ("basis", "per_unit", "minutes", "weight_kg", "strength_mg_ml")}
    )
    items = dose_rules.dose_items(
        dose,
        per_unit=figures["per_unit"],
        bounds=drug_plan.bounds,
        purpose=dose_rules.guards_of(plan.purpose, drug_plan.drug),
        previous_mg=previous_dose(session, drug_plan.drug),
    )
    items += dose_rules.peak_items(_steps(plan, drug_plan, figures), basis=figures["basis"], bounds=drug_plan.bounds)
    signed = session.course.signed_at is not None
    items += dose_rules.change_items(as_planned=figures == planned, plan_signed=signed)
    dose_rules.check(items, confirmed=confirmed, prescriber=prescriber)
    return dose, [i.text for i in items]


def _steps(plan, drug_plan, figures):
    if figures["basis"] != drug_plan.basis:
        return []
    return dose_rules.scaled_steps(
        drug_plan.steps,
        basis=drug_plan.basis,
        per_unit=figures["per_unit"],
        planned_per_unit=drug_plan.dose,
        minutes=figures["minutes"],
        planned_minutes=Decimal(plan.infusion_minutes),
    )


def _replaceable(session, drug, state):
    """The dose order of this drug that a new one replaces; a started one stays: it is changed by rate orders."""
    old = next((o for o in dose_orders_of(session) if o.drug == drug), None)
    phase = next((d.phase for d in state.drugs if old and d.dose_order_id == old.pk), drug_rules.WAITING)
    if phase != drug_rules.WAITING:
        raise Refused(Item("dose.started", f"{drug.capitalize()} was started: order a change of rate, or a bolus."))
    return old


def _dose_order_head(session, as_planned, *, by, at):
    if holds(by, session.site, "prescriber", at=at):
        return Order.objects.create(session=session, kind="written", category="dose", ordered_at=at, ordered_by=by)
    course = session.course
    return Order.objects.create(
        session=session,
        kind="plan",
        category="dose",
        ordered_at=at,
        ordered_by=course.prescriber,
        taken_by=by,
        text="Computed within the signed plan" if as_planned else "",
    )


def _write_dose(session, order, old, drug_plan, dose, figures, state, plan, pump, notes):
    per_hour = drug_plan.basis == "mg/h"
    bounds = drug_plan.bounds
    max_mg_h = bounds.max_rate_mg_h if per_hour else None
    if bounds.max_rate_mg_kg_h is not None:
        max_mg_h = bounds.max_rate_mg_kg_h * dose.weight_kg
    steps = [
        [
            int(minute),
            str(
                dose_rules.step_ml_h(
                    rate, basis=figures["basis"], weight_kg=dose.weight_kg, strength_mg_ml=dose.strength_mg_ml
                )
            ),
        ]
        for minute, rate in _steps(plan, drug_plan, figures)
    ]
    return DoseOrder.objects.create(
        order=order,
        session=session,
        supersedes=old,
        position=[d.drug for d in plan.drugs].index(drug_plan.drug),
        drug=drug_plan.drug,
        controlled=drug_plan.controlled,
        basis=figures["basis"],
        per_unit=figures["per_unit"],
        dosing_weight_kg=dose.weight_kg,
        weight_kind=figures["weight_kind"],
        weight_entry=state.weight,
        planned_mg=dose.mg,
        minutes=dose.minutes,
        strength_mg_ml=dose.strength_mg_ml,
        volume_ml=dose_rules.step(dose.ml, dose_rules.SHOWN),
        rate_ml_h=Decimal(steps[0][1]) if steps and steps[0][0] == 0 else dose.ml_per_h,
        ends_by=drug_plan.ends_by,
        max_rate_mg_h=max_mg_h,
        max_total_mg=bounds.max_total_mg,
        rate_steps=steps,
        pump=pump,
        previous_mg=previous_dose(session, drug_plan.drug),
        confirmed=notes,
    )
