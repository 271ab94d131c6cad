"""The truth table of every rule: it fires, it stays quiet, or it is a question; pairs; and the clinic's own levels."""

import pytest

from intake.rules.engine import OFF, Level
from intake.rules.findings import BY_CODE, RULES
from tests.intake.truth import NEVER_UNKNOWN, TABLE, ask, takes, today


def rows(place):
    return [
        pytest.param(code, row, id=f"{code}-{number}")
        for code, columns in TABLE.items()
        for number, row in enumerate(columns[place], 1)
    ]


def test_every_rule_has_its_rows_and_no_row_is_left_over():
    assert set(TABLE) == set(BY_CODE)
    for code, (fires, quiet, unknown) in TABLE.items():
        assert fires, code
        assert quiet, code
        assert unknown or code in NEVER_UNKNOWN, code


@pytest.mark.parametrize(("code", "row"), rows(0))
def test_it_fires(code, row):
    verdict = ask(row).get(code)
    assert verdict is not None
    assert (verdict.level, verdict.would_be) == (BY_CODE[code].level,) * 2
    assert "{" not in verdict.reason
    assert verdict.value


@pytest.mark.parametrize(("code", "row"), rows(1))
def test_it_stays_quiet(code, row):
    assert code not in ask(row)


@pytest.mark.parametrize(("code", "row"), rows(2))
def test_not_known_is_a_question(code, row):
    verdict = ask(row).get(code)
    assert verdict is not None, "unknown is never fine"
    assert (verdict.level, verdict.would_be) == (Level.UNKNOWN, BY_CODE[code].level)
    assert verdict.reason.startswith("Not known: ask. ")
    assert verdict.value == "not known"


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.stages == ("check_in",)], ids=lambda rule: rule.code)
def test_a_question_of_the_visit_that_is_still_open_is_no_finding(rule):
    assert rule.code not in ask({"no_medicines": "yes", "diabetes": "no"})
    for row in TABLE[rule.code][0]:
        assert rule.code not in ask(row | {"stage": "assessment"})


PAIRS = [
    (takes("methadone", "ondansetron"), {"qt-two", "takes-qt", "takes-opioid", "mme-unknown"}),
    (takes("tramadol", "diazepam"), {"opioid-benzodiazepine", "takes-opioid", "takes-benzodiazepine"}),
    (takes("Ozempic") | {"today": {"fasting": "yes"}}, {"takes-glp1", "glp1-fasting"}),
    (takes("Lantus") | {"today": {"fasting": "yes"}}, {"takes-insulin", "insulin-fasting"}),
    (takes("lisinopril") | {"today": {"antihypertensive": "no"}},
     {"takes-antihypertensive", "antihypertensive-missed"}),
    (takes("sertraline") | {"today": {"medicines": "yes", "medicines_words": "Ativan and kratomol"}},
     {"takes-benzodiazepine", "medicine-unrecognised"}),
    (takes("phenobarbital"), {"takes-barbiturate", "takes-cyp-inducer"}),
]  # fmt: skip


@pytest.mark.parametrize(("row", "expected"), PAIRS)
def test_pairs_speak_together(row, expected):
    fired = {code for code, verdict in ask(row).items() if verdict.level != Level.UNKNOWN}
    assert expected <= fired


def test_the_value_names_what_it_rests_on():
    found = ask(takes("Methadone 10 mg", "Zofran") | {"today": {"sedatives": "yes", "sedatives_words": "wine, 22:00"}})
    assert found["qt-two"].value == "Methadone 10 mg, Zofran"
    assert found["sedatives-today"].reason.startswith("Since yesterday: wine, 22:00.")
    courses = [{"route": "nasal", "treatments": "8", "last": "2026-09"}, {"route": "infusion"}, {}]
    before = ask({"ketamine_before": "yes", "ketamine_courses": courses})["ketamine-before"]
    assert "nasal, 8 times, last 2026-09; infusion" in before.reason
    assert ask({"kidney": "severe", "diabetes": "insulin"})["takes-insulin"].value == "insulin"


def test_a_unit_is_asked_for_the_fact_that_is_missing():
    verdict = ask(takes("norco"))["opioid-more"]
    assert verdict.facts == ("opioid_as_prescribed",)
    assert verdict.fact == "opioid_as_prescribed"


@pytest.mark.parametrize("level", [Level.HARD_STOP, Level.INFO])
def test_the_clinics_level_counts_and_the_default_stays_beside(level):
    verdict = ask({"seizures": "yes", "levels": {"seizures": level}})["seizures"]
    assert (verdict.level, verdict.would_be, verdict.default_level) == (level, level, Level.WARN)
    assert verdict.gates == (level == Level.HARD_STOP)
    unknown = ask({"levels": {"seizures": level}})["seizures"]
    assert (unknown.level, unknown.would_be, unknown.default_level) == (Level.UNKNOWN, level, Level.WARN)


def test_a_rule_switched_off_is_not_run():
    assert "seizures" not in ask({"seizures": "yes", "levels": {"seizures": OFF}})


def test_today_goes_before_the_record_and_the_packet():
    row = {"pregnant": "yes"} | today(pregnancy="negative")
    assert "pregnant" not in ask(row)
