"""How names are compared: folded words, single slips, letters in the middle."""

import pytest

from clinic.rules import finding


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("García", "garcia"),
        ("  O'Brien-Test ", "obrien test"),
        ("Ó Súilleabháin", "o suilleabhain"),
        ("van der Berg", "van der berg"),
        ("Smith\u2010Jones", "smith jones"),
        ("Łukasz", "łukasz"),
        ("Dr. Okafor, Ngozi", "dr okafor ngozi"),
        ("--", ""),
    ],
)
def test_a_name_is_compared_without_accents_marks_and_capitals(typed, folded):
    assert finding.fold(typed) == folded


def test_the_longest_word_is_looked_up_first_and_none_twice():
    assert finding.folded(("Al", "García", "garcia", "Marsh")) == ("garcia", "marsh", "al")
    assert len(finding.folded([f"word{n}" for n in range(40)])) == finding.MOST_WORDS


@pytest.mark.parametrize("typed", ["garica", "gracia", "grcia", "garrcia", "gaccia", "garciaa", "arcia", "garci"])
def test_every_single_slip_leads_back_to_the_name(typed):
    assert "garcia" in finding.slips(typed)


@pytest.mark.parametrize("typed", ["garcia", "gaic", "xarcix", "ga"])
def test_no_slip_or_more_than_one_does_not(typed):
    assert "garcia" not in finding.slips(typed)


def test_short_words_have_no_slips_for_they_would_be_any_name():
    assert finding.slips("li") == ()
    assert 0 < len(finding.slips("lin")) < 300


@pytest.mark.parametrize(
    ("words", "is_alike"),
    [(("okafor",), True), (("okafro",), True), (("ngoiz", "okafor"), True), (("okafor", "marsh"), False), ((), True)],
)
def test_a_name_is_alike_when_each_word_is_there_or_a_slip_away(words, is_alike):
    assert finding.is_alike(words, "okafor test ngozi") is is_alike
