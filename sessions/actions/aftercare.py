"""Hand over the sheet to take home: kept word for word, as a PDF where the server can, its link mailed."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone, translation

from clinic import audit, clock, language, notify
from clinic.actions.documents import keep_document
from clinic.actions.setup import publish_text
from clinic.models.base import CLINICAL
from clinic.pdf import MEDIA_TYPE, pdf_of
from clinic.refusal import Item, Refused, refuse_if
from sessions.actions.sessions import bump, lock, need_clinician
from sessions.models import AftercareSheet
from sessions.queries.aftercare import words_for
from sessions.rules import aftercare as rules

log = logging.getLogger(__name__)

# It says "until tomorrow": of no use by mail after this.
MAIL_WITHIN = timedelta(hours=12)


@transaction.atomic
def hand_over_sheet(
    *, session, to_whom, talked_through, printed=True, mailed=False, spoken="", own_words="", by, at=None
):  # fmt: skip
    """Hand over the sheet; returns the `AftercareSheet`. Its words are kept as they were given.

    `spoken` a language code ("" : the patient's own). The mail carries a link to the document and names no treatment.
    Refused with everything that is missing; before the infusion there is nothing to hand over yet.
    """
    session = lock(session)
    at = at or clock.now()
    need_clinician(by, session.site, at=at)
    if session.phase == "preparing":
        raise Refused(Item("sheet.phase", "Nothing was given yet: hand it over after the infusion."))
    if to_whom not in dict(AftercareSheet.TO_WHOM):
        raise Refused(Item("sheet.to_whom", "Say who took it.", field="to_whom"))
    has_email = bool(session.patient.email)
    refuse_if(
        rules.missing_to_hand_over(
            printed=printed, mailed=mailed, has_email=has_email, talked_through=talked_through
        )
    )  # fmt: skip
    words = words_for(session, spoken or language.of_person(session.patient), at)
    given = AftercareSheet(
        session=session, text=words.text, language=words.language, title=words.title[:160], body=words.body,
        own_words=own_words.strip(), to_whom=to_whom, talked_through=True, printed=printed, mailed=mailed, given_at=at,
        given_by=by,
    )  # fmt: skip
    given.document = _keep(given, by, at)
    given.save(force_insert=True)
    audit.record("aftercare.given", given, by=by, patient=session.patient, site=session.site, at=at)
    if mailed:
        _mail(given, by, at)
    bump(session)
    return given


def _keep(sheet, by, at):
    """The sheet as a PDF among the patient's documents; None where it can't be made: it is given all the same."""
    session = sheet.session
    try:
        with translation.override(sheet.language), timezone.override(session.site.zone):
            content = pdf_of("sessions/aftercare_paper.html", paper_context(sheet))
    except OSError as problem:
        log.warning("The aftercare sheet of session %s has no PDF: %s", session.pk, problem)
        return None
    return keep_document(
        patient=session.patient, site=session.site, kind="education", title=sheet.title, content=content,
        media_type=MEDIA_TYPE, field_class=CLINICAL, subject=session, by=by, at=at,
    )  # fmt: skip


def paper_context(sheet):
    """What the paper of a sheet shows."""
    return {"sheet": sheet, "session": sheet.session, "sections": rules.sections(sheet.body)}


def _mail(sheet, by, at):
    document = sheet.document
    about = {"subject_kind": document._meta.label_lower, "subject_id": document.pk} if document else {}
    notify.enqueue(
        "aftercare" if document else "going_home",
        recipient=sheet.session.patient,
        site=sheet.session.site,
        dedupe_key=f"aftercare:{sheet.pk}",
        due_at=at,
        expires_at=at + MAIL_WITHIN,
        by=by,
        at=at,
        **about,
    )


def publish_sheet_text(*, text, by, at=None):
    """Freeze a text of the sheet. Raises Refused with everything that is wrong with it."""
    rules.check_text(text.body)
    return publish_text(text=text, by=by, at=at)
