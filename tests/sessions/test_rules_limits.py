"""Vitals: what cannot be, what is asked back, what alarms and against what."""

from decimal import Decimal as D

import pytest

from clinic.refusal import Refused
from sessions.rules import limits, vitals


def codes(items):
    return [item.code for item in items]


@pytest.mark.parametrize(
    ("measure", "impossible", "unlikely", "fine"),
    [
        ("systolic", (19, 351), (69, 251), (70, 250)),
        ("diastolic", (9, 251), (39, 151), (40, 150)),
        ("heart_rate", (-1, 351), (29, 201), (30, 200)),
        ("spo2", (-1, 101), (69,), (70, 100)),
        ("resp_rate", (-1, 101), (3, 61), (4, 60)),
        ("sedation", (-6, 5), (-4, 4), (-3, 0, 3)),
        ("pain", (-1, 11), (), (0, 10)),
    ],
)
def test_hard_and_soft_bounds(measure, impossible, unlikely, fine):
    for value in impossible:
        assert codes(vitals.set_items({measure: value})) == [f"hard.{measure}"]
    for value in unlikely:
        assert codes(vitals.set_items({measure: value})) == [f"confirm.{measure}"]
    for value in fine:
        assert vitals.set_items({measure: value}) == []


def test_blank_is_not_judged_and_zero_is():
    assert vitals.set_items({"systolic": None, "pain": 0}) == []
    assert codes(vitals.set_items({"heart_rate": 0})) == ["confirm.heart_rate"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"systolic": 80, "diastolic": 80}, ["hard.diastolic"]),
        ({"systolic": 120, "diastolic": 80, "mean_pressure": 130}, ["hard.mean_pressure"]),
        ({"systolic": 120, "diastolic": 80, "mean_pressure": 93}, []),
        ({"spo2": 98, "heart_rate": 98}, ["confirm.spo2"]),
        ({"temperature": D("98.6")}, ["hard.temperature"]),
    ],
)
def test_values_are_checked_against_each_other(values, expected):
    assert codes(vitals.set_items(values)) == expected


def test_fahrenheit_in_the_celsius_field_is_asked():
    assert "°F" in vitals.set_items({"temperature": D("98.6")})[0].text


def test_a_confirmed_unlikely_value_passes_and_an_impossible_one_never():
    vitals.check_set({"spo2": 62}, confirmed={"spo2"})
    assert vitals.can_save({"spo2": 62}, confirmed={"spo2"})
    with pytest.raises(Refused):
        vitals.check_set({"spo2": 101}, confirmed={"spo2"})
    assert not vitals.can_save({"spo2": 62})


def level(measure, value, base=None, layer=limits.DEFAULTS):
    found = limits.breaches({measure: value}, layer, baseline={measure: base} if base is not None else None)
    return found[0].level if found else ""


@pytest.mark.parametrize(
    ("measure", "value", "expected"),
    [
        ("systolic", 159, ""),
        ("systolic", 160, "caution"),
        ("systolic", 180, "alarm"),
        ("systolic", 100, ""),
        ("systolic", 99, "caution"),
        ("systolic", 90, "caution"),
        ("systolic", 89, "alarm"),
        ("diastolic", 99, ""),
        ("diastolic", 100, "caution"),
        ("diastolic", 110, "alarm"),
        ("diastolic", 55, ""),
        ("diastolic", 54, "caution"),
        ("diastolic", 49, "alarm"),
        ("heart_rate", 110, ""),
        ("heart_rate", 111, "caution"),
        ("heart_rate", 131, "alarm"),
        ("heart_rate", 55, ""),
        ("heart_rate", 54, "caution"),
        ("heart_rate", 44, "alarm"),
        ("spo2", 94, ""),
        ("spo2", 93, "caution"),
        ("spo2", 90, "caution"),
        ("spo2", 89, "alarm"),
        ("resp_rate", 10, ""),
        ("resp_rate", 9, "caution"),
        ("resp_rate", 7, "alarm"),
        ("resp_rate", 31, "alarm"),
        ("etco2", 51, "caution"),
        ("etco2", 61, "alarm"),
        ("etco2", 29, "caution"),
        ("temperature", D("38.1"), "caution"),
        ("temperature", D("38.6"), "alarm"),
        ("sedation", -1, ""),
        ("sedation", -2, "caution"),
        ("sedation", 2, "caution"),
        ("sedation", -3, "alarm"),
        ("sedation", 3, "alarm"),
    ],
)
def test_absolute_limits(measure, value, expected):
    assert level(measure, value) == expected


@pytest.mark.parametrize(
    ("value", "base", "expected"),
    [
        (121, 100, ""),  # 21 % above, but inside the band of 100-140
        (140, 100, ""),
        (141, 100, "caution"),
        (141, 120, ""),  # 17.5 %
        (145, 120, "caution"),
        (144, 120, ""),  # exactly 20 % is not more than 20 %
        (99, 140, "caution"),
        (160, 150, "caution"),  # absolute
        (141, None, ""),  # no baseline: the relative limit cannot be judged
    ],
)
def test_relative_limits_count_only_outside_the_band(value, base, expected):
    assert level("systolic", value, base) == expected


@pytest.mark.parametrize(("value", "base", "expected"), [(93, 99, "alarm"), (94, 100, ""), (93, 98, "caution")])
def test_a_fall_of_saturation_against_the_baseline(value, base, expected):
    assert level("spo2", value, base) == expected


def test_a_breach_names_value_limit_and_baseline():
    breach = limits.breaches({"systolic": 150}, limits.DEFAULTS, baseline={"systolic": 120})[0]
    assert (breach.value, breach.limit_value, breach.baseline, breach.direction) == (150, 144, 120, "high")
    assert breach.text == "more than 20 % above the baseline of 120"


def test_alarms_come_before_cautions():
    found = limits.breaches({"systolic": 165, "spo2": 85}, limits.DEFAULTS)
    assert [(b.measure, b.level) for b in found] == [("spo2", "alarm"), ("systolic", "caution")]


def test_the_patients_own_limit_replaces_the_protocols():
    own = limits.from_row("systolic", "caution", high=D(170))
    layer = limits.effective(limits.DEFAULTS, own)
    assert level("systolic", 165, 120, layer) == "", "this patient's own, set by the prescriber"
    assert level("systolic", 171, None, layer) == "caution"
    assert level("systolic", 181, None, layer) == "alarm"
    assert level("systolic", 99, None, layer) == "caution", "the lower limit stays"


def test_a_protocol_that_says_only_percentages_keeps_the_absolute_limit():
    layer = limits.effective(limits.DEFAULTS, limits.from_row("systolic", "caution", percent=30, band=(100, 140)))
    assert level("systolic", 160, None, layer) == "caution"
    assert level("systolic", 150, 120, layer) == ""
    assert level("systolic", 157, 120, layer) == "caution"


def test_a_protocols_hold_limit_replaces_the_shipped_one():
    layer = limits.effective(limits.HOLD_DEFAULTS, limits.from_row("systolic", "hold", high=D(170)))
    assert level("systolic", 165, None, layer) == ""
    assert level("systolic", 170, None, layer) == "hold"
    assert level("systolic", 89, None, layer) == "hold"


def test_every_shipped_limit_can_fire():
    bounds = {code: m.hard for code, m in vitals.MEASURES.items()}
    assert limits.silent(limits.DEFAULTS + limits.HOLD_DEFAULTS, bounds) == []
    dead = limits.Limit("spo2", "alarm", "high", D(100))
    assert limits.silent([dead], bounds) == [dead]
