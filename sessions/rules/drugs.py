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


@dataclass(frozen=True)
class Stretch:
    """What went in from one moment to another (a bolus: at one moment), mL and mg."""

    since: datetime
    until: datetime
    ml: Decimal
    mg: Decimal

    def within(self, since, until):
        """The part of it between two moments, as (mL, mg)."""
        if self.since == self.until:
            return (self.ml, self.mg) if since <= self.since <= until else (Decimal(0), Decimal(0))
        part = seconds(min(self.until, until) - max(self.since, since)) / seconds(self.until - self.since)
        return (self.ml * part, self.mg * part) if part > 0 else (Decimal(0), Decimal(0))


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
    stretches: list = field(default_factory=list)
    halts: list = field(default_factory=list)
    uncertain_ml: Decimal = Decimal(0)
    uncertain_mg: Decimal = Decimal(0)
    extra_mg: Decimal = Decimal(0)
    extra_minutes: Decimal = Decimal(0)
    _since: datetime | None = None

    @property
    def mg_per_kg(self):
        """mg given per kg of dosing weight, None without a weight."""
        return None if self.weight_kg is None else self.mg / self.weight_kg

    @property
    def certain_mg(self):
        """mg given without what may have gone beside the vein."""
        return self.mg - self.uncertain_mg

    @property
    def halt(self):
        """The entry that paused or stopped it last, None while it runs or waits."""
        return self.halts[-1] if self.halts else None

    @property
    def can_go_on(self):
        """Paused; or stopped by an emergency that turned out not to end the infusion."""
        stopped = self.phase == STOPPED and self.halt is not None and self.halt.detail.cause == "emergency"
        return self.phase == PAUSED or stopped

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

    `order` carries id, drug, dosing_weight_kg, planned_mg, minutes, ends_by, rate_steps, and of its extensions extra_mg
    and extra_minutes; `events` carry observed_at and a `detail`: action, rate_ml_h, strength_mg_ml, volume_ml,
    preparation_id.
    """
    extra_mg, extra_minutes = getattr(order, "extra_mg", Decimal(0)), getattr(order, "extra_minutes", Decimal(0))
    state = DrugState(
        order.id,
        order.drug,
        order.dosing_weight_kg,
        None if order.planned_mg is None else order.planned_mg + extra_mg,
        None if order.minutes is None else order.minutes + extra_minutes,
        order.ends_by,
        extra_mg=extra_mg,
        extra_minutes=extra_minutes,
        steps=tuple((Decimal(str(m)), Decimal(str(r))) for m, r in order.rate_steps),
    )
    for event in events:
        if event.observed_at <= now:
            _advance(state, event.observed_at)
            _MOVES[event.detail.action](state, event.observed_at, event.detail)
            _note_halt(state, event)
    _advance(state, now)
    state.at_rates = [(rate, secs / 60) for rate, secs in state.at_rates]
    state.ends_at = ends_at(state, now)
    return state


def _note_halt(state, event):
    """Every pause and stop since it last ran: what has to be settled before it goes on."""
    if event.detail.action in ("pause", "stop"):
        state.halts.append(event)
    elif event.detail.action in ("start", "resume"):
        state.halts = []


def mark_uncertain(drug, windows):
    """Add up what this drug gave within the windows (since, until) in which the line may have been beside the vein."""
    for stretch in drug.stretches:
        parts = [stretch.within(since, until) for since, until in windows]
        drug.uncertain_ml += sum((ml for ml, _ in parts), Decimal(0))
        drug.uncertain_mg += sum((mg for _, mg in parts), Decimal(0))


def _advance(state, to):
    """Account for the time since the last event at the rate that ran."""
    if state.phase != RUNNING or to <= state._since:
        return
    spent = seconds(to - state._since)
    _add(state, state.rate_ml_h * spent / HOUR, state._since, to)
    state.running_seconds += spent
    if state.at_rates and state.at_rates[-1][0] == state.rate_ml_h:
        state.at_rates[-1] = (state.rate_ml_h, state.at_rates[-1][1] + spent)
    else:
        state.at_rates.append((state.rate_ml_h, spent))
    state._since = to


def _add(state, ml, since, until):
    use = state.uses.setdefault(state.preparation_id, Use())
    mg = ml * state.strength_mg_ml
    state.ml, state.mg, use.ml, use.mg = state.ml + ml, state.mg + mg, use.ml + ml, use.mg + mg
    state.stretches.append(Stretch(since, until, ml, mg))


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
    _add(state, detail.volume_ml, at, at)


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


def ends_at(state, now):
    """When the order is fulfilled at the present rate: by total mg, by total time, or whichever comes first."""
    if state.phase != RUNNING or state.planned_mg is None:
        return None
    options = []
    if state.ends_by in ("total", "first") and state.rate_mg_h > 0:
        options.append(now + timedelta(seconds=float((state.planned_mg - state.mg) / state.rate_mg_h * HOUR)))
    if state.ends_by in ("time", "first") and state.planned_minutes is not None:
        options.append(now + timedelta(seconds=float(state.planned_minutes * 60 - state.running_seconds)))
    return min(options) if options else None
