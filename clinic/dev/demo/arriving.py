"""From the front desk's first click to the signed assessment, by the product's own actions at past times."""

from datetime import timedelta

from django.http import QueryDict

from clinic.actions.patients import add_patient
from clinic.dev.demo import answers
from intake import questions
from intake.actions import assessments, consents, education, packets
from intake.education import sheet_of
from intake.models import PageAnswers
from intake.queries import consents_of, facts_of
from intake.rules import decisions

REASONS = {
    decisions.OVERRIDDEN: "Seen in person; stable for two years, letter of the specialist on file.",
    decisions.HANDLED: "Spoken about on the phone, plan agreed.",
    decisions.STANDS: "Confirmed on the phone today.",
}


def add(person, site, crew, at):
    """The front desk adds the person; returns the Patient."""
    return add_patient(
        site=site,
        given_name=person.given,
        family_name=person.family,
        born_on=person.born,
        sex=person.sex,
        email=f"{person.given}.{person.family}@example.org".lower(),
        phone=answers.phone(person),
        reason="pain" if answers.is_pain(person) else "ptsd" if person.condition == "ptsd" else "mood",
        reason_words="",
        emergency_name=f"Robin {person.family}",
        emergency_phone=f"617 555 {2000 + person.number:04d}",
        emergency_relation="partner",
        by=crew["desk"],
        at=at,
        is_another_person=True,
    )


def fill(packet, person, body, at, *, share=1.0, suicidal=False):
    """The patient fills the packet, two minutes a page, the first `share` of the pages they are asked."""
    asked = typed_pages(facts_of(packet), answers.pages(person, body, suicidal=suicidal))
    for slug, said in asked[: round(len(asked) * share)]:
        packets.save_page(
            packet=packet,
            slug=slug,
            answers=said,
            version=_version(packet, slug),
            by=packet.patient,
            at=at,
        )
        at += timedelta(minutes=2)
    return at


def typed_pages(facts, everything):
    """[(slug, answers)] of every page asked of someone with these facts, in order. ValueError: a page refuses them."""
    said = {}

    def typed(page):
        form = page.form(_posted(everything[page.slug]), known=facts)
        if not form.is_valid():
            raise ValueError(f"Demo answers of page {page.slug} are refused: {form.errors.as_json()}")
        said[page.slug] = form.to_answers()
        return said[page.slug]

    questions.walk(facts, typed)
    return list(said.items())


def _version(packet, slug):
    row = PageAnswers.objects.filter(packet=packet, slug=slug).only("version").first()
    return row.version if row else 0


def _posted(data):
    posted = QueryDict(mutable=True)
    for name, value in data.items():
        posted.setlist(name, value if isinstance(value, list) else [value])
    return posted


def sign_and_submit(packet, person, at):
    """Every consent is signed with the typed name, then the packet is sent."""
    for consent in consents_of(packet):
        consents.sign_consent(
            packet=packet,
            text=consent.text,
            printed_name=f"{person.given} {person.family}",
            agreed=True,
            electronic_agreed=True,
            by=packet.patient,
            at=at,
        )
        at += timedelta(minutes=1)
    packets.submit(packet=packet, by=packet.patient, at=at)
    return at


def assess(packet, crew, at, *, decision=decisions.CANDIDATE, reasons="Fits the protocol; alternatives were tried."):
    """The prescriber settles what the rules found, decides and signs; returns the signed Assessment."""
    doctor = crew["prescriber"]
    assessment = assessments.start_assessment(packet=packet, by=doctor, at=at)
    for finding in assessment.findings.in_force():
        if decisions.gates(finding):
            how = _settled(finding, decision)
            assessments.settle_finding(finding=finding, resolution=how, reason=REASONS[how], by=doctor, at=at)
    assessment = assessments.save_assessment(
        assessment=assessment,
        version=assessment.version,
        decision=decision,
        reasons=reasons,
        by=doctor,
        at=at + timedelta(minutes=20),
    )
    assessment = assessments.sign_assessment(
        assessment=assessment, printed_name=doctor.name, by=doctor, at=at + timedelta(minutes=21)
    )
    assessments.tell_patient(assessment=assessment, by=doctor, at=at + timedelta(minutes=22))
    if decision == decisions.CANDIDATE:
        read_sheet(packet, at + timedelta(hours=8))
    return assessment


def read_sheet(packet, at):
    """The patient reads what to expect of the first infusion, a minute a part, and confirms it."""
    sheet = sheet_of(packet.patient)
    for section in sheet.sections:
        education.read_section(
            patient=packet.patient, text=sheet.text, section=section.number, by=packet.patient, at=at
        )
        at += timedelta(minutes=1)
    education.confirm_reading(patient=packet.patient, site=packet.site, text=sheet.text, by=packet.patient, at=at)


def _settled(finding, decision):
    if decision == decisions.NOT:
        return decisions.STANDS
    return decisions.OVERRIDDEN if finding.would_be == "hard_stop" else decisions.HANDLED
