"""The drugs on their pumps, for the pages that pause, change and stop them."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.urls import reverse

from clinic.words import clinic_time, figure
from sessions.presenters.rates import rate_words
from sessions.rules.dose import shown
from sessions.rules.drugs import RUNNING

CAN_GO_ON = "can_go_on"


@dataclass(frozen=True)
class Step:
    """One ordered step of a drug's rate: its words, whether its time has come, and the page that sets it."""

    words: str
    due: bool
    now: bool
    url: str


@dataclass(frozen=True)
class Pumps:
    """The dose orders in one of the asked phases, their words, and the ordered steps of those that run."""

    orders: list
    rows: list
    steps: list = field(default_factory=list)


def pumps(sheet, phases):
    """Pumps of this session in `phases` (running, paused, can_go_on: paused, or stopped by an emergency only)."""
    states = {
        d.dose_order_id: d for d in sheet.state.drugs if d.phase in phases or (CAN_GO_ON in phases and d.can_go_on)
    }
    orders = [o for o in sheet.dose_orders if o.pk in states]
    rows = [(rate_words(states[o.pk]), so_far(states[o.pk])) for o in orders]
    return Pumps(orders, rows, [step for o in orders for step in steps_of(sheet, states[o.pk])])


def so_far(drug):
    """ "29.4 of 72 mg, 14.7 mL by the charted rates"."""
    planned = f" of {figure(shown(drug.planned_mg))}" if drug.planned_mg is not None else ""
    return f"{figure(shown(drug.mg))}{planned} mg, {figure(shown(drug.ml))} mL by the charted rates"


def steps_of(sheet, drug):
    """The ordered steps of a drug, by running minutes; none for one rate throughout."""
    if len(drug.steps) < 2 or drug.started_at is None:
        return []
    return [_step(sheet, drug, minute, rate) for minute, rate in drug.steps]


def _step(sheet, drug, minute, rate):
    left = float(minute * 60 - drug.running_seconds)
    come, now = left <= 0, drug.rate_ml_h == rate
    at = clinic_time(sheet.at + timedelta(seconds=left), sheet.session.site.zone)
    when = f"from minute {figure(minute)}" + ("" if come or drug.phase != RUNNING else f", about {at}")
    path = reverse("sessions:drug-rate", args=[sheet.session.pk])
    return Step(
        f"{drug.drug.capitalize()} {figure(shown(rate))} mL/h {when}",
        come and not now and _is_last_come(drug, minute),
        now,
        f"{path}?dose_order={drug.dose_order_id}&rate_ml_h={figure(rate)}",
    )


def _is_last_come(drug, minute):
    """Whether this is the step that should run now: the last one whose minute has come."""
    return minute == max(m for m, _ in drug.steps if m * 60 <= drug.running_seconds)


def step_due(sheet):
    """The steps that should run now and do not, of all drugs that run."""
    return [step for drug in sheet.state.running for step in steps_of(sheet, drug) if step.due]


def orders_in_force(sheet, *categories):
    """Orders of these categories that have not ended."""
    return [o for o in sheet.orders if o.category in categories and o.ended_at is None]
