"""ONC-d10, V16.3.3: every look leaves exactly one row in the audit; every write at least one, and none twice.

Walks every page of every floor as the first visitor whom it lets in, and reads the statements each request sent.
"""

import ast
import logging
import re
from http.cookies import SimpleCookie

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client

from clinic.models import AuditEvent
from tests.house import matrix
from tests.house.code import ROOT
from tests.house.matrix_objects import Side, other_side, params
from tests.house.test_matrix import judged, lacks
from tests.people import people

FLOORS = ("clinic", "intake", "sessions", "followup")
# Seen behind the privacy lock: they show nobody. The others hand on what is not a page of the record.
NO_LOOK = {
    "clinic:live-ticket",
    "sessions:board-calls",
    "sessions:lock",
    "sessions:lock-passkey",
    "sessions:replay-ready",
    "sessions:session-ticket",
}
# One look at two people at once.
TWO_LOOKS = {"followup:duplicate-compare"}
# What is no part of the record: sign-ins, their devices, counts of tries, signs of life, and the audit itself.
BESIDE = re.compile(r"^(django_session|cache|usersessions_\w+|clinic_(auditevent|heartbeat|knownbrowser|user))$")
WRITES = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM)\s+"(\w+)"')


@pytest.fixture
def asked(db, monkeypatch):
    monkeypatch.setattr(logging.root.manager, "disable", logging.CRITICAL)
    cache.clear()
    everyone = people()
    own, foreign = Side(everyone), Side(other_side(everyone))
    return matrix.clients(everyone, own, foreign), own


def ask(client, method, address):
    """(status, rows of the audit, tables written) of one request; what it wrote is undone."""
    fresh = Client(raise_request_exception=False)
    fresh.handler = matrix.HANDLER
    fresh.cookies = SimpleCookie({key: morsel.value for key, morsel in client.cookies.items()})
    tables = set()

    def note(execute, sql, given, many, context):
        said = str(sql)
        tables.update(table for table in WRITES.findall(said) if not BESIDE.match(table))
        return execute(sql, given, many, context)

    with transaction.atomic(), connection.execute_wrapper(note):
        response = getattr(fresh, method.lower())(address)
        written = AuditEvent.objects.filter(request_id=response.headers.get("X-Request-ID", "none"))
        rows = list(written.values_list("verb", "subject_id", "is_look"))
        transaction.set_rollback(True)
    return response.status_code, rows, tables


def answers(asked, method):
    """(path, status, rows, tables) of every path by the first visitor whom it lets in."""
    visitors, own = asked
    for path in [path for section in FLOORS for path in judged(section)]:
        door = getattr(path.view, "door", None)
        if door is None or lacks(path) or door.kind not in ("staff", "patient_link"):
            continue
        address = matrix.address_of(path, params(path, own))
        for who in ("patient",) if door.kind == "patient_link" else door.roles:
            status, rows, tables = ask(visitors[who], method, address)
            if status == 200 or (method == "POST" and status == 302):
                yield path, status, rows, tables
                break


@pytest.mark.timeout(900)
def test_onc_d10_every_look_leaves_exactly_one_row(asked):
    looked = list(answers(asked, "GET"))
    assert len(looked) > 150
    wrong = {path.name: rows for path, _, rows, _ in looked if len(rows) != _wanted(path.name)}
    assert wrong == {}, "one look, one row"
    assert {path.name: tables for path, _, _, tables in looked if tables} == {}, "GET never writes"


@pytest.mark.timeout(900)
def test_onc_d10_every_write_leaves_its_row_and_none_twice(asked):
    done = [(path, [(verb, subject) for verb, subject, look in rows if not look], tables)
            for path, status, rows, tables in answers(asked, "POST") if status == 302]  # fmt: skip
    assert len(done) > 30
    assert {path.name: tables for path, found, tables in done if tables and not found} == {}, "written, not noted"
    assert {path.name: found for path, found, _ in done if len(found) != len(set(found))} == {}, "noted twice"


def _wanted(name):
    return 0 if name in NO_LOOK else 2 if name in TWO_LOOKS else 1


# ---- the actions, read rather than run: each verb that says `by=` leads to the one place that writes the audit
NOTES = {"record", "event", "looked", "knocked", "denied"}
# Verbs that only read, make nothing that lasts, or leave the row to the deed that calls them.
LEFT_OUT = {
    "clinic.actions.fingerprints.keep_fingerprint",
}


def _functions():
    """{module.function: (node, {names it calls})} of every module of every floor."""
    found = {}
    for app in FLOORS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if {"migrations", "dev", "project"} & set(path.parts):
                continue
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef):
                    found[f"{module}.{node.name}"] = (node, _called(node))
    return found


def _called(node):
    names = set()
    for one in ast.walk(node):
        if isinstance(one, ast.Call):
            names.add(one.func.attr if isinstance(one.func, ast.Attribute) else getattr(one.func, "id", ""))
        elif isinstance(one, ast.Name | ast.Attribute):
            names.add(one.id if isinstance(one, ast.Name) else one.attr)
    return names


def test_onc_d10_every_action_leads_to_the_audit():
    functions = _functions()
    leads = {name.rpartition(".")[2] for name, (_, called) in functions.items() if called & NOTES}
    grown = True
    while grown:
        more = {name.rpartition(".")[2] for name, (_, called) in functions.items() if called & leads} - leads
        grown = bool(more)
        leads |= more
    verbs = {
        name: node
        for name, (node, _) in functions.items()
        if ".actions." in name and not node.name.startswith("_") and "by" in [arg.arg for arg in node.args.kwonlyargs]
    }
    assert len(verbs) > 150
    assert sorted(name for name, node in verbs.items() if node.name not in leads and name not in LEFT_OUT) == []
