"""Which questions may bring an alert, and which of two answers is worse."""

import pytest

from intake.rules.alerts import alert_answers
from intake.rules.hearing import severity, watched_in


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"phq9_9": 1}, 1),
        ({"phq9_9": "3"}, 3),
        ({"suicide_attempt": "recent"}, 3),
        ({"cssrs_1": "yes"}, 1),
        ({"cssrs_3": "yes"}, 2),
        ({"cssrs_5": "yes"}, 3),
        ({"worries": "I want to die"}, 1),
    ],
)
def test_how_bad_an_answer_is(said, expected):
    assert [severity(answer) for answer in alert_answers(said)] == [expected]


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ({}, []),
        ({"phq9_9": None}, ["phq9_9"]),
        ({"suicide_attempt": "no", "cssrs_6": "no"}, ["suicide_attempt", "cssrs"]),
        ({"alcohol": "never"}, []),
        ({"worries": "Does it hurt?", "clinic_questions": "Will I sleep?"}, []),
        ({"worries": "I want to die", "phq9_9": 0}, ["phq9_9", "words:worries"]),
    ],
)
def test_what_is_watched(said, codes):
    assert watched_in(said) == codes
