"""The present of a session, derived from its entries: nothing is stored here, so a late correction changes it all."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from sessions.rules import alarms as alarm_rules
from sessions.rules.drugs import PAUSED as DRUG_PAUSED
from sessions.rules.drugs import RUNNING, WAITING, derive_drug, mark_uncertain, seconds
from sessions.rules.emergency import emergencies
from sessions.rules.entries import effective, of_kind
from sessions.rules.limits import LEVELS
from sessions.rules.phases import ENDED, INFUSING, OBSERVING, PAUSED, PREPARING
from sessions.rules.schedule import PROTOCOL_PHASE, due_list, stale_after
from sessions.rules.vitals import ASLEEP_COVERS


@dataclass(frozen=True)
class Last:
    """The last value of a measure, its time, its age in whole minutes, and whether that is older than its interval."""

    value: object
    at: datetime
    minutes: int
    stale: bool
    entry_id: object


@dataclass
class SessionState:
    """What pages, gates and the board read. Minutes whole, mg and kg Decimal."""

    phase: str
    phase_since: datetime
    started_at: datetime | None = None
    stopped_at: datetime | None = None
    minutes: int = 0
    paused_minutes: int = 0
    drugs: list = field(default_factory=list)
    weight_kg: Decimal | None = None
    weight: object = None
    baseline: dict = field(default_factory=dict)
    baseline_at: datetime | None = None
    last: dict = field(default_factory=dict)
    missed: list = field(default_factory=list)
    due: list = field(default_factory=list)
    alarms: list = field(default_factory=list)
    emergency_since: datetime | None = None
    oxygen: object = None
    line: str = ""
    drugs_given: list = field(default_factory=list)
    side_effects: list = field(default_factory=list)
    score: object = None
    emergencies: list = field(default_factory=list)
    uncertain: list = field(default_factory=list)
    effective: list = field(default_factory=list)

    @property
    def main(self):
        """The first infused drug, or None."""
        return self.drugs[0] if self.drugs else None

    @property
    def mg(self):
        """mg of the main drug given so far."""
        return self.main.mg if self.main else Decimal(0)

    @property
    def mg_per_kg(self):
        """mg/kg of the main drug given so far, None without a dosing weight."""
        return self.main.mg_per_kg if self.main else None

    @property
    def pause(self):
        """The entry that halted a drug last, None while nothing stands halted."""
        return max((d.halt for d in self.drugs if d.halt), key=lambda e: (e.observed_at, e.seq), default=None)

    @property
    def dose_uncertain(self):
        """True when part of what was given may have gone beside the vein."""
        return bool(self.uncertain)

    def is_uncertain(self, entry):
        """True for a drug or fluid given by hand while the line may have been beside the vein."""
        return any(since <= entry.observed_at <= until for since, until in self.uncertain)

    @property
    def next_due(self):
        """The soonest due measure, or None."""
        return self.due[0] if self.due else None

    @property
    def overdue(self):
        """The due measures whose time has passed, longest first."""
        return [d for d in self.due if d.is_overdue]

    @property
    def level(self):
        """ "", caution or alarm: the gravest that is open."""
        return max((a.level for a in self.alarms), key=LEVELS.index, default="")

    @property
    def running(self):
        """The drugs that run now."""
        return [d for d in self.drugs if d.phase == RUNNING]


def derive(entries, plan, now, *, dose_orders=(), checked_in_at, ended=False):
    """Derive the state at `now` from all `entries` (any order), the `Plan` and the dose orders of the session.

    Entries carry id, seq, kind, role, supersedes_id, observed_at, received_at, recorded_by and a typed `detail`.
    """
    counting = [e for e in effective(entries) if e.observed_at <= now]
    drug_events = of_kind(counting, "drug")
    drugs = [derive_drug(o, [e for e in drug_events if e.detail.dose_order_id == o.id], now) for o in dose_orders]
    _follow_weight(drugs, dose_orders, counting)
    drugs = [d for d in drugs if d.phase != WAITING] + [d for d in drugs if d.phase == WAITING]
    timeline = phase_timeline(drugs, checked_in_at)
    state = SessionState(timeline[-1][1], timeline[-1][0], drugs=drugs, effective=counting)
    state.started_at = next((at for at, phase in timeline if phase == INFUSING), None)
    state.minutes, state.paused_minutes = _minutes_in(timeline, INFUSING, now), _minutes_in(timeline, PAUSED, now)
    if state.phase == OBSERVING:
        state.stopped_at = state.phase_since
    _body(state, counting, plan, now)
    _events(state, counting)
    state.uncertain = uncertain_windows(of_kind(counting, "line"), now)
    for drug in drugs:
        mark_uncertain(drug, state.uncertain)
    _take_emergencies(state)
    state.alarms = (
        [] if ended else alarm_rules.open_alarms(entries, counting, now=now, repeat_seconds=plan.alarm_repeat_seconds)
    )
    if ended:
        state.phase, state.due = ENDED, []
    return state


def _follow_weight(drugs, dose_orders, counting):
    """A dose reckoned on an actual weight that was corrected since: mg/kg follows the corrected one."""
    weights = of_kind(counting, "weight")
    known = {e.id for e in weights}
    for drug, order in zip(drugs, dose_orders, strict=True):
        if weights and order.weight_kind == "actual" and order.weight_entry_id not in known:
            drug.weight_kg = weights[-1].detail.kg


def phase_timeline(drugs, checked_in_at):
    """[(since, phase), ...]: infusing while any pump runs, paused while the others stand, else observing."""
    moves = [(at, str(d.dose_order_id), phase) for d in drugs for at, phase in d.timeline]
    moves.sort(key=lambda move: move[0])  # what happened to a pump in one minute stays in its order
    timeline, now_phases = [(checked_in_at, PREPARING)], {}
    for at, drug, phase in moves:
        now_phases[drug] = phase
        overall = _overall(now_phases.values())
        if overall != timeline[-1][1]:
            timeline.append((at, overall))
    return timeline


def _overall(phases):
    if RUNNING in phases:
        return INFUSING
    return PAUSED if DRUG_PAUSED in phases else OBSERVING


def _minutes_in(timeline, phase, now):
    ends = [at for at, _ in timeline[1:]] + [now]
    spent = sum((seconds(end - at) for (at, p), end in zip(timeline, ends, strict=True) if p == phase), Decimal(0))
    return int(spent // 60)


def uncertain_windows(lines, now):
    """[(since, until), ...]: stretches in which what was given may have gone beside the vein, merged, oldest first.

    From when the nurse says it was still right, else from the last time the line was placed, changed or checked; up
    to the next line, else to now: what still runs into a bad line is uncertain too.
    """
    windows = []
    for n, entry in enumerate(lines):
        if entry.detail.dose_uncertain:
            since = getattr(entry.detail, "uncertain_since", None) or _last_good(lines[:n]) or entry.observed_at
            new = (e.observed_at for e in lines[n + 1 :] if e.detail.action in ("placed", "resited"))
            windows.append((min(since, entry.observed_at), next(new, now)))
    return _merged(windows)


def _last_good(lines):
    good = [e.observed_at for e in lines if e.detail.action in ("placed", "checked", "resited")]
    return good[-1] if good else None


def _merged(windows):
    merged = []
    for since, until in sorted(windows):
        if merged and since <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], until))
        else:
            merged.append((since, until))
    return merged


def _take_emergencies(state):
    state.emergencies = emergencies(state.effective)
    last = state.emergencies[-1] if state.emergencies else None
    state.emergency_since = last.since if last and last.ended_at is None else None


def _body(state, counting, plan, now):
    intervals = plan.intervals_in(PROTOCOL_PHASE[state.phase])
    attempts = {}
    for e in of_kind(counting, "vitals"):
        _take_set(state, attempts, e, intervals)
    for measure, (value, at, entry_id) in list(state.last.items()):
        minutes = int((now - at).total_seconds() // 60)
        limit = stale_after(intervals, measure, max(at - state.phase_since, timedelta(0)))
        state.last[measure] = Last(value, at, minutes, minutes > limit, entry_id)
    state.due = due_list(intervals, phase=state.phase, phase_since=state.phase_since, attempts=attempts, now=now)


def _take_set(state, attempts, entry, intervals):
    detail = entry.detail
    values = {m: v for m, v in detail.values().items() if v is not None}
    for measure, value in values.items():
        state.last[measure] = (value, entry.observed_at, entry.id)
        attempts[measure] = entry.observed_at
    for measure, reason in detail.missing.items():
        state.missed.append((measure, entry.observed_at, reason))
        attempts[measure] = entry.observed_at
    if detail.asleep and detail.breathing_seen:
        asleep = {i.measure for i in intervals if i.asleep_counts} & ASLEEP_COVERS
        attempts.update(dict.fromkeys(asleep, entry.observed_at))
    if detail.baseline:
        state.baseline.update(values)
        state.baseline_at = entry.observed_at
    if detail.oxygen:
        state.oxygen = entry


def _events(state, counting):
    for e in counting:
        taker = _TAKERS.get(e.kind)
        if taker:
            taker(state, e)


def _take_weight(state, entry):
    state.weight, state.weight_kg = entry, entry.detail.kg


def _take_line(state, entry):
    action = entry.detail.action
    if action in ("placed", "resited", "removed", "infiltrated"):
        state.line = "placed" if action == "resited" else action


def _take_drug(state, entry):
    if entry.detail.action == "given":
        state.drugs_given.append(entry)


def _take_oxygen(state, entry):
    """A set of vitals may say something newer."""
    now = state.oxygen
    if now is None or (entry.observed_at, entry.seq) > (now.observed_at, now.seq):
        state.oxygen = entry


def _take_score(state, entry):
    state.score = entry


def _take_side_effect(state, entry):
    state.side_effects.append(entry)


_TAKERS = {
    "weight": _take_weight,
    "line": _take_line,
    "drug": _take_drug,
    "oxygen": _take_oxygen,
    "score": _take_score,
    "side_effect": _take_side_effect,
}
