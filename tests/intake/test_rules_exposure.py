"""Ketamine from elsewhere, added up: what was not told is never taken for nothing."""

import pytest

from intake.rules.exposure import elsewhere


@pytest.mark.parametrize(
    ("courses", "treatments", "is_whole", "last"),
    [
        ([], 0, True, ""),
        ([{"treatments": "6", "last": "2026-09"}], 6, True, "2026-09"),
        ([{"treatments": "6", "last": "2026-09"}, {"treatments": "8", "last": "2025-12"}], 14, True, "2026-09"),
        ([{"treatments": "6", "last": "2024"}, {"treatments": "", "last": "2025-01"}], 6, False, "2025-01"),
        ([{"route": "nasal"}], 0, False, ""),
    ],
)
def test_the_sum_of_courses(courses, treatments, is_whole, last):
    found = elsewhere(courses)
    assert (found.treatments, found.is_whole, found.last) == (treatments, is_whole, last)
