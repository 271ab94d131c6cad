"""Which known ingredient, and so which classes, a medicine's name as written stands for. Pure, from two data files.

``formulary.toml`` knows what a medicine is and what it is sold under; ``medicines.toml`` knows which ones concern us.
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path
from string import capwords

CLASSES = Path(__file__).with_name("medicines.toml")
FORMULARY = Path(__file__).with_name("formulary.toml")
# A misspelling is looked up from this many letters on, and must be this like (0 to 1) to be offered.
SUGGEST_FROM, SUGGEST_LIKE, SUGGEST_MOST = 5, 0.8, 3


@dataclass(frozen=True, slots=True)
class Match:
    """What a written name was recognised as; all empty when we don't know it. ``kinds`` say what it is."""

    ingredients: tuple[str, ...]
    classes: frozenset[str]
    kinds: tuple[str, ...] = ()

    @property
    def is_known(self):
        return bool(self.ingredients)


@cache
def formulary():
    """Kind code -> its title and its names (ingredient -> what it is sold under)."""
    return tomllib.loads(FORMULARY.read_text(encoding="utf-8"))


@cache
def _names():
    """Ingredient -> the names it goes by, as they are written."""
    return {ingredient: names for kind in formulary().values() for ingredient, names in kind["names"].items()}


@cache
def table():
    """Class code -> its title and its names (ingredient -> what it is sold under)."""
    classes = tomllib.loads(CLASSES.read_text(encoding="utf-8"))
    return {
        code: {"title": entry["title"], "names": {ingredient: _names()[ingredient] for ingredient in entry["names"]}}
        for code, entry in classes.items()
    }


@cache
def _by_ingredient():
    """Ingredient -> (every name it goes by, its kind, every class it is in)."""
    found = {}
    for kind, entry in formulary().items():
        for ingredient, names in entry["names"].items():
            classes = frozenset(code for code, of in table().items() if ingredient in of["names"])
            found[ingredient] = (frozenset(plain(name) for name in (ingredient, *names)), kind, classes)
    return found


def plain(text):
    """Lower case words without accents or punctuation, parted and framed by single spaces, to find whole words in."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " " + " ".join(re.findall(r"[a-z0-9]+", re.sub("['\u2019]", "", bare.lower()))) + " "


@lru_cache(maxsize=4096)
def match(name):
    """Match ``name`` as a patient wrote it ("Xanax 0.5mg tabs"): whole words only, so a misspelling is not known."""
    text = plain(name)
    hits = {key: of for key, of in _by_ingredient().items() if any(known in text for known in of[0])}
    kinds = tuple(dict.fromkeys(hits[key][1] for key in sorted(hits)))
    return Match(tuple(sorted(hits)), frozenset().union(*(of[2] for of in hits.values())), kinds)


@cache
def known_names(*, other_spellings=True):
    """Every name of the formulary once, in order: "Oxycodone", "MS Contin".

    The file writes names that are no brands (Spanish ones, say) in lower case: these are the other spellings.
    """
    if not other_spellings:
        return tuple(name for name in known_names() if not name[0].islower())
    sold = {name for names in _names().values() for name in names}
    written = {capwords(ingredient) for ingredient in _names()} | sold
    return tuple(sorted({name.lower(): name for name in sorted(written, reverse=True)}.values(), key=str.lower))


@cache
def _spelled():
    """A single word of a name -> the name as it is shown."""
    return {plain(name).strip(): name for name in known_names()}


def suggest(name):
    """Known names that look much like a word of ``name`` that we don't know, the likest first; () for none.

    Nothing is ever changed: a suggestion is only shown.
    """
    if match(name).is_known:
        return ()
    words = [word for word in plain(name).split() if len(word) >= SUGGEST_FROM and word.isalpha()]
    close = [like for word in words for like in get_close_matches(word, _spelled(), SUGGEST_MOST, SUGGEST_LIKE)]
    by_ingredient = {match(like).ingredients: _spelled()[like] for like in reversed(close)}
    return tuple(reversed(by_ingredient.values()))[:SUGGEST_MOST]


def class_title(code):
    """The class in words for clinicians; KeyError for a class the data file lacks."""
    return table()[code]["title"]


def kind_title(code):
    """What a medicine of this kind is, in words for clinicians; KeyError for a kind the data file lacks."""
    return formulary()[code]["title"]


def first_name(code):
    """One ingredient of the class, as an example for the self-test."""
    return next(iter(table()[code]["names"]))
