"""Who may be invited to fill in for a patient."""

import pytest

from clinic.refusal import Refused
from intake.rules.helping import can_invite_representative, check_can_invite_representative


@pytest.mark.parametrize(
    ("email", "is_in_force", "codes"),
    [
        ("rep@example.org", True, []),
        ("", True, ["no-email"]),
        ("rep@example.org", False, ["not-in-force"]),
        ("", False, ["not-in-force", "no-email"]),
    ],
)
def test_a_representative_can_be_written_to_and_speaks_for_the_patient(email, is_in_force, codes):
    facts = {"email": email, "is_in_force": is_in_force}
    assert can_invite_representative(**facts) == (not codes)
    if codes:
        with pytest.raises(Refused) as refused:
            check_can_invite_representative(**facts)
        assert [item.code for item in refused.value.items] == codes
