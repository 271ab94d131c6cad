"""Truth table: which letters may be written, and how they may go out."""

import pytest

from clinic.refusal import Refused
from intake.rules import letters as rules
from intake.rules.decisions import DECISIONS

WRITE = {"audience": "patient", "signed": True, "has_referrer": False, "roles": {"prescriber"}}
SEND = {
    "audience": "patient",
    "body": "Dear Sam",
    "way": "link",
    "sent": False,
    "email": "sam@tideline.example",
    "roles": {"prescriber"},
}


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"audience": "referrer", "has_referrer": True}, []),
        ({"audience": "referrer"}, ["no-referrer"]),
        ({"signed": False}, ["not-signed"]),
        ({"roles": {"nurse"}}, ["not-prescriber"]),
    ],
)
def test_who_writes_to_whom(changes, codes):
    facts = WRITE | changes
    assert rules.can_write(**facts) is (codes == [])
    if codes:
        with pytest.raises(Refused) as refused:
            rules.check_can_write(**facts)
        assert [item.code for item in refused.value.items] == codes


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"way": "hand", "email": ""}, []),
        ({"audience": "referrer", "way": "fax"}, []),
        ({"audience": "referrer", "way": "link"}, ["way"]),
        ({"email": ""}, ["no-email"]),
        ({"way": "pigeon"}, ["way"]),
        ({"body": " "}, ["body"]),
        ({"body": "Dear {name}"}, ["braces"]),
        ({"sent": True}, ["sent"]),
        ({"roles": {"nurse"}}, ["not-prescriber"]),
    ],
)
def test_how_it_goes_out(changes, codes):
    facts = SEND | changes
    assert rules.can_send(**facts) is (codes == [])
    if codes:
        with pytest.raises(Refused) as refused:
            rules.check_can_send(**facts)
        assert [item.code for item in refused.value.items] == codes


def test_each_decision_has_its_letter_to_the_patient_and_all_share_the_referrers():
    assert {rules.kind_of("patient", decision) for decision in DECISIONS} == set(rules.PATIENT_KINDS.values())
    assert {rules.kind_of("referrer", decision) for decision in DECISIONS} == {"referrer"}
