"""Nothing leaves the building that tells what is treated, and no text tells anyone to stop a medicine."""

import pytest

from clinic.notify import kinds, texts
from clinic.notify.texts import TextError
from clinic.refusal import Refused

VALUES = {
    "name": "Ngozi",
    "site": "Harbor",
    "phone": "555 0142",
    "when": "Thursday 14 May at 2:05 pm",
    "link": "https://x.example/p/a1",
    "day": "Thursday 14 May",
    "due": "Thursday 14 May",
    "until": "Thursday 14 May at 2:05 pm",
    "code": "012345",
    "minutes": "10",
    "since": "14-May-2026 14:05",
    "page": "https://x.example/tasks/",
    "next_step": "Please call us.",
}


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_every_shipped_text_may_be_published_and_rendered(kind):
    shipped = kinds.KINDS[kind]
    assert texts.problems(kind, shipped.subject, shipped.body) == []
    subject, body = texts.render(kind, shipped.subject, shipped.body, VALUES)
    assert "{" not in subject + body
    assert "Harbor" in body


@pytest.mark.parametrize("word", [
    "ketamine", "Ketamine", "KETAMINE", "infusion", "infusions", "booster", "depression", "PHQ-9",
    "dose", "25 mg", "suicidal", "pain", "anxiety", "PTSD", "CRPS", "therapy", "diagnosis"])  # fmt: skip
def test_words_that_tell_are_refused(word):
    with pytest.raises(Refused, match="must not leave the building"):
        texts.check_text("visit_cancelled", "{site}: your visit", f"Your {word} on {{when}} is cancelled.")


@pytest.mark.parametrize("word", ["mgr", "painter's road is no word here", "Peggy", "image", "html"])
def test_other_words_are_not(word):
    found = [
        item for item in texts.problems("visit_cancelled", "{site}", f"See {word} {{when}}") if item.code == "word"
    ]
    assert bool(found) is word.startswith("painter")


@pytest.mark.parametrize("advice", [
    "Stop your blood pressure medicine.", "Do not take your tablets today.", "Skip the morning pill.", "Hold insulin.",
    "Leave out your medication."])  # fmt: skip
def test_no_text_tells_anyone_to_stop_a_medicine(advice):
    assert texts.tells_to_stop_medicine(advice)
    with pytest.raises(Refused, match="never tells anyone to stop"):
        texts.check_text("visit_cancelled", "{site}", advice)


def test_take_as_usual_is_fine():
    assert not texts.tells_to_stop_medicine("Take your medicines as usual, ask us. Stop by the front desk.")


@pytest.mark.parametrize(("subject", "body", "code"), [
    ("{site}", "{when} {unknown}", "placeholder"),
    ("{site}", "{when!r}", "ok"),
    ("{site}", "{when.year}", "braces"),
    ("{site}", "{0}", "braces"),
    ("{site}", "open { brace", "braces"),
    ("two\nlines", "{when}", "subject"),
    ("{site}: {when}", "{when}", "told"),
    ("{name}", "{when}", "told"),
])  # fmt: skip
def test_placeholders_are_allow_listed(subject, body, code):
    codes = [item.code for item in texts.problems("visit_cancelled", subject, body)]
    assert codes == ([] if code == "ok" else [code])


def test_a_kind_with_a_link_needs_it():
    assert [i.code for i in texts.problems("diary", "{site}", "How was {day}?")] == ["link"]


def test_an_unknown_kind():
    assert [i.code for i in texts.problems("nonsense", "a", "b")] == ["kind"]
    with pytest.raises(TextError, match="no such kind"):
        texts.render("nonsense", "a", "b", {})


def test_a_missing_value_is_named_without_any_value():
    with pytest.raises(TextError, match=r"^no value for when$"):
        texts.render("visit_cancelled", "{site}", "{when}", {"site": "Harbor", "name": "Ngozi"})


def test_a_forbidden_word_smuggled_in_by_a_value_is_caught():
    with pytest.raises(TextError, match="ketamine"):
        texts.render("visit_cancelled", "{site}", "{when}", VALUES | {"when": "your ketamine visit"})


def test_a_persons_name_is_never_a_forbidden_word():
    assert texts.render("visit_cancelled", "{site}", "Hello {name}: {when}", VALUES | {"name": "Peg Pain"})[
        1
    ].startswith("Hello Peg")


def test_a_subject_stays_one_line():
    assert texts.render("visit_cancelled", "{site}: {when}", "{when}", VALUES | {"site": "Har\r\nbor"})[0].startswith(
        "Har bor:"
    )
