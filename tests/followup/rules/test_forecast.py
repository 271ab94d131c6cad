"""How long the next infusion may help: what similar courses weigh, what own intervals weigh, how wide the range is."""

import math

import numpy as np
import pytest

from clinic.dev.bench import simulated
from followup.rules import forecast, window
from followup.rules.forecast import Similar
from followup.rules.relief import CUT_OFF, LOST, STILL, Span

HERE = Similar(math.log(20), 0.35, 0.2, 40)


def test_the_clinics_spread_is_told_apart():
    recipe = simulated.Recipe(patients=150, infusions=(3, 8))
    clinic = simulated.clinic(recipe, np.random.default_rng(1))
    found = forecast.fit(simulated.intervals(clinic))
    assert found.typical == pytest.approx(20, rel=0.12)
    assert found.between == pytest.approx(recipe.between, abs=0.07)
    assert found.within == pytest.approx(recipe.within, abs=0.05)


def test_without_own_intervals_similar_courses_speak():
    found = forecast.forecast([], HERE)
    assert (found.typical, found.own_weight, found.own) == (pytest.approx(20), 0, 0)


def test_every_own_interval_moves_it_and_narrows_it():
    steps = [forecast.forecast([(39, 41)] * count, HERE) for count in range(5)]
    typical = [found.typical for found in steps]
    assert typical == sorted(typical)
    assert 35 < typical[-1] < 40
    widths = [math.log(found.high / found.low) for found in steps]
    assert widths == sorted(widths, reverse=True)
    assert [found.own_weight for found in steps] == sorted(found.own_weight for found in steps)


def test_an_end_not_seen_pulls_up_but_never_down():
    some = [(19, 20), (21, 22)]
    short, long = forecast.forecast([*some, (3, None)], HERE), forecast.forecast([*some, (60, None)], HERE)
    assert short.typical == pytest.approx(forecast.forecast(some, HERE).typical, rel=0.1)
    assert long.typical > short.typical * 1.2


def test_no_response_is_not_a_duration():
    assert forecast.forecast([(0, 0), (0, None)], HERE) == forecast.forecast([], HERE)


@pytest.mark.parametrize("own", [[], [(19, 20)], [(19, 20), (5, None)]])
def test_nothing_is_said_without_two_ends_or_similar_courses(own):
    assert forecast.forecast(own, None) is None


def test_alone_it_rests_on_own_intervals():
    found = forecast.forecast([(19, 20), (21, 22), (20, 21)], None)
    assert found.typical == pytest.approx(20.5, abs=0.3)
    assert found.own_weight == pytest.approx(1)
    assert found.soon < found.low < found.typical < found.high < found.late


def test_uneven_relief_makes_the_range_wider():
    even, uneven = [(20, 21)] * 4, [(10, 11), (40, 41), (12, 13), (35, 36)]
    narrow, wide = forecast.forecast(even, HERE), forecast.forecast(uneven, HERE)
    assert math.log(wide.late / wide.soon) > 2 * math.log(narrow.late / narrow.soon)


def test_one_and_many_values_agree():
    low, high = np.log([3.0, 10.0, 20.0]), np.array([math.log(5), math.inf, math.log(21)])
    means, variances = forecast._inside(low, high, np.full(3, 2.5), 0.4)
    for place in range(3):
        one = forecast._inside_one(low[place], high[place], 2.5, 0.4)
        assert one == (pytest.approx(means[place], abs=1e-4), pytest.approx(variances[place], abs=1e-4))


def test_too_few_patients_are_not_fitted():
    assert forecast.fit([[(3, 4)], []]) is None


VERDICTS = [
    ("inside", (10, 20), Span(30, LOST, 14, 15), window.MET),
    ("reaching in from before", (10, 20), Span(30, LOST, 5, 10), window.MET),
    ("over too soon", (10, 20), Span(30, LOST, 20, 25), window.EARLY),
    ("began too late", (10, 20), Span(30, LOST, 5, 9), window.LATE),
    ("still there", (10, 20), Span(30, STILL, 30), window.UNSEEN),
    ("cut off", (10, 20), Span(30, CUT_OFF, 12), window.UNSEEN),
]


@pytest.mark.parametrize(("days", "span", "said"), [row[1:] for row in VERDICTS], ids=[row[0] for row in VERDICTS])
def test_a_window_met_the_end_or_not(days, span, said):
    assert window.verdict(days, span) == said


def test_a_window_is_4_to_14_days_and_keeps_the_spacing():
    wide = forecast.forecast([(5, 6), (60, 61), (20, 21)], HERE)
    start, end = window.days(wide)
    assert end - start == window.MAX_WIDTH
    assert window.is_cut_down(wide)
    assert window.days(wide, min_days=90) == (90, 94)


def test_the_goal_is_met_on_a_simulated_clinic():
    """Three or more own intervals: 8 of 10 windows meet the end of relief; the whole run is `bench relief`."""
    clinic = simulated.clinic(simulated.Recipe(patients=120, infusions=(3, 9)), np.random.default_rng(8))
    found = window.back_test(simulated.cases(clinic))
    enough = [found["fair"], found["good"]]
    assert sum(r.counts[window.MET] for r in enough) >= window.GOAL * sum(r.tried for r in enough)
    assert found["fair"].tried > 50
    low, high = found["fair"].band
    assert low < found["fair"].share < high


def test_nobodys_own_future_helps_the_back_test():
    """A clinic of one patient has nobody else to learn from: windows start once two own intervals have ended."""
    spans = [Span(30, LOST, 19, 20), Span(30, LOST, 21, 22), Span(30, LOST, 20, 21)]
    found = window.back_test([window.Case("one", 7, spans)])
    assert {name: result.tried for name, result in found.items()} == {"none": 0, "few": 1, "fair": 0, "good": 0}
    assert found["few"].counts[window.MET] == 1
    assert found["none"].share is None
