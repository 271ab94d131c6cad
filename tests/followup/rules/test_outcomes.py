"""Response rates with their limits, the sensitivity run, and which groups stay hidden."""

from decimal import Decimal

import pytest
from scipy import stats

from followup.rules import outcomes, response
from followup.rules.outcomes import Line
from followup.rules.relief import CUT_OFF, LOST, NO_RESPONSE, STILL, TOO_FEW, Span, asked_counts_as_loss
from followup.rules.response import Outcome


def outcome(change=None, *, person="a", following=None, age=200):
    return Outcome(person, change, following, age)


STATES = [
    ("30 counts as 30", outcome(30), response.RESPONDED),
    ("29 does not", outcome(29), response.NOT),
    ("zero is an answer", outcome(0), response.NOT),
    ("infused again before", outcome(following=5), response.CUT),
    ("infused again later, no report", outcome(following=40), response.MISSING),
    ("the day has not come", outcome(age=6), response.WAITING),
    ("a report of the day counts though infused again on it", outcome(50, following=7), response.RESPONDED),
]


@pytest.mark.parametrize(("one", "state"), [row[1:] for row in STATES], ids=[row[0] for row in STATES])
def test_state_after_a_week(one, state):
    assert response.state_of(one, 7, 30) == state


@pytest.mark.parametrize(
    ("changes", "found"), [({7: 40, 6: 10}, 40), ({6: 10, 8: 20}, 10), ({5: 40, 9: 40}, None), ({8: 0}, 0), ({}, None)]
)
def test_the_report_nearest_to_the_day(changes, found):
    assert response.nearest(7, changes) == found


def test_a_rate_counts_everybody_once():
    made = [outcome(60), outcome(10, person="b"), outcome(), outcome(following=3), outcome(age=2, person="c")]
    found = response.rate(7, 30, made)
    assert (found.responded, found.known, found.patients) == (1, 2, 2)
    assert (found.cut, found.waiting, found.missing) == (1, 1, 1)
    assert found.low < 0.5 < found.high


def test_without_clusters_it_is_wilsons_interval_with_students_t():
    answers = [(number, number % 4 == 0) for number in range(400)]
    low, high = response.clustered_wilson(answers)
    theirs = stats.binomtest(100, 400).proportion_ci(method="wilson")
    assert (low, high) == (pytest.approx(theirs.low, abs=0.003), pytest.approx(theirs.high, abs=0.003))


def test_answers_of_one_patient_are_not_many_answers():
    apart = response.clustered_wilson([(number, number % 2 == 0) for number in range(40)])
    alike = response.clustered_wilson([(number // 4, number // 4 % 2 == 0) for number in range(40)])
    assert alike[0] < apart[0]
    assert alike[1] > apart[1]


def test_all_agree_and_nobody():
    low, high = response.clustered_wilson([(number // 10, True) for number in range(60)])
    assert (0.4 < low < 0.7, high) == (True, 1.0)
    assert response.clustered_wilson([]) == (None, None)
    assert response.clustered_wilson([("a", True)])[0] < 0.2


ASKED = [
    ("asked before it was lost", Span(30, LOST, 19, 21), 15, 40, False, (14, 15)),
    ("asked between the two reports", Span(30, LOST, 10, 21), 15, 40, False, (10, 15)),
    ("asked after it was lost", Span(30, LOST, 19, 21), 25, 40, False, (19, 21)),
    ("asked while it holds", Span(30, STILL, 12), 14, None, False, (12, 14)),
    ("cut off by a booster without a word", Span(30, CUT_OFF, 12), None, 16, True, (12, 16)),
    ("cut off by the planned series", Span(30, CUT_OFF, 6), None, 7, False, (6, None)),
    ("nobody asked", Span(30, STILL, 12), None, None, False, (12, None)),
    ("no response stays none", Span(30, NO_RESPONSE, 0, 0), 3, 7, True, (0, 0)),
    ("asked on the day itself", Span(30, STILL, 5), 0, None, False, (0, 0)),
]


@pytest.mark.parametrize(
    ("span", "day", "following", "booster", "found"), [r[1:] for r in ASKED], ids=[r[0] for r in ASKED]
)
def test_asking_for_the_next_one_counts_as_loss(span, day, following, booster, found):
    assert asked_counts_as_loss(span, day, following, is_booster=booster) == found


def test_too_few_reports_are_not_asked():
    with pytest.raises(ValueError, match="too few"):
        asked_counts_as_loss(Span(30, TOO_FEW), 3, 7, is_booster=True)


@pytest.mark.parametrize(
    ("dose", "words"),
    [
        ("0", "under 0.5 mg/kg"),
        ("0.499", "under 0.5 mg/kg"),
        ("0.5", "0.5 to under 1 mg/kg"),
        ("2", "2 mg/kg and more"),
    ],
)
def test_bands_of_dose(dose, words):
    assert outcomes.band_of(Decimal(dose))[1] == words


def test_an_unknown_dose_has_no_band():
    assert outcomes.band_of(None) is None


def line(person="a", span=None, dose="0.8", booster=False, **fields):
    usual = {"asked_day": None, "next_day": None, "next_is_booster": False, "age_days": 100}
    return Line(
        person, "c", "p1", "Pain over 90 minutes", 14, dose and Decimal(dose), booster, span or Span(30, LOST, 9, 10),
        (50, None, None, None), **usual | fields,
    )  # fmt: skip


def test_a_line_belongs_to_its_parts():
    assert [part[:2] for part in outcomes.parts_of(line())] == [
        ("all", ""), ("protocol", "p1"), ("dose", "1"), ("series", "first"),
    ]  # fmt: skip
    assert [part[0] for part in outcomes.parts_of(line(dose=None, booster=True))] == ["all", "protocol", "series"]


def test_intervals_come_by_patient_and_unknown_ones_not_at_all():
    lines = [line(), line(span=Span(30, TOO_FEW)), line("b", asked_day=4)]
    assert outcomes.by_person(lines) == [[(9, 10)], [(9, 10)]]
    assert outcomes.by_person(lines, asked=True) == [[(9, 10)], [(3, 4)]]


HIDDEN = [
    ("all large", [9, 12], 21, [False, False]),
    ("two small ones hide each other", [3, 2, 20], 25, [True, True, False]),
    ("one small one would be the whole less the rest", [3, 12, 20], 35, [True, True, False]),
    ("alone it is not the whole less anything", [3], 3, [True]),
]


@pytest.mark.parametrize(("patients", "whole", "found"), [row[1:] for row in HIDDEN], ids=[row[0] for row in HIDDEN])
def test_small_groups_can_t_be_worked_out(patients, whole, found):
    assert outcomes.hidden(patients, whole) == found
