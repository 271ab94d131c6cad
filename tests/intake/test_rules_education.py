"""The sheet before the first infusion: its sections, and what may be confirmed, asked and answered."""

import tomllib
from pathlib import Path

import pytest

from clinic.refusal import Refused
from intake.rules import education as rules

SHIPPED = sorted((Path(rules.__file__).parents[1] / "texts").glob("education*.toml"))
BODY = "## One\nFirst words.\r\n\r\n- a\n- b\n\n## Two\nMore\nwords.\n\n"


def test_a_heading_starts_a_section_and_dashes_are_a_list():
    one, two = rules.sections(BODY)
    assert (one.number, one.title) == (1, "One")
    assert [block.words for block in one.blocks] == ["First words.", ""]
    assert one.blocks[1].points == ("a", "b")
    assert two.blocks == (rules.Block("More\nwords."),)


@pytest.mark.parametrize(
    ("body", "codes"),
    [(BODY, []), ("No heading.", ["sections"]), ("## \nWords.", ["empty-section"]), ("## One\n\n## Two\nx",
                                                                                    ["empty-section"])],
)  # fmt: skip
def test_what_is_wrong_with_the_words(body, codes):
    assert [item.code for item in rules.problems(body)] == codes


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_the_shipped_sheets_may_be_published_and_cover_every_topic(path):
    for words in tomllib.loads(path.read_text(encoding="utf-8")).values():
        assert rules.problems(words["body"]) == []
        assert len(rules.sections(words["body"])) == 7
        assert "988" in words["body"]
        assert "911" in words["body"]


@pytest.mark.parametrize(("read", "allowed"), [({1, 2, 3}, True), ({1, 3}, False), (set(), False)])
def test_it_is_confirmed_when_every_part_was_read(read, allowed):
    assert rules.can_confirm(count=3, read=read) == allowed


def test_the_first_unread_part_is_named():
    with pytest.raises(Refused) as refused:
        rules.check_confirm(count=3, read={1, 3})
    assert refused.value.items[0].link == "2"


@pytest.mark.parametrize(("words", "allowed"), [("Why?", True), ("  ", False), ("x" * 2001, False)])
def test_a_question_has_words_and_not_too_many(words, allowed):
    if allowed:
        rules.check_question(words)
    else:
        with pytest.raises(Refused):
            rules.check_question(words)


@pytest.mark.parametrize(("answered", "answer", "codes"), [(False, "Yes.", []), (True, "Yes.", ["answered"]),
                                                          (False, " ", ["answer"])])  # fmt: skip
def test_a_question_is_answered_once_and_in_words(answered, answer, codes):
    try:
        rules.check_answer(is_answered=answered, answer=answer)
        found = []
    except Refused as refused:
        found = [item.code for item in refused.items]
    assert found == codes


def test_who_explained_it_has_a_name():
    rules.check_explained("Nora Nurse")
    with pytest.raises(Refused):
        rules.check_explained(" ")
