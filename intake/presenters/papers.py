"""Copies of what was signed, at the end of the forms: this browser may open them for an hour."""

from dataclasses import dataclass, field

from clinic import links
from clinic.actions.links import make_link
from clinic.models import Document
from intake.consents import signatures_of

HOURS = 1


def open_papers(request, packet):
    """Let the browser that sent the packet open the copies: it has proved what the packet's own link asks for.

    For a patient's own link only: staff who helps to fill a packet opens copies by their own door.
    """
    if getattr(request, "patient_link", None) is None:
        return
    link, _ = make_link(
        patient=packet.patient, site=packet.site, purpose="documents", by=request.patient, days=HOURS / 24
    )
    links.let_in(request.session, link, proofs=links.PROOFS[link.purpose])


@dataclass(frozen=True, slots=True)
class Papers:
    """How many consents were signed with a packet, and the copies there are by now."""

    signed: int
    copies: list = field(default_factory=list)

    @property
    def waiting(self):
        """How many copies are still being made."""
        return self.signed - len(self.copies)


def papers_of(packet):
    """The Papers of a packet. Two queries."""
    ids = [signature.pk for signature in signatures_of(packet)]
    return Papers(len(ids), list(Document.objects.filter(kind="consent_copy", subject_id__in=ids).order_by("title")))
