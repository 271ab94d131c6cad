"""Letters: drafted from the template, edited, sent once, kept as they went out."""

import pytest
from django.db import InternalError, transaction

from clinic.documents import content_of
from clinic.models import AuditEvent, Document, LetterText, Message
from clinic.refusal import Conflict, Refused
from intake.actions import letters
from intake.models import Letter
from tests.intake.packets import assessed
from tests.intake.second import signed
from tests.people import people
from tests.standing import standing

pytestmark = pytest.mark.django_db


everyone = standing(people)


def drafted(everyone, audience="patient", **words):
    assessment = signed(everyone, referrer="Dr. Rae Ferrer", **words)
    return letters.draft_letter(assessment=assessment, audience=audience, by=everyone.prescriber)


def test_the_draft_is_filled_from_the_decision_and_made_once(everyone):
    letter = drafted(everyone, decision="conditions", conditions="Blood pressure below 140 over 90 on the day.")
    assert "Dear Ngo," in letter.body
    assert "Blood pressure below 140 over 90 on the day." in letter.body
    assert "{" not in letter.body
    again = letters.draft_letter(assessment=letter.assessment, audience="patient", by=everyone.prescriber_too)
    assert again == letter


def test_the_clinics_own_published_text_is_used(everyone):
    LetterText.objects.create(
        kind="patient_candidate", number=1, title="Ours", body="Hello {name}", published_at=everyone.patient.added_at,
        published_by=everyone.clinic_admin,
    )  # fmt: skip
    letter = drafted(everyone)
    assert (letter.title, letter.body, letter.text.number) == ("Ours", "Hello Ngo", 1)


def test_before_the_signature_without_a_referrer_and_for_a_nurse_there_is_none(everyone):
    assessment = assessed(everyone)
    with pytest.raises(Refused, match="Sign the assessment"):
        letters.draft_letter(assessment=assessment, audience="patient", by=everyone.prescriber)
    with pytest.raises(Refused) as refused:
        letters.draft_letter(assessment=assessment, audience="referrer", by=everyone.nurse)
    assert {item.code for item in refused.value.items} == {"not-prescriber", "not-signed", "no-referrer"}


def test_the_referrers_letter_says_the_decision_and_nothing_of_the_mind(everyone):
    letter = drafted(everyone, "referrer", reasons="Depression, PHQ-9 of 8, no suicidal thoughts.")
    assert "Our decision: Candidate." in letter.body
    for word in ("Depression", "PHQ", "suicid", "Sertraline", "Walk to the park"):
        assert word not in letter.body


def test_editing_keeps_the_words_and_an_old_version_is_a_conflict(everyone):
    letter = drafted(everyone)
    edit = {"letter": letter, "title": "Title", "by": everyone.prescriber}
    letters.edit_letter(body="Dear Ngo, come on Monday.", version=1, **edit)
    with pytest.raises(Conflict) as conflict:
        letters.edit_letter(body="Other words", version=1, **edit)
    assert conflict.value.current.body == "Dear Ngo, come on Monday."
    with pytest.raises(Refused):
        letters.edit_letter(letter=letter, title="T", body="B", version=2, by=everyone.nurse)


def test_sent_to_the_patient_it_is_a_file_a_neutral_mail_and_locked(everyone):
    letter = drafted(everyone)
    send = {"letter": letter, "way": "link", "version": 1, "by": everyone.prescriber}
    sent = letters.send_letter(**send)
    letters.send_letter(**send)
    document = Document.objects.get()
    assert content_of(document).startswith(b"%PDF-")
    assert (document.kind, document.field_class, sent.document) == ("letter", "mental", document)
    message = Message.objects.get(kind="document_ready")
    assert (message.subject_id, message.context) == (document.pk, {})
    with pytest.raises(Refused, match="stays as it went out"):
        letters.edit_letter(letter=letter, title="T", body="B", version=1, by=everyone.prescriber)
    with pytest.raises(InternalError), transaction.atomic():
        Letter.objects.update(body="Other words")


def test_sent_to_the_referrer_it_is_a_disclosure_on_record_and_no_mail(everyone):
    letter = drafted(everyone, "referrer")
    with pytest.raises(Refused, match="how it goes out"):
        letters.send_letter(letter=letter, way="link", version=1, by=everyone.prescriber)
    letters.send_letter(letter=letter, way="fax", version=1, by=everyone.prescriber)
    told = AuditEvent.objects.get(verb="disclosure.noted")
    assert (told.detail["to"], told.detail["way"]) == ("Dr. Rae Ferrer", "fax")
    assert not Message.objects.filter(kind="document_ready").exists()


def test_an_old_version_is_not_sent(everyone):
    letter = drafted(everyone)
    letters.edit_letter(letter=letter, title="Title", body="New words", version=1, by=everyone.prescriber)
    with pytest.raises(Conflict):
        letters.send_letter(letter=letter, way="hand", version=1, by=everyone.prescriber)
