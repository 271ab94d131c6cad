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


FADES = [([], None), ([(19, 20)], (17, 22)), ([(19, 20), (23, 26)], (17, 28)), ([(0, 1)], (1, 3)), ([(5, 90)], (3, 45))]


@pytest.mark.parametrize(("ends", "days"), FADES)
def test_daily_again_around_the_days_on_which_relief_ended_before(ends, days):
    expected = days and (APPROVED + timedelta(days[0]), APPROVED + timedelta(days[1]))
    assert diary.fading_window(APPROVED, ends) == expected


def test_in_that_window_the_diary_is_daily():
    window = (APPROVED + timedelta(30), APPROVED + timedelta(36))
    assert set(range(30, 37)) <= set(due_days([0], 60, Days(fading=window)))


@pytest.mark.parametrize(("waited", "about"), [(0, 0), (1, 1), (14, 14), (15, 0), (-1, 0)])
def test_what_waited_on_the_phone_is_about_its_own_day(waited, about):
    assert diary.day_about(APPROVED - timedelta(waited), APPROVED) == APPROVED - timedelta(about)
    assert diary.day_about(None, APPROVED) == APPROVED


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
    ("crisis words in Spanish", Answers(words="A veces quiero morir, mejor muerta."), ["crisis_words"]),
    ("with or without accents", Answers(words="Pienso en HACERME DAÑO"), ["crisis_words"]),
    ("pain in Spanish is no crisis", Answers(words="Me duele mucho la espalda, quiero dormir"), ["wrote"]),
    ("answered yes and wrote it: one alert", Answers(self_harm=True, words="want to die"), ["self_harm"]),
    ("a usual side effect is no alarm", Answers(side_effects=("nausea",)), []),
    ("a serious one is", Answers(side_effects=("nausea", "chest_pain")), ["serious_effect"]),
    ("the bladder", Answers(side_effects=("bladder",)), ["serious_effect"]),
    ("three points above baseline", Answers(pain=8), ["far_worse"]),
    ("mood three points below baseline", Answers(mood=1), ["mood_far_worse"]),
    ("mood just above that", Answers(mood=2), []),
    ("asks for the next one", Answers(asks_next=True), ["asks_next"]),
    ("free words are read by somebody", Answers(words="A slow day"), ["wrote"]),
    ("just below", Answers(pain=7), []),
    ("please call me", Answers(call_me=True), ["call_me"]),
    ("gravest first", Answers(call_me=True, self_harm=True, pain=10), ["self_harm", "far_worse", "call_me"]),
]


@pytest.mark.parametrize(("answers", "codes"), [row[1:] for row in CONCERNS], ids=[row[0] for row in CONCERNS])
def test_concerns(answers, codes):
    assert [c.code for c in diary.concerns(answers, Decimal("5.0"), Decimal("6.0"))] == codes


def test_without_a_baseline_nothing_is_far_worse():
    assert diary.concerns(Answers(pain=10, mood=0), None) == []


def test_what_is_urgent_does_not_wait_for_a_page_without_slips():
    said = Answers(pain=10, call_me=True, words="I want to die", side_effects=("bladder", "tired"))
    assert [c.code for c in diary.urgent(said)] == ["crisis_words", "serious_effect"]
    assert diary.urgent(Answers(call_me=True, words="tired")) == []


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
        (Answers(asks_next=True), False),
    ],
)
def test_zero_and_no_are_answers(answers, empty):
    assert answers.is_empty is empty
