"""Second check, phases and endings, orders, scores, schedule, checklist."""

import datetime as dt
from decimal import Decimal as D

import pytest

from clinic.refusal import Refused
from sessions.rules import checklist, orders, phases, read_back, schedule, scores, second_check

NOW = dt.datetime(2026, 3, 3, 15, 0, tzinfo=dt.UTC)
COMPUTED = second_check.ReadOff("", D(1), D("52.5"), D(50))
NAMES = ("T1001", "Okafor-Test", "Ngozi Okafor-Test")


def codes(items):
    return [item.code for item in items]


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (("T1001", D(1), D("52.5"), D(50)), []),
        (("okafor-test,  ngozi", D(1), D("52.5"), D(50)), ["Patient read as"]),
        (("ngozi okafor-test", D("1.00"), D("52.50"), D("50.0")), []),
        (("T1002", D(1), D("52.5"), D(50)), ["Patient read as 'T1002', the order is for T1001."]),
        (("T1001", D(2), D("52.5"), D(50)), ["Strength read as 2 mg/mL, computed 1 mg/mL."]),
        (("T1001", D(1), D("25.5"), D(50)), ["Pump rate read as 25.5 mL/h, computed 52.5 mL/h."]),
        (("T1001", D(1), None, D(50)), ["Pump rate read as nothing mL/h, computed 52.5 mL/h."]),
        (("", D(10), D("525"), D(5)), ["Patient", "Strength", "Pump rate", "Volume"]),
    ],
)
def test_a_mismatch_names_both_figures(read, expected):
    found = second_check.compare(second_check.ReadOff(*read), COMPUTED, patient_names=NAMES)
    assert len(found) == len(expected)
    assert all(got.startswith(want) for got, want in zip(found, expected, strict=True))


@pytest.mark.parametrize(
    ("checker", "stand_in", "allowed", "reason", "waited", "expected"),
    [
        ("c", "", (), "", 0, []),
        ("o", "", (), "", 0, ["check.orderer"]),
        ("d", "", (), "", 0, ["check.drawer"]),
        ("d", "self_delayed", (), "Alone", 15, ["check.policy"]),
        ("d", "self_delayed", ("self_delayed",), "Alone", 10, []),
        ("d", "self_delayed", ("self_delayed",), "Alone", 9, ["check.delay"]),
        ("d", "self_delayed", ("self_delayed",), " ", 10, ["check.reason"]),
        ("p", "prescriber", ("prescriber",), "No second nurse", 0, []),
        ("o", "prescriber", ("prescriber",), "No second nurse", 0, ["check.orderer"]),
    ],
)
def test_who_may_be_the_second_person(checker, stand_in, allowed, reason, waited, expected):
    found = second_check.person_items(
        checker=checker,
        orderer="o",
        drawer="d",
        stand_in=stand_in,
        allowed_stand_ins=allowed,
        reason=reason,
        minutes_since_made=waited,
    )
    assert codes(found) == expected


EVERY_PHASE = phases.MACHINE.states


@pytest.mark.parametrize("frm", EVERY_PHASE)
@pytest.mark.parametrize("to", EVERY_PHASE)
def test_the_phase_table(frm, to):
    allowed = {
        "preparing": {"infusing", "paused", "observing", "ended"},
        "infusing": {"paused", "observing", "ended", "preparing"},
        "paused": {"infusing", "observing", "ended", "preparing"},
        "observing": {"infusing", "paused", "preparing", "ended"},
        "ended": set(),
    }
    assert phases.MACHINE.can(frm, to) == (to in allowed[frm])


FACTS = {
    "completed": {"instructions_given": True},
    "stopped_early": {"reason": "Nausea", "instructions_given": True},
    "not_started": {"reason": "Fever"},
    "against_advice": {
        "advice": "Stay",
        "risks": "May fall",
        "capacity": "able",
        "line_out": False,
        "form": "refused",
        "told": "Dr P",
    },
    "transferred": {"reason": "SpO2", "to_where": "Hospital", "taken_by": "Ambulance", "handed_to": "Dr H"},
    "died": {"died_at": NOW, "pronounced_by": "Dr P", "told": "Sister"},
}
ENDS_FROM = {
    "completed": {"observing"},
    "stopped_early": {"observing"},
    "not_started": {"preparing"},
    "against_advice": {"preparing", "infusing", "paused", "observing"},
    "transferred": {"preparing", "infusing", "paused", "observing"},
    "died": {"preparing", "infusing", "paused", "observing"},
}


def test_every_ending_is_covered():
    assert set(phases.ENDINGS) == set(FACTS) == set(ENDS_FROM)


@pytest.mark.parametrize("kind", FACTS)
@pytest.mark.parametrize("phase", EVERY_PHASE)
def test_where_each_ending_may_be_written(kind, phase):
    assert phases.can_end(kind, phase, FACTS[kind]) == (phase in ENDS_FROM[kind])


@pytest.mark.parametrize(("kind", "name"), [(k, n) for k, facts in FACTS.items() for n in facts])
def test_every_fact_of_an_ending_is_needed(kind, name):
    phase = sorted(ENDS_FROM[kind])[0]
    for blank in (None, ""):
        missing = phases.missing_for_ending(kind, phase, FACTS[kind] | {name: blank})
        assert codes(missing) == [f"ending.{name}"]
    with pytest.raises(Refused):
        phases.check_ending(kind, phase, FACTS[kind] | {name: None})


@pytest.mark.parametrize(
    ("rate", "order", "checked", "expected"),
    [
        ("40", None, (), []),
        ("52.5", None, (), []),
        ("60", None, (), ["rate.order", "rate.second_check"]),
        ("60", "60", (), ["rate.second_check"]),
        ("60", "60", ("60",), []),
        ("60", "55", ("60",), ["rate.order"]),
        ("60", "60", ("55",), ["rate.second_check"]),
        ("0", None, (), ["hard.rate_ml_h"]),
        ("120", "120", ("120",), ["hard.max_rate"]),
    ],
)
def test_rates_above_the_order(rate, order, checked, expected):
    found = orders.rate_items(
        D(rate),
        ordered_ml_h=[D("52.5")],
        order_ml_h=order and D(order),
        checked_ml_h=[D(c) for c in checked],
        max_mg_h=D(105),
        strength=D(1),
    )
    assert codes(found) == expected


class Given:
    ended_at, drug, dose_mg, max_doses, interval_minutes = None, "ondansetron", D(4), 2, 240


@pytest.mark.parametrize(
    ("drug", "dose", "given", "expected"),
    [
        ("ondansetron", "4", (), []),
        ("Ondansetron", "2", (), []),
        ("metoclopramide", "4", (), ["order.drug"]),
        ("ondansetron", "8", (), ["order.dose"]),
        ("ondansetron", "0", (), ["hard.dose_mg"]),
        ("ondansetron", "4", (239,), ["order.interval"]),
        ("ondansetron", "4", (240,), []),
        ("ondansetron", "4", (500, 250), ["order.max"]),
    ],
)
def test_what_a_standing_order_allows(drug, dose, given, expected):
    times = [NOW - dt.timedelta(minutes=n) for n in given]
    assert codes(orders.give_items(drug=drug, dose_mg=D(dose), order=Given, given_at=times, at=NOW)) == expected


@pytest.mark.parametrize(
    ("read_back", "same", "expected"),
    [
        (True, False, []),
        (False, False, ["verbal.read_back"]),
        ("", False, ["verbal.read_back"]),
        ("Midazolam, 1 mg.", False, []),
        ("Midazolam, 2 mg.", False, ["verbal.read_back"]),
        (True, True, ["verbal.self"]),
    ],
)
def test_a_verbal_order_is_read_back_and_somebody_elses(read_back, same, expected):
    people = {"orderer": "a", "taker": "a" if same else "b"}
    assert codes(orders.verbal_items(read_back=read_back, sentence="Midazolam, 1 mg.", **people)) == expected


@pytest.mark.parametrize(
    ("category", "figures", "said"),
    [
        ("drug", {"drug": "ondansetron", "dose_mg": D(4), "route": "IV"},
         "Ondansetron, 4 milligrams (four), into the vein."),
        ("drug", {"drug": "midazolam", "dose_mg": D("1.50"), "route": "IV", "text": "for fear, slowly."},
         "Midazolam, 1.5 milligrams (one point five), into the vein. For fear, slowly."),
        ("drug", {"drug": "captopril", "dose_mg": D("12.5"), "route": "oral"},
         "Captopril, 12.5 milligrams (one two point five), by mouth."),
        ("rate", {"rate_ml_h": D(50)}, "Pump rate, 50 millilitres an hour (five zero)."),
        ("resume", {"text": "Go on while below 160"}, "Go on after the pause. Go on while below 160."),
        ("extension", {"drug": "ketamine", "minutes": D(15), "dose_mg": D("13.1")},
         "Longer infusion, ketamine, 15 minutes more (one five), 13.1 milligrams more (one three point one)."),
        ("drug", {"drug": "naloxone", "dose_mg": D("0.04"), "route": "IM"},
         "Naloxone, 0.04 milligrams (zero point zero four), into the muscle."),
    ],
)  # fmt: skip
def test_an_order_is_read_back_digit_by_digit_with_whole_words(category, figures, said):
    assert read_back.sentence(category, **figures) == said


def test_doses_are_kept_in_mg():
    assert orders.in_mg(D(50), "mcg") == D("0.05")
    assert orders.in_mg(D(2), "L/min") is None


FULL = dict.fromkeys(scores.ALDRETE.items, 2)


@pytest.mark.parametrize(
    ("items", "total", "passes"),
    [
        (FULL, 10, True),
        (FULL | {"activity": 1}, 9, True),
        (FULL | {"activity": 0}, 8, False),
        (FULL | {"activity": None}, None, None),
        ({}, None, None),
        (dict.fromkeys(FULL, 0), 0, False),
    ],
)
def test_aldrete(items, total, passes):
    assert (scores.total(scores.ALDRETE, items), scores.passes(scores.ALDRETE, items)) == (total, passes)


@pytest.mark.parametrize("items", [FULL | {"activity": 3}, FULL | {"colour": 2}])
def test_a_score_takes_its_own_items_only(items):
    with pytest.raises(Refused):
        scores.total(scores.ALDRETE, items)


@pytest.mark.parametrize(
    ("now", "base", "points"),
    [(144, 120, 2), (145, 120, 1), (180, 120, 1), (181, 120, 0), (96, 120, 2), (None, 120, None), (120, None, None)],
)
def test_circulation_from_figures(now, base, points):
    assert scores.circulation_points(now, base) == points


def due(phase, minutes_ago, attempts=(), every=10, first_hour=None, asleep=False):
    interval = schedule.Interval("spo2", every, first_hour, asleep)
    since = NOW - dt.timedelta(minutes=minutes_ago)
    seen = {"spo2": NOW - dt.timedelta(minutes=attempts[0])} if attempts else {}
    found = schedule.due_list([interval], phase=phase, phase_since=since, attempts=seen, now=NOW)
    return (found[0].at - NOW).total_seconds() / 60 if found else None


@pytest.mark.parametrize(
    ("phase", "ago", "attempts", "every", "expected"),
    [
        ("preparing", 3, (), 0, 12),  # a baseline, called late after 15 minutes
        ("preparing", 20, (), 0, -5),
        ("preparing", 20, (4,), 0, None),
        ("infusing", 3, (), 10, 7),  # one interval after the start
        ("infusing", 3, (5,), 10, 7),  # taken before the start: counts for the baseline
        ("infusing", 25, (4,), 10, 6),
        ("infusing", 25, (14,), 10, -4),
        ("observing", 25, (5,), 0, None),  # once in the phase, done
        ("observing", 25, (30,), 0, -10),
    ],
)
def test_when_a_measure_is_due(phase, ago, attempts, every, expected):
    assert due(phase, ago, attempts, every) == expected


def test_a_denser_first_hour():
    assert due("infusing", 30, (5,), every=30, first_hour=15) == 10
    assert due("infusing", 100, (5,), every=30, first_hour=15) == 25


def test_overdue_counts_whole_minutes():
    found = schedule.due_list(
        [schedule.Interval("spo2", 10)],
        phase="infusing",
        phase_since=NOW - dt.timedelta(minutes=13, seconds=30),
        attempts={},
        now=NOW,
    )
    assert (found[0].late_minutes, found[0].is_overdue, found[0].never) == (3, True, True)


def test_some_checks_are_asked_whatever_the_protocol_says():
    assert {c.code for c in checklist.asked(())} == set(checklist.ALWAYS)
    assert "fasting" in {c.code for c in checklist.asked(("fasting",))}


@pytest.mark.parametrize(
    ("code", "answer", "expected"),
    [
        ("identity", "yes", True),
        ("identity", "no", False),
        ("identity", "", None),
        ("fasting", "unknown", None),
        ("escort", "reached", True),
        ("escort", "named", False),
        ("pregnancy", "refused", False),
        ("pregnancy", "not_applicable", True),
        ("medicines", "yes", True),
    ],
)
def test_what_an_answer_means(code, answer, expected):
    assert checklist.verdict(code, answer) is expected
