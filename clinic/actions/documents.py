"""Keep a file in a patient's record. Once kept it stays as it is."""

from django.db import transaction

from clinic import audit, clock
from clinic.actions.fingerprints import keep_fingerprint
from clinic.documents import MOST_BYTES, TYPES, digest
from clinic.models import Document
from clinic.models.base import CLASSES, MENTAL
from clinic.pdf import MEDIA_TYPE
from clinic.refusal import Item, refuse_if


@transaction.atomic
def keep_document(*, patient, site, kind, title, content, media_type, field_class, subject=None, by, at=None):
    """Keep these bytes as a Document; returns it.

    `content`: bytes of a PDF, PNG or JPEG, at most 10 MB, and really of that type. `field_class`: SAFE, PERSONAL,
    CLINICAL or MENTAL: who of the staff may open it. `subject`: the row it is about. Raises Refused for a file that
    is empty, too large or not what it claims to be; ValueError for an unknown kind or class.
    """
    at = at or clock.now()
    if kind not in dict(Document.KINDS) or field_class not in CLASSES:
        raise ValueError("There is no such kind of document, or no such class of field.")
    refuse_if(file_items(content, media_type))
    about = {"subject_kind": subject._meta.label_lower, "subject_id": subject.pk} if subject is not None else {}
    document = Document.objects.create(
        patient=patient,
        site=site,
        kind=kind,
        title=title[:160],
        media_type=media_type,
        size=len(content),
        sha256=digest(content),
        content=content,
        field_class=field_class,
        made_at=at,
        made_by=by if getattr(by, "is_staff_user", False) else None,
        **about,
    )
    keep_fingerprint(document, by=by, patient=patient, site=site, sha256=document.sha256, at=at)
    audit.record("document.kept", document, by=by, patient=patient, site=site, at=at, detail={"kind": kind})
    return document


def keep_letter(*, letter, about, content, by, at):
    """Keep a letter as it went out: PDF bytes among the documents of the patient whom `about` (a course, an
    assessment) belongs to, for those who may read mental fields. Returns the Document.
    """
    return keep_document(
        patient=about.patient,
        site=about.site,
        kind="letter",
        title=letter.title,
        content=content,
        media_type=MEDIA_TYPE,
        field_class=MENTAL,
        subject=letter,
        by=by,
        at=at,
    )


def file_items(content, media_type, *, field="file"):
    """What is wrong with these bytes as a file of this type, as Items; empty when they may be kept."""
    if media_type not in TYPES:
        return [Item("type", "Only PDF, PNG and JPEG files can be kept.", field=field)]
    if not content:
        return [Item("empty", "The file is empty.", field=field)]
    if len(content) > MOST_BYTES:
        return [Item("size", f"The file is larger than {MOST_BYTES // 1024 // 1024} MB.", field=field)]
    if not content.startswith(TYPES[media_type][0]):
        return [Item("type", "The file is not of the type that its name says.", field=field)]
    return []
