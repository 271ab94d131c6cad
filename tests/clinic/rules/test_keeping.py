"""Terms of records."""

from datetime import date

import pytest

from clinic.rules import keeping as rules


def test_every_kind_has_a_term_and_a_reason():
    for kind in rules.KINDS:
        assert rules.years_of(kind.term, medical=10, drugs=2) >= 2
        assert kind.why
    assert len({kind.code for kind in rules.KINDS}) == len(rules.KINDS)


def test_the_floors_of_the_law_hold_whatever_is_set():
    assert rules.years_of("drugs", medical=10, drugs=1) == 2
    assert rules.years_of("security", medical=1, drugs=2) == 6


@pytest.mark.parametrize(
    ("oldest", "past"),
    [(None, False), (date(2016, 5, 13), False), (date(2016, 5, 12), True), (date(2026, 1, 1), False)],
)
def test_past_its_term(oldest, past):
    assert rules.is_past(oldest, date(2026, 5, 13), 10) is past


def test_a_leap_day_has_a_day_before():
    assert rules.day_before(date(2028, 2, 29), 6) == date(2022, 2, 28)
