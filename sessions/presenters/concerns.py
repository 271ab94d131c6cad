"""What speaks against the drugs of a session, and what was decided about it."""

from dataclasses import dataclass, field, replace

from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode

from clinic.words import clinic_time
from sessions.queries.concerns import concerns_of, decisions_of, undecided
from sessions.rules import concerns as rules


@dataclass
class ConcernPage:
    """One drug: what waits for a decision, what was decided, what is only to be known."""

    drug: str
    waiting: list = field(default_factory=list)
    decided: list = field(default_factory=list)
    known: list = field(default_factory=list)


def concern_page(session, drug):
    """The page of one drug; 404 without a name."""
    drug = drug.strip()[:60]
    if not drug:
        raise Http404
    found, before = concerns_of(session, drug)
    return ConcernPage(
        drug,
        waiting=[c.words for c in rules.to_write(found, decided=before)],
        decided=[f"{words.rstrip('.')}. {said}" for words, said in before.items()],
        known=rules.shown(found),
    )


def decide_url(session, drug):
    """The page where a prescriber decides about this drug."""
    return f"{reverse('sessions:concern-decide', args=[session.pk])}?{urlencode({'drug': drug})}"


def waiting_items(session, drug):
    """What stops the start of this drug, each linked to the page where a prescriber decides."""
    return [replace(item, link=decide_url(session, drug)) for item in rules.waiting(undecided(session, drug))]


def decision_rows(session):
    """[(what, reason, who and when)] of the decisions of this session, for its orders and its record."""
    zone = session.site.zone
    return [
        (f"{row.drug.capitalize()}: {row.words}", row.reason,
         f"{row.decided_by.display_name}, {clinic_time(row.decided_at, zone)}{_written(row)}")
        for row in decisions_of(session)
    ]  # fmt: skip


def _written(row):
    return "" if row.written_by_id == row.decided_by_id else f", written by {row.written_by.name}"
