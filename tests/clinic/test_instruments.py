"""The questionnaires we ship are whole, carry right codes, and never turn a blank into a zero."""

from decimal import Decimal

import pytest

from clinic.instruments import library, loinc
from clinic.instruments.score import alert_answer, band_of, score

ALL = library.codes()


def answers(code, value, blank=()):
    return {item.code: value for item in library.load(code).items if item.code not in blank}


def all_codes(instrument):
    yield from filter(None, (instrument.loinc_panel, instrument.loinc_total))
    for item in instrument.asked:
        yield from filter(None, (item.loinc, *(option.loinc for option in item.options)))


def test_those_that_may_be_shipped_are_there():
    of_others = ("audit-c", "gad-7", "pc-ptsd-5", "pcl-5", "peg", "phq-2", "phq-9")
    our_own = ("change-7", "function-0-10", "sleep-0-10")
    assert tuple(sorted((*of_others, *our_own))) == ALL


@pytest.mark.parametrize("code", [*ALL, *library.entered_codes()])
def test_every_loinc_code_has_its_check_digit(code):
    wrong = [value for value in all_codes(library.load(code)) if not loinc.is_valid(value)]
    assert wrong == []


@pytest.mark.parametrize("bad", ["44249-2", "44249", "x-1", "LA6568-4", "44249-11", "", "-1"])
def test_a_wrong_code_is_found(bad):
    assert not loinc.is_valid(bad)


@pytest.mark.parametrize("code", ALL)
def test_licence_source_and_credit_are_named(code):
    instrument = library.load(code)
    assert all([instrument.licence, instrument.source, instrument.credit, instrument.missing_source])


@pytest.mark.parametrize("code", ALL)
def test_the_highest_answers_give_the_highest_score(code):
    instrument = library.load(code)
    values = [option.value for option in instrument.items[0].options]
    through = {instrument.gate.code: 1} if instrument.gate else {}
    assert score(code, through | answers(code, max(values))).value == instrument.maximum
    assert score(code, through | answers(code, min(values))).value == instrument.minimum


def test_an_unknown_questionnaire_is_named():
    with pytest.raises(LookupError, match="phq-9"):
        library.load("phq-8")


@pytest.mark.parametrize(
    ("total", "band"),
    [
        (0, "minimal"),
        (4, "minimal"),
        (5, "mild"),
        (9, "mild"),
        (10, "moderate"),
        (14, "moderate"),
        (15, "moderately_severe"),
        (19, "moderately_severe"),
        (20, "severe"),
        (27, "severe"),
    ],
)
def test_phq9_bands_at_their_edges(total, band):
    assert band_of(library.load("phq-9"), total).code == band


@pytest.mark.parametrize(("blanks", "expected"), [(0, 18), (1, 18), (2, 18)])
def test_phq9_is_prorated_over_the_answered_items(blanks, expected):
    blank = [f"phq9_{n}" for n in range(1, blanks + 1)]
    result = score("phq-9", answers("phq-9", 2, blank))
    assert (result.value, result.prorated, result.missing) == (expected, blanks > 0, blanks)


def test_phq9_prorating_rounds_half_up():
    # 8 answered, sum 4: 4 x 9/8 = 4.5, so 5 and mild
    given = {f"phq9_{n}": 1 if n <= 4 else 0 for n in range(1, 9)}
    result = score("phq-9", given)
    assert (result.value, result.band) == (Decimal(5), "mild")


def test_phq9_with_three_blanks_is_not_scorable_and_never_low():
    result = score("phq-9", answers("phq-9", 0, ["phq9_1", "phq9_2", "phq9_3"]))
    assert (result.scorable, result.value, result.band) == (False, None, None)
    assert "not scorable: 3 of 9 left blank" in str(result)


@pytest.mark.parametrize("code", ["gad-7", "phq-2", "peg"])
def test_the_others_need_every_item(code):
    first = library.load(code).items[0].code
    assert score(code, answers(code, 1)).scorable
    assert not score(code, answers(code, 1, [first])).scorable


def test_nothing_answered_is_not_zero():
    assert score("phq-9", {}).value is None


def test_zero_counts_as_an_answer_and_an_empty_text_as_a_blank():
    assert score("peg", {"peg_1": 0, "peg_2": 0, "peg_3": 0}).value == 0
    assert not score("peg", {"peg_1": 0, "peg_2": 0, "peg_3": ""}).scorable


def test_peg_is_a_mean_with_one_decimal():
    assert score("peg", {"peg_1": "7", "peg_2": "8", "peg_3": "8"}).value == Decimal("7.7")


@pytest.mark.parametrize("bad", [4, -1, "2.5", "many", True])
def test_an_answer_that_is_not_offered_is_refused(bad):
    with pytest.raises(ValueError, match="phq9_1"):
        score("phq-9", {"phq9_1": bad})


@pytest.mark.parametrize(("raw", "expected"), [(0, 0), ("1", 1), (3, 3), (None, None), ("", None)])
def test_item_nine_is_read_on_its_own(raw, expected):
    assert alert_answer("phq-9", {"phq9_9": raw}) == expected
    assert alert_answer("gad-7", {}) is None
