"""The copy of what was signed: its words, its drawing, its language, and that it is made once."""

import datetime as dt
from io import BytesIO

import pytest
from django.test import TestCase
from pypdf import PdfReader

from clinic import clock, documents
from clinic.models import Document, Message
from clinic.pdf import TOO_MUCH, Stopped
from intake import tasks
from intake.actions import copies
from intake.actions.consents import text_hash
from tests.intake.signing import DRAWN
from tests.people import people
from tests.standing import standing

pytestmark = pytest.mark.django_db


everyone = standing(people)


def words_of(document):
    content = bytes(Document.objects.get(pk=document.pk).content)
    return " ".join("".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


class TestCopies:
    def test_the_pdf_says_exactly_what_was_signed(self, everyone, publish, sign):
        text = publish(body="We give you a low dose.\n\nYou can say no.", title="Your treatment")
        at = dt.datetime(2026, 5, 14, 18, 5, 9, tzinfo=dt.UTC)
        row = sign(text, drawing=DRAWN, at=at)
        document = copies.make_copy(signature=row)
        said = words_of(document)
        assert "We give you a low dose. You can say no." in said
        assert "Version 1" in said
        assert "Ngozi Okafor-Test" in said
        assert "14 May 2026, 14:05:09 EDT, UTC-04:00" in said
        assert text_hash(text) in said.replace(" ", "")
        assert documents.digest(bytes(Document.objects.get(pk=document.pk).content)) == document.sha256
        assert (document.kind, document.field_class, document.subject_id) == ("consent_copy", "personal", row.pk)

    def test_the_drawing_is_in_it(self, publish, sign):
        drawn = copies.make_copy(signature=sign(publish(), drawing=DRAWN))
        bare = copies.make_copy(signature=sign(publish("escort")))
        assert operations(drawn) > operations(bare)

    def test_it_is_in_the_language_that_was_signed(self, publish, sign, everyone):
        document = copies.make_copy(signature=sign(publish(language="es", number=1, title="Su tratamiento")))
        assert "Su tratamiento" in words_of(document)
        content = BytesIO(bytes(Document.objects.get(pk=document.pk).content))
        assert PdfReader(content).trailer["/Root"]["/Lang"] == "es"
        assert document.title == "Su tratamiento, versión 1"

    def test_twice_is_once_and_one_mail_a_day_without_the_words(self, everyone, publish, sign):
        first, second = sign(publish()), sign(publish("escort"))
        one = copies.make_copy(signature=first)
        assert copies.make_copy(signature=first).pk == one.pk
        copies.make_copy(signature=second)
        message = Message.objects.get(kind="document_ready")
        assert (message.patient, message.context) == (everyone.patient, {})
        assert Document.objects.count() == 2

    def test_the_worker_is_asked_by_id_and_an_id_that_is_not_there_is_nothing(self, publish, sign):
        row = sign(publish())
        tasks.make_consent_copy(str(row.pk))
        tasks.make_consent_copy(str(row.pk))
        tasks.make_consent_copy("11111111-1111-4111-8111-111111111111")
        assert Document.objects.filter(subject_id=row.pk).count() == 1

    def test_a_lost_request_is_found_by_the_sweep_but_the_distant_past_is_left(self, publish, sign):
        row = sign(publish())
        sign(publish("escort"), at=clock.now() - dt.timedelta(days=30))
        assert copies.make_due_copies() == 1
        assert copies.make_due_copies() == 0
        assert Document.objects.get().subject_id == row.pk

    def test_pdf_3_a_copy_that_takes_too_much_keeps_no_other_from_being_made(self, publish, sign, monkeypatch):
        first, second = sign(publish()), sign(publish("escort"))
        real, asked = copies.pdf_of, []

        def too_much_at_first(*args):
            asked.append(args)
            if len(asked) == 1:
                raise Stopped(TOO_MUCH)
            return real(*args)

        monkeypatch.setattr(copies, "pdf_of", too_much_at_first)
        assert copies.make_due_copies() == 1
        assert Document.objects.get().subject_id in (first.pk, second.pk)
        assert copies.make_due_copies() == 1, "the next sweep tries the one that was left"

    def test_the_worker_is_asked_once_the_signature_holds(self, publish, sign, monkeypatch):
        asked = []
        monkeypatch.setattr(copies.current_app, "send_task", lambda name, args, **more: asked.append((name, args)))
        with TestCase.captureOnCommitCallbacks(execute=True):
            row = sign(publish())
            assert asked == []
        assert asked == [(copies.MAKE_COPY, [str(row.pk)])]


def operations(document):
    """How many lines and curves the pages of a PDF draw."""
    content = bytes(Document.objects.get(pk=document.pk).content)
    drawn = [op for page in PdfReader(BytesIO(content)).pages for _, op in page.get_contents().operations]
    return sum(op in (b"l", b"c") for op in drawn)
