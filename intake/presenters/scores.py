"""The pages on which staff enter scores: what there is so far, and what each questionnaire asks of the form."""

from dataclasses import dataclass

from clinic.instruments import cssrs, library
from clinic.models import InstrumentResponse
from clinic.words import figure

MOST = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One score in words: the questionnaire with its version, the result, its band, when and by whom."""

    name: str
    version: str
    result: str
    band: str
    at: object
    by: str


def entry(patient):
    """Context of both pages. One query."""
    rows = InstrumentResponse.objects.filter(patient__person=patient.person_id).select_related("answered_by")
    rows = rows.order_by("-answered_at")
    return {
        "patient": patient,
        "lines": [_line(row) for row in rows[:MOST]],
        "guide": [library.load(code) for code in library.entered_codes() if code != cssrs.CODE],
        "screener": library.load(cssrs.CODE),
    }


def _line(row):
    instrument = library.load(row.instrument)
    result = f"{figure(row.score)} of {instrument.maximum}" if row.scorable else "not scorable"
    by = row.answered_by.name if row.answered_by else "the patient"
    return Line(instrument.short, row.version, result, band_words(instrument, row.band), row.answered_at, by)


def band_words(instrument, code):
    """The band in words, "" for none."""
    return next((band.label for band in instrument.bands if band.code == code), "")


def entered_words(row):
    """What was kept, for the message after saving."""
    line = _line(row)
    said = ", ".join(filter(None, [f"{line.name} {line.result}", line.band]))
    return f"{said}: entered for {row.patient.short_name}."
