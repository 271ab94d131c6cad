"""Required tests: what a value says, what may be typed, who may do what. Truth tables."""

import datetime as dt
from decimal import Decimal

import pytest

from clinic.catalogue import library
from clinic.instruments import loinc
from clinic.refusal import Refused
from clinic.rules import required_tests as rules
from clinic.rules.required_tests import Typed

TODAY = dt.date(2026, 11, 22)
ALT = library.CATALOGUE["liver"].analyte("alt")
CREATININE = library.CATALOGUE["kidney"].analyte("creatinine")


def alt(number=None, comparator="", low=None, high=None, unit="U/L"):
    number, low, high = (None if text is None else Decimal(text) for text in (number, low, high))
    return Typed("alt", number, comparator, unit=unit, range_low=low, range_high=high)


FLAGS = [
    ("31", "", "7", "56", "normal"),
    ("7", "", "7", "56", "normal"),
    ("56", "", "7", "56", "normal"),
    ("56.0001", "", "7", "56", "high"),
    ("6.9", "", "7", "56", "low"),
    ("0", "", "0", "56", "normal"),
    ("0", "", "7", "56", "low"),
    ("31", "", None, None, "unknown"),
    ("60", "", None, "56", "high"),
    ("31", "", None, "56", "normal"),
    ("95", "", "90", None, "normal"),
    ("80", "", "90", None, "low"),
    ("5", "<", "7", "56", "low"),
    ("7", "<", "7", "56", "low"),
    ("8", "<", "7", "56", "unknown"),
    ("40", "<", None, "56", "normal"),
    ("60", "<", None, "56", "unknown"),
    ("5", "<", "0", "56", "normal"),
    ("90", ">", "60", None, "normal"),
    ("50", ">", "60", None, "unknown"),
    ("56", ">", "7", "56", "high"),
    ("40", ">", "7", "56", "unknown"),
    (None, "", "7", "56", "unknown"),
]


@pytest.mark.parametrize(("number", "comparator", "low", "high", "flag"), FLAGS)
def test_a_number_is_judged_by_its_own_range_and_never_without(number, comparator, low, high, flag):
    assert rules.flag_of(ALT, alt(number, comparator, low, high)) == flag


CHOICES = [
    ("pregnancy", "result", "negative", "normal"),
    ("pregnancy", "result", "positive", "abnormal"),
    ("pregnancy", "result", "unclear", "unknown"),
    ("pregnancy", "specimen", "urine", ""),
    ("ecg", "reading", "normal", "normal"),
    ("ecg", "reading", "minor", "abnormal"),
    ("ecg", "reading", "unreadable", "unknown"),
    ("ecg", "comment", "", ""),
    ("pdmp", "outcome", "as_told", "normal"),
    ("pdmp", "outcome", "down", "unknown"),
    ("pdmp", "outcome", "differs", "abnormal"),
    ("urinalysis", "blood", "trace", "abnormal"),
]


@pytest.mark.parametrize(("code", "analyte", "choice", "flag"), CHOICES)
def test_a_choice_says_what_the_catalogue_says(code, analyte, choice, flag):
    assert rules.flag_of(library.CATALOGUE[code].analyte(analyte), Typed(analyte, choice=choice)) == flag


@pytest.mark.parametrize(
    ("flags", "off"),
    [
        (["normal", "normal"], False),
        (["normal", "", "normal"], False),
        (["normal", "high"], True),
        (["unknown", "abnormal"], True),
        (["normal", "unknown"], None),
        ([], None),
        ([""], None),
    ],
)
def test_a_report_is_normal_only_when_every_value_is(flags, off):
    assert rules.is_abnormal(flags) is off


def codes(items):
    return [(item.code, item.field) for item in items]


LIVER = library.CATALOGUE["liver"]
SHEETS = [
    ([alt("31", low="7", high="56")], TODAY, []),
    ([alt("0")], TODAY, []),
    ([alt()], TODAY, [("nothing", "alt")]),
    ([alt("31")], None, [("taken", "taken_on")]),
    ([alt("31")], TODAY + dt.timedelta(days=1), [("taken-future", "taken_on")]),
    ([alt("31")], TODAY - dt.timedelta(days=1830), []),
    ([alt("31")], TODAY - dt.timedelta(days=1831), [("taken-old", "taken_on")]),
    ([alt("20000.1")], TODAY, [("bounds", "alt")]),
    ([alt("31", unit="mg")], TODAY, [("unit", "alt")]),
    ([alt("31", low="56", high="7")], TODAY, [("range", "alt")]),
    ([alt(low="7")], TODAY, [("range-alone", "alt")]),
    ([Typed("alt", choice="high", unit="U/L")], TODAY, [("number", "alt")]),
]


@pytest.mark.parametrize(("values", "taken_on", "wrong"), SHEETS)
def test_a_sheet_is_refused_with_everything_that_is_wrong(values, taken_on, wrong):
    assert codes(rules.entry_items(LIVER, values, taken_on=taken_on, today=TODAY)) == wrong


def test_required_values_choices_and_lengths_are_held():
    pdmp = library.CATALOGUE["pdmp"]
    values = [Typed("outcome", choice="maybe"), Typed("state", words="x" * 41)]
    found = codes(rules.entry_items(pdmp, values, taken_on=TODAY, today=TODAY))
    assert found == [("choice", "outcome"), ("long", "state"), ("required", "consulted_by")]
    good = [Typed("outcome", choice="as_told"), Typed("state", words="NY"), Typed("consulted_by", words="N. Nurse")]
    rules.check_entry(pdmp, good, taken_on=TODAY, today=TODAY)


ASKED = {"codes": ["ecg"], "known": library.CATALOGUE, "title": "", "due_on": TODAY, "today": TODAY}
ASKS = [
    ({}, []),
    ({"roles": {"nurse"}}, ["role"]),
    ({"codes": []}, ["codes"]),
    ({"codes": ["mri"]}, ["codes"]),
    ({"codes": ["other"]}, ["title"]),
    ({"codes": ["other"], "title": "Thyroid"}, []),
    ({"due_on": TODAY - dt.timedelta(days=1)}, ["due"]),
    ({"due_on": None}, ["due"]),
    ({"due_on": TODAY + dt.timedelta(days=367)}, ["due"]),
]


@pytest.mark.parametrize(("changes", "wrong"), ASKS)
def test_a_prescriber_asks_for_known_tests_within_a_year(changes, wrong):
    facts = ASKED | {"roles": {"prescriber"}} | changes
    assert [item.code for item in rules.ask_items(**facts)] == wrong


ENTERS = [
    ("ordered", {"nurse"}, True),
    ("done", {"prescriber"}, True),
    ("cancelled", {"nurse"}, False),
    ("ordered", {"front_desk"}, False),
    ("ordered", {"clinic_admin"}, False),
    ("ordered", set(), False),
]


@pytest.mark.parametrize(("state", "roles", "may"), ENTERS)
def test_clinicians_enter_results_unless_it_was_cancelled(state, roles, may):
    assert rules.can_enter(state=state, roles=roles) is may


@pytest.mark.parametrize(
    ("state", "is_verified", "roles", "may"),
    [
        ("done", False, {"prescriber"}, True),
        ("done", True, {"prescriber"}, False),
        ("ordered", False, {"prescriber"}, False),
        ("done", False, {"nurse"}, False),
    ],
)
def test_a_prescriber_signs_a_result_as_read_once(state, is_verified, roles, may):
    assert rules.can_verify(state=state, is_verified=is_verified, roles=roles) is may


@pytest.mark.parametrize(
    ("state", "reason", "roles", "wrong"),
    [
        ("ordered", "Done elsewhere", {"prescriber"}, []),
        ("ordered", " ", {"prescriber"}, ["reason"]),
        ("done", "x", {"prescriber"}, ["state"]),
        ("cancelled", "x", {"nurse"}, ["role", "state"]),
    ],
)
def test_cancelling_needs_a_reason_and_no_result(state, reason, roles, wrong):
    assert [item.code for item in rules.cancel_items(state=state, reason=reason, roles=roles)] == wrong


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [
        ({}, []),
        ({"reason": ""}, ["reason"]),
        ({"is_newest": False}, ["changed"]),
        ({"is_struck": True}, ["struck"]),
        ({"roles": {"front_desk"}}, ["role"]),
    ],
)
def test_only_the_value_that_stands_is_changed_and_with_a_reason(facts, wrong):
    given = {"reason": "Misread", "is_newest": True, "is_struck": False, "roles": {"nurse"}} | facts
    assert [item.code for item in rules.change_items(**given)] == wrong


def test_a_refusal_has_a_neutral_sentence():
    with pytest.raises(Refused) as refused:
        rules.check_can_ask(**ASKED, roles={"front_desk"})
    assert refused.value.neutral == "This needs a clinician: ask the prescriber."


@pytest.mark.parametrize(
    ("days", "words"), [(0, "due today"), (1, "due in 1 day"), (3, "due in 3 days"), (-1, "1 day overdue")]
)
def test_ages_in_words(days, words):
    assert rules.age_words(TODAY + dt.timedelta(days=days), TODAY) == words


def test_values_and_ranges_in_words():
    assert rules.value_words(ALT, alt("5.50", "<")) == "< 5.5 U/L"
    assert rules.value_words(CREATININE, Typed("creatinine", Decimal("90"), unit="umol/L")) == "90 µmol/L"
    pregnancy = library.CATALOGUE["pregnancy"].analyte("result")
    assert rules.value_words(pregnancy, Typed("result", choice="negative")) == "Negative"
    ranges = ((None, None), ("7", "56"), (None, "40"), ("90", None))
    said = [rules.range_words(alt(low=low, high=high)) for low, high in ranges]
    assert said == ["", "7 to 56", "up to 40", "from 90"]


def test_the_soonest_default_is_offered():
    kinds = [library.CATALOGUE["liver"], library.CATALOGUE["pregnancy"]]
    assert rules.due_day(kinds, TODAY) == TODAY + dt.timedelta(days=1)
    assert rules.due_day([], TODAY) == TODAY + dt.timedelta(days=7)


def test_the_catalogue_holds_together():
    for kind in library.CATALOGUE.values():
        assert kind.title
        assert kind.due_days > 0
        assert len({analyte.code for analyte in kind.analytes}) == len(kind.analytes) > 0
        for analyte in kind.analytes:
            known = {code for code, _ in analyte.choices}
            assert set(analyte.normal) | set(analyte.abnormal) <= known
            assert not set(analyte.normal) & set(analyte.abnormal)
            assert (analyte.kind == "number") == bool(analyte.units) == (analyte.least is not None)


def loinc_codes():
    for kind in library.CATALOGUE.values():
        for analyte in kind.analytes:
            yield from filter(None, (analyte.loinc, *(unit.loinc for unit in analyte.units)))


def test_every_loinc_code_of_the_catalogue_has_its_check_digit():
    found = list(loinc_codes())
    assert len(found) > 10
    assert [code for code in found if not loinc.is_valid(code)] == []


def test_an_entry_that_is_no_longer_in_the_catalogue_is_still_shown():
    gone = library.CATALOGUE["liver"].analyte("ggt")
    assert (gone.label, rules.flag_of(gone, Typed("ggt", Decimal(4)))) == ("ggt", "")
    assert ALT.unit("ukat/L").words == "ukat/L"
    assert ALT.choice_words("odd") == "odd"
