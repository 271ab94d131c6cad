"""When two records may become one: a truth table of what is in the way."""

import datetime as dt

import pytest

from clinic.refusal import Refused
from followup.rules import merging as rules
from followup.rules.merging import Standing

NINE = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)


def visit(begins, hours=2, link="/visits/1/"):
    start = NINE + dt.timedelta(hours=begins)
    return (start, start + dt.timedelta(hours=hours), f"{start:%H:%M}", link)


TWICE = ["visits", "visits"]
ONE, TWO = Standing("T1"), Standing("T2")
TABLE = [
    ({}, []),
    ({"roles": {"nurse"}}, ["role"]),
    ({"roles": set()}, ["role"]),
    ({"reason": " "}, ["reason"]),
    ({"same": True}, ["same"]),
    ({"kept": Standing("T1", is_merged=True)}, ["merged"]),
    ({"merged": Standing("T2", is_merged=True)}, ["merged"]),
    ({"merged": Standing("T2", holds_others=True)}, ["holds"]),
    ({"kept": Standing("T1", holds_others=True)}, []),
    ({"kept": Standing("T1", visits=[visit(0)]), "merged": Standing("T2", visits=[visit(2)])}, []),
    ({"kept": Standing("T1", visits=[visit(0)]), "merged": Standing("T2", visits=[visit(1)])}, ["visits"]),
    (
        {"kept": Standing("T1", visits=[visit(0), visit(4)]), "merged": Standing("T2", visits=[visit(1, 4)])},
        ["visits"] * 2,
    ),
    ({"kept": Standing("T1", session=("s", "/1/"))}, []),
    ({"kept": Standing("T1", session=("s", "/1/")), "merged": Standing("T2", session=("t", "/2/"))}, ["sessions"]),
    ({"merged": Standing("T2", packet=("p", "/1/"))}, []),
    ({"kept": Standing("T1", packet=("p", "/1/")), "merged": Standing("T2", packet=("q", "/2/"))}, ["packets"]),
]


@pytest.mark.parametrize(("changes", "codes"), TABLE)
def test_everything_in_the_way_is_said_at_once(changes, codes):
    facts = {"kept": ONE, "merged": TWO, "same": False, "reason": "Same address", "roles": {"clinic_admin"}} | changes
    items = rules.merge_items(**facts)
    assert [item.code for item in items] == codes
    assert all(item.link for item in items if item.code in ("visits", "sessions", "packets"))
    if codes:
        with pytest.raises(Refused):
            rules.check_can_merge(**facts)


@pytest.mark.parametrize(
    ("is_undone", "reason", "roles", "codes"),
    [
        (False, "Two sisters", {"clinic_admin"}, []),
        (True, "Two sisters", {"clinic_admin"}, ["undone"]),
        (False, "", {"clinic_admin"}, ["reason"]),
        (False, "Two sisters", {"prescriber"}, ["role"]),
    ],
)
def test_undoing_needs_the_role_and_a_reason_and_happens_once(is_undone, reason, roles, codes):
    assert [item.code for item in rules.undo_items(is_undone=is_undone, reason=reason, roles=roles)] == codes


@pytest.mark.parametrize(
    ("verb", "words", "roles", "codes"),
    [
        ("proposed", "Same phone", {"front_desk"}, []),
        ("proposed", " ", {"front_desk"}, ["words"]),
        ("dismissed", "Two sisters", {"front_desk"}, ["role"]),
        ("dismissed", "Two sisters", {"clinic_admin"}, []),
        ("reopened", "A letter came", {"nurse"}, ["role"]),
    ],
)
def test_the_care_team_proposes_and_an_administrator_decides(verb, words, roles, codes):
    assert [item.code for item in rules.note_items(verb=verb, words=words, roles=roles)] == codes
    assert rules.can_merge(roles) is ("clinic_admin" in roles)
