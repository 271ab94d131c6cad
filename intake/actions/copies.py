"""The copy of a signed consent: a PDF made once, kept as a document, its link mailed. The words never go by mail."""

import logging
from datetime import timedelta

from celery import current_app
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from clinic import clock, notify
from clinic.actions.documents import keep_document
from clinic.documents import documents_about
from clinic.models import ConsentSignature, Document
from clinic.models.base import PERSONAL
from clinic.pdf import MEDIA_TYPE, Stopped, missing_library, pdf_of
from intake.presenters.copies import copy_context

log = logging.getLogger(__name__)

MAKE_COPY = "intake.make_consent_copy"
# A copy is made by itself for what was signed so lately; an older one when somebody asks for it.
BY_ITSELF = timedelta(days=2)
# The mail waits so that the copies of one sitting go out as one message.
MAIL_AFTER = timedelta(minutes=10)
A_SWEEP = 20


def copy_on_commit(signature, at):
    """Ask the worker for the copy once the signature holds. What is lost here, the sweep finds a few minutes later."""
    if clock.now() - at < BY_ITSELF:
        transaction.on_commit(lambda: _ask(signature.pk))


def _ask(pk):
    try:
        current_app.send_task(MAKE_COPY, args=[str(pk)], ignore_result=True)
    except (KombuError, RedisError, OSError) as problem:
        log.warning("The worker could not be asked for a copy: %s", type(problem).__name__)


def copies_of(signature):
    """The copy of a signature as a queryset without its bytes: empty until it is made."""
    return documents_about(signature).filter(kind="consent_copy")


@transaction.atomic
def make_copy(*, signature, by=None, at=None):
    """Make the PDF of what was signed, keep it and mail its link; returns the Document. Twice is once.

    Raises OSError or ImportError where this server can't make PDFs.
    """
    at = at or clock.now()
    there = copies_of(signature).first()
    if there is not None:
        return there
    site = signature.site or signature.patient.sites.order_by("since").first().site
    title, content = _title_and_pdf(signature, site)
    try:
        with transaction.atomic():
            document = keep_document(
                patient=signature.patient, site=site, kind="consent_copy", title=title, content=content,
                media_type=MEDIA_TYPE, field_class=PERSONAL, subject=signature, by=by, at=at,
            )  # fmt: skip
    except IntegrityError:
        return copies_of(signature).get()
    _announce(document, at)
    return document


def _title_and_pdf(signature, site):
    """In the language that was signed, on the clock of the site."""
    text = signature.text
    with translation.override(text.language), timezone.override(site.zone):
        title = gettext("%(title)s, version %(number)s") % {"title": text.title, "number": text.number}
        return title, pdf_of("intake/consent_copy.html", copy_context(signature, site))


def _announce(document, at):
    """One mail a day: its link opens everything that was signed."""
    if not document.patient.email:
        return
    notify.enqueue(
        "document_ready",
        recipient=document.patient,
        site=document.site,
        dedupe_key=f"document_ready:{document.patient_id}:{at:%Y%m%d}",
        due_at=at + MAIL_AFTER,
        at=at,
    )


def make_due_copies(*, at=None):
    """Make the copies that nobody was asked for; returns how many. Called every few minutes."""
    at = at or clock.now()
    if missing_library():
        return 0
    made = Document.objects.filter(kind="consent_copy").values("subject_id")
    due = ConsentSignature.objects.filter(method="electronic", signed_at__gt=at - BY_ITSELF).exclude(pk__in=made)
    rows = list(due.select_related("text", "patient", "site", "representative", "taken_by")[:A_SWEEP])
    return sum(_made(signature, at) for signature in rows)


def _made(signature, at):
    """Make one; a paper that took too much is written down and keeps no other from being made."""
    try:
        make_copy(signature=signature, at=at)
    except Stopped as problem:
        log.error("The copy of the signature %s could not be made: %s", signature.pk, problem)
        return False
    return True
