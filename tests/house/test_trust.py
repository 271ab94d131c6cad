"""Every id of the checklists is tried by a test that carries it, and the page that lists them is up to date."""

import ast
import re

import pytest

from clinic.dev import standards, trust
from clinic.dev.management.commands.draw_trust import TARGET, document
from tests.house.code import modules, name


def test_the_page_is_up_to_date():
    assert TARGET.read_text(encoding="utf-8") == document(), "run manage.py draw_trust"


@pytest.mark.parametrize("titles", [trust.ATTACKS, trust.FAILURES, trust.LINKS], ids=["attacks", "failures", "links"])
def test_no_id_goes_untried(titles):
    found = trust.files_by_id()
    assert [one for one in titles if one not in found] == []


def test_every_gate_is_held_by_an_id_that_is_tried():
    found = trust.files_by_id()
    assert [one for one, (_, held) in trust.GATES.items() if held not in found] == []


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("atk_18_v6_3_8_known_and_unknown_take_as_long", ["ATK-18", "V6.3.8"]),
        ("atk_19_g_03_v6_3_4_between_the_steps", ["ATK-19", "G-03", "V6.3.4"]),
        ("atk_06_and_11_every_field", ["ATK-06"]),
        ("atk_28_and_v1_5_2_what_is_pushed", ["ATK-28", "V1.5.2"]),
        ("v_8_2_3_no_clinical_word", ["V8.2.3"]),
        ("onc_d10_every_look", ["ONC-d10"]),
        ("hdr_1_to_11_the_table", ["HDR-1"]),
        ("nprm_5_whoever_left", ["NPRM-5"]),
        ("p_7_no_answer", ["P-7"]),
        ("once_a_day", []),
        ("relief_in_words", []),
        ("patients_come", []),
    ],
)
def test_ids_are_read_from_a_tests_name(words, ids):
    assert trust.ids_of(words) == ids


@pytest.mark.parametrize("ident", standards.LINES)
def test_every_line_of_the_standards_is_held_by_something_that_is_there(ident):
    found = trust.files_by_id()
    _, held = standards.LINES[ident]
    assert held or ident in found, f"{ident} has neither a test of its own nor another that holds it"
    known = {*found, *standards.LINES}
    assert [one for one in held if not (trust.stands(one) if "/" in one else one in known)] == []


def test_what_holds_a_line_is_held_itself():
    """No line leans on one that leans back."""

    def ends(ident, seen=()):
        assert ident not in seen, (*seen, ident)
        for one in standards.LINES.get(ident, ("", []))[1]:
            if "/" not in one:
                ends(one, (*seen, ident))

    for ident in standards.LINES:
        ends(ident)


def test_a_name_that_is_gone_is_told():
    assert trust.stands("tests/house/test_trust.py::a_name_that_is_gone_is_told")
    assert not trust.stands("tests/house/test_trust.py::no_such_test")
    assert not trust.stands("docs/no-such-page.md")


def test_nprm_3_every_setting_that_leads_off_the_machine_is_told_of():
    """A way out or in that docs/data-flows.md does not name is one that nobody judged."""
    page = (trust.ROOT / "docs" / "data-flows.md").read_text(encoding="utf-8")
    settings = "".join(
        path.read_text() for path in sorted((trust.ROOT / "clinic" / "project" / "settings").glob("*.py"))
    )
    asked = set(re.findall(r"\"([A-Z_]+(?:_URL|_DSN|_ADDRESSES|_ADDRESS|_TRANSPORT))\"", settings))
    assert {"EMAIL_URL", "SENTRY_DSN", "DATABASE_URL"} <= asked
    assert sorted(name for name in asked - {"BASE_URL"} if name not in page) == []


def test_v14_2_2_the_cache_holds_counts_and_nothing_of_a_record():
    """Three places write into it: counts of tries and codes that were used."""
    written = [(name(path), *call) for path in modules() for call in _writes(ast.parse(path.read_text()))]
    assert {place for place, *_ in written} == {"clinic/forms_sign_in.py", "clinic/links.py", "sessions/countersign.py"}
    assert [one for one in written if not isinstance(one[2], int)] == []


def _writes(tree):
    """(verb, constant that is written) of each call that puts something into the cache; None for anything else."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_cache(node.func.value):
            verb = node.func.attr
            if verb == "incr":
                yield verb, 1
            elif verb not in ("get", "delete"):
                yield verb, node.args[1].value if isinstance(node.args[1], ast.Constant) else None


def _is_cache(node):
    return isinstance(node, ast.Name) and node.id in ("cache", "caches")
