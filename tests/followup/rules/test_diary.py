"""Diary days, late entries, and what a person must see at once."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from followup.rules import diary
from followup.rules.diary import Answers, Days

APPROVED = date(2026, 3, 2)
ZONE = ZoneInfo("America/New_York")


def due_days(infusions, until, days=None):
    days = days or Days()
    given = [APPROVED + timedelta(days=i) for i in infusions]
    return [n for n in range(until) if days.is_due(APPROVED + timedelta(days=n), APPROVED, given)]


def test_daily_from_approval_for_three_weeks():
    assert due_days([], 40) == list(range(21))


def test_daily_again_in_the_two_weeks_before_a_first_infusion_booked_late():
    assert due_days([60], 60)[-14:] == list(range(46, 60))


def test_dense_after_an_infusion_then_thinner():
    after = [n - 10 for n in due_days([10], 60) if n >= 10]
    assert after[:10] == [0, 1, 2, 3, 4, 5, 6, 7, 9, 11]
    assert after[-6:] == [31, 34, 37, 40, 43, 46, 49][-6:]


def test_the_last_infusion_counts():
    assert 20 in due_days([10, 20], 30)
    assert 22 in due_days([10, 20], 30)


def test_the_protocols_own_days():
    assert [n - 5 for n in due_days([5], 40, Days(after=(1, 7), every=7)) if n >= 5] == [1, 7, 14, 21, 28]


def test_it_ends_some_day():
    assert not due_days([0], 400)[-1] > 120


@pytest.mark.parametrize(("hours", "late"), [(1, False), (36, False), (37, True), (72, True)])
def test_late_after_36_hours(hours, late):
    day = date(2026, 5, 14)
    asked = datetime(2026, 5, 14, 22, tzinfo=UTC)
    assert diary.ask_at(day, ZONE) == asked
    assert diary.is_late(day, asked + timedelta(hours=hours), ZONE) is late


CONCERNS = [
    ("nothing", Answers(pain=3, mood=6), []),
    ("thoughts of self-harm", Answers(self_harm=True), ["self_harm"]),
    ("no such thoughts", Answers(self_harm=False), []),
    ("crisis words", Answers(words="Some days I want to  DIE."), ["crisis_words"]),
    ("answered yes and wrote it: one alert", Answers(self_harm=True, words="want to die"), ["self_harm"]),
    ("a usual side effect is no alarm", Answers(side_effects=("nausea",)), []),
    ("a serious one is", Answers(side_effects=("nausea", "chest_pain")), ["serious_effect"]),
    ("the bladder", Answers(side_effects=("bladder",)), ["serious_effect"]),
    ("three points above baseline", Answers(pain=8), ["far_worse"]),
    ("just below", Answers(pain=7), []),
    ("please call me", Answers(call_me=True), ["call_me"]),
    ("gravest first", Answers(call_me=True, self_harm=True, pain=10), ["self_harm", "far_worse", "call_me"]),
]


@pytest.mark.parametrize(("answers", "codes"), [row[1:] for row in CONCERNS], ids=[row[0] for row in CONCERNS])
def test_concerns(answers, codes):
    assert [c.code for c in diary.concerns(answers, Decimal("5.0"))] == codes


def test_without_a_baseline_nothing_is_far_worse():
    assert diary.concerns(Answers(pain=10), None) == []


def test_self_harm_and_serious_effects_are_alerts():
    found = diary.concerns(Answers(self_harm=True, side_effects=("breathing",), call_me=True), None)
    assert [c.gravity for c in found] == ["alert", "alert", "task"]


@pytest.mark.parametrize(
    ("answers", "empty"),
    [
        (Answers(), True),
        (Answers(words="  "), True),
        (Answers(pain=0), False),
        (Answers(medicines_as_usual=False), False),
        (Answers(self_harm=False), False),
        (Answers(call_me=True), False),
    ],
)
def test_zero_and_no_are_answers(answers, empty):
    assert answers.is_empty is empty
