"""The figures of the reports: shares, middles, waits, periods, changes of a dose."""

import datetime as dt
from decimal import Decimal

import pytest

from followup.rules import reports

DAY = dt.date


def test_a_share_comes_with_its_people_and_an_interval_around_it():
    found = reports.share([(person, person < 12) for person in range(40)])
    assert (found.hits, found.of, found.people) == (12, 40, 40)
    assert found.value == pytest.approx(0.3)
    assert found.low < 0.3 < found.high
    assert found.low == pytest.approx(0.178, abs=0.01)
    assert found.high == pytest.approx(0.459, abs=0.01)


@pytest.mark.parametrize(("people", "is_shown"), [(0, False), (4, False), (5, True)])
def test_fewer_than_five_people_are_not_shown_however_many_visits(people, is_shown):
    found = reports.share([(person, True) for person in range(people) for _ in range(10)])
    assert found.is_shown is is_shown


def test_many_visits_of_few_people_say_less_than_as_many_people():
    apart = reports.share([(n, n % 2 == 0) for n in range(60)])
    few = reports.share([(n % 6, n % 6 < 3) for n in range(60)])
    assert few.high - few.low > apart.high - apart.low


def test_nobody_is_no_share():
    found = reports.share([])
    assert (found.value, found.low, found.high) == (None, None, None)


def test_a_middle_has_the_median_the_quartiles_and_ranks_as_interval():
    found = reports.middle([(n, n) for n in range(1, 11)])
    assert (found.n, found.median, found.quarter, found.three_quarters) == (10, 5.5, 3.25, 7.75)
    assert (found.low, found.high) == (2, 9)


@pytest.mark.parametrize(("n", "ranks"), [(5, (None, None)), (6, (1, 6)), (10, (2, 9)), (20, (6, 15)), (100, (40, 61))])
def test_the_interval_of_a_median_by_ranks(n, ranks):
    """The ranks of published tables of the sign test."""
    found = reports.middle([(rank, rank) for rank in range(1, n + 1)])
    assert (found.low, found.high) == ranks


def test_beyond_two_hundred_values_the_normal_limit_goes_on_without_a_jump():
    exact, limit = (reports.middle([(v, v) for v in range(1, n + 1)]) for n in (200, 201))
    assert abs(exact.low - limit.low) <= 1
    assert abs(exact.high - limit.high) <= 1


def test_no_values_have_no_middle_and_no_wait():
    assert reports.middle([]) is None
    assert reports.wait([]) is None


def test_who_still_waits_counts_and_makes_the_wait_longer():
    over = reports.wait([(days, True) for days in (5, 10, 15, 20)])
    queue = reports.wait([(days, True) for days in (5, 10, 15, 20)] + [(30, False)] * 4)
    assert over.median == 10
    assert (queue.n, queue.reached, queue.waiting) == (8, 4, 4)
    assert queue.median == 20
    assert reports.wait([(5, True)] + [(30, False)] * 6).median is None


def test_a_short_period_is_told_by_weeks_that_begin_on_monday():
    found = reports.buckets(DAY(2026, 5, 6), DAY(2026, 5, 20))
    assert found == [
        (DAY(2026, 5, 6), DAY(2026, 5, 10)), (DAY(2026, 5, 11), DAY(2026, 5, 17)), (DAY(2026, 5, 18), DAY(2026, 5, 20)),
    ]  # fmt: skip


def test_a_long_period_is_told_by_months_over_a_leap_february():
    found = reports.buckets(DAY(2027, 12, 20), DAY(2028, 5, 3))
    assert found[0] == (DAY(2027, 12, 20), DAY(2027, 12, 31))
    assert (DAY(2028, 2, 1), DAY(2028, 2, 29)) in found
    assert found[-1] == (DAY(2028, 5, 1), DAY(2028, 5, 3))


@pytest.mark.parametrize("days", [1, 30, 119, 120, 121, 400])
def test_the_parts_of_a_period_are_the_whole_period_once(days):
    first = DAY(2026, 1, 15)
    last = first + dt.timedelta(days=days)
    parts = reports.buckets(first, last)
    counted = [begin + dt.timedelta(days=n) for begin, end in parts for n in range((end - begin).days + 1)]
    assert counted == [first + dt.timedelta(days=n) for n in range(days + 1)]


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "0 to 2 days"), (2, "0 to 2 days"), (3, "3 to 7 days"), (14, "8 to 14 days"), (28, "15 to 28 days"),
     (29, "29 days or more")],
)  # fmt: skip
def test_how_long_before_a_visit_was_booked(days, words):
    assert reports.lead(days) == words


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [(60, 0, "stopped"), (60, 42, "lower"), (60, 43, "alike"), (60, 60, "alike"), (60, 78, "alike"), (60, 79, "higher"),
     (0, 0, "alike"), (0, 5, "started")],
)  # fmt: skip
def test_how_a_dose_changed(before, after, code):
    assert reports.change(Decimal(before), Decimal(after)) == code


def test_counting_keeps_an_order_that_is_given_and_else_the_most_frequent_first():
    assert reports.counted("abcbcc", "b") == [("b", 2), ("c", 3), ("a", 1)]
