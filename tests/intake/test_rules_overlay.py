"""What counts: first answers, pages answered again over them, staff's corrections over those; nothing is changed."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from intake.rules import overlay

AT = datetime(2026, 5, 14, 12, tzinfo=UTC)


def page(slug, is_done=True, **answers):
    return SimpleNamespace(slug=slug, answers=answers, is_done=is_done)


def again(slug, hours, **answers):
    sent_at = None if hours is None else AT + timedelta(hours=hours)
    return SimpleNamespace(slug=slug, answers=answers, is_done=True, sent_at=sent_at)


def words(code, value, hours, slug="body", kind="value"):
    return SimpleNamespace(slug=slug, code=code, value=value, kind=kind, corrected_at=AT + timedelta(hours=hours))


FIRST = [page("body", weight="180", height="170"), page("heart", angina="no"), page("goals", is_done=False, goal="x")]


def test_drafts_do_not_count():
    assert overlay.said_by_page(FIRST, []) == {"body": {"weight": "180", "height": "170"}, "heart": {"angina": "no"}}


def test_a_page_answered_again_counts_whole_and_only_once_it_was_sent():
    later = [again("body", 2, weight="90"), again("body", 1, weight="95"), again("heart", None, angina="yes")]
    said = overlay.said_by_page(FIRST, later)
    assert said["body"] == {"weight": "90"}
    assert said["heart"] == {"angina": "no"}
    assert overlay.answered_again(later) == {"body": AT + timedelta(hours=2)}


def test_a_correction_lies_over_one_question_and_changes_nothing_below():
    found = overlay.verified_by_page(FIRST, [], [words("weight", "82", 1)])
    assert found["body"] == {"weight": "82", "height": "170"}
    assert FIRST[0].answers["weight"] == "180"


def test_the_newest_correction_counts_and_notes_never_do():
    rows = [words("weight", "82", 1), words("weight", "83", 3), words("weight", None, 4, kind="note")]
    assert overlay.verified_by_page(FIRST, [], rows)["body"]["weight"] == "83"
    taken_back = [*rows, words("weight", None, 5, kind="undone")]
    assert overlay.verified_by_page(FIRST, [], taken_back)["body"]["weight"] == "180"


def test_what_the_patient_says_later_counts_more_than_an_earlier_correction():
    rows, later = [words("weight", "82", 1)], [again("body", 2, weight="84")]
    assert overlay.verified_by_page(FIRST, later, rows)["body"]["weight"] == "84"
    assert overlay.corrections_in_force(rows, later) == {}
    assert overlay.verified_by_page(FIRST, later, [words("weight", "85", 3)])["body"]["weight"] == "85"


def test_a_correction_may_answer_a_page_that_was_never_answered():
    assert overlay.verified_by_page([], [], [words("weight", "82", 1)]) == {"body": {"weight": "82"}}
