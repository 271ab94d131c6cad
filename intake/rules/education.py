"""The sheet before the first infusion: its sections, and what stands against starting without it. Pure."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from clinic.refusal import Item, Refused, refuse_if

HEADING = "## "
MOST_WORDS = 2000  # letters of one question


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of a section, or a list of points."""

    words: str = ""
    points: tuple = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One topic: its number from 1, its title, its blocks."""

    number: int
    title: str
    blocks: tuple


def sections(body):
    """The sections of a text. What stands before the first heading is left out; no heading means no section."""
    found = []
    for part in f"\n{body.replace(chr(13), '')}".split(f"\n{HEADING}")[1:]:
        title, _, rest = part.partition("\n")
        found.append(Section(len(found) + 1, title.strip(), tuple(_blocks(rest))))
    return found


def _blocks(text):
    for part in (part.strip() for part in text.split("\n\n")):
        lines = part.split("\n")
        if part and all(line.startswith("- ") for line in lines):
            yield Block(points=tuple(line[2:].strip() for line in lines))
        elif part:
            yield Block(words=part)


def problems(body):
    """What is wrong with the words of a text, as Items; empty when it may be published."""
    found = sections(body)
    if not found:
        return [
            Item("sections", "A line that begins with ## and a blank starts a section: there is none.", field="body")
        ]
    return [
        Item(
            "empty-section", f"The section “{section.title or section.number}” has no title or no words.", field="body"
        )
        for section in found
        if not section.title or not section.blocks
    ]


def check_confirm(*, count, read):
    """Raise Refused while a section is unread. ``read``: the numbers of those that were read, of ``count``."""
    left = [number for number in range(1, count + 1) if number not in read]
    if left:
        raise Refused(Item("unread", f"Read all {count} parts first.", link=str(left[0])))


def can_confirm(**facts):
    """The bool of check_confirm, for templates."""
    try:
        check_confirm(**facts)
    except Refused:
        return False
    return True


def check_question(words):
    """Raise Refused for a question without words, or a very long one."""
    refuse_if(
        [
            *([] if words.strip() else [Item("words", _("Write your question"), field="words")]),
            *([] if len(words) <= MOST_WORDS else [Item("long", _("Please write less, or call us"), field="words")]),
        ]
    )


def check_answer(*, is_answered, answer):
    """Raise Refused when a question has an answer already, or the answer has no words."""
    refuse_if(
        [
            *([Item("answered", "Somebody has answered this already.")] if is_answered else []),
            *([] if answer.strip() else [Item("answer", "Write what you told the patient.", field="answer")]),
        ]
    )


def check_explained(name):
    """Raise Refused without the name of who explained it."""
    refuse_if([] if name.strip() else [Item("explained-by", "Write who explained it.", field="explained_by")])
