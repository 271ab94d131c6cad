"""The gates as truth tables: each lists all that is missing, unknown is missing, and some are nobody's to override."""

import datetime as dt
import itertools
from dataclasses import replace

import pytest

from clinic.refusal import Refused
from sessions.rules import gates

ALL_TRUE = dict.fromkeys(gates.BY_CODE, True)
NOW = dt.datetime(2026, 3, 3, 15, 0, tzinfo=dt.UTC)


def codes(items):
    return [item.code for item in items]


def test_nothing_missing_lets_the_start_pass():
    assert gates.missing_to_start(ALL_TRUE) == []
    gates.check_start(ALL_TRUE)
    assert gates.can_start(ALL_TRUE)


@pytest.mark.parametrize("code", gates.BY_CODE)
@pytest.mark.parametrize("fact", [False, None])
def test_each_fact_false_or_unknown_is_missing_and_alone(code, fact):
    missing = gates.missing_to_start(ALL_TRUE | {code: fact})
    assert codes(missing) == [f"start.{code}"]
    assert missing[0].text
    assert missing[0].neutral
    assert missing[0].link


def test_with_nothing_known_everything_is_listed():
    assert len(gates.missing_to_start({})) == len(gates.START_GATES)


@pytest.mark.parametrize("code", gates.BY_CODE)
def test_a_prescriber_overrides_some_and_nobody_the_others(code):
    left = codes(gates.missing_to_start(ALL_TRUE | {code: False}, overrides={code}))
    assert left == ([f"start.{code}"] if code in gates.NEVER_OVERRIDDEN else [])


def test_the_gates_nobody_overrides_are_the_promised_ones():
    assert {
        "identity",
        "consent_in_force",
        "consent",
        "order",
        "second_check",
        "monitoring",
        "emergency_equipment",
        "prescriber",
        "prescriber_named",
        "container",
        "line",
        "escort",
    } == gates.NEVER_OVERRIDDEN


@pytest.mark.parametrize(
    ("code", "prescriber", "reason", "refused"),
    [
        ("fasting", True, "Clear fluids only", set()),
        ("fasting", False, "Clear fluids only", {"override.role"}),
        ("fasting", True, " ", {"override.reason"}),
        ("second_check", True, "Nobody here", {"override.never"}),
        ("nonsense", True, "Because", {"override.never"}),
    ],
)
def test_who_may_override_what(code, prescriber, reason, refused):
    if not refused:
        gates.check_override(code, reason=reason, prescriber=prescriber)
        return
    with pytest.raises(Refused) as problem:
        gates.check_override(code, reason=reason, prescriber=prescriber)
    assert set(codes(problem.value.items)) == refused


def minutes(n):
    return dt.timedelta(minutes=n)


CALM_PAUSE = gates.ResumeFacts(paused_at=NOW - minutes(5), now=NOW, guarded=False, cause_named=False)
GUARDED = gates.ResumeFacts(
    paused_at=NOW - minutes(5),
    now=NOW,
    guarded=True,
    cause_named=True,
    last_set_at=NOW - minutes(1),
    decision_at=NOW,
)


def test_a_short_pause_for_the_toilet_goes_on():
    assert gates.can_resume(CALM_PAUSE)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        ({"cause_named": False}, ["resume.cause"]),
        ({"last_set_at": None}, ["resume.fresh"]),
        ({"last_set_at": NOW - minutes(6)}, ["resume.fresh"]),
        ({"beyond": ("systolic",)}, ["resume.limits"]),
        ({"decision_at": None}, ["resume.decision"]),
        ({"decision_at": NOW - minutes(6)}, ["resume.decision"]),
        ({"emergency_open": True}, ["resume.emergency"]),
        ({"line_in": False}, ["resume.line"]),
        ({"paused_at": NOW - minutes(16)}, ["resume.baseline"]),
        ({"paused_at": NOW - minutes(16), "baseline_at": NOW - minutes(2)}, []),
        ({"paused_at": NOW - minutes(16), "baseline_at": NOW - minutes(20)}, ["resume.baseline"]),
        (
            {"cause_named": False, "last_set_at": None, "decision_at": None},
            ["resume.cause", "resume.fresh", "resume.decision"],
        ),
    ],
)
def test_a_guarded_resume_lists_all_it_lacks(changed, expected):
    assert codes(gates.missing_to_resume(replace(GUARDED, **changed))) == expected


ALL_CRITERIA = tuple(gates.CRITERIA)
FIT = gates.DischargeFacts(
    observed_minutes=60,
    score=10,
    last_set_minutes=5,
    line="removed",
    room_air=True,
    dissociation=0,
    oriented=True,
    escort_arrived=True,
    instructions_given=True,
)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        ({"score": 8}, ["score"]),
        ({"score": 9}, []),
        ({"score": None}, ["score"]),
        ({"score": None, "back_to_baseline": True}, []),
        ({"last_set_minutes": 16}, ["vitals_fresh"]),
        ({"last_set_minutes": 15}, []),
        ({"last_set_minutes": None}, ["vitals_fresh"]),
        ({"last_set_minutes": 0}, []),
        ({"beyond": ("spo2",)}, ["vitals_fresh"]),
        ({"line": "placed"}, ["line_out"]),
        ({"line": "infiltrated"}, ["line_out"]),
        ({"line": ""}, []),
        ({"room_air": None}, ["room_air"]),
        ({"room_air": False}, ["room_air"]),
        ({"dissociation": 1}, ["no_dissociation"]),
        ({"dissociation": None}, ["no_dissociation"]),
        ({"oriented": None}, ["oriented"]),
        ({"escort_arrived": False}, ["escort"]),
        ({"escort_arrived": None, "other_way": "Taxi with a neighbour"}, []),
        ({"instructions_given": None}, ["instructions"]),
        ({"observed_minutes": 59}, ["observed"]),
        ({"open_alarms": 1}, ["alarms"]),
    ],
)
def test_each_discharge_criterion(changed, expected):
    facts = replace(FIT, **changed)
    assert codes(gates.missing_to_discharge(facts, ALL_CRITERIA)) == [f"discharge.{c}" for c in expected]
    assert gates.can_discharge(facts, ALL_CRITERIA) == (not expected)


def test_the_protocol_says_which_criteria_count_and_three_always_do():
    nothing = gates.DischargeFacts(line="placed", open_alarms=2)
    assert codes(gates.missing_to_discharge(nothing, ())) == [
        "discharge.line_out",
        "discharge.instructions",
        "discharge.alarms",
    ]


def test_a_prescriber_waives_all_but_line_and_instructions():
    nothing = gates.DischargeFacts(line="placed", open_alarms=2)
    left = codes(gates.missing_to_discharge(nothing, ALL_CRITERIA, override=True))
    assert left == ["discharge.line_out", "discharge.instructions"]


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ({"systolic": 144, "heart_rate": 72, "spo2": 98}, True),
        ({"systolic": 145, "heart_rate": 72, "spo2": 98}, False),
        ({"systolic": 120, "heart_rate": 87, "spo2": 98}, False),
        ({"systolic": 120, "heart_rate": 72, "spo2": 95}, False),
        ({"systolic": 120, "heart_rate": 72}, False),
    ],
)
def test_back_to_own_baseline(last, expected):
    assert gates.back_to_baseline(last, {"systolic": 120, "heart_rate": 72, "spo2": 98}) is expected


def test_no_combination_of_overrides_opens_a_never_gate():
    never = sorted(gates.NEVER_OVERRIDDEN)
    for pair in itertools.combinations(never, 2):
        facts = ALL_TRUE | dict.fromkeys(pair, False)
        assert len(gates.missing_to_start(facts, overrides=set(gates.BY_CODE))) == 2
