"""What a patient may do about a visit, and how a wish reads at the desk."""

import datetime as dt

import pytest

from followup.rules.own_visits import Wanted, days_words, may_answer, title_of

NOW = dt.datetime(2026, 5, 14, 14, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("state", "minutes", "may"),
    [
        ("booked", 1, True),
        ("confirmed", 1, True),
        ("booked", 0, False),
        ("booked", -1, False),
        ("arrived", 1, False),
        ("in_progress", 1, False),
        ("done", 1, False),
        ("cancelled", 1, False),
        ("no_show", 1, False),
    ],
)
def test_only_what_is_ahead_and_expected_may_be_answered(state, minutes, may):
    assert may_answer(state, NOW + dt.timedelta(minutes=minutes), NOW) is may


def test_the_desk_reads_choices_and_never_the_words():
    wanted = Wanted("later", (4, 0, 4), "morning", "because of my depression")
    assert title_of(wanted) == (
        "Asks for another time: later, Monday, Friday, mornings. The visit stays until you call."
    )
    assert title_of(Wanted()).startswith("Asks for another time: sooner or later, any day, any time of the day.")


def test_no_day_named_is_any_day():
    assert (days_words([]), days_words([2, 1])) == ("any day", "Tuesday, Wednesday")
