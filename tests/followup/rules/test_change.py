"""Scores against their baseline: the published rules, and silence where there is none."""

from datetime import date
from decimal import Decimal

import pytest

from followup.rules import change
from followup.rules.change import Point

FIRST = date(2026, 3, 10)


def at(day, value, band=""):
    return Point(date(2026, 3, day), None if value is None else Decimal(value), band)


def test_the_baseline_is_the_last_scorable_one_up_to_the_first_infusion():
    points = [at(1, 18), at(8, 16), at(9, None), at(11, 12)]
    assert change.baseline_of(points, FIRST) == points[1]
    assert change.latest_of(points, points[1]) == points[3]


def test_nothing_later_is_a_baseline():
    assert change.baseline_of([at(11, 12)], FIRST) is None
    assert change.latest_of([at(11, 12)], None) == at(11, 12)
    assert change.latest_of([at(8, 16)], at(8, 16)).value == 16


JUDGED = [
    ("phq-9", 18, 9, -9, "response (half or less)"),
    ("phq-9", 18, 4, -14, "remission (below 5)"),
    ("phq-9", 18, 13, -5, "better by 5 points or more"),
    ("phq-9", 18, 14, -4, "less than 5 points"),
    ("phq-9", 10, 15, 5, "worse by 5 points or more"),
    ("phq-9", 3, 4, 1, "less than 5 points"),
    ("peg", "7.0", "4.9", Decimal("-2.1"), "better by 30 % or more"),
    ("peg", "7.0", "5.0", -2, "less than 30 %"),
    ("peg", "5.0", "6.5", Decimal("1.5"), "worse by 30 % or more"),
    ("peg", "0", "3", 3, "the baseline is 0: no share of it"),
    ("gad-7", 10, 8, -2, "better"),
    ("sleep-0-10", 3, 6, 3, "better"),
    ("function-0-10", 6, 3, -3, "worse"),
    ("gad-7", 8, 8, 0, "the same"),
]


@pytest.mark.parametrize(("code", "before", "now", "points", "verdict"), JUDGED)
def test_judged(code, before, now, points, verdict):
    found = change.judge(code, at(1, before), at(20, now))
    assert (found.points, found.verdict) == (Decimal(points), verdict)


def test_what_says_the_change_itself_is_taken_off_nothing():
    assert change.judge("change-7", at(1, 4), at(20, 2, "important")) == change.Change(None, "important")


def test_without_both_nothing_is_said():
    assert change.judge("phq-9", None, at(20, 9)) == change.Change(None, "")
    assert change.judge("phq-9", at(1, 9), None) == change.Change(None, "")


@pytest.mark.parametrize(
    ("points", "said"), [(Decimal("-2.1"), "−2.1"), (Decimal(10), "+10"), (Decimal(0), "0"), (None, "")]
)
def test_signed(points, said):
    assert change.signed(points) == said
