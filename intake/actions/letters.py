"""The letters after a signed assessment: draft from the template, edit, send; sent ones are kept as they went out."""

from django.db import transaction
from django.utils import translation

from clinic import audit, clock, language, letters, notify, words
from clinic.access import roles_of
from clinic.actions.disclosures import note_disclosure
from clinic.actions.documents import keep_letter
from clinic.pdf import pdf_or_refuse
from clinic.refusal import Conflict, Item, Refused
from intake.models import Assessment, Letter
from intake.rules import letters as rules
from intake.rules.decisions import DECISIONS

# How a letter goes out -> how the accounting says it.
DISCLOSED = {rules.LINK: "secure", "post": "post", "fax": "fax", "hand": "handed", "secure": "secure"}


@transaction.atomic
def draft_letter(*, assessment, audience, by, at=None):
    """The draft of this letter, filled from the template in force; opening it again gives the same one.

    Raises Refused before the signature, without a referrer on file, or for anyone but a prescriber.
    """
    at = at or clock.now()
    assessment = _assessment(assessment)
    draft = assessment.letters.filter(audience=audience, sent_at=None).first()
    if draft is not None:
        return draft
    patient = assessment.patient
    rules.check_can_write(
        audience=audience,
        signed=assessment.is_signed,
        has_referrer=patient.referrer_id is not None,
        roles=roles_of(by, assessment.site, at),
    )
    spoken = language.of_person(patient) if audience == rules.PATIENT else language.ENGLISH
    found = letters.words_of(rules.kind_of(audience, assessment.decision), spoken)
    title, body = letters.fill(found, _values(assessment, audience, found.language, at))
    draft = Letter.objects.create(
        assessment=assessment,
        audience=audience,
        language=found.language,
        text=found.text,
        title=title[:160],
        body=body,
        to_name=str(patient.referrer) if audience == rules.REFERRER else f"{patient.given_name} {patient.family_name}",
        made_at=at,
        made_by=by,
    )
    _record("letter.drafted", draft, by, at)
    return draft


def _values(assessment, audience, spoken, at):
    patient, site, by = assessment.patient, assessment.site, assessment.signed_by
    day = at.astimezone(site.zone).date()
    with translation.override(spoken):
        today = words.patient_date(day) if audience == rules.PATIENT else words.clinic_date(day)
    referrer = patient.referrer
    return {
        "patient": f"{patient.given_name} {patient.family_name}",
        "name": patient.short_name,
        "today": today,
        "site": site.name,
        "address": site.address,
        "phone": site.phone,
        "prescriber": " ".join(filter(None, [by.name, by.credentials])),
        "conditions": assessment.conditions,
        "wait_for": assessment.wait_for,
        "referrer": referrer.name if referrer else "",
        "organisation": referrer.organisation if referrer else "",
        "born_on": words.clinic_date(patient.born_on),
        "record": patient.record_number,
        "decision": DECISIONS[assessment.decision],
        "assessed_on": words.clinic_date(assessment.signed_at.astimezone(site.zone).date()),
    }


@transaction.atomic
def edit_letter(*, letter, title, body, version, by, at=None):
    """Keep the prescriber's words. Conflict on an old ``version``; Refused once it was sent."""
    at = at or clock.now()
    letter = _locked(letter)
    _check_writer(letter, by, at)
    if letter.is_sent:
        raise Refused(Item("sent", "This letter has been sent. It stays as it went out."))
    if (letter.title, letter.body) == (title, body):
        return letter
    if letter.version != version:
        raise Conflict(Item("letter-changed", "Somebody else has changed this letter."), current=letter)
    letter.title, letter.body, letter.version = title, body, letter.version + 1
    letter.save(update_fields=["title", "body", "version"])
    _record("letter.edited", letter, by, at)
    return letter


@transaction.atomic
def send_letter(*, letter, way, version, by, at=None):
    """Make the file, keep it as it goes out, lock the letter. Sending it again the same way changes nothing.

    By link: the patient gets a neutral mail. To the referrer: a disclosure is recorded. Raises Refused with all that
    is missing (also the PDF library), Conflict on an old ``version``.
    """
    at = at or clock.now()
    letter = _locked(letter)
    if letter.is_sent and letter.way == way:
        return letter
    assessment = letter.assessment
    rules.check_can_send(
        audience=letter.audience,
        body=letter.body,
        way=way,
        sent=letter.is_sent,
        email=assessment.patient.email,
        roles=roles_of(by, assessment.site, at),
    )
    if letter.version != version:
        raise Conflict(Item("letter-changed", "Somebody else has changed this letter."), current=letter)
    letter.document = _keep(letter, by, at)
    letter.sent_at, letter.sent_by, letter.way = at, by, way
    letter.save(update_fields=["document", "sent_at", "sent_by", "way"])
    if way == rules.LINK:
        _mail_link(letter, by, at)
    _disclose(letter, by, at)
    _record("letter.sent", letter, by, at, {"way": way})
    return letter


def _disclose(letter, by, at):
    """To the referrer it is treatment; the patient's own letter is theirs."""
    to_referrer = letter.audience == rules.REFERRER
    note_disclosure(
        patient=letter.assessment.patient,
        site=letter.assessment.site,
        kind="letter",
        way=DISCLOSED[letter.way],
        purpose="treatment" if to_referrer else "own",
        what=f"Letter after the assessment, {rules.AUDIENCES[letter.audience]}",
        to_whom=letter.to_name if to_referrer else "the patient",
        by=by,
        subject=letter,
        sha256=letter.document.sha256,
        at=at,
    )


def letter_pdf(letter, *, at):
    """The letter as PDF bytes. Raises Refused in words where the server can't make PDFs."""
    return pdf_or_refuse("intake/letter_pdf.html", {"letter": letter, "at": letter.sent_at or at})


def _keep(letter, by, at):
    content = letter_pdf(letter, at=at)
    return keep_letter(letter=letter, about=letter.assessment, content=content, by=by, at=at)


def _mail_link(letter, by, at):
    assessment = letter.assessment
    notify.enqueue(
        "document_ready",
        recipient=assessment.patient,
        site=assessment.site,
        subject_kind="clinic.document",
        subject_id=letter.document_id,
        dedupe_key=f"document_ready:{letter.document_id}",
        due_at=at,
        by=by,
    )


def _assessment(assessment):
    related = ("patient__referrer", "site", "signed_by")
    return Assessment.objects.select_for_update(of=("self",)).select_related(*related).get(pk=assessment.pk)


def _locked(letter):
    related = ("assessment__patient__referrer", "assessment__site", "assessment__signed_by")
    return Letter.objects.select_for_update(of=("self",)).select_related(*related).get(pk=letter.pk)


def _check_writer(letter, by, at):
    if rules.PRESCRIBER not in roles_of(by, letter.assessment.site, at):
        raise Refused(Item("not-prescriber", "Only a prescriber can do this."))


def _record(verb, letter, by, at, detail=None):
    assessment = letter.assessment
    audit.record(verb, letter, by=by, patient=assessment.patient, site=assessment.site, at=at, detail=detail)
