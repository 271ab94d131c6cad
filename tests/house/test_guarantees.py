"""docs/guarantees.md names tests that are there, for every promise, and every drill with an id is told of somewhere."""

import re

import pytest

from tests.house.code import ROOT

TEXT = (ROOT / "docs" / "guarantees.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/\S+?\.py)::(test_\w+)`", TEXT)))
PROMISES = re.findall(r"^## (P-\d)", TEXT, re.MULTILINE)
RELIABLE = [f"rel_{number:02}" for number in range(1, 23)]


def test_seven_promises_are_made_in_order():
    assert [f"P-{number}" for number in range(1, 8)] == PROMISES


@pytest.mark.parametrize(("file", "name"), NAMED, ids=[name for _, name in NAMED])
def test_each_test_it_names_is_there(file, name):
    path = ROOT / file
    assert path.exists(), f"{file} is gone"
    assert re.search(rf"^\s*def {name}\(", path.read_text(encoding="utf-8"), re.MULTILINE), f"{name} is not in {file}"


@pytest.mark.parametrize("promise", PROMISES)
def test_each_promise_names_what_tries_to_break_it(promise):
    part = TEXT.partition(f"## {promise} ")[2].partition("\n## ")[0]
    assert "::test_" in part


@pytest.mark.parametrize("ident", RELIABLE)
def test_each_failure_of_the_table_has_a_test_with_its_id(ident):
    found = [
        path for path in (ROOT / "tests").rglob("test_*.py") if f"def test_{ident}_" in path.read_text(encoding="utf-8")
    ]
    assert found, f"no test is named test_{ident}_..."
