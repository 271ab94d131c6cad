"""The lines of the limits on the chart say what the rules do: whether the limit itself counts already."""

from decimal import Decimal as D
from types import SimpleNamespace

import pytest

from clinic.charts.saying import limit_words
from sessions.presenters.chart import _limits, rule_words
from sessions.rules import limits
from sessions.rules.limits import ALARM, CAUTION, HIGH, LOW, Limit


def sheet(*own, **base):
    """As much of a sheet as the lines need."""
    baseline = {name: D(value) for name, value in base.items()}
    return SimpleNamespace(state=SimpleNamespace(baseline=baseline), plan=SimpleNamespace(limits=own))


def drawn(*own, **base):
    return [limit_words(line) for line in _limits(sheet(*own, **base)) if line.kind != "baseline"]


ABOVE_20 = Limit("systolic", CAUTION, HIGH, D(20), "percent", band=(100, 140))


@pytest.mark.parametrize(
    ("own", "base", "words"),
    [
        ([Limit("systolic", ALARM, HIGH, D(180), inclusive=True)], None, ["alarm \u2265 180"]),
        ([Limit("systolic", ALARM, HIGH, D(180))], None, ["alarm > 180"]),
        ([Limit("systolic", ALARM, LOW, D(90))], None, ["alarm < 90"]),
        ([ABOVE_20], 122, ["caution > 146"]),
        ([ABOVE_20], 110, ["caution > 140"]),
        ([ABOVE_20], None, []),
        ([Limit("systolic", CAUTION, HIGH, D(140), inclusive=True), ABOVE_20], 110, ["caution \u2265 140"]),
        ([ABOVE_20, Limit("systolic", CAUTION, HIGH, D(140), inclusive=True)], 110, ["caution \u2265 140"]),
        ([Limit("systolic", CAUTION, HIGH, D(160), inclusive=True), ABOVE_20], 122, ["caution > 146"]),
    ],
)
def test_a_line_says_whether_its_value_counts(own, base, words):
    assert drawn(*own, **({} if base is None else {"systolic": base})) == words


def test_every_value_beside_a_line_is_judged_as_the_line_says():
    """The lines against the rules themselves: one below, at and one above each of them."""
    base = {"systolic": D(122), "spo2": D(98)}
    for line in _limits(sheet(*limits.DEFAULTS, **base)):
        if line.kind == "baseline":
            continue
        measure = "systolic" if line.measure == "sys" else "spo2"
        for step in (-1, 0, 1):
            beyond = step > 0 if line.side == "above" else step < 0
            value = {measure: D(line.value) + step}
            found = {b.level for b in limits.breaches(value, limits.DEFAULTS, baseline=base)}
            expected = beyond or (step == 0 and line.reached)
            assert (line.kind in found or (line.kind == CAUTION and ALARM in found)) == expected, (line, step)


def test_the_words_under_the_chart_say_the_same():
    said = rule_words(sheet(*limits.DEFAULTS, systolic=122))
    assert said.startswith("systolic alarm below 90 or at or above 180; systolic caution below 100 or above 146")
