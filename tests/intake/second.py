"""What happens to a packet after it was sent: a second packet, corrections, questions sent back and answered."""

from datetime import timedelta

from clinic import clock
from clinic.models import Referrer
from intake.actions import assessments, corrections, packets, returned
from intake.actions.consents import sign_consent
from intake.models import Packet
from intake.presenters.returned import known_now
from intake.queries import consents_of, facts_of
from tests.intake.packets import answers, asked_pages, assessed, invited

LINE = "Please tell us more about your medicines."


def submitted_again(people, **changes):
    """A later packet of the same patient, sent; the consents of the first one are signed anew where they are asked."""
    packet = invited(people)
    for slug, said in asked_pages(facts_of(packet), **changes):
        packets.save_page(packet=packet, slug=slug, answers=said, version=0, by=people.patient)
    for consent in consents_of(packet):
        if consent.is_required and consent.signature is None:
            name = {"printed_name": "Ngozi Okafor-Test", "agreed": True, "electronic_agreed": True}
            sign_consent(packet=packet, text=consent.text, by=people.patient, **name)
    return packets.submit(packet=Packet.objects.get(pk=packet.pk), by=people.patient)


def typed(packet, slug, **changes):
    """The answers of one page as it would be sent with these changes."""
    return answers(slug, known_now(packet), **changes)


def corrected(packet, slug, by, *, seen=0, reason="Asked on the phone.", **changes):
    """Staff's correction of a page."""
    said = typed(packet, slug, **changes)
    return corrections.correct_page(packet=packet, slug=slug, answers=said, seen=seen, reason=reason, by=by)


def asked(packet, by, *slugs, codes=(), words=LINE, at=None):
    """Pages sent back to the patient."""
    return returned.ask_patient(packet=packet, slugs=list(slugs), codes=codes, words=words, by=by, at=at)


def answered(request, by, **changes):
    """The patient fills every page that was sent back and sends it. ``changes``: slug, with underscores -> changes."""
    for row in request.pages.all():
        said = typed(request.packet, row.slug, **changes.get(row.slug.replace("-", "_"), {}))
        returned.save_supplement(supplement=row, answers=said, version=row.version, by=by)
    return returned.send_answers(request=request, by=by)


def signed(people, *, referrer="", decision="candidate", **words):
    """A signed assessment of a packet in which everything that was found is settled."""
    if referrer:
        people.patient.referrer = Referrer.objects.create(name=referrer, organisation="Sample practice")
        people.patient.save()
    return settled(assessed(people), people.prescriber, decision=decision, **words)


def settled(assessment, by, *, decision="candidate", **words):
    """The assessment with everything that was found settled, decided and signed."""
    for finding in assessment.findings.filter(ended_at=None):
        resolution = "not_so" if finding.would_be == "hard_stop" else "handled"
        assessments.settle_finding(finding=finding, resolution=resolution, reason="Asked.", by=by)
    assessment.refresh_from_db()
    words = {"decision": decision, "reasons": "Fits the protocol; CRPS for years."} | words
    assessments.save_assessment(assessment=assessment, version=assessment.version, by=by, **words)
    return assessments.sign_assessment(assessment=assessment, printed_name=by.name, by=by)


def days_ago(days):
    """That many days before now."""
    return clock.now() - timedelta(days=days)
