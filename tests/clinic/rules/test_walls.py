"""Screens on the wall: codes that can be read out loud, who pairs and revokes, how long a screen counts."""

import datetime as dt

import pytest

from clinic.refusal import Refused
from clinic.rules import walls as rules

NOW = dt.datetime(2026, 3, 3, 14, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize("number", [0, 1, 19, 20, 2**127, 2**128 - 1])
def test_a_code_has_six_letters_of_the_list(number):
    code = rules.code_from(number)
    assert len(code) == 6
    assert set(code) <= set(rules.LETTERS)


def test_numbers_give_different_codes():
    assert len({rules.code_from(n) for n in range(5000)}) == 5000


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("BDF-GHK", "BDFGHK"),
        ("bdf ghk", "BDFGHK"),
        (" bdfghk ", "BDFGHK"),
        ("BDFGH", ""),
        ("BDFGHKL", ""),
        ("BDFGHA", ""),
        ("123456", ""),
        ("", ""),
    ],
)
def test_what_is_typed_is_read_kindly(typed, code):
    assert rules.normal(typed) == code


def test_a_code_is_shown_in_two_groups():
    assert rules.shown("BDFGHK") == "BDF-GHK"


@pytest.mark.parametrize(
    ("paired", "revoked", "seen", "alive"),
    [
        (None, None, None, False),
        (NOW - DAY, None, None, True),
        (NOW - DAY, NOW, None, False),
        (NOW - 100 * DAY, None, None, False),
        (NOW - 100 * DAY, None, NOW - DAY, True),
        (NOW - 400 * DAY, None, NOW - 90 * DAY, True),
        (NOW - 400 * DAY, None, NOW - 91 * DAY, False),
        (NOW - 400 * DAY, NOW - DAY, NOW, False),
    ],
)
def test_a_screen_counts_while_it_is_paired_and_seen(paired, revoked, seen, alive):
    assert rules.is_alive(paired_at=paired, revoked_at=revoked, last_seen_at=seen, at=NOW) is alive


def codes(check, **facts):
    try:
        check(**facts)
    except Refused as refused:
        return [item.code for item in refused.items]
    return []


@pytest.mark.parametrize(
    ("roles", "found", "name", "said"),
    [
        ({"clinic_admin"}, 1, "Station", []),
        ({"clinic_admin", "nurse"}, 1, "Station", []),
        ({"nurse"}, 1, "Station", ["wall.role"]),
        (set(), 1, "Station", ["wall.role"]),
        ({"clinic_admin"}, 0, "Station", ["wall.code"]),
        ({"clinic_admin"}, 2, "Station", ["wall.code"]),
        ({"clinic_admin"}, 1, "  ", ["wall.name"]),
        ({"prescriber"}, 0, "", ["wall.role", "wall.code", "wall.name"]),
    ],
)
def test_who_pairs_what(roles, found, name, said):
    assert codes(rules.check_can_pair, roles=roles, found=found, name=name) == said


@pytest.mark.parametrize(
    ("roles", "paired", "said"),
    [
        ({"nurse"}, True, []),
        ({"prescriber"}, True, []),
        ({"clinic_admin"}, True, []),
        ({"front_desk"}, True, ["wall.role"]),
        ({"auditor"}, True, ["wall.role"]),
        ({"nurse"}, False, ["wall.not_paired"]),
        (set(), False, ["wall.role", "wall.not_paired"]),
    ],
)
def test_who_revokes_what(roles, paired, said):
    assert codes(rules.check_can_revoke, roles=roles, paired=paired) == said
