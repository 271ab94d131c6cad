"""Morphine equivalents: the source's own examples, and "ask" wherever a figure is missing."""

from decimal import Decimal

import pytest

from intake.rules.mme import FACTOR_YEAR, FACTORS, mme


def med(name, amount="10", unit="mg", times="2"):
    return {"name": name, "amount": amount, "unit": unit, "times_a_day": times}


@pytest.mark.parametrize(
    ("medicine", "expected"),
    [
        (med("Hydrocodone", "5", times="4"), "20"),
        (med("oxycodone ER", "10", times="2"), "30"),
        (med("fentanyl patch", "25", "mcg/h", ""), "60"),
        (med("methadone", "10", times="3"), "141"),
        (med("Codeine", "30", times="4"), "18"),
        (med("hydromorphone", "2", times="4"), "40"),
        (med("tramadol", "50", times="4"), "40"),
        (med("tapentadol", "50", times="2"), "40"),
        (med("oxymorphone", "5", times="2"), "30"),
        (med("morphine", "15", times="2"), "30"),
    ],
)
def test_factors_of_2022(medicine, expected):
    result = mme([medicine])
    assert (result.total, result.factor_year) == (Decimal(expected), FACTOR_YEAR)


def test_every_factor_has_an_example_here():
    assert len(FACTORS) == 10


@pytest.mark.parametrize("name", ["buprenorphine", "meperidine", "levorphanol", "pentazocine"])
def test_no_factor_is_never_zero(name):
    result = mme([med(name), med("morphine")])
    assert result.total is None
    assert [part.why for part in result.unknown] == ["no factor: ask"]


@pytest.mark.parametrize(
    ("medicine", "why"),
    [
        (med("morphine", amount=""), "daily dose not known: ask"),
        (med("morphine", times=""), "daily dose not known: ask"),
        (med("fentanyl", "100", "mcg"), "dose is not in mcg/h: ask"),
        (med("morphine", unit="mL"), "dose is not in mg: ask"),
    ],
)
def test_a_dose_that_is_not_known_is_asked(medicine, why):
    assert [part.why for part in mme([medicine]).unknown] == [why]


def test_without_opioids_the_total_is_zero():
    assert mme([med("sertraline")]).total == 0
    assert mme([]).total == 0


def test_zero_tablets_a_day_is_zero_not_unknown():
    assert mme([med("morphine", times="0")]).total == 0
