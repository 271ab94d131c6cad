"""Reads the questionnaire definitions once and hands them out as frozen objects."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "definitions"


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
    """A range of scores that starts at ``start`` and ends where the next one starts."""

    start: int
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire: what is asked, how it is scored, its codes, licence and source."""

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

    def item(self, code):
        """The item with this code; KeyError when the instrument has none."""
        return {item.code: item for item in self.items}[code]


def _options(rows):
    return tuple(Option(row["value"], row["text"], row.get("loinc", "")) for row in rows)


def _scale(data):
    ends = data.get("scale")
    return tuple(Option(n, str(n)) for n in range(ends["from"], ends["to"] + 1)) if ends else ()


def _item(row, options):
    own = _options(row["options"]) if "options" in row else options
    return Item(row["code"], row["text"], row["loinc"], own, row.get("low", ""), row.get("high", ""))


def parse(data):
    """Build an Instrument from a definition's mapping; KeyError names what is missing."""
    options = _options(data.get("options", ())) or _scale(data)
    scoring = data["scoring"]
    return Instrument(
        **{key: data[key] for key in ("code", "version", "language", "title", "short", "lead", "window")},
        **{key: data[key] for key in ("window_days", "licence", "credit", "source")},
        field_class=data["class"],
        loinc_panel=data["loinc"]["panel"],
        loinc_total=data["loinc"]["total"],
        **{key: scoring[key] for key in ("method", "minimum", "maximum", "places", "max_missing")},
        **{key: scoring[key] for key in ("missing_rule", "missing_source")},
        items=tuple(_item(row, options) for row in data["items"]),
        extra=_item(data["extra"], options) if "extra" in data else None,
        bands=tuple(Band(row["from"], row["code"], row["label"]) for row in data.get("bands", ())),
        alert_item=data.get("alert_item", ""),
    )


@cache
def load(code):
    """The instrument called ``code`` (``phq-9``, ``phq-2``, ``gad-7``, ``peg``); LookupError if there is none."""
    path = FOLDER / f"{code}.toml"
    if code not in codes():
        raise LookupError(f"No questionnaire is called {code!r}. There are: {', '.join(codes())}.")
    return parse(tomllib.loads(path.read_text(encoding="utf-8")))


@cache
def codes():
    """Every instrument's code, in order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))
