"""Truth tables of planning: bounds with their edges, zero, blank, states."""

from decimal import Decimal

import pytest

from clinic.models import COURSE
from followup.rules import planning

LOW, HIGH = Decimal("0.25"), Decimal(1)
DOSES = [
    ("0.249", ["dose-bounds"]),
    ("0.25", []),
    ("0.5", []),
    ("1", []),
    ("1.001", ["dose-bounds"]),
    ("0", ["dose-bounds"]),
    (None, ["dose-missing"]),
]


@pytest.mark.parametrize(("dose", "codes"), DOSES)
def test_dose(dose, codes):
    dose = None if dose is None else Decimal(dose)
    items = planning.dose_items(dose, low=LOW, high=HIGH, basis="mg/kg")
    assert [item.code for item in items] == codes
    assert all("0.25 to 1 mg/kg" in item.text for item in items)


@pytest.mark.parametrize(("number", "count"), [(0, 1), (1, 0), (6, 0), (60, 0), (61, 1), (None, 1)])
def test_number(number, count):
    assert len(planning.number_items(number)) == count


@pytest.mark.parametrize(("days", "count"), [(1, 1), (2, 0), (4, 0), (5, 1), (None, 1), (0, 1)])
def test_spacing(days, count):
    assert len(planning.spacing_items(days, least=2, most=4)) == count


VERSIONS = [
    (True, False, True, []),
    (False, False, True, ["draft"]),
    (True, True, True, ["retired"]),
    (False, True, False, ["draft", "retired", "no-drug"]),
]


@pytest.mark.parametrize(("approved", "retired", "drug", "codes"), VERSIONS)
def test_versions(approved, retired, drug, codes):
    items = planning.version_items(is_approved=approved, is_retired=retired, has_drug=drug)
    assert [item.code for item in items] == codes


@pytest.mark.parametrize("state", COURSE.states)
@pytest.mark.parametrize("is_signed", [True, False])
def test_every_state_of_a_course_says_whether_it_may_be_booked(state, is_signed):
    items = planning.booking_items(is_signed=is_signed, state=state, label=COURSE.label(state))
    may = is_signed and state in ("planned", "active", "completed")
    assert not items if may else items
    assert all(item.neutral for item in items)


@pytest.mark.parametrize("state", COURSE.states)
@pytest.mark.parametrize("is_signed", [True, False])
def test_only_an_unsigned_plan_is_signed(state, is_signed):
    items = planning.sign_items(is_signed=is_signed, state_label=COURSE.label(state), is_planned=state == "planned")
    assert (items == []) is (state == "planned" and not is_signed)


@pytest.mark.parametrize(("reason", "goals", "count"), [("crps", "Sleep", 0), ("", "Sleep", 1), (" ", " ", 2)])
def test_a_course_says_what_it_treats_and_what_for(reason, goals, count):
    assert len(planning.goal_items(reason, goals)) == count
