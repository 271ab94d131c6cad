"""Pages sent back to the patient: ask, answer page by page, send, take back, remind."""

from datetime import timedelta

from django.db import transaction

from clinic import audit, clock, notify
from clinic.access import roles_of
from clinic.actions.links import end_links
from clinic.actions.sending import check_staff_link
from clinic.actions.tasks import open_task
from clinic.models import Role
from clinic.refusal import Conflict, Item, Refused
from clinic.states import transition
from intake import questions
from intake.actions.hearing import hear
from intake.actions.restating import packet_said_something_new
from intake.models import Packet, PageRequest, PageSupplement
from intake.rules import returned as rules

WITHDRAWN = ("withdrawn_at", "withdrawn_by", "withdrawn_reason")
READ_WITHIN = timedelta(days=1)  # Source: clinic default (unverified default, the clinic approves)


@transaction.atomic
def ask_patient(*, packet, slugs, words, codes=(), by, at=None):
    """Send pages of a packet back with a line to the patient; a neutral mail carries the link. Refused in words.

    ``codes`` are the questions meant (none: the whole pages); they are marked for the patient.
    """
    at = at or clock.now()
    packet = Packet.objects.select_for_update(of=("self",)).select_related("patient", "site").get(pk=packet.pk)
    rules.check_can_ask(
        state=packet.state,
        slugs=slugs,
        known=questions.BY_SLUG,
        words=words,
        roles=roles_of(by, packet.site, at),
        email=packet.patient.email,
        has_open=packet.requests.filter(state="asked").exists(),
    )
    due_on = at.astimezone(packet.site.zone).date() + timedelta(days=rules.ANSWER_DAYS)
    request = PageRequest.objects.create(packet=packet, words=words.strip(), due_on=due_on, asked_at=at, asked_by=by)
    for page in questions.PAGES:
        if page.slug in slugs:
            _reopen(request, page, codes)
    _send_link(request, by, at, "asked")
    _record("questions.asked", request, by, at, {"pages": sorted(slugs)})
    return request


def _reopen(request, page, codes):
    meant = [code for code in codes if questions.page_of(code) is page]
    PageSupplement.objects.create(
        request=request, packet=request.packet, slug=page.slug, field_class=page.field_class, codes=meant
    )


@transaction.atomic
def remind(*, request, by, at=None):
    """Send the link once more; earlier ones end. Refused when nothing is waiting, or within a day of the last one."""
    at = at or clock.now()
    request = _locked(request)
    rules.check_can_answer(state=request.state)
    rules.check_can_remind(last=request.reminded_at or request.asked_at, at=at)
    check_staff_link(request.packet.patient, by=by, at=at)
    end_links(patient=request.packet.patient, purpose="questions", subject=request, by=by, at=at)
    request.reminded_at = at
    request.save(update_fields=["reminded_at"])
    _send_link(request, by, at, f"{at:%Y%m%d%H%M}")
    _record("questions.reminded", request, by, at)
    return request


@transaction.atomic
def take_back_request(*, request, reason, by, at=None):
    """The answers are no longer needed: the link ends, what was typed stays as it is. Refused once answered."""
    at = at or clock.now()
    request = _locked(request)
    rules.check_can_answer(state=request.state)
    if not rules.CLINICIANS & roles_of(by, request.packet.site, at):
        raise Refused(Item("not-clinician", "Only a nurse or a prescriber can do this."))
    request.withdrawn_at, request.withdrawn_by, request.withdrawn_reason = at, by, reason.strip()
    _close(request, "withdrawn", by, at)
    notify.withdraw(subject_kind="intake.pagerequest", subject_id=request.pk, by=by, at=at, reason="taken back")
    _record("questions.withdrawn", request, by, at)
    return request


def save_supplement(*, supplement, answers, version, by, at=None, language="en"):
    """Keep a reopened page that is complete. Same promises as save_page: once is once, Conflict on an old version."""
    fields = {"answers": answers, "draft": {}, "state": PageSupplement.DONE, "language": language}
    versions = questions.BY_SLUG[supplement.slug].form.question_versions()
    return _save(supplement, fields | {"question_versions": versions}, version, by, at, answers)


def save_supplement_draft(*, supplement, draft, version, by, at=None, language="en"):
    """Keep a reopened page as typed so far."""
    return _save(supplement, {"draft": draft, "state": PageSupplement.DRAFT}, version, by, at, draft)


def _save(supplement, fields, version, by, at, said):
    at = at or clock.now()
    hear(supplement.request.packet, said, by=by, at=at)
    return _kept(supplement, fields, version, by, at)


@transaction.atomic
def _kept(supplement, fields, version, by, at):
    request = _locked(supplement.request)
    rules.check_can_answer(state=request.state)
    row = PageSupplement.objects.select_for_update().get(pk=supplement.pk)
    if all(getattr(row, name) == value for name, value in fields.items()):
        return row
    if row.version != version:
        raise Conflict(Item("page-changed", "This page was changed on another device."), current=row)
    for name, value in fields.items():
        setattr(row, name, value)
    row.version, row.saved_at = version + 1, at
    row.save()
    _record("questions.page-saved", request, by, at, {"page": row.slug})
    return row


@transaction.atomic
def send_answers(*, request, by, at=None):
    """The patient sends the reopened pages: they count from now on, the rules run again, a task tells the clinic.

    Twice is once. Raises Refused with every page that still waits.
    """
    at = at or clock.now()
    request = _locked(request)
    if request.state == "answered":
        return request
    pages = list(request.pages.select_for_update())
    rules.check_can_send(state=request.state, unfinished=_unfinished(pages))
    for row in pages:
        row.sent_at = at
        row.save(update_fields=["sent_at"])
    _close(request, "answered", by, at)
    packet = request.packet
    packet_said_something_new(packet=packet, slugs={row.slug for row in pages}, by=by, at=at)
    _tell_staff(request, by, at)
    _record("questions.answered", request, by, at)
    return request


def _unfinished(pages):
    return [(row.slug, questions.BY_SLUG[row.slug].title) for row in pages if not row.is_done]


def _close(request, state, by, at):
    request.closed_at = at
    transition(request, state, by=by, at=at, machine=rules.REQUEST, also=("closed_at", *WITHDRAWN))
    end_links(
        patient=request.packet.patient,
        purpose="questions",
        subject=request,
        why="submitted" if state == "answered" else "revoked",
        by=by,
        at=at,
    )


def _tell_staff(request, by, at):
    packet = request.packet
    open_task(
        "review",
        title=f"Read the later answers of {packet.patient}",
        neutral_title="A patient has answered the questions sent back",
        site=packet.site,
        patient=packet.patient,
        for_role=Role.PRESCRIBER,
        due_at=at + READ_WITHIN,
        by=by,
        subject=packet,
        dedupe_key=f"questions:{request.pk}",
        at=at,
    )


def _locked(request):
    rows = PageRequest.objects.select_for_update(of=("self",)).select_related("packet__patient", "packet__site")
    return rows.get(pk=request.pk)


def _send_link(request, by, at, when):
    notify.enqueue(
        "questions",
        recipient=request.packet.patient,
        dedupe_key=f"questions:{request.pk}:{when}",
        due_at=at,
        subject_kind="intake.pagerequest",
        subject_id=request.pk,
        site=request.packet.site,
        by=by,
    )


def _record(verb, request, by, at, detail=None):
    packet = request.packet
    audit.record(verb, request, by=by, patient=packet.patient, site=packet.site, at=at, detail=detail)
