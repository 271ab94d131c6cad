"""Dose arithmetic: the published examples, the one rounding step, and every guard."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.refusal import Refused
from sessions.rules import dose

MOOD = dose.Bounds(low=D("0.25"), high=D("1"), max_total_mg=D(100), max_rate_mg_kg_h=D("1.5"))


def compute(**changed):
    figures = {"basis": "mg/kg", "per_unit": D("0.5"), "minutes": D(40), "weight_kg": D(70), "strength_mg_ml": D(1)}
    return dose.compute(**figures | changed)


def codes(items):
    return [item.code for item in items]


def test_half_a_mg_per_kg_over_forty_minutes():
    made = compute()
    assert (made.mg, made.mg_per_kg, made.mg_per_kg_h, made.ml, made.ml_per_h) == (
        D("35.0"),
        D("0.5"),
        D("0.75"),
        D("35.0"),
        D("52.5"),
    )


def test_a_rate_per_kg_and_hour_over_four_hours():
    made = compute(basis="mg/kg/h", per_unit=D("0.35"), minutes=D(240), strength_mg_ml=D(2))
    assert (made.mg, made.mg_per_kg, made.ml_per_h) == (D("98.0"), D("1.4"), D("12.3"))


def test_a_fixed_rate_in_mg_per_hour_does_not_look_at_the_weight():
    made = compute(basis="mg/h", per_unit=D(22), minutes=D(60))
    assert made.mg == D("22.0")
    assert dose.shown(made.mg_per_kg_h) == D("0.31")


@pytest.mark.parametrize("name", ["per_unit", "minutes", "weight_kg", "strength_mg_ml"])
@pytest.mark.parametrize("value", [D(0), D(-1)])
def test_nothing_is_dosed_on_zero(name, value):
    with pytest.raises(Refused) as refused:
        compute(**{name: value})
    assert codes(refused.value.items) == [f"hard.{name}"]


@given(st.decimals("20", "250", places=1), st.decimals("0.05", "2", places=2), st.integers(10, 300))
def test_only_mg_is_rounded_and_by_at_most_half_a_step(weight, per_unit, minutes):
    made = compute(weight_kg=weight, per_unit=per_unit, minutes=D(minutes), strength_mg_ml=D(2))
    assert abs(made.mg - per_unit * weight) <= D("0.05")
    assert made.ml * 2 == made.mg
    assert abs(made.ml_per_h - made.ml * 60 / minutes) <= D("0.05")


@pytest.mark.parametrize(
    ("value", "words"), [("35.00", "35"), ("0.50", "0.5"), ("34.204", "34.2"), ("100", "100"), ("0", "0")]
)
def test_figures_are_shown_without_dangling_zeros(value, words):
    assert format(dose.shown(D(value)), "f") == words


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ("2", None),
        ("2.0012", None),
        ("2.02", None),
        ("1.98", None),
        ("2.0201", "2.02 mg/mL, the order is for 2 mg/mL: 1.01 % stronger"),
        ("1.9", "1.9 mg/mL, the order is for 2 mg/mL: 5 % weaker"),
    ],
)
def test_a_mixture_may_be_one_per_cent_off(made, expected):
    items = dose.strength_items(made=D(made), ordered=D(2))
    assert [i.code for i in items] == (["prepare.strength"] if expected else [])
    assert not items or expected in items[0].text


def test_two_strengths_that_look_alike_are_told_apart():
    words = dose.strength_items(made=D("0.0512"), ordered=D("0.05"))[0].text
    assert "makes 0.0512 mg/mL, the order is for 0.05 mg/mL" in words


def test_dilution_gives_the_strength():
    assert dose.diluted(D(50), D(1), D(49)) == D(1)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("actual", "120"), ("ideal", "73.2"), ("adjusted", "91.9"), ("capped", "100")],
)
def test_dosing_weights_of_a_man_of_178_cm(kind, expected):
    made = dose.dosing_weight(kind=kind, actual_kg=D(120), height_cm=D(178), sex="male", cap_kg=D(100))
    assert made == D(expected)


@pytest.mark.parametrize(
    ("kind", "known"), [("ideal", {"sex": "male"}), ("ideal", {"height_cm": D(170)}), ("capped", {})]
)
def test_a_dosing_weight_that_cannot_be_known_is_refused(kind, known):
    with pytest.raises(Refused):
        dose.dosing_weight(kind=kind, actual_kg=D(80), **known)


def test_pounds_are_turned_into_kg_and_no_unit_is_refused():
    assert dose.to_kg(D(154), "lb") == D("69.9")
    with pytest.raises(Refused):
        dose.to_kg(D(154), "")


@pytest.mark.parametrize(
    ("kg", "previous", "expected"),
    [
        ("70", None, []),
        ("70", "70", []),
        ("77", "70", []),  # exactly 10 %
        ("77.1", "70", ["confirm.weight_change"]),
        ("62.9", "70", ["confirm.weight_change"]),
        ("154", "70", ["confirm.weight_unit", "confirm.weight_change"]),
        ("110", "50", ["confirm.weight_unit", "confirm.weight_change"]),  # pounds by the ratio to last time
        ("150", None, []),
        ("150.1", None, ["confirm.weight_unit"]),
        ("19.9", None, ["confirm.weight"]),
        ("0.9", None, ["hard.weight"]),
        ("651", None, ["hard.weight"]),
    ],
)
def test_odd_weights_ask(kg, previous, expected):
    assert codes(dose.weight_items(D(kg), previous_kg=previous and D(previous))) == expected


def test_a_weight_typed_in_pounds_is_not_asked_about_pounds():
    assert codes(dose.weight_items(D("151"), typed_unit="lb")) == []


def judge(made, *, per_unit=D("0.5"), bounds=MOOD, purpose="mood", previous=None):
    return codes(dose.dose_items(made, per_unit=per_unit, bounds=bounds, purpose=purpose, previous_mg=previous))


def test_the_plain_dose_is_not_odd():
    assert judge(compute()) == []


@pytest.mark.parametrize(
    ("figures", "others", "expected"),
    [
        ({"strength_mg_ml": D(100)}, {}, ["hard.strength"]),
        ({"strength_mg_ml": D(50)}, {}, []),
        ({"weight_kg": D(210)}, {}, ["hard.max_total"]),
        ({"minutes": D(10)}, {}, ["hard.max_rate", "confirm.fast"]),
        ({"per_unit": D("0.2")}, {"per_unit": D("0.2")}, ["prescriber.bounds"]),
        ({"per_unit": D("1.1"), "minutes": D(60)}, {"per_unit": D("1.1")}, ["prescriber.bounds"]),
        ({"per_unit": D(1), "minutes": D(40)}, {"per_unit": D(1)}, []),
        ({}, {"previous": D(20)}, ["confirm.jump"]),
    ],
)
def test_odd_doses_say_so(figures, others, expected):
    assert judge(compute(**figures), **others) == expected


def test_pain_has_its_own_guard():
    made = compute(basis="mg/kg/h", per_unit=D("2.1"), minutes=D(60))
    assert judge(made, per_unit=D("2.1"), bounds=dose.Bounds(), purpose="pain") == ["confirm.fast"]


def scaled(per_unit="0.35", minutes=240, basis="mg/kg/h"):
    shipped = ((0, D("0.1")), (30, D("0.2")), (60, D("0.3")), (90, D("0.44")))
    return dose.scaled_steps(
        shipped,
        basis=basis,
        per_unit=D(per_unit),
        planned_per_unit=D("0.35"),
        minutes=D(minutes),
        planned_minutes=D(240),
    )


def test_rate_steps_grow_with_the_dose_and_keep_their_total():
    for per_unit in ("0.35", "0.28", "0.5"):
        edges = [*scaled(per_unit), (240, None)]
        given_mg_kg = sum((after - at) * rate for (at, rate), (after, _) in zip(edges, edges[1:], strict=False)) / 60
        assert abs(given_mg_kg - D(per_unit) * 4) < D("0.0001")


def test_rate_steps_belong_to_their_duration_and_basis():
    assert scaled(minutes=120) == []
    assert scaled(basis="mg/kg") == []


@pytest.mark.parametrize(("per_unit", "expected"), [("0.35", []), ("0.47", []), ("0.5", ["hard.max_rate"])])
def test_no_step_is_above_the_maximum_rate(per_unit, expected):
    bounds = dose.Bounds(max_rate_mg_kg_h=D("0.6"))
    assert codes(dose.peak_items(scaled(per_unit), basis="mg/kg/h", bounds=bounds)) == expected


def test_a_step_is_set_at_the_pumps_step():
    assert dose.step_ml_h(D("0.44"), basis="mg/kg/h", weight_kg=D("68.4"), strength_mg_ml=D(2)) == D("15.0")
    assert dose.step_ml_h(D(22), basis="mg/h", weight_kg=D(70), strength_mg_ml=D(2)) == D("11.0")


@pytest.mark.parametrize(
    ("confirmed", "prescriber", "left"),
    [
        (frozenset(), False, {"hard.max_rate", "confirm.fast", "prescriber.bounds"}),
        ({"fast"}, False, {"hard.max_rate", "prescriber.bounds"}),
        ({"fast", "max_rate", "bounds"}, True, {"hard.max_rate"}),
        (frozenset(), True, {"hard.max_rate", "confirm.fast"}),
    ],
)
def test_what_is_hard_is_nobodys_to_confirm(confirmed, prescriber, left):
    items = dose.dose_items(
        compute(minutes=D(10), per_unit=D("1.2")),
        per_unit=D("1.2"),
        bounds=dose.Bounds(high=D(1), max_rate_mg_kg_h=D(1)),
        purpose="mood",
    )
    with pytest.raises(Refused) as refused:
        dose.check(items, confirmed=confirmed, prescriber=prescriber)
    assert set(codes(refused.value.items)) == left


@pytest.mark.parametrize(
    ("purpose", "drug", "guards"),
    [("mood", "ketamine", "mood"), ("pain", "Ketamine", "pain"), ("mood", "esketamine", "mood"),
     ("mood", "magnesium", "other"), ("pain", "lidocaine", "other"), ("other", "ketamine", "other")],
)  # fmt: skip
def test_the_guards_of_mood_and_pain_are_ketamines(purpose, drug, guards):
    assert dose.guards_of(purpose, drug) == guards


@pytest.mark.parametrize(
    ("as_planned", "plan_signed", "expected"),
    [(True, True, []), (False, True, ["prescriber.change"]), (True, False, ["prescriber.plan"]),
     (False, False, ["prescriber.change", "prescriber.plan"])],
)  # fmt: skip
def test_what_only_a_prescriber_orders(as_planned, plan_signed, expected):
    assert [i.code for i in dose.change_items(as_planned=as_planned, plan_signed=plan_signed)] == expected
