"""On which days questionnaires are asked, which pages, and what of the answers a person must see."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from clinic.instruments.score import score
from followup.rules import rounds
from followup.rules.rounds import LIFE, MOOD, OPIOIDS, PAIN, WORRY, Plan

FIRST = date(2026, 3, 2)


def due_days(infusions, until, plan=None):
    """The days asked, each counting from the last one asked."""
    given, last, found = [FIRST + timedelta(days=i) for i in infusions], None, []
    for n in range(until):
        day = FIRST + timedelta(days=n)
        if (plan or Plan()).is_due(day, given, last):
            last = day
            found.append(n)
    return found


def test_nothing_before_the_first_infusion():
    assert due_days([10], 10) == []


def test_after_one_infusion_on_its_days_then_every_four_weeks():
    assert due_days([0], 120) == [7, 14, 28, 56, 84, 112]


def test_each_week_of_a_series_and_then_from_the_last_infusion():
    assert due_days([0, 2, 4, 7, 9, 11], 45) == [6, 13, 18, 25, 39]


def test_a_booster_months_later_begins_its_own_days():
    assert [n for n in due_days([0, 100], 160) if n > 100] == [107, 114, 128, 156]


def test_never_within_five_days():
    found = due_days([0, 3, 6, 10, 20, 27], 90)
    assert min(b - a for a, b in zip(found, found[1:], strict=False)) >= 5


def test_the_protocols_own_days():
    assert due_days([0], 60, Plan(after=(10, 30))) == [10, 30, 58]


def test_it_ends_after_a_year():
    assert max(due_days([0], 800)) <= 365


@pytest.mark.parametrize(
    ("days_ago", "occasion"), [(None, "monthly"), (7, "weekly"), (26, "weekly"), (27, "monthly"), (40, "monthly")]
)
def test_the_whole_set_once_in_four_weeks(days_ago, occasion):
    last = None if days_ago is None else FIRST - timedelta(days=days_ago)
    assert rounds.occasion_of(FIRST, last) == occasion


PAGES = [
    ("pain", "weekly", False, (PAIN, LIFE)),
    ("mood", "weekly", False, (MOOD, LIFE)),
    ("booster", "weekly", False, (PAIN, MOOD, LIFE)),
    ("pain", "monthly", False, (PAIN, MOOD, WORRY, LIFE, OPIOIDS)),
    ("mood", "monthly", False, (MOOD, WORRY, LIFE)),
    ("mood", "monthly", True, (MOOD, WORRY, LIFE, OPIOIDS)),
    ("pain", "asked", False, (PAIN, MOOD, WORRY, LIFE, OPIOIDS)),
]


@pytest.mark.parametrize(("purpose", "occasion", "opioids", "pages"), PAGES)
def test_pages(purpose, occasion, opioids, pages):
    assert rounds.pages_for(purpose, occasion, takes_opioids=opioids) == pages


def test_a_baseline_does_not_ask_again_what_is_fresh():
    pages = rounds.pages_for("pain", "baseline", takes_opioids=True, fresh={"peg", "phq-9", "gad-7"})
    assert pages == (LIFE, OPIOIDS)
    assert PAIN in rounds.pages_for("pain", "monthly", takes_opioids=True, fresh={"peg"})


def test_before_the_first_infusion_nothing_can_have_changed():
    assert "change-7" not in rounds.instruments_on(LIFE, "baseline")
    assert "change-7" in rounds.instruments_on(LIFE, "weekly")


@pytest.mark.parametrize(
    ("answered", "after", "expected"),
    [
        ([], "", PAIN),
        ([PAIN], PAIN, MOOD),
        ([MOOD], MOOD, LIFE),
        ([MOOD, LIFE], LIFE, PAIN),
        ([PAIN, MOOD, LIFE], LIFE, ""),
        ([PAIN], "nowhere", MOOD),
    ],
)
def test_the_next_page(answered, after, expected):
    assert rounds.next_page((PAIN, MOOD, LIFE), answered, after) == expected


def phq9(each):
    return {"phq-9": score("phq-9", {f"phq9_{n}": each for n in range(1, 10)})}


CONCERNS = [
    ("five points worse", phq9(1), {}, {"phq-9": Decimal(4)}, ["phq9_worse"]),
    ("four points worse", phq9(1), {}, {"phq-9": Decimal(5)}, []),
    ("without a baseline nothing is worse", phq9(3), {}, {}, []),
    ("not scorable is not worse", {"phq-9": score("phq-9", {})}, {}, {"phq-9": Decimal(0)}, []),
    ("much worse in their own words", {}, {"change_now": 6}, {}, ["change_worse"]),
    ("a little worse", {}, {"change_now": 5}, {}, []),
    ("left blank", {}, {"change_now": None}, {}, []),
]


@pytest.mark.parametrize(
    ("scores", "answers", "before", "codes"), [row[1:] for row in CONCERNS], ids=[row[0] for row in CONCERNS]
)
def test_concerns(scores, answers, before, codes):
    assert [c.code for c in rounds.concerns(scores, answers, before)] == codes


@pytest.mark.parametrize(
    ("now", "before", "count"),
    [
        (Decimal(50), Decimal(49), 1),
        (Decimal(50), Decimal(60), 0),
        (Decimal(49), None, 0),
        (Decimal(80), None, 1),
        (None, Decimal(10), 0),
    ],
)
def test_a_high_opioid_dose_is_told_once_when_it_is_reached(now, before, count):
    assert len(rounds.opioid_concerns(now, before)) == count
