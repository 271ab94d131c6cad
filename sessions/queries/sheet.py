"""One session with everything on it: entries and details in one query, state derived from them."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, DecimalField, Min, OuterRef, Subquery, Sum
from django.db.models.functions import Cast, Coalesce, JSONObject

from clinic import clock
from clinic.prepared import Prepared
from clinic.refusal import Item, Refused
from sessions.models import CheckAnswer, Discrepancy, DoseOrder, Entry, InfusionSession, Order, Preparation, SecondCheck
from sessions.queries.controlled import controlled_at
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
        return _orders.rows(session=self.session.pk)

    @cached_property
    def controlled(self):
        """A test of a drug's name: whether it is drawn from a container at this site."""
        return controlled_at(self.session.site)

    @cached_property
    def second_checks(self):
        """All second checks of the session, oldest first."""
        return list(self.session.second_checks.select_related("checked_by"))

    @cached_property
    def discrepancies(self):
        """The open ledger differences of this session."""
        return _discrepancies.rows(session=self.session.pk)

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
    fresh = _with_all.first(pk=session.pk, day=day)
    fresh.site = session.site
    return sheets([fresh], at)[0]


_with_all = Prepared(
    lambda of: InfusionSession.objects.with_people().with_gate_facts(of.day("day")).filter(pk=of("pk"))
)
_orders = Prepared(
    lambda of: Order.objects.filter(session=of("session")).select_related(
        "ordered_by", "taken_by", "cosigned_by", "standing_order"
    )
)
_discrepancies = Prepared(lambda of: Discrepancy.objects.filter(session=of("session"), closed_at__isnull=True))


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
    return _grouped(_entries.rows(ids=list(ids)) if ids else [])


_entries = Prepared(lambda of: Entry.objects.filter(session__in=of.list("ids")).with_details().order_by("seq"))


def dose_orders_by(ids):
    """Session id -> its dose orders in force, the main drug first, each with `extra_mg` and `extra_minutes` ordered."""
    return _grouped(_dose_orders.rows(ids=list(ids)) if ids else [])


def _extended_by(figure):
    """The sum of a figure over the extensions of a dose order that have not ended."""
    mine = Order.objects.filter(extends=OuterRef("pk"), ended_at__isnull=True).order_by().values("extends")
    return Coalesce(Subquery(mine.annotate(total=Sum(figure)).values("total")), Decimal(0), output_field=DecimalField())


_dose_orders = Prepared(
    lambda of: (
        DoseOrder.objects.filter(session__in=of.list("ids"), superseded_by__isnull=True)
        .annotate(extra_mg=_extended_by("dose_mg"), extra_minutes=_extended_by("minutes"))
        .select_related("order__ordered_by")
        .order_by("position", "order__ordered_at")
    )
)


def answers_by(ids):
    """Session id -> (newest answer per code, newest override per code)."""
    found = defaultdict(lambda: ({}, {}))
    for row in _answers.rows(ids=list(ids)) if ids else []:
        found[row.session_id][1 if row.override_reason else 0][row.code] = row
    return found


_answers = Prepared(
    lambda of: (
        CheckAnswer.objects.filter(session__in=of.list("ids"))
        .select_related("answered_by")
        .order_by("answered_at", "xact")
    )
)


def preparations_by(ids):
    """Session id -> its preparations, oldest first, each with `first_expiry` and its second `checks` (dicts)."""
    return _grouped(_preparations.rows(ids=list(ids)) if ids else [])


def _prepared_in(of):
    checks = SecondCheck.objects.filter(preparation=OuterRef("pk")).order_by("checked_at")
    said = JSONObject(matched="matched", rate=Cast("rate_checked", CharField()), mismatches="mismatches")
    rows = Preparation.objects.filter(session__in=of.list("ids")).select_related("made_by", "dose_order")
    return rows.annotate(
        first_expiry=Min("sources__container__expires_on"),
        checks=ArraySubquery(checks.values(said=said)),
    ).order_by("made_at", "number")


_preparations = Prepared(_prepared_in)


def _grouped(rows):
    found = defaultdict(list)
    for row in rows:
        found[row.session_id].append(row)
    return found


def previous_session(session):
    """The patient's last session before this one that was started, or None."""
    earlier = InfusionSession.objects.filter(
        patient__person__records=session.patient_id, checked_in_at__lt=session.checked_in_at
    )
    return earlier.filter(started_at__isnull=False).order_by("-checked_in_at").first()


def previous_weight(session):
    """The weight in kg of the patient's last session, or None."""
    rows = Entry.objects.filter(
        session__patient__person__records=session.patient_id, kind="weight", superseded_by__isnull=True
    )
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
        purpose=dose_rules.guards_of(plan.purpose, drug_plan.drug),
        previous_mg=previous_dose(session, drug_plan.drug),
    )
    planned = dose_figures(session, plan, drug_plan, state.weight_kg, {"strength_mg_ml": changes.get("strength_mg_ml")})
    signed = session.course.signed_at is not None
    return dose, items + dose_rules.change_items(as_planned=figures == planned, plan_signed=signed)


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
