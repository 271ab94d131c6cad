"""Noting calls, and writing messages: what is refused, what is due when, whose matter it is."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from clinic.refusal import Refused
from clinic.rules.hours import Hours
from followup.rules import calls, opioids, talks

NOW = datetime(2026, 5, 14, 15, tzinfo=UTC)  # Thursday, 11:00 in New York
WEEK = Hours(ZoneInfo("America/New_York"), tuple((day, time(8), time(17)) for day in range(5)), frozenset())


def refused(check, **facts):
    with pytest.raises(Refused) as problem:
        check(**facts)
    return [item.code for item in problem.value.items]


def call(**facts):
    return {"outcome": "reached", "words": "Fine.", "called_at": NOW, "next_try_at": None, "now": NOW} | facts


CALLS = [
    (call(), []),
    (call(outcome="no_answer", words=""), []),
    (call(words=" "), ["call-words"]),
    (call(outcome="gave_up", words=""), ["call-words"]),
    (call(outcome="gave_up", words="Moved away", tries=0), ["call-tries"]),
    (call(called_at=NOW + timedelta(minutes=1)), ["call-ahead"]),
    (call(outcome="no_answer", next_try_at=NOW), ["call-next"]),
    (call(outcome="no_answer", next_try_at=NOW + timedelta(days=8)), ["call-next"]),
    (call(outcome="no_answer", next_try_at=NOW + timedelta(hours=2)), []),
]


@pytest.mark.parametrize(("facts", "codes"), CALLS)
def test_a_call(facts, codes):
    assert calls.can_call(**facts) is not bool(codes)
    if codes:
        assert refused(calls.check_call, **facts) == codes


@pytest.mark.parametrize(
    ("outcomes", "made", "tries", "tell"),
    [
        ([], False, 0, False),
        (["no_answer"], False, 1, False),
        (["no_answer", "message", "wrong_number"], False, 3, True),
        (["no_answer"] * 4, False, 4, False),
        (["no_answer", "reached"], True, 1, False),
        (["no_answer", "gave_up"], True, 1, True),
    ],
)
def test_when_a_contact_is_made_and_who_hears_that_it_is_not(outcomes, made, tries, tell):
    found = calls.is_made(outcomes), calls.tries_in_vain(outcomes), calls.must_tell_prescriber(outcomes)
    assert found == (made, tries, tell)


def test_the_next_try():
    assert calls.next_try("no_answer", NOW, None) == NOW + timedelta(hours=3)
    assert calls.next_try("no_answer", NOW, NOW + timedelta(hours=1)) == NOW + timedelta(hours=1)
    assert calls.next_try("reached", NOW, None) is None


WRITES = [
    ({"words": "Hello"}, []),
    ({"words": "  "}, ["talk-words"]),
    ({"words": "x" * 2001}, ["talk-long"]),
    ({"words": "x", "has_files": True}, ["talk-file"]),
    ({"words": "x", "sent_today": 20}, ["talk-often"]),
    ({"words": "x", "sent_today": 19}, []),
    ({"words": "", "has_files": True, "sent_today": 30}, ["talk-file", "talk-words", "talk-often"]),
]


@pytest.mark.parametrize(("facts", "codes"), WRITES)
def test_writing(facts, codes):
    assert talks.can_write(**facts) is not bool(codes)
    if codes:
        assert refused(talks.check_write, **facts) == codes


def test_an_answer_is_due_from_the_next_opening():
    assert talks.due_at("health", WEEK, NOW) == NOW + timedelta(hours=4)
    assert talks.due_at("visit", WEEK, NOW) == NOW + timedelta(hours=8)
    friday_night = datetime(2026, 5, 15, 23, tzinfo=UTC)
    assert talks.due_at("health", WEEK, friday_night) == datetime(2026, 5, 18, 16, tzinfo=UTC)
    assert talks.due_at("health", Hours(WEEK.zone, ()), NOW) == NOW + timedelta(hours=4)


@pytest.mark.parametrize(("hours", "late"), [(4, False), (8, False), (9, True)])
def test_late_four_hours_after_it_was_due(hours, late):
    assert talks.is_late("health", Hours(WEEK.zone, ()), NOW, NOW + timedelta(hours=hours)) is late


def test_after_two_weeks_it_is_a_matter_of_its_own():
    assert talks.goes_on(NOW - timedelta(days=14), NOW)
    assert not talks.goes_on(NOW - timedelta(days=15), NOW)


@pytest.mark.parametrize(
    ("frm", "to", "clinical", "may"),
    [
        ("visit", "health", False, True),
        ("visit", "papers", False, True),
        ("health", "visit", True, False),
        ("health", "visit", False, True),
    ],
)
def test_what_is_about_health_never_goes_back_to_the_desk(frm, to, clinical, may):
    assert talks.can_hand_over(frm=frm, to=to, has_clinical=clinical) is may


def line(name, amount=None, times=None):
    return opioids.medicine(name, amount, times)


RECKONED = [
    ([], False, 0),
    ([line("oxycodone", 10, 3)], False, 45),
    ([line("fentanyl", 25)], False, 60),
    ([line("oxycodone", 10, 3), line("tramadol", 50, 2)], False, 65),
    ([line("buprenorphine", 8, 1)], False, None),
    ([line("other", 5, 1)], False, None),
    ([line("oxycodone", 10)], False, None),
    ([], True, None),
]


@pytest.mark.parametrize(("told", "unsure", "mme"), RECKONED)
def test_opioids_in_morphine_equivalents(told, unsure, mme):
    assert opioids.reckon(told, is_unsure=unsure).total == mme


def test_every_opioid_offered_is_one_the_rules_know():
    for name in opioids.NAMES[:-1]:
        assert opioids.reckon([line(name, 1, 1)]).parts, name
    assert opioids.reckon([], is_unsure=False).factor_year == 2022
