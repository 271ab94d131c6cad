"""Rows of intake for the matrix: noun -> how one side makes it."""

from clinic import clock
from clinic.models import (
    Representative,
)
from intake.actions.education import ask_nurse
from intake.actions.levels import set_rule_level
from intake.models import (
    Approval,
    Assessment,
    EducationText,
    Letter,
    Packet,
    PageCorrection,
    PageRequest,
    PageSupplement,
    RuleLevel,
)
from intake.rules.findings import BY_CODE
from tests import factories


def _rule_level(side):
    """A rule's level is the whole clinic's: both sides see the one that was set first."""
    set_before = RuleLevel.objects.filter(rule="bladder").first()
    return set_before or set_rule_level(
        rule=BY_CODE["bladder"], level="info", now="warn", reason="Matrix", by=side.people.prescriber
    )


def _open_packet(side):
    side.get("scene")  # with the consents that a packet asks for
    at, newcomer = clock.now(), factories.patient(at_site=side.site, given_name="New")
    return Packet.objects.create(patient=newcomer, site=side.site, reason="mood", made_at=at, touched_at=at)


def _education_text(side):
    there = EducationText.objects.filter(published_at__isnull=False).first()
    return there or EducationText.objects.create(
        title="Before", body="## One\nWords.", published_at=clock.now(), published_by=side.people.prescriber
    )


def _question(side):
    side.get("scene")
    text = side.get("education_text")
    return ask_nurse(patient=side.patient, site=side.site, text=text, words="Why?", by=side.patient)


def _page_request(side):
    """Of another patient: the packet of the scene is decided, and nothing goes back any more."""
    at, packet = clock.now(), side.get("open_packet")
    request = PageRequest.objects.create(
        packet=packet, words="Please look again.", due_on=at.date(), asked_at=at, asked_by=side.people.nurse
    )
    PageSupplement.objects.create(request=request, packet=packet, slug="pain", field_class="clinical")
    return request


def _correction(side):
    return PageCorrection.objects.create(
        packet=side.get("open_packet"), slug="pain", code="pain_average", field_class="clinical", kind="value",
        value=4, reason="Asked.", corrected_at=clock.now(), corrected_by=side.people.nurse,
    )  # fmt: skip


def _letter(side):
    return Letter.objects.create(
        assessment=side.get("assessment"), audience="patient", title="T", body="B", made_at=clock.now(),
        made_by=side.people.prescriber,
    )  # fmt: skip


NOUNS = {
    "page_request": _page_request,
    "correction": _correction,
    "letter": _letter,
    "education_text": _education_text,
    "question": _question,
    "open_packet": _open_packet,
    "packet": lambda side: side.get("assessment").packet,
    "approval": lambda side: Approval.objects.get(patient=side.get("scene").patient),
    "assessment": lambda side: Assessment.objects.get(patient=side.get("scene").patient),
    "rulelevel": lambda side: _rule_level(side),
    "speaker": lambda side: Representative.objects.create(
        patient=side.get("open_packet").patient, name="Speaker Sample", relation="guardian", since=clock.now()
    ),
}
