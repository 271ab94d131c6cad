"""Asking for a signature again: a text has changed, or the clinic wants it. What is in force stays as it is."""

from datetime import timedelta

from django.db import transaction

from clinic import audit, clock, notify
from clinic.actions.tasks import open_task
from clinic.models import Role
from clinic.refusal import Item, Refused
from intake.consents import OPEN_COURSES, concerned_by, newest_texts, standing_of
from intake.models import ConsentRequest
from intake.rules import consents as rules

A_SWEEP = 100
LAST_ZONE = timedelta(hours=12)  # an approval's last day lasts until it is over everywhere
# Until when the list of a changed text should be worked off: clinic default (unverified default).
ASK_WITHIN = timedelta(days=7)
MESSAGES = {ConsentRequest.CHANGED: "consent_changed", ConsentRequest.TOLD: "consent_told"}


def ask_for_renewals(*, at=None):
    """Ask everybody in care whom a newly published version concerns, once each; returns how many were asked.

    Called when a text is published and again every few minutes, a hundred patients at a time.
    """
    at = at or clock.now()
    asked, day = 0, (at - LAST_ZONE).date()
    for text in newest_texts():
        patients = list(concerned_by(text, day=day)[: A_SWEEP - asked])
        for patient in patients:
            _ask(patient, text, at)
        if patients and text.renewal == rules.SIGN_AGAIN:
            _open_list(text, patients, at)
        asked += len(patients)
    return asked


@transaction.atomic
def _ask(patient, text, at):
    why = ConsentRequest.CHANGED if text.renewal == rules.SIGN_AGAIN else ConsentRequest.TOLD
    site = _site_of(patient)
    request, made = ConsentRequest.objects.get_or_create(
        patient=patient, text=text, why=why, defaults={"site": site, "asked_at": at}
    )
    if made:
        audit.record("consent.asked", request, by=None, patient=patient, site=site, at=at, detail={"why": why})
        _send(MESSAGES[why], request, None, at)
    return request


def _site_of(patient):
    """Where this patient is treated: the site of the open course, else of the approval, else the newest they are at."""
    course = patient.courses.filter(state__in=OPEN_COURSES).order_by("-number").first()
    if course is not None:
        return course.site
    approval = patient.approvals.select_related("assessment__site").first()
    return approval.assessment.site if approval else patient.sites.order_by("-since").first().site


@transaction.atomic
def ask_again(*, patient, site, kind, by, at=None):
    """The clinic asks a patient to read and sign a consent of this kind again; returns the ConsentRequest.

    Raises Refused where no text is published, or when it was asked already and nobody has signed since.
    """
    at = at or clock.now()
    stands = standing_of(patient, kind)
    if stands is None or stands.text is None:
        raise Refused(Item("no-text", "No text of this kind is published yet."))
    if stands.is_asked:
        raise Refused(Item("asked", "The patient has been asked already and has not signed since."))
    request = ConsentRequest.objects.create(
        patient=patient, site=site, text=stands.text, why=ConsentRequest.AGAIN, asked_at=at, asked_by=by
    )
    audit.record("consent.asked", request, by=by, patient=patient, site=site, at=at, detail={"why": "again"})
    _send("consent_asked", request, by, at)
    return request


def _send(kind, request, by, at):
    """Mail the link, where there is an address; without one the clinic's list says so."""
    if request.patient.email:
        notify.enqueue(
            kind,
            recipient=request.patient,
            site=request.site,
            dedupe_key=f"{kind}:{request.pk}",
            due_at=at,
            at=at,
            by=by,
        )


def _open_list(text, patients, at):
    """One task a site: the list of who must sign this version again."""
    sites = {site.pk: site for site in map(_site_of, patients)}
    for site in sites.values():
        open_task(
            "other",
            title=f"Patients must sign “{text.title}”, version {text.number}, before their next visit",
            site=site,
            for_role=Role.FRONT_DESK,
            due_at=at + ASK_WITHIN,
            by=None,
            subject=text,
            dedupe_key=f"renewal:{text.pk}:{site.pk}",
            at=at,
        )
