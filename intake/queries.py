"""What intake is asked by its own pages and by the floors above. Reads only."""

from types import SimpleNamespace

from django.db.models import Subquery

from clinic import clock
from clinic.prepared import Prepared
from intake import questions
from intake.consents import (
    OCCASION,
    REQUIRED_CONSENTS,
    Consent,
    consents_of,
    current_consent_texts,
    signatures_of,
    standings,
)
from intake.models import Approval, Assessment, Finding, Packet, PacketHelp, PageAnswers
from intake.rules import asked
from intake.rules.approvals import check_may_be_treated
from intake.rules.consents import booking_items
from intake.rules.overlay import said_by_page, verified_by_page

__all__ = ["OCCASION", "REQUIRED_CONSENTS", "Consent", "consents_of", "current_consent_texts", "signatures_of"]


def facts_of(packet):
    """What the record holds that decides what is asked: ``_sex``, ``_age`` in years, ``_reason``, ``_today``...

    The day is the site's, of the submission or, before that, of now.
    """
    patient = packet.patient
    day = (packet.submitted_at or clock.now()).astimezone(packet.site.zone).date()
    return {
        asked.SEX: patient.sex,
        asked.AGE: patient.age_on(day),
        asked.REASON: packet.reason,
        "_name": f"{patient.given_name} {patient.family_name}",
        "_has_address": bool(patient.address),
        "_today": day.isoformat(),
    }


def pages_and_answers(packet, *, verified=False):
    """(the pages asked, the complete answers given on them with the record's facts and what follows from them).

    Pages that were sent back and answered again count as they were answered then. ``verified``: with staff's
    corrections in force laid over the patient's words.
    """
    pages, again = packet.pages.all(), packet.supplements.all() if packet.submitted_at else ()
    verified = verified and packet.submitted_at is not None
    said = verified_by_page(pages, again, packet.corrections.all()) if verified else said_by_page(pages, again)
    asked_pages, known = questions.walk(facts_of(packet), lambda page: said.get(page.slug, {}))
    return asked_pages, known | asked.not_asked(known)


def answers_of(packet):
    """The patient's own words of a packet, flat: question code -> answer. Pages no longer asked are left out."""
    return pages_and_answers(packet)[1]


def verified_answers_of(packet):
    """The same with staff's corrections in force laid over: what the rules read."""
    return pages_and_answers(packet, verified=True)[1]


def latest_answers(patient):
    """The verified answers of the newest submitted packet, {} without one: for booking and check-in."""
    sent = Packet.objects.filter(patient__person=patient.person_id, submitted_at__isnull=False).select_related("site")
    packet = sent.order_by("-submitted_at").first()
    return verified_answers_of(packet) if packet else {}


def unfinished_pages(packet):
    """[(slug, title)] of pages that are not complete and required consents that are not signed, in order."""
    done = {row.slug for row in packet.pages.all() if row.state == PageAnswers.DONE}
    pages = [(page.slug, page.title) for page in pages_and_answers(packet)[0] if page.slug not in done]
    return pages + [
        (f"{questions.CONSENTS}/{consent.text.kind}", consent.text.title)
        for consent in consents_of(packet)
        if consent.is_required and consent.signature is None
    ]


def current_approval(patient):
    """The newest Approval, in force or not, None without one.

    A revoked one is not skipped: what was approved before it must not come back to life.
    """
    return _approval.first(person=patient.person_id)


def unsettled_gates(patient):
    """What gates treatment on any day and is open or stands, as a list: of the newest assessment, or new since then."""
    return _of_newest.rows(person=patient.person_id) + _since.rows(person=patient.person_id)


def _of_newest_in(of):
    newest = Assessment.objects.filter(patient__person=of("person")).order_by("-started_at")
    return Finding.objects.unsettled_gates().filter(assessment=Subquery(newest.values("pk")[:1]))


def _since_in(of):
    return Finding.objects.since_approval(SimpleNamespace(person_id=of("person"))).lasting().unsettled_gates()


_approval = Prepared(
    lambda of: Approval.objects.filter(patient__person=of("person")).select_related("assessment", "approved_by")[:1]
)
_of_newest, _since = Prepared(_of_newest_in), Prepared(_since_in)


def check_eligible(patient, *, day):
    """Raise Refused with all that intake has against treating this patient on ``day`` (a local date)."""
    check_may_be_treated(
        approval=current_approval(patient),
        unsettled=unsettled_gates(patient),
        consents=booking_items(standings(patient)),
        day=day,
    )


def sent_packet(pk):
    """A submitted packet by its id, None for anything else."""
    return Packet.objects.select_related("site").filter(pk=pk, submitted_at__isnull=False).first() if pk else None


def open_help(packet, helper, **who):
    """The help of this kind that goes on with this packet, None without one. ``who``: the user or representative."""
    going_on = PacketHelp.objects.filter(packet=packet, helper=helper, ends=None, end=None, **who)
    return going_on.order_by("-at").first()


def help_rows(packet):
    """Everybody who helped with this packet, in order, with when they stopped. One query."""
    return list(PacketHelp.objects.filter(packet=packet, ends=None).select_related("end").order_by("at"))
