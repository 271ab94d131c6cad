"""The order of roles, as a table."""

import pytest

from clinic.models import Role
from clinic.rules.staff import RANK, SUPERUSER, against_editing, against_membership, rank

ME, YOU = "me", "you"


def codes(**changes):
    facts = {"actor_id": ME, "subject_id": YOU, "actor_roles": {"clinic_admin"}, "actor_superuser": False}
    facts |= {"subject_superuser": False, "role": "nurse"} | changes
    return {item.code for item in against_membership(**facts)}


def test_every_role_has_a_rank_below_a_superuser():
    assert set(RANK) == set(Role.values)
    assert max(RANK.values()) == RANK["clinic_admin"] < SUPERUSER == rank(roles=[], superuser=True)
    assert rank(roles=[]) == 0


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, set()),
        ({"role": "clinic_admin"}, set()),
        ({"subject_id": ME}, {"own-membership"}),
        ({"actor_roles": {"nurse"}}, {"not-admin"}),
        ({"actor_roles": set(), "role": "clinic_admin"}, {"not-admin", "role-above"}),
        ({"actor_roles": {"prescriber"}, "role": "clinic_admin"}, {"not-admin", "role-above"}),
        ({"subject_superuser": True}, {"person-above"}),
        ({"subject_superuser": True, "actor_superuser": True, "actor_roles": set()}, set()),
    ],
)
def test_who_may_give_which_role(changes, expected):
    assert codes(**changes) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, set()),
        ({"subject_id": ME}, {"own-account"}),
        ({"subject_superuser": True}, {"person-above"}),
        ({"subject_sites": [1, 2]}, {"other-site"}),
        ({"actor_superuser": True, "subject_superuser": True, "subject_sites": [9]}, set()),
    ],
)
def test_whose_account_may_be_changed(changes, expected):
    facts = {"actor_id": ME, "subject_id": YOU, "actor_superuser": False, "subject_superuser": False}
    facts |= {"subject_sites": [1], "actor_sites": [1]} | changes
    assert {item.code for item in against_editing(**facts)} == expected
