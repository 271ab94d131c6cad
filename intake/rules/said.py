"""A fact that is so or not, with the words that go with it, and how any fact reads."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """So or not so, in the words of whoever said it: "lorazepam 1 mg at 08:00", "5 of 12"."""

    is_so: bool
    words: str = ""

    def __bool__(self):
        return self.is_so

    def __str__(self):
        return self.words or ("yes" if self.is_so else "no")


def said(value):
    """A fact's value in words: yes or no, a list parted by commas, a code without its underscores."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(str(part) for part in value)
    return str(value).replace("_", " ")
