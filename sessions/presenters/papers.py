"""The paper sheets of a session: whose, typed in by whom, what was typed, signed or not."""

from dataclasses import dataclass

from clinic.words import clinic_time
from sessions.presenters.words import value_words
from sessions.rules.papers import PUMP


@dataclass(frozen=True)
class Typed:
    """One line that was typed in: time, what it says, why something was missing, struck or not."""

    at: str
    words: str
    reason: str
    struck: bool


def sheets_of(session):
    """The sheets of a session with their people."""
    return list(session.paper_sheets.select_related("author", "opened_by", "signed_by"))


def sheet_page(sheet):
    """The lines typed in from this sheet, in the order in which they happened. Two queries."""
    zone = sheet.session.site.zone
    rows = sheet.session.entries.with_details().filter(paper_line__sheet=sheet).order_by("observed_at", "seq")
    gone = set(sheet.session.entries.exclude(supersedes=None).values_list("supersedes_id", flat=True))
    return [Typed(clinic_time(e.observed_at, zone), _words(e), e.reason, e.pk in gone) for e in rows]


def _words(entry):
    detail = entry.detail
    if entry.kind == "vitals":
        return ", ".join(value_words(m, v) for m, v in detail.values().items() if v is not None)
    if entry.kind == "drug":
        return _pump(detail)
    return getattr(detail, "text", "") or entry.get_kind_display()


def _pump(detail):
    figures = [(detail.rate_ml_h, "mL/h"), (detail.volume_ml, "mL off the pump")]
    said = ", ".join(f"{value.normalize():f} {unit}" for value, unit in figures if value is not None)
    return f"{detail.drug.capitalize()}: {PUMP.get(detail.action, detail.action).lower()} {said}".strip()
