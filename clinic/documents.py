"""Reading documents: which ones, for whom, under what name, and only while the bytes are those that were kept."""

import hashlib
import logging
import re
import unicodedata

from clinic import access
from clinic.models import Document, PatientLink

log = logging.getLogger(__name__)

# What may be kept, how its bytes begin, and what its name ends with.
TYPES = {
    "application/pdf": (b"%PDF-", ".pdf"),
    "image/png": (b"\x89PNG\r\n\x1a\n", ".png"),
    "image/jpeg": (b"\xff\xd8\xff", ".jpg"),
}
MOST_BYTES = 10 * 1024 * 1024
# Kinds that a patient may always have back through a link of their own; any other only when a link was made for it.
ALWAYS_THEIRS = ("consent_copy", "education")
# Links through which a patient opens a document of their own.
PURPOSES = ("documents", "packet", "consent", "education", "home")
NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9 _.-]+")


class Spoiled(Exception):
    """The bytes in the database are not those that were kept."""


def digest(content):
    """SHA-256 of the bytes, hex."""
    return hashlib.sha256(content).hexdigest()


def content_of(document):
    """The bytes of a document. Raises Spoiled when they are no longer what was kept."""
    content = bytes(document.content)
    if digest(content) != document.sha256:
        log.error("Document %s is not what was kept: its SHA-256 differs.", document.pk)
        raise Spoiled
    return content


def documents_of(patient, *, kinds=()):
    """Documents of a patient without their bytes, newest first, only of these kinds if any are named."""
    rows = Document.objects.filter(patient__person=patient.person_id).select_related("made_by", "site")
    return rows.filter(kind__in=kinds) if kinds else rows


def documents_by_id(pk):
    """The document of an id as a queryset, for the access door."""
    return Document.objects.filter(pk=pk).select_related("patient", "site")


def documents_about(subject):
    """Documents about one row: a signature, a test order, a letter. Newest first."""
    return Document.objects.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk)


def seen_by(request, documents):
    """Those of these documents whose class this member of staff receives at the document's site, as a list."""
    return [document for document in documents if access.sees(request, document.field_class, site=document.site_id)]


def released_to(patient):
    """What the patient may have through a link: copies of what they signed, sheets, all that a link was made for."""
    named = PatientLink.objects.filter(
        patient__person=patient.person_id, purpose="documents", subject_kind="clinic.document"
    )
    mine = documents_of(patient)
    return mine.filter(kind__in=ALWAYS_THEIRS) | mine.filter(pk__in=named.values("subject_id"))


def file_name(document):
    """A file name of plain letters that no system can read as a path: the title, the day it was made, the ending."""
    plain = unicodedata.normalize("NFKD", document.title).encode("ascii", "ignore").decode()
    stem = "-".join(NOT_IN_A_NAME.sub(" ", plain).replace(".", " ").split())[:80].strip("-") or "document"
    return f"{stem}-{document.made_at:%Y-%m-%d}{TYPES[document.media_type][1]}"
