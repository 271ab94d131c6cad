"""Signed documents carry a hash over what was signed; a changed byte shows (ONC-d2, HIP-c1)."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from clinic.actions.disclosures import note_disclosure
from clinic.actions.documents import keep_document
from clinic.actions.fingerprints import keep_fingerprint
from clinic.models import AuditEvent, Disclosure, Document, Fingerprint
from clinic.queries import signed
from clinic.refusal import Refused
from tests.people import people
from tests.standing import standing

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 a synthetic letter"


everyone = standing(people)


def kept(everyone):
    return keep_document(
        patient=everyone.patient, site=everyone.site, kind="letter", title="Letter", content=PDF,
        media_type="application/pdf", field_class="personal", by=everyone.prescriber,
    )  # fmt: skip


def fallen():
    return {(told.kind, told.pk) for told in signed.check_all() if not told.holds}


def test_onc_d2_a_file_is_what_was_kept(everyone, monkeypatch):
    document = kept(everyone)
    sealed = Fingerprint.objects.get(subject_kind="clinic.document", subject_id=document.pk)
    assert sealed.sha256 == document.sha256
    assert (sealed.signed_by, sealed.patient) == (everyone.prescriber, everyone.patient)
    assert fallen() == set()
    assert [told for told in signed.check_all() if told.pk == document.pk]


def test_a_fingerprint_is_kept_once_a_signature(everyone):
    document = kept(everyone)
    with pytest.raises(IntegrityError), transaction.atomic():
        keep_fingerprint(document, by=everyone.prescriber, sha256="0" * 64)


def test_onc_d2_a_hash_that_differs_from_the_sealed_one_is_told(everyone):
    """Who changes the file and the hash beside it still has the sealed one against them."""
    document = kept(everyone)
    other = keep_fingerprint_of_another(everyone)
    assert fallen() == {("clinic.document", other.pk)}
    assert document.pk != other.pk


def keep_fingerprint_of_another(everyone):
    """A file whose sealed hash says something else."""
    row = kept(everyone)
    fields = {f.name: getattr(row, f.name) for f in Document._meta.concrete_fields if f.name not in ("id",)}
    other = Document.objects.create(**fields)
    keep_fingerprint(other, by=everyone.prescriber, sha256="f" * 64)
    return other


def test_moments_and_figures_hash_the_same_whatever_read_them_last():
    assert connection.timezone_name == "UTC"
    assert signed._said(Decimal("70.50")) == "70.5"


def told(everyone, **more):
    return {
        "patient": everyone.patient, "site": everyone.site, "kind": "told", "way": "spoken", "purpose": "law",
        "what": "That the patient was here", "to_whom": "Sample county court", "by": everyone.prescriber,
    } | more  # fmt: skip


def test_onc_d11_a_disclosure_says_when_who_whom_to_whom_and_what(everyone):
    row = note_disclosure(**told(everyone))
    assert (row.patient, row.noted_by, row.to_whom) == (everyone.patient, everyone.prescriber, "Sample county court")
    assert row.told_at
    assert row.what
    assert AuditEvent.objects.filter(verb="disclosure.noted", subject_id=row.pk, user=everyone.prescriber).count() == 1


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"to_whom": " "}, "disclosure.to"),
        ({"what": ""}, "disclosure.what"),
        ({"purpose": "gossip"}, "disclosure.purpose"),
        ({"way": "pigeon"}, "disclosure.way"),
    ],
)
def test_a_disclosure_that_lacks_something_is_refused(everyone, more, code):
    with pytest.raises(Refused) as refused:
        note_disclosure(**told(everyone, **more))
    assert [item.code for item in refused.value.items] == [code]
    assert not Disclosure.objects.exists()
