"""Levels as a clinic sets them: never off for a hard stop, always with a reason, by a prescriber."""

from types import SimpleNamespace as Row

import pytest

from clinic.refusal import Refused
from intake.rules.engine import OFF, Level
from intake.rules.findings import BY_CODE, RULES
from intake.rules.levels import can_set, check_can_set, in_force, offered, words_of

SEIZURES, GLAUCOMA, ITEM = BY_CODE["seizures"], BY_CODE["glaucoma"], BY_CODE["suicide-item"]
WELL = {"rule": SEIZURES, "level": Level.INFO, "now": Level.WARN, "reason": "Seen weekly.", "roles": {"prescriber"}}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({}, None),
        ({"level": OFF}, None),
        ({"level": Level.HARD_STOP}, None),
        ({"rule": GLAUCOMA, "now": Level.HARD_STOP, "level": Level.NEEDS_ACTION}, None),
        ({"roles": {"nurse", "clinic_admin"}}, "not-prescriber"),
        ({"reason": "  "}, "reason"),
        ({"level": Level.WARN}, "same"),
        ({"level": "unknown"}, "level"),
        ({"level": ""}, "level"),
        ({"rule": GLAUCOMA, "now": Level.HARD_STOP, "level": OFF}, "stays-on"),
        ({"rule": ITEM, "now": Level.NEEDS_ACTION, "level": OFF}, "stays-on"),
    ],
)
def test_who_may_set_what(changed, code):
    facts = WELL | changed
    assert can_set(**facts) == (code is None)
    if code:
        with pytest.raises(Refused) as refused:
            check_can_set(**facts)
        assert [item.code for item in refused.value.items] == [code]


def test_all_reasons_at_once():
    with pytest.raises(Refused) as refused:
        check_can_set(rule=GLAUCOMA, level=OFF, now=Level.HARD_STOP, reason="", roles=set())
    assert [item.code for item in refused.value.items] == ["not-prescriber", "stays-on", "reason"]


def test_off_is_offered_only_where_it_can_be():
    assert OFF in dict(offered(SEIZURES))
    assert OFF not in dict(offered(GLAUCOMA))
    assert OFF not in dict(offered(ITEM))
    assert (words_of(OFF), words_of(Level.WARN)) == ("Switched off", "Caution")


def test_only_what_differs_is_in_force():
    rows = [
        Row(rule="seizures", level="info"),
        Row(rule="porphyria", level="off"),
        Row(rule="bladder", level="warn"),
        Row(rule="glaucoma", level="off"),
        Row(rule="a-rule-of-long-ago", level="info"),
    ]
    assert in_force(RULES, rows) == {"seizures": Level.INFO, "porphyria": OFF}
