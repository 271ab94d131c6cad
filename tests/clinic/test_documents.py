"""Documents: kept as they are, sent only to whom they are for, and never when a byte has changed."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError, ProgrammingError
from django.urls import reverse

from clinic import documents
from clinic.actions.documents import keep_document
from clinic.models import AuditEvent, Document
from clinic.models.base import CLINICAL, MENTAL, PERSONAL
from clinic.refusal import Refused
from tests import factories
from tests.people import by_link, people, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 some bytes"


everyone = standing(people)


@pytest.fixture
def keep(everyone):
    def kept(**fields):
        usual = {
            "patient": everyone.patient,
            "site": everyone.harbor,
            "kind": "consent_copy",
            "title": "Your treatment, version 2",
            "content": PDF,
            "media_type": "application/pdf",
            "field_class": PERSONAL,
            "by": None,
        }
        return keep_document(**usual | fields)

    return kept


def staff_url(document):
    return reverse("clinic:document-show", args=[document.pk])


def own_url(document):
    return reverse("clinic:document-mine", args=[document.pk])


def test_what_is_kept_has_its_size_its_hash_and_an_audit_row(everyone, keep):
    document = keep(by=everyone.nurse)
    assert (document.size, document.sha256) == (len(PDF), documents.digest(PDF))
    assert document.made_by == everyone.nurse
    event = AuditEvent.objects.get(verb="document.kept")
    assert (event.subject_id, event.patient, event.user) == (document.pk, everyone.patient, everyone.nurse)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"", "application/pdf"),
        (b"<script>", "application/pdf"),
        (b"%PDF-", "image/png"),
        (b"<svg/>", "image/svg+xml"),
        (b"%PDF-" + b"0" * documents.MOST_BYTES, "application/pdf"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(keep, content, media_type):
    with pytest.raises(Refused):
        keep(content=content, media_type=media_type)


@pytest.mark.parametrize("wrong", [{"kind": "poem"}, {"field_class": "secret"}])
def test_an_unknown_kind_or_class_is_a_mistake_of_ours(keep, wrong):
    with pytest.raises(ValueError, match="no such"):
        keep(**wrong)


def test_a_kept_document_can_be_neither_changed_nor_removed(keep):
    document = keep()
    for statement in ("UPDATE clinic_document SET title = 'x'", "DELETE FROM clinic_document"):
        with pytest.raises((ProgrammingError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.create(
            patient=document.patient, site=document.site, kind="other", title="x", media_type="application/pdf",
            size=3, sha256="0" * 64, content=b"four", field_class=PERSONAL, made_at=document.made_at,
        )  # fmt: skip


def test_lists_do_not_carry_the_bytes(everyone, keep, django_assert_num_queries):
    keep()
    with django_assert_num_queries(1):
        rows = list(documents.documents_of(everyone.patient, kinds=["consent_copy"]))
        assert [row.get_deferred_fields() for row in rows] == [{"content"}]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ('a"; filename="evil.exe', "a-filename-evil-exe"),
        ("Tu tratamiento: versión 3\r\nX: y", "Tu-tratamiento-version-3-X-y"),
        ("写真", "document"),
    ],
)
def test_a_file_name_is_plain_letters_only(keep, title, name):
    document = keep(title=title)
    assert documents.file_name(document) == f"{name}-{document.made_at:%Y-%m-%d}.pdf"


def test_staff_get_the_bytes_boxed_in_and_the_look_is_written_down(everyone, keep):
    document = keep()
    response = signed_in(everyone.nurse).get(staff_url(document))
    assert (response.status_code, response.content) == (200, PDF)
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert AuditEvent.objects.filter(is_look=True, subject_id=document.pk, user=everyone.nurse).exists()


def test_shown_in_the_browser_it_is_boxed_in_just_the_same(everyone, keep):
    response = signed_in(everyone.nurse).get(staff_url(keep()), {"show": ""})
    assert response.headers["Content-Disposition"].startswith("inline; filename=")
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "script-src" not in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("field_class", [CLINICAL, MENTAL])
def test_the_front_desk_never_gets_a_clinical_document(everyone, keep, field_class):
    document = keep(field_class=field_class)
    assert signed_in(everyone.front_desk).get(staff_url(document)).status_code == 404
    assert signed_in(everyone.prescriber).get(staff_url(document)).status_code == 200
    assert documents.file_name(document)


def test_another_clinic_gets_nothing(everyone, keep):
    document = keep()
    assert signed_in(everyone.stranger).get(staff_url(document)).status_code == 404
    assert signed_in(everyone.clinic_admin).get(staff_url(document)).status_code == 403
    assert signed_in().get(staff_url(document)).status_code == 302


def test_a_changed_byte_shows_as_an_error_and_not_as_the_file(everyone, keep, monkeypatch):
    document = keep()
    monkeypatch.setattr(documents, "content_of", lambda row, real=documents.content_of: real(_spoiled(row)))
    response = signed_in(everyone.nurse).get(staff_url(document))
    assert response.status_code == 500
    assert PDF not in response.content
    assert "can’t be shown" in response.content.decode()


def _spoiled(row):
    row.content = PDF + b"!"
    return row


def test_a_patient_has_back_what_they_signed(everyone, keep):
    client, _ = by_link(everyone.patient, everyone.harbor, "documents")
    document = keep()
    assert client.get(own_url(document)).content == PDF
    page = client.get(reverse("clinic:document-list")).content.decode()
    assert document.title in page
    looks = AuditEvent.objects.filter(is_look=True, actor_kind="patient").values_list("verb", flat=True)
    assert {"look own document", "look own documents"} <= set(looks)


def test_a_patient_gets_a_letter_only_once_a_link_was_made_for_it(everyone, keep):
    letter = keep(kind="letter", field_class=MENTAL)
    client, _ = by_link(everyone.patient, everyone.harbor, "documents")
    assert client.get(own_url(letter)).status_code == 404
    by_link(everyone.patient, everyone.harbor, "documents", subject_kind="clinic.document", subject_id=letter.pk)
    assert client.get(own_url(letter)).status_code == 200


def test_nobody_elses_document_and_no_link_of_another_purpose(everyone, keep):
    other = factories.patient(at_site=everyone.harbor, given_name="Other")
    document = keep(patient=other)
    client, _ = by_link(everyone.patient, everyone.harbor, "documents")
    assert client.get(own_url(document)).status_code == 404
    assert client.get(staff_url(document)).status_code == 302
    diary, _ = by_link(other, everyone.harbor, "diary")
    assert diary.get(own_url(document)).headers["Location"] == "/p/"


def test_an_empty_list_says_what_will_stand_there(everyone):
    client, _ = by_link(everyone.patient, everyone.harbor, "documents")
    assert "nothing here yet" in client.get(reverse("clinic:document-list")).content.decode()
