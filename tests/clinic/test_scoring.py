"""Scoring: published rules and examples, both edges of every band, and properties over all answers and blanks."""

from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.instruments import library
from clinic.instruments.score import band_of, check_entered, score

ALL = library.codes()
# Lowest total of each band, as published (see the definitions' sources). Written out here on purpose: a changed
# definition must be noticed.
EDGES = {
    "phq-9": {0: "minimal", 5: "mild", 10: "moderate", 15: "moderately_severe", 20: "severe"},
    "phq-2": {0: "negative", 3: "positive"},
    "gad-7": {0: "minimal", 5: "mild", 10: "moderate", 15: "severe"},
    "isi": {0: "none", 8: "subthreshold", 15: "moderate", 22: "severe"},
    "dast-10": {0: "none", 1: "low", 3: "moderate", 6: "substantial", 9: "severe"},
    "ort": {0: "low", 4: "moderate", 8: "high"},
    "ort-oud": {0: "low", 3: "high"},
    "moca": {0: "below", 26: "normal"},
    "mini-cog": {0: "positive", 3: "negative"},
    "dn4": {0: "below", 4: "neuropathic"},
    "qids-sr16": {0: "none", 6: "mild", 11: "moderate", 16: "severe", 21: "very_severe"},
    "bpi-interference": {0: "mild", 5: "moderate", 7: "severe"},
    "change-7": {1: "important", 3: "slight", 4: "same", 5: "worse"},
    "c-ssrs": {0: "none", 1: "low", 2: "moderate", 3: "high"},
}
EITHER_SIDE = [
    (code, total, band)
    for code, edges in EDGES.items()
    for (start, band), (following, _) in pairwise([*edges.items(), (library.load(code).maximum + 1, "")])
    for total in {start, following - 1}
]


def whole(code, value):
    """Every item answered alike, past the gate."""
    instrument = library.load(code)
    return {item.code: value for item in instrument.items} | ({instrument.gate.code: 1} if instrument.gate else {})


def spread(code, total):
    """Answers whose sum is ``total``."""
    instrument, answers = library.load(code), {}
    for item in instrument.items:
        top = max(option.value for option in item.options)
        answers[item.code] = min(top, total - sum(answers.values()))
    assert sum(answers.values()) == total
    return answers


@pytest.mark.parametrize(("code", "total", "band"), EITHER_SIDE)
def test_both_edges_of_every_band(code, total, band):
    instrument = library.load(code)
    found = check_entered(code, total) if instrument.is_entered else score(code, spread(code, total))
    assert (found.value, found.band) == (total, band)


def test_no_band_is_left_without_its_edges():
    banded = [
        code for code in (*ALL, *library.entered_codes()) if any(b.start is not None for b in library.load(code).bands)
    ]
    assert set(banded) == set(EDGES)


@pytest.mark.parametrize(
    ("answered", "total"),
    [
        # CMS, MDS data specifications, edit -3703: one blank, sum x 9/8; two blanks, sum x 9/7; nearest whole number.
        ([1, 1, 1, 1, 1, 1, 1, 1], 9),
        ([2, 2, 1, 1, 1, 1, 1, 1], 11),  # 10 x 9/8 = 11.25
        ([3, 3, 3, 3, 3, 3, 3, 3], 27),
        ([2, 2, 2, 2, 2, 1, 1], 15),  # 12 x 9/7 = 15.43
        ([1, 1, 1, 1, 1, 1, 1], 9),
        ([0, 0, 0, 0, 0, 0, 1], 1),  # 1 x 9/7 = 1.29
    ],
)
def test_phq9_by_the_published_rule_for_blanks(answered, total):
    result = score("phq-9", {f"phq9_{n}": value for n, value in enumerate(answered, 1)})
    assert (result.value, result.prorated, result.missing) == (total, True, 9 - len(answered))


def test_the_published_example_of_a_phq9_with_nearly_every_day_throughout():
    result = score("phq-9", whole("phq-9", 3))
    assert (result.value, result.band) == (27, "severe")


@pytest.mark.parametrize(("sex", "positive"), [("female", 3), ("male", 4), ("unknown", 3), ("other", 3)])
@pytest.mark.parametrize("code", ["audit-c", "pc-ptsd-5"])
def test_thresholds_by_sex_and_the_lower_one_when_it_is_not_known(code, sex, positive):
    gate = {library.load(code).gate.code: 1}
    for total in range(1, 6):
        given = spread(code, total) if code == "audit-c" else gate | spread(code, total)
        assert score(code, given, sex=sex).is_positive == (total >= positive)


@pytest.mark.parametrize("code", ["audit-c", "pc-ptsd-5"])
def test_after_a_no_at_the_gate_nothing_more_is_needed(code):
    instrument = library.load(code)
    result = score(code, {instrument.gate.code: 0})
    assert (result.scorable, result.value, result.band) == (True, 0, "negative")


@pytest.mark.parametrize("code", ["audit-c", "pc-ptsd-5"])
def test_a_blank_gate_is_not_scorable(code):
    instrument = library.load(code)
    rest = {item.code: 0 for item in instrument.items if item.code != instrument.gate.code}
    result = score(code, rest)
    assert not result.scorable
    assert "first question was left blank" in result.reason


PCL_CLUSTERS = {"B": (1, 5, 1), "C": (6, 7, 1), "D": (8, 14, 2), "E": (15, 20, 2)}


def endorsed(**counts):
    """PCL-5 answers with so many items of each cluster at 2 and all others at 1."""
    answers = {f"pcl5_{n}": 1 for n in range(1, 21)}
    for cluster, count in counts.items():
        first = PCL_CLUSTERS[cluster][0]
        answers |= {f"pcl5_{first + n}": 2 for n in range(count)}
    return answers


def test_the_cluster_rule_is_met_by_its_fewest_items():
    result = score("pcl-5", endorsed(B=1, C=1, D=2, E=2))
    assert (result.value, result.clusters, result.band) == (26, ("B", "C", "D", "E"), "clusters")


@pytest.mark.parametrize("short", PCL_CLUSTERS)
def test_one_item_too_few_in_any_cluster_and_it_is_not_met(short):
    counts = {cluster: needed - (cluster == short) for cluster, (_, _, needed) in PCL_CLUSTERS.items()}
    result = score("pcl-5", endorsed(**counts))
    assert short not in result.clusters
    assert result.band == "neither"


@pytest.mark.parametrize(
    ("total", "cut", "band"),
    [
        (30, 31, "neither"),
        (31, 31, "total"),
        (31, 33, "neither"),
        (32, 33, "neither"),
        (33, 33, "total"),
        (33, None, "total"),
    ],
)
def test_the_cut_of_the_pcl5_is_the_clinics_choice(total, cut, band):
    # All in the first clusters, so that the rule of clusters is not met.
    answers = spread("pcl-5", total)
    result = score("pcl-5", answers, cut=cut)
    assert (result.value, result.band) == (total, band)


@pytest.mark.parametrize("cut", [30, 34, 0])
def test_a_cut_that_nobody_published_is_refused(cut):
    with pytest.raises(ValueError, match="31 to 33"):
        score("pcl-5", whole("pcl-5", 2), cut=cut)


def test_the_pcl5_has_no_bands_of_severity():
    assert all(band.start is None for band in library.load("pcl-5").bands)
    assert band_of(library.load("pcl-5"), Decimal(80)) is None
    assert score("pcl-5", whole("pcl-5", 4)).band == "both"


@pytest.mark.parametrize("code", library.entered_codes())
def test_an_entered_score_outside_its_range_is_refused(code):
    instrument = library.load(code)
    for inside in (instrument.minimum, instrument.maximum):
        assert check_entered(code, inside).value == inside
    for outside in (instrument.minimum - 1, instrument.maximum + 1, "NaN", "Infinity"):
        with pytest.raises(ValueError, match=rf"{instrument.minimum} to {instrument.maximum}"):
            check_entered(code, outside)
    with pytest.raises(ValueError, match="decimals"):
        check_entered(code, Decimal(instrument.minimum) + Decimal("0.55"))


@pytest.mark.parametrize("code", library.entered_codes())
def test_an_entered_one_ships_no_text(code):
    instrument = library.load(code)
    assert (instrument.items, instrument.lead, instrument.is_entered) == ((), "", True)
    assert all([instrument.licence, instrument.source, instrument.missing_rule, instrument.title, instrument.version])


def some_answers(code):
    """Any answers the instrument offers, with blanks, the gate open."""
    instrument = library.load(code)
    gate = {instrument.gate.code: instrument.gate_stops} if instrument.gate else {}
    return st.fixed_dictionaries(
        {
            item.code: st.one_of(
                st.none(), st.sampled_from([o.value for o in item.options if {item.code: o.value} != gate])
            )
            for item in instrument.items
        }
        | ({instrument.gate.code: st.just(1)} if instrument.gate and instrument.gate not in instrument.items else {})
    )


@pytest.mark.parametrize("code", ALL)
@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_whatever_is_answered(code, data):
    instrument, answers = library.load(code), data.draw(some_answers(code))
    said = [answers[item.code] for item in instrument.items if answers[item.code] is not None]
    blanks = len(instrument.items) - len(said)
    result = score(code, answers)
    gate_blank = instrument.gate is not None and answers[instrument.gate.code] is None
    assert result.scorable == (blanks <= instrument.max_missing and not gate_blank)
    assert (result.value is None) == (not result.scorable)
    if result.scorable:
        count = 1 if instrument.method == "mean" else len(instrument.items)
        exact = Decimal(sum(said)) * count / len(said)
        assert result.value == exact.quantize(Decimal(1).scaleb(-instrument.places), rounding=ROUND_HALF_UP)
        assert instrument.minimum <= result.value <= instrument.maximum


@pytest.mark.parametrize("code", ALL)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_higher_answer_never_lowers_the_score(code, data):
    instrument = library.load(code)
    answers = whole(code, 0) | data.draw(some_answers(code))
    answers = {key: 1 if value is None else value for key, value in answers.items()}
    item = data.draw(st.sampled_from(instrument.items))
    higher = [option.value for option in item.options if option.value > answers[item.code]]
    before = score(code, answers).value
    assert all(score(code, answers | {item.code: value}).value > before for value in higher)


@pytest.mark.parametrize(("code", "language"), library.translations())
def test_a_translation_is_whole_and_changes_no_scoring(code, language):
    english, told = library.load(code), library.load(code, language)
    assert (told.language, told.is_fallback, told.version) == (language, False, english.version)
    assert [item.code for item in told.asked] == [item.code for item in english.asked]
    assert all(item.text for item in told.asked)
    assert [[o.value for o in item.options] for item in told.asked] == [
        [o.value for o in item.options] for item in english.asked
    ]
    assert (told.bands, told.positive_from, told.clusters) == (english.bands, english.positive_from, english.clusters)


def test_without_a_translation_english_is_shown_and_marked():
    shown = library.load("peg", "tlh-piqad")
    assert (shown.language, shown.wanted, shown.is_fallback) == ("en", "tlh", True)
    assert not library.load("peg", "en-us").is_fallback


def test_a_translation_that_lacks_a_text_or_is_of_another_version_is_refused(tmp_path, monkeypatch):
    words = library.FOLDER.joinpath("phq-2.toml").read_text()
    tmp_path.joinpath("phq-2.toml").write_text(words)
    other = tmp_path / "phq-2.xx.toml"
    monkeypatch.setattr(library, "FOLDER", tmp_path)
    fresh = library.load.__wrapped__
    other.write_text('language = "xx"\nversion = "9"\n')
    with pytest.raises(LookupError, match="version 9"):
        fresh("phq-2", "xx")
    other.write_text('language = "xx"\nversion = "1"\ntitle = "T"\n')
    with pytest.raises(LookupError, match="lacks lead"):
        fresh("phq-2", "xx")


def test_the_first_question_of_the_audit_c_has_the_right_code():
    assert [item.loinc for item in library.load("audit-c").items] == ["68518-0", "68519-8", "68520-6"]
