"""What may stand in which room."""

import re

import pytest

from tests.house.code import ROOT, modules, name, templates, tracked

VIEWS = [path for path in modules() if "views" in path.parts or path.stem == "views"]
RULES = [path for path in modules() if "rules" in path.parts or path.stem.startswith("rules")]


def lines_with(paths, pattern):
    found = re.compile(pattern)
    return [
        f"{name(path)}:{number} {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if found.search(line)
    ]


def test_there_are_views_rules_and_templates_to_look_at():
    assert len(VIEWS) > 5
    assert len(RULES) > 5
    assert len(templates()) > 10


def test_views_ask_through_the_door_not_the_table():
    assert lines_with(VIEWS, r"\.objects\b") == []


def test_rules_are_pure():
    assert lines_with(RULES, r"\.objects\b|\brequest\.[a-z]|clock\.now\(|from django\.db import|\.save\(") == []


def test_no_template_carries_style_or_script_of_its_own():
    assert lines_with(templates(), r"<style\b|\sstyle\s*=|\son(click|load|change|submit|input|key\w+|error)\s*=") == []
    assert lines_with(templates(), r"<script\b(?![^>]*\bsrc=)(?![^>]*application/json)") == []
    assert lines_with(templates(), r"javascript:") == []


def test_no_template_switches_escaping_off():
    assert lines_with(templates(), r"\|\s*safe\b|autoescape off") == []


def test_dj_08_user_input_never_names_a_query():
    """A raw query is a constant of its module, with its values apart."""
    made_up = r"filter\(\*\*\s*(request|self\.request|params)|\.extra\(|RawSQL\(|\.raw\((?![A-Z]+, \[)"
    assert lines_with(modules(), made_up) == []


def test_the_day_of_a_moment_is_asked_of_a_zone():
    """A moment's own .date() is the day in UTC: `clinic.words.local(at, zone)` gives the day people lived."""
    assert lines_with(modules(), r"\w_at\.date\(\)") == []


def test_nothing_is_left_for_later():
    marks = "|".join(["TO" + "DO", "FIX" + "ME", "X" * 3 + r"\b", "Not" + "ImplementedError", "coming " + "soon"])
    assert lines_with(modules(), marks) == []
    assert lines_with(templates(), marks) == []


@pytest.mark.parametrize("word", [r"/home/[a-z]+/", r"/Users/", r"-----BEGIN [A-Z ]*PRIVATE KEY", r"/work/"])
def test_no_file_tells_of_a_machine_or_a_secret(word):
    texts = [
        ROOT / path for path in tracked() if path.endswith((".py", ".md", ".html", ".toml", ".js", ".css", ".txt"))
    ]
    texts = [path for path in texts if path.exists() and path.name != "test_code.py" and "vendor" not in path.parts]
    assert lines_with(texts, word) == []
