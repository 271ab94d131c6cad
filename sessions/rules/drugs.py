"""What a pump has given, derived from its charted events: volume, mg, minutes at each rate, what is left."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

RUNNING, PAUSED, STOPPED, WAITING = "running", "paused", "stopped", "waiting"
HOUR = Decimal(3600)


def seconds(delta):
    """A timedelta as exact Decimal seconds."""
    return Decimal(delta.days * 86400 + delta.seconds) + Decimal(delta.microseconds) / 1000000


@dataclass
class Use:
    """What one syringe or bag gave: computed mL and mg, and as read off the pump (None until read)."""

    ml: Decimal = Decimal(0)
    mg: Decimal = Decimal(0)
    pump_ml: Decimal | None = None
    pump_mg: Decimal | None = None


@dataclass
class DrugState:
    """One infused drug. mg, mL, mL/h, mg/h, minutes; all Decimal and exact (round only for the eye)."""

    dose_order_id: object
    drug: str
    weight_kg: Decimal | None = None
    planned_mg: Decimal | None = None
    planned_minutes: Decimal | None = None
    ends_by: str = "first"
    phase: str = WAITING
    ml: Decimal = Decimal(0)
    mg: Decimal = Decimal(0)
    rate_ml_h: Decimal = Decimal(0)
    strength_mg_ml: Decimal = Decimal(0)
    pump_ml: Decimal | None = None
    pump_mg: Decimal | None = None
    started_at: datetime | None = None
    stopped_at: datetime | None = None
    ends_at: datetime | None = None
    running_seconds: Decimal = Decimal(0)
    at_rates: list = field(default_factory=list)
    timeline: list = field(default_factory=list)
    steps: tuple = ()
    preparation_id: object = None
    uses: dict = field(default_factory=dict)
    _since: datetime | None = None

    @property
    def mg_per_kg(self):
        """mg given per kg of dosing weight, None without a weight."""
        return None if self.weight_kg is None else self.mg / self.weight_kg

    @property
    def rate_mg_h(self):
        """mg/h now; 0 unless running."""
        return self.rate_ml_h * self.strength_mg_ml if self.phase == RUNNING else Decimal(0)

    @property
    def rate_mg_kg_h(self):
        """mg/kg/h now, None without a weight."""
        return None if self.weight_kg is None else self.rate_mg_h / self.weight_kg

    @property
    def left_mg(self):
        """mg still to go of the order, never below 0; None without an order."""
        return None if self.planned_mg is None else max(Decimal(0), self.planned_mg - self.mg)

    @property
    def difference_mg(self):
        """Read off the pump minus computed; None until the pump was read."""
        return None if self.pump_mg is None else self.pump_mg - self.mg

    @property
    def minutes(self):
        """Whole minutes of running."""
        return int(self.running_seconds // 60)

    @property
    def next_step(self):
        """The next ordered rate step as (minute, mL/h) that the running time has not reached, or None."""
        return next((s for s in self.steps if s[0] * 60 > self.running_seconds), None)


def derive_drug(order, events, now):
    """Walk one dose order's effective drug events (sorted) up to `now` and return its `DrugState`.

    `order` carries id, drug, dosing_weight_kg, planned_mg, minutes, ends_by, rate_steps; `events` carry observed_at
    and a `detail` with action, rate_ml_h, strength_mg_ml, volume_ml, preparation_id.
    """
    state = DrugState(
        order.id,
        order.drug,
        order.dosing_weight_kg,
        order.planned_mg,
        order.minutes,
        order.ends_by,
        steps=tuple((Decimal(str(m)), Decimal(str(r))) for m, r in order.rate_steps),
    )
    for event in events:
        if event.observed_at <= now:
            _advance(state, event.observed_at)
            _MOVES[event.detail.action](state, event.observed_at, event.detail)
    _advance(state, now)
    state.at_rates = [(rate, secs / 60) for rate, secs in state.at_rates]
    state.ends_at = _ends_at(state, now)
    return state


def _advance(state, to):
    """Account for the time since the last event at the rate that ran."""
    if state.phase != RUNNING or to <= state._since:
        return
    spent = seconds(to - state._since)
    ml = state.rate_ml_h * spent / HOUR
    _add(state, ml)
    state.running_seconds += spent
    if state.at_rates and state.at_rates[-1][0] == state.rate_ml_h:
        state.at_rates[-1] = (state.rate_ml_h, state.at_rates[-1][1] + spent)
    else:
        state.at_rates.append((state.rate_ml_h, spent))
    state._since = to


def _add(state, ml):
    use = state.uses.setdefault(state.preparation_id, Use())
    mg = ml * state.strength_mg_ml
    state.ml, state.mg, use.ml, use.mg = state.ml + ml, state.mg + mg, use.ml + ml, use.mg + mg


def _go(state, at, phase):
    state.phase, state._since = phase, at
    state.timeline.append((at, phase))


def _take(state, detail):
    if detail.rate_ml_h is not None:
        state.rate_ml_h = detail.rate_ml_h
    if detail.strength_mg_ml is not None:
        state.strength_mg_ml = detail.strength_mg_ml
    if detail.preparation_id is not None:
        state.preparation_id = detail.preparation_id


def _start(state, at, detail):
    _take(state, detail)
    state.started_at = state.started_at or at
    state.stopped_at = None
    _go(state, at, RUNNING)


def _rate(state, at, detail):
    _take(state, detail)


def _pause(state, at, detail):
    if state.phase == RUNNING:
        _go(state, at, PAUSED)


def _resume(state, at, detail):
    _take(state, detail)
    if state.phase in (PAUSED, STOPPED):
        _go(state, at, RUNNING)


def _bolus(state, at, detail):
    _take(state, detail)
    _add(state, detail.volume_ml)


def _syringe(state, at, detail):
    _read_pump(state, detail)
    _take(state, detail)


def _stop(state, at, detail):
    _read_pump(state, detail)
    if state.phase in (RUNNING, PAUSED):
        state.stopped_at = at
        _go(state, at, STOPPED)


def _read_pump(state, detail):
    """What the pump has given from the syringe in it: a later reading of the same syringe replaces the earlier one."""
    if detail.volume_ml is None:
        return
    use = state.uses.setdefault(state.preparation_id, Use())
    use.pump_ml, use.pump_mg = detail.volume_ml, detail.volume_ml * state.strength_mg_ml
    read = [u for u in state.uses.values() if u.pump_ml is not None]
    state.pump_ml = sum((u.pump_ml for u in read), Decimal(0))
    state.pump_mg = sum((u.pump_mg for u in read), Decimal(0))


_MOVES = {
    "start": _start,
    "rate": _rate,
    "pause": _pause,
    "resume": _resume,
    "bolus": _bolus,
    "syringe": _syringe,
    "stop": _stop,
}


def _ends_at(state, now):
    """When the order is fulfilled at the present rate: by total mg, by total time, or whichever comes first."""
    if state.phase != RUNNING or state.planned_mg is None:
        return None
    options = []
    if state.ends_by in ("total", "first") and state.rate_mg_h > 0:
        options.append(now + timedelta(seconds=float((state.planned_mg - state.mg) / state.rate_mg_h * HOUR)))
    if state.ends_by in ("time", "first") and state.planned_minutes is not None:
        options.append(now + timedelta(seconds=float(state.planned_minutes * 60 - state.running_seconds)))
    return min(options) if options else None
