"""A disk that fills up: told at 80 %, no files from 90 %, nothing but the chairs from 97 %."""

import pytest

from clinic.refusal import Refused
from clinic.rules import space as rules


@pytest.mark.parametrize(
    ("percent", "before", "stage"),
    [
        (0, "ok", "ok"), (79, "ok", "ok"), (80, "ok", "tight"), (89, "ok", "tight"), (90, "ok", "no_files"),
        (96, "tight", "no_files"), (97, "ok", "read_only"), (100, "ok", "read_only"),
        (79, "tight", "tight"), (78, "tight", "tight"), (77, "tight", "ok"),
        (88, "no_files", "no_files"), (87, "no_files", "tight"), (95, "read_only", "read_only"),
        (94, "read_only", "no_files"), (50, "read_only", "ok"),
    ],
)  # fmt: skip
def test_rel_15_the_stage_follows_the_fullest_disk_and_does_not_flicker(percent, before, stage):
    assert rules.stage_of(percent, before) == stage


def test_percent_is_rounded_up_and_a_disk_of_no_size_is_full():
    assert rules.Reading("a", 791, 1000).percent == 80
    assert rules.Reading("a", 790, 1000).percent == 79
    assert rules.Reading("a", 0, 0).percent == 100


@pytest.mark.parametrize(
    ("stage", "files", "forms", "chair"),
    [
        ("ok", True, True, True),
        ("tight", True, True, True),
        ("no_files", False, True, True),
        ("read_only", False, False, True),
    ],
)
def test_rel_15_files_are_refused_first_and_the_chairs_last(stage, files, forms, chair):
    assert rules.can_take_files(stage) is files
    assert rules.can_save(stage, at_a_chair=False) is forms
    assert rules.can_save(stage, at_a_chair=True) is chair
    if files:
        rules.check_can_take_files(stage)
    else:
        with pytest.raises(Refused):
            rules.check_can_take_files(stage)
