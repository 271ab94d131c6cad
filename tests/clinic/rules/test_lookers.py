"""Lines of who looked: roles of that day and site, one line a role, an emergency look apart."""

import datetime as dt

import pytest

from clinic.rules.lookers import Held, Looker, Seen, lookers

MONDAY, TUESDAY = dt.date(2026, 5, 11), dt.date(2026, 5, 12)
EVER = dt.date(2020, 1, 1)
ANN, BEN = "ann", "ben"


def seen(user=ANN, *, day=MONDAY, actor="user", site="here", what="look", urgent=False):
    return Seen(day, actor, user, site, what, urgent)


def held(role, user=ANN, *, site="here", since=EVER, until=None):
    return Held(user, site, role, since, until)


def who(rows, roles, day=MONDAY):
    return [(line.who, line.persons) for line in lookers(rows, roles)[day]]


@pytest.mark.parametrize(
    ("roles", "told"),
    [
        ([held("nurse")], "nurse"),
        ([held("front_desk"), held("nurse")], "nurse"),
        ([held("clinic_admin"), held("prescriber")], "prescriber"),
        ([held("nurse", site="there"), held("front_desk")], "front_desk"),
        ([held("auditor", site="there")], "auditor"),
        ([held("nurse", until=MONDAY)], "nurse"),
        ([held("nurse", until=MONDAY - dt.timedelta(1))], ""),
        ([held("nurse", since=TUESDAY)], ""),
        ([held("nurse", user=BEN)], ""),
        ([], ""),
    ],
)
def test_somebody_is_told_by_the_role_of_that_day_at_that_site(roles, told):
    assert who([seen()], roles) == [(told, 1)]


def test_two_of_a_role_are_one_line_and_their_deeds_are_told_once():
    rows = [seen(), seen(what="change"), seen(BEN), seen(BEN, what="take"), seen(BEN)]
    lines = lookers(rows, [held("nurse"), held("nurse", BEN)])
    assert lines == {MONDAY: [Looker("nurse", 2, ("look", "change", "take"), False)]}


def test_patient_and_strangers_are_told_as_such_whatever_roles_there_are():
    rows = [seen(None, actor="anon"), seen(None, actor="patient"), seen()]
    assert who(rows, [held("nurse")]) == [("nurse", 1), ("patient", 1), ("anon", 1)]


def test_an_emergency_look_is_a_line_of_its_own():
    lines = lookers([seen(), seen(urgent=True)], [held("nurse")])[MONDAY]
    assert [(line.who, line.in_emergency) for line in lines] == [("nurse", False), ("nurse", True)]


def test_the_newest_day_comes_first():
    assert list(lookers([seen(), seen(day=TUESDAY)], [])) == [TUESDAY, MONDAY]
    assert lookers([], []) == {}
