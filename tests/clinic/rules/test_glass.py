"""Emergency looks, judging access, and how much is odd: the pure rules."""

from datetime import UTC, datetime, timedelta

import pytest

from clinic.refusal import Refused
from clinic.rules import access_reviews, glass, watching

AT = datetime(2026, 5, 14, 9, 0, tzinfo=UTC)
REASON = "The patient collapsed here and needs treatment."


@pytest.mark.parametrize(
    ("roles", "words", "misses", "codes"),
    [
        ({"nurse"}, REASON, 0, []),
        ({"prescriber", "clinic_admin"}, REASON, 4, []),
        ({"front_desk"}, REASON, 0, ["glass-role"]),
        ({"clinic_admin", "auditor"}, REASON, 0, ["glass-role"]),
        (set(), REASON, 0, ["glass-role"]),
        ({"nurse"}, "because    ", 0, ["glass-words"]),
        ({"nurse"}, REASON, 5, ["glass-misses"]),
        ({"auditor"}, "", 9, ["glass-role", "glass-words", "glass-misses"]),
    ],
)
def test_who_may_look_in_an_emergency(roles, words, misses, codes):
    try:
        glass.check_can_open(roles=roles, words=words, misses=misses)
        found = []
    except Refused as refused:
        found = [item.code for item in refused.items]
    assert found == codes


def test_it_lasts_an_hour_and_says_what_is_left():
    until = glass.until_of(AT)
    assert until == AT + timedelta(minutes=60)
    assert [glass.minutes_left(until, AT + timedelta(minutes=m)) for m in (0, 59, 60, 61)] == [60, 1, 0, 0]
    assert glass.minutes_left(until, AT + timedelta(minutes=59, seconds=30)) == 1


@pytest.mark.parametrize(
    ("roles", "own", "may"),
    [
        ({"clinic_admin"}, False, True),
        ({"auditor"}, False, True),
        ({"clinic_admin"}, True, False),
        ({"nurse", "prescriber", "front_desk"}, False, False),
        (set(), False, False),
    ],
)
def test_nobody_judges_their_own_access(roles, own, may):
    assert access_reviews.can_judge(roles=roles, is_own=own) is may
    if not may:
        with pytest.raises(Refused):
            access_reviews.check_can_judge(roles=roles, is_own=own)


@pytest.mark.parametrize(
    ("outcome", "words", "codes"),
    [
        ("justified", "Asked her, and the ward.", []),
        ("", "Asked her, and the ward.", ["outcome"]),
        ("justified", "ok", ["outcome-words"]),
        ("", " ", ["outcome", "outcome-words"]),
    ],
)
def test_a_judgement_has_an_outcome_and_words(outcome, words, codes):
    try:
        access_reviews.check_can_settle(outcome=outcome, words=words)
        found = []
    except Refused as refused:
        found = [item.code for item in refused.items]
    assert found == codes


def test_the_list_is_gone_through_every_quarter():
    assert access_reviews.is_check_due(None, AT)
    assert not access_reviews.is_check_due(AT - timedelta(days=90), AT)
    assert access_reviews.is_check_due(AT - timedelta(days=91), AT)


@pytest.mark.parametrize(
    ("count", "factor", "verdict"),
    [(0, 1, "fine"), (59, 1, "fine"), (60, 1, "odd"), (150, 1, "odd"), (151, 1, "stop"), (151, 2, "odd"),
     (119, 2, "fine"), (301, 2, "stop"), (10_000, 0, "fine")],
)  # fmt: skip
def test_what_is_odd_and_what_is_stopped(count, factor, verdict):
    assert watching.RECORDS.verdict(count, factor) == verdict


def test_a_bar_is_crossed_once_also_by_leaps():
    crossed = [count for count in range(1, 200) if watching.RECORDS.is_crossed(count - 1, count)]
    assert crossed == [60, 151]
    assert watching.RECORDS.is_crossed(55, 70)
    assert not watching.RECORDS.is_crossed(60, 70)
    assert not watching.RECORDS.is_crossed(0, 1000, factor=0)


def test_the_bounds_tell_a_day_from_a_night_and_a_page_from_a_file():
    assert watching.files_bound(is_open=True).odd > watching.files_bound(is_open=False).odd
    assert watching.is_file("text/csv; charset=utf-8", "")
    assert watching.is_file("application/pdf", "inline")
    assert watching.is_file("text/html", 'attachment; filename="x.html"')
    assert not watching.is_file("text/html; charset=utf-8", "")
    assert not watching.is_file("application/json", "")


def test_a_long_list_weighs_as_much_as_many_files_but_is_never_stopped_alone():
    assert [watching.weight(lines, watching.FILES) for lines in (0, 199, 200, 1000)] == [1, 1, 2, 6]
    assert watching.weight(1_000_000, watching.FILES) == watching.FILES.odd < watching.FILES.stop
    assert watching.weight(None, watching.FILES_CLOSED) == watching.FILES_CLOSED.odd
    assert watching.RECORDS.said(61) == "Records of 61 different patients opened within 60 minutes."
