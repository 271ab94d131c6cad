"""The derived state: what the entries make, in whatever order they came, against a plain minute-by-minute model."""

import datetime as dt
import random
from dataclasses import dataclass, field
from decimal import Decimal as D
from types import SimpleNamespace

import pytest

from sessions.rules.drugs import derive_drug
from sessions.rules.entries import effective
from sessions.rules.plan import Plan
from sessions.rules.state import derive
from sessions.rules.vitals import MEASURES

T0 = dt.datetime(2026, 3, 3, 14, 0, tzinfo=dt.UTC)
ORDER = SimpleNamespace(
    id="k",
    drug="ketamine",
    dosing_weight_kg=D(70),
    planned_mg=D(35),
    minutes=D(40),
    ends_by="first",
    rate_steps=[],
    weight_kind="actual",
    weight_entry_id=None,
    controlled=True,
)
ORDER.pk = "k"


@dataclass
class E:
    """One entry."""

    id: int
    seq: int
    minute: float
    kind: str = "drug"
    detail: object = None
    role: str = "observation"
    supersedes_id: int | None = None
    recorded_by: str = "nurse"

    @property
    def observed_at(self):
        return T0 + dt.timedelta(minutes=self.minute)

    @property
    def received_at(self):
        return self.observed_at


def drug(action, **fields):
    base = {
        "dose_order_id": "k",
        "rate_ml_h": None,
        "strength_mg_ml": None,
        "volume_ml": None,
        "preparation_id": None,
        "cause": "",
        "text": "",
    }
    return SimpleNamespace(action=action, **base | fields)


@dataclass
class Vitals:
    taken: dict
    missing: dict = field(default_factory=dict)
    asleep: bool = False
    breathing_seen: bool = False
    baseline: bool = False
    oxygen: str = ""

    def values(self):
        return dict.fromkeys(MEASURES) | self.taken


def at(minute):
    return T0 + dt.timedelta(minutes=minute)


def run(entries, minute=120):
    return derive(entries, Plan(), at(minute), dose_orders=[ORDER], checked_in_at=T0)


START = E(1, 1, 10, detail=drug("start", rate_ml_h=D(60), strength_mg_ml=D(1), preparation_id="p"))


def test_before_the_start_it_is_being_prepared():
    state = run([], 5)
    assert (state.phase, state.mg, state.minutes, state.level) == ("preparing", 0, 0, "")


def test_a_running_pump():
    state = run([START], 25)
    assert (state.phase, state.minutes, state.mg, state.main.rate_mg_h) == ("infusing", 15, 15, 60)
    assert state.main.left_mg == 20


def test_nothing_in_the_future_counts_yet():
    stop = E(2, 2, 50, detail=drug("stop", volume_ml=D(40)))
    assert run([START, stop], 25).phase == "infusing"
    assert run([START, stop], 51).phase == "observing"


def test_a_pause_neither_gives_nor_counts():
    entries = [START, E(2, 2, 20, detail=drug("pause")), E(3, 3, 30, detail=drug("resume"))]
    state = run(entries, 40)
    assert (state.minutes, state.paused_minutes, state.mg) == (20, 10, 20)


def test_a_rate_changed_while_paused_counts_from_the_resume():
    entries = [
        START,
        E(2, 2, 20, detail=drug("pause")),
        E(3, 3, 25, detail=drug("rate", rate_ml_h=D(30))),
        E(4, 4, 30, detail=drug("resume")),
    ]
    assert run(entries, 40).mg == 15


def test_what_happened_in_one_minute_stays_in_its_order():
    state = run([START, E(2, 2, 10, detail=drug("pause"))], 40)
    assert (state.phase, state.main.phase, state.minutes, state.paused_minutes) == ("paused", "paused", 0, 30)


def test_a_newer_set_on_room_air_ends_the_oxygen():
    oxygen = SimpleNamespace(flow_l_min=D(2), device="")
    entries = [E(1, 1, 10, "oxygen", oxygen), E(2, 2, 20, "vitals", Vitals({"spo2": 98}, oxygen="room_air"))]
    assert run(entries, 30).oxygen.kind == "vitals"
    assert run([*entries, E(3, 3, 25, "oxygen", oxygen)], 30).oxygen.kind == "oxygen"


def test_a_syringe_read_twice_counts_once():
    entries = [
        START,
        E(2, 2, 30, detail=drug("stop", volume_ml=D(20))),
        E(3, 3, 35, detail=drug("stop", volume_ml=D(20))),
    ]
    assert run(entries).main.pump_ml == 20


def test_two_pumps_infuse_until_the_last_has_stopped():
    other = SimpleNamespace(**vars(ORDER) | {"id": "m", "drug": "magnesium"})
    second = E(
        2, 2, 15, detail=drug("start", dose_order_id="m", rate_ml_h=D(6), strength_mg_ml=D(10), preparation_id="q")
    )
    entries = [START, second, E(3, 3, 20, detail=drug("stop"))]
    state = derive(entries, Plan(), at(25), dose_orders=[ORDER, other], checked_in_at=T0)
    assert (state.phase, [d.drug for d in state.running]) == ("infusing", ["magnesium"])
    entries.append(E(4, 4, 30, detail=drug("stop", dose_order_id="m")))
    state = derive(entries, Plan(), at(35), dose_orders=[ORDER, other], checked_in_at=T0)
    assert (state.phase, state.phase_since) == ("observing", at(30))


def test_no_value_is_carried_forward_and_a_gap_has_its_reason():
    one = E(1, 1, 5, "vitals", Vitals({"spo2": 98, "systolic": 120}))
    two = E(2, 2, 15, "vitals", Vitals({"systolic": 0}, {"spo2": "Probe off"}))
    state = run([one, two], 20)
    assert (state.last["spo2"].value, state.last["spo2"].minutes) == (98, 15)
    assert state.last["systolic"].value == 0, "zero is a value"
    assert state.missed == [("spo2", at(15), "Probe off")]


def test_baseline_is_what_was_named_so():
    one = E(1, 1, 5, "vitals", Vitals({"systolic": 120}, baseline=True))
    two = E(2, 2, 15, "vitals", Vitals({"systolic": 150}))
    assert run([one, two]).baseline == {"systolic": 120}


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_arrival_does_not_matter(seed):
    rng = random.Random(seed)
    entries = random_entries(rng)
    reference = summary(run(entries))
    rng.shuffle(entries)
    assert summary(run(entries)) == reference


def random_entries(rng):
    """Starts, rates, pauses, boluses, vitals; then corrections, strikes and corrections of corrections."""
    entries = [START]
    for number in range(2, rng.randint(4, 25)):
        entries.append(E(number, number, rng.randint(0, 100), *random_body(rng)))
    for _ in range(rng.randint(0, 8)):
        number = len(entries) + 1
        free = [e for e in entries if e.role != "strike" and e.id not in {x.supersedes_id for x in entries}]
        if not free:
            break
        old = rng.choice(free)
        if rng.random() < 0.4:
            entries.append(E(number, number, old.minute, old.kind, None, "strike", old.id))
        else:
            body = START.detail if old.id == 1 else random_body(rng, old.kind)[1]
            entries.append(E(number, number, rng.randint(0, 100), old.kind, body, "correction", old.id))
    return entries


def random_body(rng, kind=None):
    kind = kind or rng.choice(["drug", "drug", "vitals"])
    if kind == "vitals":
        return kind, Vitals(
            {"systolic": rng.randint(90, 200), "spo2": rng.choice([None, 97])}, baseline=rng.random() < 0.2
        )
    action = rng.choice(["rate", "pause", "resume", "bolus", "stop"])
    fields = {
        "rate": {"rate_ml_h": D(rng.randint(0, 90))},
        "bolus": {"volume_ml": D(rng.randint(0, 5))},
        "stop": {"volume_ml": D(rng.randint(0, 40))},
    }.get(action, {})
    return kind, drug(action, **fields)


def summary(state):
    drug_state = state.main
    return (
        state.phase,
        drug_state.mg,
        drug_state.pump_ml,
        state.minutes,
        state.paused_minutes,
        state.baseline,
        {m: last.value for m, last in state.last.items()},
    )


def plain_model(entries, until):
    """mg and phase the slow way: resolve the chains by hand, then walk minute by minute."""
    replaced = {e.supersedes_id: e for e in entries if e.supersedes_id}
    alive = []
    for e in (e for e in entries if e.supersedes_id is None):
        while e.id in replaced:
            e = replaced[e.id]
        if e.role != "strike":
            alive.append(e)
    alive.sort(key=lambda e: (e.minute, e.seq))
    status, rate, mg = "preparing", D(0), D(0)
    for minute in range(until):
        for e in [e for e in alive if e.kind == "drug" and e.minute == minute]:
            d = e.detail
            if d.action == "start":
                status, rate = "infusing", d.rate_ml_h
                strength = d.strength_mg_ml
            elif d.action == "rate":
                rate = d.rate_ml_h
            elif d.action == "pause" and status == "infusing":
                status = "paused"
            elif d.action == "resume" and status in ("paused", "observing"):
                status = "infusing"
            elif d.action == "stop" and status in ("infusing", "paused"):
                status = "observing"
            elif d.action == "bolus":
                mg += d.volume_ml * (strength if status != "preparing" else 0)
        if status == "infusing":
            mg += rate * strength / 60
    return status, mg


@pytest.mark.parametrize("seed", range(200))
def test_random_sequences_with_corrections_end_as_in_a_plain_model(seed):
    entries = random_entries(random.Random(1000 + seed))
    state = run(entries, 110)
    status, mg = plain_model(entries, 110)
    assert abs(state.mg - mg) < D("0.000001")
    assert state.phase == status


def test_a_chain_of_corrections_leaves_the_last_one():
    chain = [
        START,
        E(2, 2, 11, detail=START.detail, role="correction", supersedes_id=1),
        E(3, 3, 12, detail=START.detail, role="correction", supersedes_id=2),
    ]
    assert [e.id for e in effective(chain)] == [3]
    struck = [*chain, E(4, 4, 12, role="strike", supersedes_id=3)]
    assert effective(struck) == []


def test_a_day_with_a_clock_change_counts_real_minutes():
    """02:00 becomes 03:00 on 8 March in New York: times are UTC, so an hour of infusion is an hour."""
    before = dt.datetime(2026, 3, 8, 6, 30, tzinfo=dt.UTC)
    start = SimpleNamespace(observed_at=before, detail=START.detail)
    assert derive_drug(ORDER, [start], before + dt.timedelta(hours=1)).mg == 60
