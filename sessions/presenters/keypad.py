"""The vitals keypad: one row a measure with its last value, limits for asking back, words for the scales."""

from dataclasses import dataclass

from clinic.words import clinic_time, figure
from sessions.forms.vitals import TENS
from sessions.presenters.figures import oxygen_words
from sessions.presenters.words import LONG, RASS, SHORT, UNITS, sedation, signed
from sessions.rules.limits import ALARM, edges
from sessions.rules.schedule import PROTOCOL_PHASE
from sessions.rules.vitals import ASLEEP_COVERS, MEASURES

ALWAYS = ("systolic", "diastolic", "heart_rate", "spo2")
ROWS = ("heart_rate", "spo2", "resp_rate", "etco2", "temperature")


@dataclass(frozen=True)
class Box:
    """One input: its form field, its bounds for asking back at once, what it was last time."""

    measure: str
    field: object
    missing: object
    label: str
    unit: str
    hard: tuple
    soft: tuple
    alarm: tuple
    last: str
    question: object = None


@dataclass(frozen=True)
class KeyRow:
    """A row of the keypad: a label, one box or two (the pressure), the last values with their time."""

    label: str
    unit: str
    boxes: list
    last: str
    at: str
    oxygen: bool = False


@dataclass(frozen=True)
class Choice:
    """One large choice of a scale; `was` marks last time's, it is never chosen."""

    value: str
    words: str
    small: str
    was: bool
    checked: bool


@dataclass(frozen=True)
class Scale:
    """A scale as large choices: sedation in words, or 0-10."""

    name: str
    label: str
    last: str
    choices: list
    error: str
    missing: object


@dataclass
class Keypad:
    """All of the page."""

    rows: list
    scales: list
    more: list
    oxygen_last: str
    asks: list
    asleep_covers: list

    @property
    def asleep_counts(self):
        """Whether "asleep, breathing seen" stands for anything in this phase."""
        return bool(self.asleep_covers)

    @property
    def asleep_words(self):
        """What it stands for: "Stands for sedation and pain. Nobody is woken to be asked."."""
        named = [LONG[m].lower() for m in self.asleep_covers]
        said = " and ".join(filter(None, [", ".join(named[:-1]), named[-1]]))
        return f"Stands for {said}. Nobody is woken to be asked."


def keypad(form, sheet, asked):
    """The keypad for the measures this phase asks for; the others stand under "More"."""
    shown = [m for m in (*ROWS,) if m in asked or m in ALWAYS]
    hidden = [m for m in ROWS if m not in shown]
    scales = [m for m in ("sedation", *TENS) if m in asked]
    later = [m for m in ("sedation", *TENS) if m not in asked]
    make = _Maker(form, sheet)
    return Keypad(
        rows=[make.pressure(), *(make.row(m) for m in shown)],
        scales=[make.scale(m) for m in scales],
        more=[*(make.row(m) for m in hidden), *(make.scale(m) for m in later)],
        oxygen_last=oxygen_words(sheet.state.oxygen),
        asks=sorted(asked),
        asleep_covers=[i.measure for i in _intervals(sheet) if i.asleep_counts and i.measure in ASLEEP_COVERS],
    )


def asked_measures(sheet):
    """Measures that the present phase asks for."""
    return {i.measure for i in _intervals(sheet)} | set(ALWAYS)


def _intervals(sheet):
    return sheet.plan.intervals_in(PROTOCOL_PHASE.get(sheet.state.phase, "observation"))


class _Maker:
    def __init__(self, form, sheet):
        self.form, self.state, self.plan = form, sheet.state, sheet.plan
        self.zone = sheet.session.site.zone

    def pressure(self):
        boxes = [self.box("systolic"), self.box("diastolic")]
        last = "/".join(b.last for b in boxes) if boxes[0].last else ""
        return KeyRow("BP", "mmHg", boxes, last, self.at("systolic"))

    def row(self, measure):
        box = self.box(measure)
        unit = {"heart_rate": "per minute", "resp_rate": "per minute"}.get(measure, UNITS[measure])
        return KeyRow(SHORT[measure], unit, [box], box.last, self.at(measure), measure == "spo2")

    def box(self, measure):
        known = MEASURES[measure]
        question = next((q for q in self.form.questions if q["name"] == measure), None)
        last = self.state.last.get(measure)
        said = figure(last.value) if last else ""
        return Box(measure, self.form[measure], self.form[f"missing_{measure}"], LONG[measure], UNITS[measure],
                   known.hard, known.soft, self.limits(measure), said, question)  # fmt: skip

    def at(self, measure):
        last = self.state.last.get(measure)
        return clinic_time(last.at, self.zone) if last else ""

    def limits(self, measure):
        """(low, high, where the figure itself counts) of the alarm level, relative ones against the baseline."""
        found = edges(measure, ALARM, self.plan.limits, baseline=self.state.baseline)
        low, high = ("" if edge is None else figure(edge) for edge in (found.low, found.high))
        return low, high, "both" if found.low_counts else "high" if found.high_counts else ""

    def scale(self, measure):
        last = self.state.last.get(measure)
        value = self.form[measure].value()
        said = (sedation(last.value) if measure == "sedation" else figure(last.value)) if last else ""
        words = f"last time, {self.at(measure)}: {said}" if last else ""
        choices = self.rass(last, value) if measure == "sedation" else self.ten(last, value)
        error = self.form[measure].errors[0] if self.form[measure].errors else ""
        label = "Sedation (RASS)" if measure == "sedation" else f"{LONG[measure]} 0-10"
        return Scale(measure, label, words, choices, error, self.form[f"missing_{measure}"])

    def rass(self, last, value):
        return [Choice(str(n), signed(n), words, bool(last) and last.value == n, str(value) == str(n))
                for n, words in RASS.items()]  # fmt: skip

    def ten(self, last, value):
        return [Choice(str(n), str(n), "", bool(last) and last.value == n, str(value) == str(n)) for n in range(11)]
