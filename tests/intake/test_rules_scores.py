"""May a score be entered: every reason, and all of them at once."""

from datetime import date

import pytest

from clinic.refusal import Refused
from intake.rules.scores import can_enter, check_can_enter, check_day

TODAY, YESTERDAY, TOMORROW = date(2026, 11, 22), date(2026, 11, 21), date(2026, 11, 23)


@pytest.mark.parametrize(
    ("instrument", "total", "day", "codes"),
    [
        ("dn4", 0, TODAY, []),
        ("dn4", 10, YESTERDAY, []),
        ("dn4", 11, TODAY, ["score-range"]),
        ("dn4", "2.5", TODAY, ["score-range"]),
        ("bpi-interference", "2.5", TODAY, []),
        ("dn4", 3, TOMORROW, ["score-day"]),
        ("dn4", -1, TOMORROW, ["score-range", "score-day"]),
    ],
)
def test_what_may_be_entered(instrument, total, day, codes):
    facts = {"instrument": instrument, "total": total, "day": day, "today": TODAY}
    assert can_enter(**facts) is (codes == [])
    if codes:
        with pytest.raises(Refused) as refused:
            check_can_enter(**facts)
        assert [item.code for item in refused.value.items] == codes
    else:
        assert check_can_enter(**facts).scorable


def test_a_day_to_come_is_refused_by_itself():
    check_day(day=TODAY, today=TODAY)
    with pytest.raises(Refused, match="still to come"):
        check_day(day=TOMORROW, today=TODAY)
