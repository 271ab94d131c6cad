"""What intake is asked by its own pages and by the floors above. Reads only."""

from dataclasses import dataclass

from clinic.models import ConsentSignature, ConsentText
from intake import questions
from intake.models import Approval, Finding, Packet, PageAnswers
from intake.rules.approvals import check_may_be_treated

REQUIRED_CONSENTS = ("treatment", "off_label", "escort", "privacy")
OCCASION = "packet"


def answers_of(packet):
    """All complete answers of a packet, flat: question code -> answer. Pages no longer asked are left out."""
    by_slug = {row.slug: row.answers for row in packet.pages.all() if row.state == PageAnswers.DONE}
    everything = {code: value for answers in by_slug.values() for code, value in answers.items()}
    asked = {page.slug for page in questions.pages_for(everything)}
    return {code: value for slug, answers in by_slug.items() if slug in asked for code, value in answers.items()}


def latest_answers(patient):
    """The answers of the newest submitted packet, {} without one: for booking and check-in."""
    packet = patient.packets.filter(submitted_at__isnull=False).order_by("-submitted_at").first()
    return answers_of(packet) if packet else {}


def current_consent_texts(language="en"):
    """The newest published ConsentText of each kind, in the order of the kinds."""
    newest = {}
    for text in ConsentText.objects.filter(language=language, published_at__isnull=False).order_by("-number"):
        newest.setdefault(text.kind, text)
    return [newest[kind] for kind, _ in ConsentText.KINDS if kind in newest]


def signatures_of(packet):
    """ConsentText id -> signature given with this packet."""
    rows = ConsentSignature.objects.filter(occasion_kind=OCCASION, occasion_id=packet.pk).select_related("text")
    return {row.text_id: row for row in rows}


@dataclass(frozen=True, slots=True)
class Consent:
    """A consent of the packet: its words, whether it must be signed, and its signature or None."""

    text: ConsentText
    is_required: bool
    signature: ConsentSignature | None


def consents_of(packet):
    """The consents asked with this packet, in order."""
    signed = signatures_of(packet)
    return [
        Consent(text, text.kind in REQUIRED_CONSENTS, signed.get(text.pk))
        for text in current_consent_texts(packet.patient.language or "en") or current_consent_texts()
    ]


def unfinished_pages(packet):
    """[(slug, title)] of pages that are not complete and required consents that are not signed, in order."""
    done = {row.slug for row in packet.pages.all() if row.state == PageAnswers.DONE}
    pages = [(p.slug, p.title) for p in questions.pages_for(answers_of(packet)) if p.slug not in done]
    return pages + [
        (f"{questions.CONSENTS}/{consent.text.kind}", consent.text.title)
        for consent in consents_of(packet)
        if consent.is_required and consent.signature is None
    ]


def current_approval(patient):
    """The newest Approval, in force or not, None without one.

    A revoked one is not skipped: what was approved before it must not come back to life.
    """
    return Approval.objects.filter(patient=patient).select_related("assessment", "approved_by").first()


def unsettled_gates(patient):
    """Findings of this patient's newest assessment that gate treatment and are open or stand, as a list."""
    newest = patient.assessments.order_by("-started_at").first()
    return list(Finding.objects.unsettled_gates().filter(assessment=newest)) if newest else []


def check_eligible(patient, *, day):
    """Raise Refused with all that intake has against treating this patient on ``day`` (a local date)."""
    check_may_be_treated(approval=current_approval(patient), unsettled=unsettled_gates(patient), day=day)


def sent_packet(pk):
    """A submitted packet by its id, None for anything else."""
    return Packet.objects.select_related("site").filter(pk=pk, submitted_at__isnull=False).first() if pk else None
