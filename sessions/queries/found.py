"""Findings that appeared since the approval, as a visit's pages show them."""

from intake.models import Finding
from intake.rules.decisions import RESOLUTIONS
from intake.rules.engine import GATING, LEVEL_WORDS, Level


def new_notes(session):
    """[(level in words, reason)] of what is new and stands in nobody's way: to know before the start. One query."""
    rows = Finding.objects.of_visit(session.patient.person_id, session.pk).exclude(would_be__in=GATING)
    return [(_level(row), row.reason) for row in rows.order_by("position")]


def found_at(session):
    """[(reason, what a prescriber decided, who)] of every finding of this visit, for its record. One query."""
    mine = Finding.objects.filter(patient__person=session.patient.person_id)
    rows = mine.filter(occasion_kind="session", occasion_id=session.pk).select_related("resolved_by")
    return [(f"New finding: {row.reason}", _decided(row), _who(row)) for row in rows.order_by("found_at", "position")]


def _level(row):
    """The level in words; "" for an unknown, whose own sentence begins with it."""
    return "" if row.level == Level.UNKNOWN else LEVEL_WORDS[row.level]


def _decided(row):
    if not row.resolution:
        return "no longer found" if row.ended_at else LEVEL_WORDS[row.level].lower()
    return f"{RESOLUTIONS[row.resolution]}: {row.resolution_reason}"


def _who(row):
    return row.resolved_by.name if row.resolved_by else ""
