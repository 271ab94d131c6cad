"""The sheet to take home: what may stand in it, how it is filled and laid out. Pure."""

import string
from dataclasses import dataclass, field

from clinic.refusal import Item, Refused

PLACES = frozenset({"tomorrow", "phone", "site", "emergency_phone", "crisis_phone"})
# Without these a sheet doesn't do what it is for.
MUST_NAME = ("tomorrow", "phone", "emergency_phone")


@dataclass
class Section:
    """One section: its heading, paragraphs of words and points, in their order: ("p" | "li", words)."""

    title: str = ""
    lines: list = field(default_factory=list)

    @property
    def blocks(self):
        """("p", words) and ("ul", [words, ...]): points that follow one another stand in one list."""
        made = []
        for kind, words in self.lines:
            if kind == "li" and made and made[-1][0] == "ul":
                made[-1][1].append(words)
            else:
                made.append(("ul", [words]) if kind == "li" else ("p", words))
        return made


def sections(body):
    """The sections of a text. What stands before the first heading is a section without one."""
    made = [Section()]
    for line in filter(None, (line.strip() for line in body.splitlines())):
        if line.startswith("##"):
            made.append(Section(line.lstrip("# ")))
        elif line.startswith("- "):
            made[-1].lines.append(("li", line[2:]))
        else:
            made[-1].lines.append(("p", line))
    return [section for section in made if section.title or section.lines]


def problems(body):
    """All that is wrong with a text, as `Item`s."""
    try:
        named = {name for _, name, _, _ in string.Formatter().parse(body) if name is not None}
    except ValueError:
        return [Item("braces", "Check the braces.", field="body")]
    found = [Item("places", f"{{{n}}} is not known here.", field="body") for n in sorted(named - PLACES)]
    found += [Item("places", f"{{{n}}} must stand in it.", field="body") for n in MUST_NAME if n not in named]
    if len([s for s in sections(body) if s.title]) < 2:
        found.append(Item("sections", "Give it sections: a line that begins with ##.", field="body"))
    return found


def check_text(body):
    """Raise `Refused` with everything that is wrong with a text."""
    items = problems(body)
    if items:
        raise Refused(*items)


def can_publish(body):
    """True when nothing is wrong with it."""
    return not problems(body)


def fill(body, values):
    """The text with its places filled in."""
    return body.strip().format_map(values)


def missing_to_hand_over(*, printed, mailed, has_email, talked_through):
    """What handing it over lacks: a way to the patient, an address for the mail, the talk."""
    items = []
    if not (printed or mailed):
        items.append(Item("sheet.way", "Print it, mail it, or both.", field="printed"))
    if mailed and not has_email:
        items.append(Item("sheet.email", "There is no e-mail address on record.", field="mailed"))
    if not talked_through:
        items.append(Item("sheet.talk", "Talk it through and let them say back the red flags.", field="talked_through"))
    return items
