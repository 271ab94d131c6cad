"""Reads the questionnaire definitions once and hands them out as frozen objects, each in the words of a language.

``definitions/<code>.toml`` is the questionnaire in English with its scoring and its codes. A translation,
``definitions/<code>.<language>.toml``, holds words only. ``entered.toml`` lists those whose text may not ship:
of them a member of staff enters the score.
"""

import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "definitions"
ENTERED = Path(__file__).with_name("entered.toml")
ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer a person can choose: its number, its words, its LOINC answer code."""

    value: int
    text: str
    loinc: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One question of an instrument; ``low`` and ``high`` name the ends of a number scale."""

    code: str
    text: str
    loinc: str
    options: tuple[Option, ...]
    low: str = ""
    high: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """A range of scores that starts at ``start`` and ends where the next one starts.

    ``start`` is None for a result that does not follow from the total alone (the clusters of the PCL-5).
    """

    start: int | None
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """So many (``needed``) of these items must be answered with ``at_least`` or more."""

    code: str
    items: tuple[str, ...]
    needed: int
    at_least: int


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire: what is asked, how it is scored, its codes, licence and source.

    ``language`` is that of the words here, ``wanted`` the one that was asked for.
    ``gate`` is the question that ends the questionnaire with 0 when it is answered with ``gate_stops``.
    ``positive_from`` is the total from which the result is positive, by sex ("male", "female", "unknown").
    ``cut`` is the clinic's default cut of the total and ``cuts`` the lowest and highest it may set.
    """

    code: str
    version: str
    language: str
    title: str
    short: str
    lead: str
    window: str
    window_days: int
    field_class: str
    licence: str
    credit: str
    source: str
    loinc_panel: str
    loinc_total: str
    method: str
    minimum: int
    maximum: int
    places: int
    max_missing: int
    missing_rule: str
    missing_source: str
    items: tuple[Item, ...]
    extra: Item | None
    bands: tuple[Band, ...]
    alert_item: str
    gate: Item | None = None
    gate_stops: int | None = None
    clusters: tuple[Cluster, ...] = ()
    positive_from: dict = field(default_factory=dict, hash=False)
    cut: int | None = None
    cuts: tuple[int, ...] = ()
    wanted: str = ENGLISH

    def item(self, code):
        """The item with this code; KeyError when the instrument has none."""
        return {item.code: item for item in self.items}[code]

    @property
    def asked(self):
        """Every question in order: the gate first unless it is scored too, then the items, then the unscored one."""
        first = [self.gate] if self.gate is not None and self.gate not in self.items else []
        return (*first, *self.items, *([self.extra] if self.extra else []))

    @property
    def is_fallback(self):
        """Are these English words although another language was asked for? Then the page says so."""
        return self.language != self.wanted

    @property
    def is_entered(self):
        """Is only its score kept, because its text may not ship?"""
        return self.method == "entered"


class _Words:
    """The words of a translation; LookupError names what it lacks."""

    def __init__(self, data, name):
        self.data, self.name = data, name

    def of(self, *path):
        found = self.data
        for key in path:
            if str(key) not in found:
                raise LookupError(f"{self.name} lacks {'.'.join(map(str, path))}.")
            found = found[str(key)]
        return found

    def options(self, options, code, is_shared):
        path = ("options",) if is_shared else ("item_options", code)
        return tuple(Option(o.value, self.of(*path, o.value), o.loinc) for o in options)


def _options(rows):
    return tuple(Option(row["value"], row["text"], row.get("loinc", "")) for row in rows)


def _scale(data):
    ends = data.get("scale")
    return tuple(Option(n, str(n)) for n in range(ends["from"], ends["to"] + 1)) if ends else ()


def _item(row, data, words):
    code, own = row["code"], "options" in row
    options = _options(row["options"]) if own else _options(data.get("options", ()))
    low, high = row.get("low", ""), row.get("high", "")
    if words is None:
        return Item(code, row["text"], row.get("loinc", ""), options or _scale(data), low, high)
    low, high = (words.of("ends", code, "low"), words.of("ends", code, "high")) if low else ("", "")
    told = words.options(options, code, not own) or _scale(data)
    return Item(code, words.of("items", code), row.get("loinc", ""), told, low, high)


def _special(data, key, words):
    return _item(data[key], data, words) if "text" in data.get(key, {}) else None


def _gate(data, items, words):
    gate = data.get("gate")
    if gate is None:
        return {}
    own = _special(data, "gate", words)
    item = own or next(item for item in items if item.code == gate["code"])
    return {"gate": item, "gate_stops": gate["stops"]}


def _judged(data):
    """What a total means: bands, clusters and cuts."""
    cut = data.get("cut", {})
    return {
        "bands": tuple(Band(row.get("from"), row["code"], row["label"]) for row in data.get("bands", ())),
        "clusters": tuple(
            Cluster(row["code"], tuple(row["items"]), row["needed"], row["at_least"])
            for row in data.get("clusters", ())
        ),
        "positive_from": data.get("positive_from", {}),
        "cut": cut.get("default"),
        "cuts": (cut["lowest"], cut["highest"]) if cut else (),
    }


TOLD = ("title", "lead", "window", "licence", "credit", "source")


def parse(data, words=None):
    """Build an Instrument from a definition's mapping; KeyError names what is missing. ``words``: a translation."""
    scoring, loinc = data["scoring"], data.get("loinc", {})
    told = {key: data[key] if words is None else words.of(key) for key in TOLD}
    items = tuple(_item(row, data, words) for row in data.get("items", ()))
    return Instrument(
        **told,
        code=data["code"],
        version=data["version"],
        short=data["short"],
        window_days=data["window_days"],
        language=data["language"] if words is None else words.of("language"),
        field_class=data["class"],
        loinc_panel=loinc.get("panel", ""),
        loinc_total=loinc.get("total", ""),
        **{key: scoring[key] for key in ("method", "minimum", "maximum", "places", "max_missing")},
        **{key: scoring[key] for key in ("missing_rule", "missing_source")},
        items=items,
        extra=_special(data, "extra", words),
        alert_item=data.get("alert_item", ""),
        **_judged(data),
        **_gate(data, items, words),
    )


@cache
def load(code, language=ENGLISH):
    """The instrument called ``code`` in ``language`` ("es", "es-mx"), in English when there is no such translation.

    LookupError if there is no such instrument, or if its translation is incomplete or of another version.
    """
    wanted = language.split("-")[0].lower()
    if code in entered_codes():
        return entered()[code]
    if code not in codes():
        known = ", ".join((*codes(), *entered_codes()))
        raise LookupError(f"No questionnaire is called {code!r}. There are: {known}.")
    return replace(parse(_read(FOLDER / f"{code}.toml"), _words(code, wanted)), wanted=wanted)


def _words(code, language):
    path = FOLDER / f"{code}.{language}.toml"
    if language == ENGLISH or not path.exists():
        return None
    words, version = _Words(_read(path), path.name), _read(FOLDER / f"{code}.toml")["version"]
    if words.of("version") != version:
        raise LookupError(f"{path.name} belongs to version {words.of('version')}, the questionnaire is {version}.")
    return words


def _read(path):
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def codes():
    """Every instrument whose text ships, in order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml") if "." not in path.stem))


@cache
def translations():
    """(code, language) of every translation that ships."""
    return tuple(sorted(tuple(path.stem.split(".")) for path in FOLDER.glob("*.*.toml")))


@cache
def entered():
    """Code -> Instrument of those whose text may not ship: they have no items, only a range of scores."""
    return {code: parse(_entry(code, data)) for code, data in _read(ENTERED).items()}


@cache
def entered_codes():
    """The codes of those whose score is entered by staff, in the file's order."""
    return tuple(_read(ENTERED))


def _entry(code, data):
    """One entry of ``entered.toml`` in the shape of a definition."""
    least, most = data["range"]
    scoring = {"method": "entered", "minimum": least, "maximum": most, "places": data.get("places", 0)}
    missing = {"max_missing": 0, "missing_rule": data["whole"], "missing_source": data["source"]}
    common = {"language": ENGLISH, "lead": "", "window_days": 0, "credit": "", "class": data.get("class", "mental")}
    return data | common | {"code": code, "short": data["short"], "scoring": scoring | missing}
