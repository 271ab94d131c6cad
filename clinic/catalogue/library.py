"""The catalogue of required tests, read once from its data file and handed out as frozen objects."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

NUMBER, CHOICE, TEXT = "number", "choice", "text"
SOURCE = Path(__file__).parent / "required_tests.toml"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its UCUM code, how people write it, the LOINC code of the analyte in it ("" when not certain)."""

    ucum: str
    words: str
    loinc: str = ""


@dataclass(frozen=True, slots=True)
class Analyte:
    """One thing read off a report. `least` and `most` catch slips of the keyboard; they are no reference range.

    `informs`: it says how a value was found and is neither normal nor abnormal.
    """

    code: str
    label: str
    kind: str
    units: tuple[Unit, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    normal: tuple[str, ...] = ()
    abnormal: tuple[str, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    longest: int = 500
    loinc: str = ""
    required: bool = False
    informs: bool = False

    def unit(self, ucum):
        """The unit of this UCUM code; one that is no longer in the catalogue is written as it stands."""
        return next((unit for unit in self.units if unit.ucum == ucum), Unit(ucum, ucum))

    def choice_words(self, code):
        """The words of a choice; one that is no longer in the catalogue is written as it stands."""
        return dict(self.choices).get(code, code)

    @property
    def judges(self):
        """Whether a value of it can be normal or not."""
        return self.kind != TEXT and not self.informs


@dataclass(frozen=True, slots=True)
class TestKind:
    """One test of the catalogue. `due_days`: the day offered when it is asked for (unverified default)."""

    __test__ = False

    code: str
    title: str
    report: str
    due_days: int
    analytes: tuple[Analyte, ...]
    taken: str = "Taken on"
    place: str = "Laboratory"

    def analyte(self, code):
        """The analyte of this code; one that is no longer in the catalogue is a text under its own code."""
        return next((one for one in self.analytes if one.code == code), Analyte(code, code, TEXT))


def _analyte(code, entry, each):
    data = ({} if "kind" in entry else each) | entry
    return Analyte(
        code=code,
        units=tuple(Unit(*unit) for unit in data.pop("units", ())),
        choices=tuple(map(tuple, data.pop("choices", ()))),
        normal=tuple(data.pop("normal", ())),
        abnormal=tuple(data.pop("abnormal", ())),
        **{name: Decimal(data.pop(name)) for name in ("least", "most") if name in data},
        **data,
    )


def _kind(code, entry):
    each, names = entry.pop("each", {}), entry.pop("analytes")
    analytes = tuple(_analyte(name, entry.pop(name), each) for name in names)
    return TestKind(code=code, analytes=analytes, **entry)


def load(source=SOURCE):
    """Code -> TestKind, in the order of the file. Raises TypeError or KeyError for an entry it does not understand."""
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    return {code: _kind(code, entry) for code, entry in data.items()}


CATALOGUE = load()
ONE_OF_A_KIND = tuple(code for code in CATALOGUE if code != "other")


def kind_of(order):
    """The catalogue's entry for an order; one that is no longer in it has no analytes."""
    return CATALOGUE.get(order.code) or TestKind(order.code, order.code, "The report", 7, ())


def title_of(order):
    """What the test is called: the catalogue's title, or the words of "another test"."""
    return order.title or kind_of(order).title
