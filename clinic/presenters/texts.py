"""The messages the clinic sends, in their words: one list by what they are for, one page each with its previews."""

from dataclasses import dataclass

from clinic import language
from clinic.models import ContactChoice
from clinic.notify import preview
from clinic.notify.kinds import KINDS, Kind
from clinic.notify.memory import Memory
from clinic.notify.preview import Shown

CHOICES = dict(ContactChoice.KINDS)
CHANNELS = {"email": "Mail", "sms": "Text message"}


@dataclass(frozen=True)
class Line:
    """One kind: its name, what stops it, whether the clinic has words of its own."""

    kind: Kind
    stops: str
    own: int


@dataclass(frozen=True)
class View:
    """One preview with its channel and language in words."""

    shown: Shown
    channel: str
    language: str


def text_list() -> list[Line]:
    """Every kind by its name. One query."""
    texts = Memory().texts
    own = {code: sum(kind == code for kind, _, _ in texts) for code in KINDS}
    lines = [Line(kind, CHOICES.get(kind.choice, "can't be stopped"), own[code]) for code, kind in KINDS.items()]
    return sorted(lines, key=lambda line: line.kind.words.lower())


def text_page(kind: str) -> list[View]:
    """Every preview of a kind. One query."""
    found = preview.in_force(kind, Memory().texts, language.codes())
    return [View(one, CHANNELS[one.channel], language.english_name(one.language)) for one in found]
