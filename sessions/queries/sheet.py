"""One session with everything on it: entries and details in one query, state derived from them."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Min, OuterRef
from django.db.models.functions import Cast, JSONObject

from clinic import clock
from clinic.models import User
from clinic.refusal import Item, Refused
from sessions.models import CheckAnswer, DoseOrder, Entry, InfusionSession, Preparation, SecondCheck
from sessions.queries.plans import plan_of
from sessions.rules import checklist
from sessions.rules import dose as dose_rules
from sessions.rules.state import derive


def entries_of(session):
    """All entries with their typed details and recorders, in the order of arrival. One query."""
    return entries_by([session.pk])[session.pk]


def dose_orders_of(session):
    """The dose orders in force (not superseded), the main drug first."""
    return dose_orders_by([session.pk])[session.pk]


def state_of(session, at=None, *, plan=None, entries=None, dose_orders=None):
    """The derived `SessionState` at `at`."""
    return derive(
        entries_of(session) if entries is None else entries,
        plan or plan_of(session),
        at or clock.now(),
        dose_orders=dose_orders_of(session) if dose_orders is None else dose_orders,
        checked_in_at=session.checked_in_at,
        ended=session.ended_at is not None,
    )


def latest_answers(session):
    """(answers, overrides): the newest `CheckAnswer` per code, and the newest override per code."""
    return answers_by([session.pk])[session.pk]


@dataclass
class Sheet:
    """The run sheet's facts. `entries` in the order of arrival, `state` derived from them at `at`."""

    session: InfusionSession
    at: object
    plan: object
    entries: list
    state: object
    dose_orders: list
    preparations: list
    answers: dict
    overrides: dict

    @property
    def dose_order(self):
        """The main drug's order, or None."""
        return self.dose_orders[0] if self.dose_orders else None

    @property
    def preparation(self):
        """The newest preparation of the main drug, or None."""
        mine = [p for p in self.preparations if self.dose_order and p.dose_order_id == self.dose_order.pk]
        return mine[-1] if mine else None

    @property
    def asked(self):
        """The checks of this session's list."""
        return checklist.asked(self.plan.checks)

    @cached_property
    def orders(self):
        """All orders of the session, oldest first."""
        return list(self.session.orders.select_related("ordered_by", "taken_by", "cosigned_by", "standing_order"))

    @cached_property
    def second_checks(self):
        """All second checks of the session, oldest first."""
        return list(self.session.second_checks.select_related("checked_by"))

    @cached_property
    def discrepancies(self):
        """The open ledger differences of this session."""
        return list(self.session.discrepancies.filter(closed_at__isnull=True))

    @cached_property
    def previous(self):
        """The patient's last started session before this one, or None."""
        return previous_session(self.session)

    @cached_property
    def standing(self):
        """[(StandingOrder, Order or None, times given), ...] of the session's protocol."""
        mine = {o.standing_order_id: o for o in self.orders if o.standing_order_id and o.ended_at is None}
        given = [e.detail.order_id for e in self.state.drugs_given]
        rows = self.session.protocol_version.standingorders.all()
        return [(row, mine.get(row.pk), given.count(mine[row.pk].pk) if row.pk in mine else 0) for row in rows]


def sheet(session, at=None):
    """Everything the run sheet shows, in a fixed number of queries."""
    at = at or clock.now()
    day = at.astimezone(session.site.zone).date()
    fresh = InfusionSession.objects.with_people().with_gate_facts(day).get(pk=session.pk)
    fresh.site = session.site
    return sheets([fresh], at)[0]


def sheets(sessions, at):
    """The `Sheet`s of sessions read `with_people().with_gate_facts(day)`; four queries however many they are."""
    ids = [s.pk for s in sessions]
    entries, orders, answers = entries_by(ids), dose_orders_by(ids), answers_by(ids)
    preparations = preparations_by(ids)
    return [
        _sheet(s, at, plan_of(s), entries[s.pk], orders[s.pk], preparations[s.pk], *answers[s.pk]) for s in sessions
    ]


def _sheet(session, at, plan, entries, dose_orders, preparations, answers, overrides):
    state = state_of(session, at, plan=plan, entries=entries, dose_orders=dose_orders)
    return Sheet(session, at, plan, entries, state, dose_orders, preparations, answers, overrides)


def entries_by(ids):
    """Session id -> its entries in the order of arrival, with details and recorders."""
    return _grouped(Entry.objects.filter(session__in=ids).with_details().order_by("seq"))


def dose_orders_by(ids):
    """Session id -> its dose orders in force, the main drug first."""
    rows = DoseOrder.objects.filter(session__in=ids, superseded_by__isnull=True)
    return _grouped(rows.select_related("order").order_by("position", "order__ordered_at"))


def answers_by(ids):
    """Session id -> (newest answer per code, newest override per code)."""
    found = defaultdict(lambda: ({}, {}))
    rows = CheckAnswer.objects.filter(session__in=ids).select_related("answered_by")
    for row in rows.order_by("answered_at", "xact"):
        found[row.session_id][1 if row.override_reason else 0][row.code] = row
    return found


def preparations_by(ids):
    """Session id -> its preparations, oldest first, each with `first_expiry` and its second `checks` (dicts)."""
    checks = SecondCheck.objects.filter(preparation=OuterRef("pk")).order_by("checked_at")
    said = JSONObject(matched="matched", rate=Cast("rate_checked", CharField()), mismatches="mismatches")
    rows = Preparation.objects.filter(session__in=ids).select_related("made_by", "dose_order")
    return _grouped(
        rows.annotate(
            first_expiry=Min("sources__container__expires_on"),
            checks=ArraySubquery(checks.values(said=said)),
        ).order_by("made_at", "number")
    )


def _grouped(rows):
    found = defaultdict(list)
    for row in rows:
        found[row.session_id].append(row)
    return found


def previous_session(session):
    """The patient's last session before this one that was started, or None."""
    earlier = InfusionSession.objects.filter(patient=session.patient_id, checked_in_at__lt=session.checked_in_at)
    return earlier.filter(started_at__isnull=False).order_by("-checked_in_at").first()


def previous_weight(session):
    """The weight in kg of the patient's last session, or None."""
    rows = Entry.objects.filter(session__patient=session.patient_id, kind="weight", superseded_by__isnull=True)
    rows = rows.exclude(role="strike").exclude(session=session).select_related("weightentry")
    newest = rows.order_by("-observed_at").first()
    return newest.weightentry.kg if newest else None


def previous_dose(session, drug):
    """mg that were ordered of this drug in the last started session, or None."""
    last = previous_session(session)
    order = last and last.dose_orders.filter(drug=drug, superseded_by__isnull=True).first()
    return order.planned_mg if order else None


def propose_dose(session, drug=None, *, at=None, **changes):
    """(Dose, items): the signed plan's dose for today's weight, and what is odd about it; nothing is written.

    `changes` may name basis, per_unit, minutes, strength_mg_ml, weight_kind, height_cm (Decimals).
    Refused when there is no weight today, or the protocol has no such drug.
    """
    plan = plan_of(session)
    drug_plan = plan.drug(drug) if drug else (plan.drugs[0] if plan.drugs else None)
    if drug_plan is None:
        raise Refused(Item("hard.drug", "The protocol has no such drug."))
    state = state_of(session, at, plan=plan)
    if state.weight_kg is None:
        raise Refused(Item("hard.weight", "A dose needs today's weight.", "", "#weight"))
    figures = dose_figures(session, plan, drug_plan, state.weight_kg, changes)
    dose = dose_rules.compute(
        **{k: figures[k] for k in ("basis", "per_unit", "minutes", "weight_kg", "strength_mg_ml")}
    )
    items = dose_rules.dose_items(
        dose,
        per_unit=figures["per_unit"],
        bounds=drug_plan.bounds,
        purpose=plan.purpose,
        previous_mg=previous_dose(session, drug_plan.drug),
    )
    return dose, items


def dose_figures(session, plan, drug_plan, weight_kg, changes):
    """The figures of a dose: what `changes` say, else the course's plan (main drug), else the protocol's."""
    main = plan.drugs and plan.drugs[0].drug == drug_plan.drug and session.course.dose_basis == drug_plan.basis
    given = {k: v for k, v in changes.items() if v is not None}
    kind = given.get("weight_kind", drug_plan.weight_kind)
    weight = dose_rules.dosing_weight(
        kind=kind,
        actual_kg=weight_kg,
        height_cm=given.get("height_cm"),
        sex=session.patient.sex,
        cap_kg=drug_plan.weight_cap_kg,
    )
    return {
        "basis": given.get("basis", drug_plan.basis),
        "per_unit": given.get("per_unit", session.course.dose if main else drug_plan.dose),
        "minutes": given.get("minutes", Decimal(plan.infusion_minutes)),
        "strength_mg_ml": given.get("strength_mg_ml", drug_plan.strength_mg_ml),
        "weight_kg": weight,
        "weight_kind": kind,
    }


def staff_with(site, *roles, at=None):
    """Users holding one of the roles at this site now, by name."""
    active = User.objects.filter(is_active=True, memberships__site=site, memberships__role__in=roles)
    return active.filter(memberships__until__isnull=True).distinct().order_by("name")
