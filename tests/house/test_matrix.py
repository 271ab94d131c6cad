"""Deny by default, proved: every path of the product, asked by everyone, against the golden table.

`TIDELINE_UPDATE_MATRIX=1 python -m pytest tests/house/test_matrix.py` writes the table anew: read the difference
before you commit it. Development tools (clinic.dev) are not in it: production has no such paths.
"""

import difflib
import itertools
import logging
import os
import sys
from pathlib import Path as File

import pytest
from django.core.cache import cache

from tests.house import matrix, matrix_reading
from tests.house.matrix_objects import ADMIN, Side, as_param, nouns, other_side, params
from tests.people import people

GOLDEN = File(__file__).with_name("matrix.txt")
PAGE = File(__file__).parents[2] / "docs" / "access.md"

# Pages that need neither a sign-in nor a link; the list is short on purpose.
PUBLIC = {
    "clinic:health-live",
    "clinic:health-ready",
    "clinic:language-set",
    "clinic:link-code",
    "clinic:link-ask",
    "clinic:link-continue",
    "clinic:link-open",
    "clinic:link-prove",
    "clinic:sms-report",
    "clinic:sms-take",
    "clinic:theme-set",
    "clinic:wall-pair",
    "followup:feed",
    "followup:home-ask",
    "followup:home-asked",
    "intake:packet-sent",
    "intake:questions-sent",
    "sessions:offline-shell",
    "sessions:offline-worker",
}
SECTIONS = ("clinic", "intake", "sessions", "followup", "sign-in", "admin")
# Asked with nothing in the form, the first three answer 404 for their own row too: the form names what they act on.
# Two hand the tablet over: they sign staff out and lead to the patients' door. The provider's report of a text message
# is signed by the provider.
NEEDS_MORE = {
    "clinic:sms-report",
    "intake:assessment-settle",
    "intake:new-findings-settle",
    "sessions:concern-decide",
    "intake:consent-tablet",
    "intake:hand-over",
}
# What stands in these addresses is no row of a site: a text or rule of the whole clinic, a day, the slug of a page, or
# a token that is a key in itself. Who stops waiting stops their own waiting, whatever visit is named.
OF_NO_SITE = {
    *("account_reset_password_from_key", "clinic:link-open", "clinic:text-show", "followup:feed", "followup:home-go"),
    *("followup:checkup-page", "followup:report-show", "followup:report-csv", "followup:report-picture"),
    *("intake:consent-own", "intake:consent-take-back", "intake:consent-renewals", "intake:education-section"),
    *("intake:questions-page", "intake:questions-draft", "intake:rule-show", "intake:packet-consent"),
    *("intake:packet-page", "intake:packet-draft", "sessions:day-show", "sessions:day-reopen", "clinic:seal-head"),
    "followup:own-visit-stop-waiting",
}
ADMIN_VERBS = ("changelist", "add", "history", "delete", "change")


def test_g_01_every_view_has_a_door():
    open_doors = [path.name for path in matrix.paths() if not matrix.door_of(path)]
    assert open_doors == []


def test_atk_08_the_public_pages_are_the_listed_ones():
    public = {p.name for p in matrix.paths() if matrix.door_of(p) == "public" and p.namespace != "dev"}
    assert public == PUBLIC


def test_every_path_has_a_name():
    assert [path.name for path in matrix.paths() if "<" in path.name and path.namespace != "admin"] == []


def section_of(path):
    """The section of the table a path belongs to; "" for the development tools."""
    if path.namespace in ("admin", "dev"):
        return path.namespace.replace("dev", "")
    return "sign-in" if path.view.__module__.startswith("allauth.") else path.namespace


def judged(section):
    """The paths of one section."""
    return [path for path in matrix.paths() if section_of(path) == section]


def lacks(path):
    """Parameters of an open path that no line of matrix_objects fills."""
    found = nouns(path) if matrix.door_of(path) != "closed" else {}
    return [name for name, noun in found.items() if noun is None]


def test_every_parameter_has_a_line():
    ours = [path for section in SECTIONS if section != "admin" for path in judged(section)]
    missing = {path.name: lacks(path) for path in ours if lacks(path)}
    assert missing == {}, "Write what stands there in tests/house/matrix_objects.py"


@pytest.fixture
def asked(db, monkeypatch):
    """Everyone with a client of theirs, and the rows of both sides; thousands of refusals are not logged."""
    monkeypatch.setattr(logging.root.manager, "disable", logging.CRITICAL)
    cache.clear()  # what other tests asked too often is not asked too often here
    everyone = people()
    own, foreign = Side(everyone), Side(other_side(everyone))
    return matrix.clients(everyone, own, foreign), own, foreign


@pytest.mark.parametrize("section", SECTIONS)
def test_g_01_atk_09_everyone_gets_the_answers_of_the_golden_table(asked, section):
    make = admin_rows if section == "admin" else our_rows
    rows = list(make(section, *asked))
    rows = list(grouped(rows)) if section == "admin" else rows
    table = matrix.as_table(rows)
    if os.environ.get("TIDELINE_UPDATE_MATRIX"):
        write_section(section, table)
    assert not [f"{method} {name}" for name, method, cells in rows if any("500" in cell for cell in cells)]
    assert section == "admin" or unreached(rows) <= NEEDS_MORE, "Nobody gets to these rows: is their line right?"
    golden = golden_sections().get(section, "")
    difference = "\n".join(difflib.unified_diff(golden.split("\n"), table.split("\n"), lineterm="", n=0))
    assert not difference, f"The table of answers has changed (TIDELINE_UPDATE_MATRIX=1 writes it anew):\n{difference}"


def unreached(rows):
    """Paths whose own row nobody reaches by any method: most likely it is a row of another kind."""
    nowhere = (*matrix.STOPPED, "405")
    asked = {name for name, _, cells in rows if any("/" in cell for cell in cells)}
    reached = {name for name, _, cells in rows if any(cell.partition("/")[0] not in nowhere for cell in cells)}
    return asked - reached


def golden_sections():
    """Section -> its part of the golden file."""
    parts = GOLDEN.read_text().split("## ")[1:] if GOLDEN.exists() else []
    return {name: body.rstrip() + "\n" for name, _, body in (part.partition("\n") for part in parts)}


def write_section(section, table):
    """Put one section's table in its place in the golden file, and the page about it anew."""
    parts = golden_sections() | {section: table}
    body = "".join(f"## {name}\n{parts[name].rstrip()}\n\n" for name in SECTIONS if name in parts)
    GOLDEN.write_text(matrix_reading.preamble(parts) + body)
    PAGE.write_text(matrix_reading.page(parts))


def test_g_01_the_golden_table_says_how_many_answers_it_holds(capsys):
    """Its first lines hold the count: `pytest tests/house/test_matrix.py -k how_many` shows them."""
    parts = golden_sections()
    with capsys.disabled():
        sys.stdout.write(f"\n{matrix_reading.preamble(parts).partition('.')[0]}\n")
    assert set(parts) == set(SECTIONS)
    assert GOLDEN.read_text().startswith(matrix_reading.preamble(parts))
    assert matrix_reading.count(parts) > 9000


def test_g_01_the_page_about_it_says_what_the_table_says():
    """docs/access.md is written with the table."""
    assert PAGE.read_text() == matrix_reading.page(golden_sections())


def test_atk_09_nobody_gets_another_sites_row():
    """Read off the golden table: a foreign row is refused like an absent one, whoever asks."""
    parts = {name: body for name, body in golden_sections().items() if name != "admin"}  # texts and protocols, mostly
    wrong = list(matrix_reading.foreign_rows_given(parts, OF_NO_SITE))
    assert wrong == [], "a foreign row was answered"


def test_every_path_is_in_a_section():
    assert {section_of(path) for path in matrix.paths()} - {""} == set(SECTIONS)


def our_rows(section, visitors, own, foreign):
    """The pages of one section; those of the sign-in package that are closed on one line."""
    closed = []
    for path in judged(section):
        if lacks(path):
            continue
        here = matrix.address_of(path, params(path, own)) if matrix.door_of(path) != "closed" else None
        there = matrix.address_of(path, params(path, foreign)) if path.params and here else None
        for method in ("GET", "POST"):
            if here:
                yield path.name, method, matrix.row(path, visitors, method, here, there)
            else:
                closed.append((path, method))
    if closed:
        yield from closed_rows(visitors, closed)


def closed_rows(visitors, closed):
    """Pages of the sign-in package that we don't open, together."""
    for path, method in closed:
        given = dict.fromkeys(path.params, "x")
        cells = matrix.row(path, visitors, method, matrix.address_of(path, given), None)
        assert set(cells) == {"404", "same"}, path.name
    yield f"sign-in: {len(closed) // 2} closed pages", "any", (*["404"] * (len(matrix.WHO) - 1), "same")


def admin_rows(section, visitors, own, foreign):
    """The admin: its own pages, then every kind of page of every model."""
    for path in judged(section):
        if "<" in path.name:
            continue
        model, _, verb = path.name.removeprefix("admin:").rpartition("_")
        if verb not in ADMIN_VERBS or "_" not in model:
            given = {name: ADMIN_PARAMS[name] for name in path.params}
            name = f"admin pages: {path.name.removeprefix('admin:')}"
            yield name, "GET", matrix.row(path, visitors, "GET", matrix.address_of(path, given), None)
            continue
        noun = model.rpartition("_")[2]
        for method in ("GET", "POST") if verb != "history" else ("GET",):
            yield f"admin {verb}: {noun}", method, matrix.row(path, visitors, method, *both(path, noun, own, foreign))


ADMIN_PARAMS = {"app_label": "clinic", "content_type_id": 1, "object_id": 1, "url": "nowhere"}


def both(path, noun, own, foreign):
    """The addresses of an admin page for the own and the foreign row."""
    if not path.params:
        return matrix.address_of(path, {}), None
    sides = ({path.params[0]: as_param(side.get(ADMIN.get(noun, noun)))} for side in (own, foreign))
    return tuple(matrix.address_of(path, given) for given in sides)


def grouped(rows):
    """Rows of the same verb and method with the same answers become one, naming its models."""

    def key(row):
        return row[0].partition(":")[0], row[1], row[2]

    for (verb, method, cells), same in itertools.groupby(sorted(rows, key=key), key):
        names = sorted(name.partition(": ")[2] for name, _, _ in same)
        yield f"{verb}: {', '.join(names)}", method, cells
