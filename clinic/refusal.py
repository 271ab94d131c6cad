"""How a rule says no: all that is missing, in words, for the clinician and for everyone else."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """One thing that is missing or wrong.

    `text` is for clinicians, or for the patient (then translated where it is shown, so lazily); `neutral` for roles
    that may not know the reason ("needs a clinician: ask the nurse");
    `link` is where it is mended; `field` names the form field it belongs to, if any.
    """

    code: str
    text: str
    neutral: str = ""
    link: str = ""
    field: str = ""

    def for_role(self, *, clinical):
        return self.text if clinical or not self.neutral else self.neutral


class Refused(Exception):
    """A planned step that may not be taken now. Carries every reason at once, never only the first."""

    def __init__(self, *items):
        self.items = tuple(item if isinstance(item, Item) else Item("refused", item) for item in items)
        super().__init__(" ".join(str(item.text) for item in self.items))

    @property
    def neutral(self):
        return " ".join(str(item.neutral or item.text) for item in self.items)


class Conflict(Refused):
    """Somebody else was faster, or the page was old: answered with 409 and what stands now."""

    def __init__(self, *items, current=None):
        super().__init__(*items)
        self.current = current


def refuse_if(items):
    """Raise Refused with all items, if there are any."""
    items = tuple(items)
    if items:
        raise Refused(*items)
