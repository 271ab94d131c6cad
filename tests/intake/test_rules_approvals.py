"""May this patient be treated, as far as intake knows: every reason at once, and a neutral word for the front desk."""

import datetime as dt
from types import SimpleNamespace as Row

import pytest

from clinic.refusal import Item, Refused
from intake.rules.approvals import can_be_treated, check_may_be_treated

DAY = dt.date(2026, 11, 22)
FINDING = Row(rule="glaucoma", reason="Glaucoma.", neutral="Needs a clinician: ask the prescriber.")


def approval(until=DAY, revoked=None):
    return Row(valid_until=until, revoked_at=revoked, revoked_reason="New chest pain")


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ({"approval": approval(), "unsettled": []}, []),
        ({"approval": None, "unsettled": []}, ["no-approval"]),
        ({"approval": approval(DAY - dt.timedelta(days=1)), "unsettled": []}, ["approval-expired"]),
        ({"approval": approval(revoked=DAY), "unsettled": [FINDING]}, ["approval-revoked", "finding-glaucoma"]),
        ({"approval": approval(), "unsettled": [FINDING], "consents": [Item("consent", "Sign it.")]},
         ["finding-glaucoma", "consent"]),
    ],
)  # fmt: skip
def test_all_that_stands_against_it(facts, codes):
    assert can_be_treated(day=DAY, **facts) == (not codes)
    if codes:
        with pytest.raises(Refused) as refused:
            check_may_be_treated(day=DAY, **facts)
        assert [item.code for item in refused.value.items] == codes
        assert "chest pain" not in refused.value.neutral
        assert "Glaucoma" not in refused.value.neutral
