"""What the run sheet says has to be done about the drugs: a step that is due, a pump not read, an emergency open."""

from dataclasses import dataclass

from django.urls import reverse

from clinic.words import clinic_time
from sessions.presenters.pump import step_due
from sessions.queries.emergencies import unread
from sessions.rules.phases import ENDED


@dataclass(frozen=True)
class Todo:
    """One thing: words, where it is done, what the link says."""

    words: str
    url: str
    link: str


def todo(sheet):
    """Everything of a `Sheet` that waits for somebody; empty when nothing does."""
    return [*_steps(sheet), *_line(sheet), *_unread(sheet), *_emergency(sheet)]


def _url(sheet, name, *more):
    return reverse(f"sessions:{name}", args=[sheet.session.pk, *more])


def _steps(sheet):
    for step in step_due(sheet):
        yield Todo(f"Ordered step: {step.words}.", step.url, "Set this rate")


def _line(sheet):
    if sheet.state.phase != ENDED and sheet.state.line == "infiltrated":
        words = "The line is infiltrated: nothing goes in until there is a new one."
        yield Todo(words, f"{_url(sheet, 'line-record')}?action=resited", "New line")


def _unread(sheet):
    for drug, entry_id in unread(sheet.state):
        yield Todo(f"{drug}: the pump has not been read.", _url(sheet, "pump-read", entry_id), "Read the pump")


def _emergency(sheet):
    """One query, and only where there was an emergency."""
    found = [e for e in sheet.state.emergencies if e.ended_at is not None]
    if found and not sheet.session.reconciliations.filter(called=found[-1].called.pk).exists():
        at = clinic_time(found[-1].since, sheet.session.site.zone)
        yield Todo(
            f"The emergency of {at} is not put in order yet.", _url(sheet, "emergency-reconcile"), "Put in order"
        )
