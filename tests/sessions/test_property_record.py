"""Random charting ends in the same record as a plain notebook: entries, corrections, strikes, replays, duplicates.

Each run goes through the real actions on the database. `TIDELINE_RUNS=200 python -m pytest ...` takes more of them.
"""

import os
import random
from decimal import Decimal as D

import pytest
from django.db import transaction

from sessions import actions
from sessions.actions import When
from sessions.models import Entry
from tests.sessions.notebook import END, Writer, as_minute, derived
from tests.sessions.plain_record import calm, crying, read

RUNS = int(os.environ.get("TIDELINE_RUNS", "40"))
STEPS, AT_ONCE = 30, 20  # so many runs are one test, with a test's time
NEAR = D("0.000001")


@pytest.fixture
def running(scene, infusing):
    """The scene with its pump on, and the two orders that doses by hand rest on."""
    write = {"session": scene.session, "category": "drug", "by": scene.doctor, "at": scene.at(10)}
    scene.rescue = actions.write_order(drug="ondansetron", dose_mg=D(4), route="IV", **write)
    scene.extra = actions.write_order(drug="ketamine", dose_mg=D(3), route="IV", **write)
    return scene


@pytest.mark.django_db
@pytest.mark.parametrize("first", range(0, RUNS, AT_ONCE))
def test_random_charting_ends_as_the_plain_notebook_says(running, first):
    for seed in range(first, min(first + AT_ONCE, RUNS)):
        with transaction.atomic():
            one_run(running, seed)
            transaction.set_rollback(True)


def one_run(scene, seed):
    """One infusion charted at random, then both readings side by side."""
    writer = Writer(scene, random.Random(seed))
    weight_line = writer.learn()
    writer.write(STEPS)
    state = derived(scene, END)
    plain = read(writer.lines, END, order_kg="70", weight_line=weight_line, strength="1")
    for name, ours, theirs in compared(scene, state, plain):
        assert ours == theirs, f"seed {seed}: {name} is {ours}, the notebook says {theirs}"
    assert abs(state.mg - D(plain.mg.numerator) / plain.mg.denominator) < NEAR, f"seed {seed}"
    assert abs(state.mg_per_kg - D(plain.mg_per_kg.numerator) / plain.mg_per_kg.denominator) < NEAR, f"seed {seed}"
    assert scene.session.phase == plain.phase, f"seed {seed}: the session's own phase"
    assert charted(scene) == len(writer.lines), f"seed {seed}: one line, one entry"
    the_alarms_stand(state, plain, seed)


def compared(scene, state, plain):
    """(what, ours, the notebook's) of everything that is exact."""
    yield "phase", state.phase, plain.phase
    yield "start", as_minute(scene, state.started_at), plain.started
    yield "minutes", (state.minutes, state.paused_minutes), (plain.minutes, plain.paused)
    yield "pump", state.main.pump_ml, plain.pump_ml
    yield "weight", state.weight_kg, plain.kg
    yield "baseline", state.baseline, plain.baseline
    last = {m: (one.value, as_minute(scene, one.at)) for m, one in state.last.items()}
    yield "newest values", last, plain.last
    yield "missed", [(m, as_minute(scene, at), why) for m, at, why in state.missed], plain.missed
    yield "line", (state.line, state.dose_uncertain), (plain.line, plain.uncertain)
    yield "oxygen", oxygen_of(state), plain.oxygen
    yield "emergency", as_minute(scene, state.emergency_since), plain.emergency
    yield "side effects", len(state.side_effects), plain.effects
    yield "score", state.score.detail.total if state.score else None, plain.score
    yield "given by hand", len(state.drugs_given), plain.given


def oxygen_of(state):
    """ "" (not said), room_air or flow."""
    if state.oxygen is None:
        return ""
    detail = state.oxygen.detail
    if state.oxygen.kind == "vitals":
        return detail.oxygen
    return "flow" if detail.flow_l_min else "room_air"


def charted(scene):
    """Entries that somebody wrote; alarms and their answers are the rules' own."""
    return Entry.objects.filter(session=scene.session).exclude(source="system").count()


def the_alarms_stand(state, plain, seed):
    """A newest value that asks for somebody is never silent, and a calm one never cries."""
    open_now = {alarm.measure for alarm in state.alarms if alarm.level == "alarm"}
    assert crying(plain) <= open_now, f"seed {seed}: silent: {crying(plain) - open_now}"
    assert not open_now & calm(plain), f"seed {seed}: cries at a calm value: {open_now & calm(plain)}"


@pytest.mark.django_db
def test_the_notebook_does_see_a_difference(running):
    """One line less in the notebook is told apart: the comparison can fail."""
    writer = Writer(running, random.Random(7))
    weight_line = writer.learn()
    for line in writer.lines:
        less = [other for other in writer.lines if other is not line]
        plain = read(less, END, order_kg="70", weight_line=weight_line, strength="1")
        state = derived(running, END)
        assert any(ours != theirs for _, ours, theirs in compared(running, state, plain)), line


@pytest.mark.django_db
def test_a_calm_set_that_comes_late_does_not_silence_a_newer_alarm(running):
    """What the random runs found: 140, again 140 (no news), then a calm set from between the two."""
    running.vitals(30, heart_rate=140)
    assert running.vitals(40, heart_rate=140).alarms == []
    late = running.vitals(50, heart_rate=72, when=When(running.at(35), source="back_entered"))
    assert [alarm.detail.measure for alarm in late.alarms] == ["heart_rate"]
    assert [alarm.measure for alarm in derived(running, 51).alarms] == ["heart_rate"]
