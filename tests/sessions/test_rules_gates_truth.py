"""The three gates against tables written by hand: every fact true, false and unknown, alone, in pairs and together."""

import datetime as dt
import itertools
from dataclasses import replace

import pytest

from clinic.refusal import Refused
from sessions.rules import gates

NOW = dt.datetime(2026, 3, 3, 15, 0, tzinfo=dt.UTC)

# ---- start: gate -> who may go on without it
NOBODY, PRESCRIBER = "nobody", "prescriber"
# In the order of the work: what stands first on the list is what to do next.
START = {
    "identity": NOBODY, "consent_in_force": NOBODY, "consent": NOBODY, "prescriber_named": NOBODY, "prescriber": NOBODY,
    "emergency_equipment": NOBODY, "escort": NOBODY, "fasting": PRESCRIBER, "pregnancy": PRESCRIBER,
    "findings": PRESCRIBER, "education": PRESCRIBER, "weight": PRESCRIBER, "baseline": PRESCRIBER,
    "hold_limits": PRESCRIBER, "line": NOBODY, "monitoring": NOBODY, "order": NOBODY, "container": NOBODY,
    "second_check": NOBODY,
}  # fmt: skip


def missing(facts, **options):
    return [item.code.removeprefix("start.") for item in gates.missing_to_start(facts, **options)]


def facts(**changed):
    return dict.fromkeys(gates.BY_CODE, True) | changed


def test_every_gate_of_the_start_has_its_line_here():
    """A new gate needs a line above: who may go on without it is a decision, not an accident."""
    assert {g.code: NOBODY if g.never else PRESCRIBER for g in gates.START_GATES} == START


@pytest.mark.parametrize("code", START)
@pytest.mark.parametrize("fact", [True, False, None, "absent"])
@pytest.mark.parametrize("overridden", [True, False])
def test_each_gate_of_the_start(code, fact, overridden):
    given = facts(**{code: fact})
    if fact == "absent":
        del given[code]
    fires = fact is not True and not (overridden and START[code] == PRESCRIBER)
    overrides = {code} if overridden else set()
    assert missing(given, overrides=overrides) == ([code] if fires else [])
    assert gates.can_start(given, overrides=overrides) is not fires


@pytest.mark.parametrize("code", START)
def test_what_is_unknown_says_so_and_where_to_mend_it(code):
    gate = gates.BY_CODE[code]
    (no,), (unknown,) = (gates.missing_to_start(facts(**{code: fact})) for fact in (False, None))
    assert (no.text, unknown.text) == (gate.false, gate.unknown)
    assert no.link == unknown.link == gate.link
    assert gate.link.startswith("#")
    assert no.neutral == gates.ASK
    (more,) = gates.missing_to_start(facts(**{code: False}), details={code: "Read as 210."})
    assert more.text == f"{gate.false} Read as 210."


def test_no_gate_hides_another():
    for one, two in itertools.combinations(START, 2):
        for first, second in itertools.product((False, None), repeat=2):
            assert set(missing(facts(**{one: first, two: second}))) == {one, two}


def test_what_the_protocol_does_not_ask_is_not_missing_and_the_rest_is():
    asked = set(START) - {"fasting", "pregnancy"}
    assert set(missing({}, asked=asked)) == asked


def test_every_override_there_is_opens_only_what_a_prescriber_may_open():
    left = missing({}, overrides=set(START))
    assert left == [code for code, who in START.items() if who == NOBODY]
    with pytest.raises(Refused) as refused:
        gates.check_start({}, overrides=set(START))
    assert len(refused.value.items) == len(left)


@pytest.mark.parametrize("code", [*START, "no_such_gate", ""])
@pytest.mark.parametrize("prescriber", [True, False])
@pytest.mark.parametrize("reason", ["Decided by phone", "", " \n"])
def test_who_may_override(code, prescriber, reason):
    wrong = set()
    if START.get(code, NOBODY) == NOBODY:
        wrong.add("override.never")
    if not prescriber:
        wrong.add("override.role")
    if not reason.strip():
        wrong.add("override.reason")
    try:
        gates.check_override(code, reason=reason, prescriber=prescriber)
        found = set()
    except Refused as refused:
        found = {item.code for item in refused.items}
    assert found == wrong


# ---- resume: every fact there is, all together
def minutes(n):
    return dt.timedelta(minutes=n)


PAUSES = {"short": 5, "at the limit": 15, "long": 16}
# When something was, as minutes after the pause began; None: never.
TIMES = {"never": None, "before": -1, "with the pause": 0, "after": 1}


def moment(paused_at, when):
    return None if TIMES[when] is None else paused_at + minutes(TIMES[when])


def resume_in_words(*, pause, guarded, cause, fresh, beyond, decision, baseline, emergency, line_in):
    """The gate as the promises say it, one sentence after the other."""
    wanted = []
    if emergency:
        wanted.append("emergency")
    if not line_in:
        wanted.append("line")
    if guarded:
        if not cause:
            wanted.append("cause")
        if fresh != "after":
            wanted.append("fresh")
        elif beyond:
            wanted.append("limits")
        if decision != "after":
            wanted.append("decision")
    if pause == "long" and baseline in ("never", "before"):
        wanted.append("baseline")
    return [f"resume.{word}" for word in wanted]


YES_NO = (True, False)
RESUME = {
    "pause": PAUSES, "guarded": YES_NO, "cause": YES_NO, "fresh": TIMES, "beyond": YES_NO, "decision": TIMES,
    "baseline": TIMES, "emergency": YES_NO, "line_in": YES_NO,
}  # fmt: skip


def test_the_resume_gate_in_every_combination_of_its_facts():
    tried = 0
    for values in itertools.product(*RESUME.values()):
        said = dict(zip(RESUME, values, strict=True))
        paused_at = NOW - minutes(PAUSES[said["pause"]])
        given = gates.ResumeFacts(
            paused_at=paused_at,
            now=NOW,
            guarded=said["guarded"],
            cause_named=said["cause"],
            last_set_at=moment(paused_at, said["fresh"]),
            beyond=("systolic",) if said["beyond"] else (),
            decision_at=moment(paused_at, said["decision"]),
            baseline_at=moment(paused_at, said["baseline"]),
            emergency_open=said["emergency"],
            line_in=said["line_in"],
        )
        expected = resume_in_words(**said)
        assert [item.code for item in gates.missing_to_resume(given)] == expected, said
        assert gates.can_resume(given) is (not expected)
        tried += 1
    assert tried == 3 * 4**3 * 2**5


def test_a_resume_that_lacks_something_is_refused_with_all_of_it():
    calm = gates.ResumeFacts(paused_at=NOW, now=NOW, guarded=False, cause_named=False)
    gates.check_resume(calm)
    with pytest.raises(Refused) as refused:
        gates.check_resume(replace(calm, guarded=True, line_in=False))
    assert [item.code for item in refused.value.items] == [
        "resume.line", "resume.cause", "resume.fresh", "resume.decision",
    ]  # fmt: skip


# ---- discharge: criterion -> (facts that meet it, facts that don't, facts not known)
DISCHARGE = {
    "score": (
        [{"score": 9}, {"score": 10}, *({"score": n, "back_to_baseline": True} for n in (None, 0))],
        [{"score": 8}, {"score": 0}],
        [{"score": None}],
    ),
    "vitals_fresh": (
        [{"last_set_minutes": 0}, {"last_set_minutes": 15}],
        [{"last_set_minutes": 16}, {"last_set_minutes": 5, "beyond": ("spo2",)}],
        [{"last_set_minutes": None}],
    ),
    "line_out": ([{"line": ""}, {"line": "removed"}], [{"line": "placed"}, {"line": "infiltrated"}], []),
    "room_air": ([{"room_air": True}], [{"room_air": False}], [{"room_air": None}]),
    "oriented": ([{"oriented": True}], [{"oriented": False}], [{"oriented": None}]),
    "no_dissociation": ([{"dissociation": 0}], [{"dissociation": 1}, {"dissociation": 10}], [{"dissociation": None}]),
    "escort": (
        [{"escort_arrived": True}, {"escort_arrived": None, "other_way": "Taxi with a neighbour"}],
        [{"escort_arrived": False}, {"escort_arrived": False, "other_way": "  "}],
        [{"escort_arrived": None}],
    ),
    "instructions": ([{"instructions_given": True}], [{"instructions_given": False}], [{"instructions_given": None}]),
    "observed": ([{"observed_minutes": 60}, {"observed_minutes": 61}], [{"observed_minutes": 59}], [
        {"observed_minutes": 0}]),
    "alarms": ([{"open_alarms": 0}], [{"open_alarms": 1}], []),
}  # fmt: skip
ALWAYS, NEVER_WAIVED = {"line_out", "alarms", "instructions"}, {"line_out", "instructions"}
FIT = gates.DischargeFacts(
    observed_minutes=60, score=9, last_set_minutes=0, line="removed", room_air=True, dissociation=0, oriented=True,
    escort_arrived=True, instructions_given=True,
)  # fmt: skip


def lacking(given, criteria=tuple(DISCHARGE), **options):
    return {i.code.removeprefix("discharge.") for i in gates.missing_to_discharge(given, criteria, **options)}


def unmet(code):
    return [*DISCHARGE[code][1], *DISCHARGE[code][2]]


def test_every_criterion_has_its_line_here():
    assert set(gates.CRITERIA) == set(DISCHARGE)
    assert set(gates.ALWAYS_CRITERIA) == ALWAYS
    assert gates.KEPT_CRITERIA == NEVER_WAIVED


@pytest.mark.parametrize("code", DISCHARGE)
def test_each_criterion_of_going_home(code):
    for changed in DISCHARGE[code][0]:
        assert lacking(replace(FIT, **changed)) == set(), changed
    for changed in unmet(code):
        assert lacking(replace(FIT, **changed)) == {code}, changed
        (item,) = gates.missing_to_discharge(replace(FIT, **changed), tuple(DISCHARGE))
        assert (bool(item.text), item.neutral, item.link) == (True, gates.ASK, f"#{code}")


@pytest.mark.parametrize("code", DISCHARGE)
def test_what_counts_without_being_asked_and_what_can_be_waived(code):
    for changed in unmet(code):
        given = replace(FIT, **changed)
        assert lacking(given, ()) == ({code} & ALWAYS)
        assert lacking(given, (code,), override=True) == ({code} & NEVER_WAIVED)
        assert gates.can_discharge(given, (code,)) is False


def test_no_criterion_hides_another():
    for one, two in itertools.combinations(DISCHARGE, 2):
        for first, second in itertools.product(unmet(one), unmet(two)):
            assert lacking(replace(FIT, **first, **second)) == {one, two}


def test_the_panel_names_every_criterion_in_its_order():
    rows = gates.criteria(gates.DischargeFacts(), tuple(reversed(DISCHARGE)))
    assert [row[0] for row in rows] == list(gates.CRITERIA)
    assert {row[0] for row in rows if row[2]} == {"line_out", "alarms"}, "nothing is met by not being known"
    with pytest.raises(Refused) as refused:
        gates.check_discharge(gates.DischargeFacts(), tuple(DISCHARGE))
    assert len(refused.value.items) == len(DISCHARGE) - 2
    gates.check_discharge(FIT, tuple(DISCHARGE))


BASE = {"systolic": 120, "heart_rate": 70, "spo2": 97}


@pytest.mark.parametrize("measure", BASE)
def test_back_to_the_own_baseline_needs_all_three_known(measure):
    less = {m: v for m, v in BASE.items() if m != measure}
    assert gates.back_to_baseline(BASE, BASE)
    assert not gates.back_to_baseline(less, BASE)
    assert not gates.back_to_baseline(BASE, less)


@pytest.mark.parametrize(
    ("measure", "value", "near"),
    [("systolic", 144, True), ("systolic", 145, False), ("systolic", 96, True), ("systolic", 95, False),
     ("heart_rate", 84, True), ("heart_rate", 85, False), ("heart_rate", 56, True), ("heart_rate", 55, False),
     ("spo2", 95, True), ("spo2", 94, False), ("spo2", 100, True)],
)  # fmt: skip
def test_how_near_is_back(measure, value, near):
    assert gates.back_to_baseline(BASE | {measure: value}, BASE) is near
