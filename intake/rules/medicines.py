"""Which known ingredient, and so which classes, a medicine's name as written stands for. Pure, from one data file."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).with_name("medicines.toml")
NO_RULE = "none"


@dataclass(frozen=True, slots=True)
class Match:
    """What a written name was recognised as; both empty when we don't know it."""

    ingredients: tuple[str, ...]
    classes: frozenset[str]

    @property
    def is_known(self):
        return bool(self.ingredients)


@cache
def table():
    """Class code -> its title and its names (ingredient -> brands), as the data file has them."""
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


@cache
def _by_ingredient():
    """Ingredient -> (every name it goes by, every class it is in)."""
    found = {}
    for code, entry in table().items():
        for ingredient, brands in entry["names"].items():
            names, classes = found.setdefault(ingredient, (set(), set()))
            names |= {plain(name) for name in (ingredient, *brands)}
            classes |= {code} - {NO_RULE}
    return found


def plain(text):
    """Lower case words without punctuation, parted and framed by single spaces, so that whole words can be found."""
    return " " + " ".join(re.findall(r"[a-z0-9]+", text.lower().replace("'", ""))) + " "


def match(name):
    """Match ``name`` as a patient wrote it ("Xanax 0.5mg tabs"): whole words only, so a misspelling is not known."""
    text = plain(name)
    hits = {key: classes for key, (names, classes) in _by_ingredient().items() if any(n in text for n in names)}
    return Match(tuple(sorted(hits)), frozenset().union(*hits.values()))


def class_title(code):
    """The class in words for clinicians; KeyError for a class the data file lacks."""
    return table()[code]["title"]


def first_name(code):
    """One ingredient of the class, as an example for the self-test."""
    return next(iter(table()[code]["names"]))
