"""Truth table: who may give a packet to whom."""

import pytest

from clinic.refusal import Conflict, Refused
from intake.rules import holding as rules

FACTS = {
    "state": "submitted",
    "holder": "petra",
    "holder_is_prescriber": True,
    "expected": None,
    "current": None,
    "by": "petra",
    "roles": {"prescriber"},
}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, ""),
        ({"by": "fran", "roles": {"front_desk"}}, ""),
        ({"state": "in_review", "holder": None, "holder_is_prescriber": False}, ""),
        ({"expected": "piet", "current": "piet"}, ""),
        ({"expected": "nora", "current": "nora", "by": "nora", "roles": {"nurse"}, "holder": None}, ""),
        ({"expected": "piet", "current": "piet", "by": "fran", "roles": {"front_desk"}}, "theirs"),
        ({"holder_is_prescriber": False}, "holder"),
        ({"state": "decided"}, "state"),
        ({"state": "started"}, "state"),
    ],
)
def test_who_may_hold(changes, code):
    facts = FACTS | changes
    assert rules.can_hold(**facts) is (code == "")
    if code:
        with pytest.raises(Refused) as refused:
            rules.check_can_hold(**facts)
        assert [item.code for item in refused.value.items] == [code]


def test_an_old_page_is_a_conflict():
    with pytest.raises(Conflict):
        rules.check_can_hold(**FACTS | {"current": "piet"})
