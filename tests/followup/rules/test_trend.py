"""The trend over a series: Theil and Sen's slope against an independent library, and what it says in words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from followup.rules import trend
from followup.rules.relief import CUT_OFF, LOST, NO_RESPONSE, Span


def lost(low, high):
    return Span(30, LOST, low, high)


@given(st.lists(st.integers(1, 60), min_size=5, max_size=25))
@settings(max_examples=100, deadline=None)
def test_exact_ends_give_scipys_slope_and_interval(days):
    found = trend.series_trend([lost(day, day) for day in days])
    theirs = stats.theilslopes(days, range(len(days)), alpha=0.95)
    assert found.slope == pytest.approx(theirs.slope)
    assert (found.low, found.high) == pytest.approx((theirs.low_slope, theirs.high_slope))


@given(st.lists(st.integers(1, 60), min_size=5, max_size=15), st.integers(0, 6))
@settings(max_examples=50, deadline=None)
def test_coarser_diaries_make_the_interval_wider(days, coarse):
    exact = trend.series_trend([lost(day, day) for day in days])
    wide = trend.series_trend([lost(max(day - coarse, 0), day + coarse) for day in days])
    assert wide.low <= exact.low
    assert wide.high >= exact.high


CASES = [
    ("longer", [10, 14, 18, 22, 26, 30], trend.LONGER),
    ("shorter", [30, 26, 22, 18, 14, 10], trend.SHORTER),
    ("all alike", [20, 20, 20, 20, 20], trend.UNCLEAR),
    ("one odd infusion turns nothing", [20, 21, 60, 20, 21, 20], trend.UNCLEAR),
    ("four are too few for an interval", [10, 20, 30, 40], trend.TOO_FEW),
    ("none", [], trend.TOO_FEW),
]


@pytest.mark.parametrize(("days", "direction"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_direction(days, direction):
    assert trend.series_trend([lost(day, day + 1) for day in days]).direction == direction


def test_infusions_without_an_end_keep_their_place():
    cut, none = Span(30, CUT_OFF, 6), Span(30, NO_RESPONSE, 0, 0)
    found = trend.series_trend([lost(10, 11), cut, lost(14, 15), none, lost(18, 19), lost(20, 21), lost(22, 23)])
    assert (found.slope, found.infusions) == (2, 5)


def test_in_words():
    found = trend.series_trend([lost(day, day) for day in (10, 12, 14, 16, 18, 20)])
    said = "Relief gets longer over the series: +2.0 days from one infusion to the next, 95 % interval +2.0 to +2.0; "
    assert trend.in_words(found) == said + "6 completed intervals."
    assert trend.in_words(trend.Trend(trend.TOO_FEW, 3)) == ""
    flat = trend.in_words(trend.series_trend([lost(20, 20)] * 5))
    assert flat.startswith("No clear trend over the series: 0 days")
