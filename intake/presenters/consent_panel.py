"""A patient's consents for staff: required, optional, on file; each with its history, its PDF and what can be done."""

from dataclasses import dataclass, field

from clinic.models import Document
from intake.consents import signatures_by, standings
from intake.rules import consents as rules


@dataclass(frozen=True, slots=True)
class Row:
    """One kind: how it stands, every signature newest first, what needs doing."""

    stands: rules.Standing
    history: list = field(default_factory=list)

    @property
    def needs_signing(self):
        """Does something have to be signed before the next visit?"""
        return self.stands.is_to_sign


@dataclass(frozen=True, slots=True)
class Panel:
    """The whole: ``missing`` of the rows have to be signed; ``stops``: what stands against treating, as Items."""

    rows: list
    stops: list
    sentence: str

    @property
    def missing(self):
        """How many have to be signed."""
        return sum(row.needs_signing for row in self.rows)


def consent_panel(patient):
    """The Panel of a patient. Five queries, whatever the number of signatures."""
    every, signatures = standings(patient), signatures_by(patient)
    copies = _copies(signatures)
    for signature in signatures:
        signature.copy = copies.get(signature.pk)
    rows = [
        Row(one, [s for s in reversed(signatures) if s.text.kind == one.kind])
        for one in every
        if one.text is not None or one.signature is not None
    ]
    stops = rules.treating_items(every)
    return Panel(rows, stops, sentence(stops, [row for row in rows if row.needs_signing]))


def _copies(signatures):
    ids = [signature.pk for signature in signatures]
    return {row.subject_id: row for row in Document.objects.filter(kind="consent_copy", subject_id__in=ids)}


def sentence(stops, to_sign):
    """The title of the panel: the answer first."""
    if stops:
        return f"{len(stops)} consent{'s' if len(stops) > 1 else ''} missing: no infusion can start"
    if to_sign:
        return f"{len(to_sign)} to sign, nothing that stops an infusion"
    return "Everything that treatment needs is signed"
