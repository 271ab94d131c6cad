"""Corrections of the record that patients ask for: asked, put off once, answered, disagreed with. Nothing is changed.

What is accepted is added to the record beside what stood there; the original text stays readable.
"""

from datetime import time

from django.db import transaction

from clinic import audit, clock, notify
from clinic.access import roles_of
from clinic.actions.tasks import close_task, open_task, withdraw_task
from clinic.models import AMENDMENT, AmendmentRequest, AmendmentStatement, Role, Task
from clinic.refusal import Item, Refused, refuse_if
from clinic.rules import amendments as rules
from clinic.rules.quiet import from_wall
from clinic.states import transition
from clinic.words import clinic_date, local, patient_date

# When the last day ends for the task's clock. Source: clinic default (unverified default, the clinic approves).
EVENING = time(17)
CLINICIANS = {Role.NURSE.value, Role.PRESCRIBER.value}


@transaction.atomic
def ask_amendment(*, patient, site, about, words, should_say, tell="", how="link", subject=None, by, at=None):
    """Keep a request; returns it. The prescribers get a task with the legal due date, the patient a receipt by mail.

    `by` the Patient (through a link), or a clinician of the site who writes down what came by letter, phone or in
    person (`how`). `subject`: the visit or document it is about. Refused with everything that is missing.
    """
    at = at or clock.now()
    if getattr(by, "is_staff_user", False):
        _need(by, site, at, CLINICIANS, "Only a nurse or a prescriber at this site can write this down.")
    refuse_if(rules.missing_to_ask(words, should_say))
    request = AmendmentRequest.objects.create(
        patient=patient, site=site, about=about.strip()[:200] or "The record", words=words.strip(),
        should_say=should_say.strip(), tell=tell.strip()[:300], how=how, asked_at=at,
        entered_by=by if getattr(by, "is_staff_user", False) else None,
        due_on=rules.due_on(local(at, site.zone).date()), **_about(subject),
    )  # fmt: skip
    _record("amendment.asked", request, by, at)
    _open_task(request, by, at)
    _mail("amendment_received", request, by, at, due=True)
    return request


def _about(subject):
    return {"subject_kind": subject._meta.label_lower, "subject_id": subject.pk} if subject is not None else {}


def _evening_of(request):
    return from_wall(request.due_on, EVENING, request.site.zone)


def _open_task(request, by, at):
    open_task(
        "review",
        title=f"Answer by {clinic_date(request.due_on)}: {request.patient.given_name} {request.patient.family_name} "
        f"asks to correct the record ({request.about}).",
        neutral_title="A patient asks to correct the record.",
        site=request.site,
        patient=request.patient,
        due_at=_evening_of(request),
        by=by if getattr(by, "is_staff_user", False) else None,
        for_role=Role.PRESCRIBER,
        subject=request,
        dedupe_key=f"amendment:{request.pk}",
        at=at,
    )


def _mail(kind, request, by, at, *, due=False):
    """A mail that names nothing of what was asked; nobody without an address gets one."""
    if not request.patient.email:
        return
    notify.enqueue(
        kind,
        recipient=request.patient,
        site=request.site,
        dedupe_key=f"{kind}:{request.pk}",
        due_at=at,
        subject_kind=request._meta.label_lower,
        subject_id=request.pk,
        context={"due": request.due_on.isoformat()} if due else {},
        by=by if getattr(by, "is_staff_user", False) else None,
        at=at,
    )


@notify.compose("amendment_received")
@notify.compose("amendment_extended")
def due_words(message, at):
    """The due date in the recipient's own words."""
    request = AmendmentRequest.objects.get(pk=message.subject_id)
    return {"due": patient_date(request.due_on)}


@transaction.atomic
def extend_amendment(*, request, reason, by, at=None):
    """Put the answer off, once, by thirty days; the patient is told the reason and the new date.

    Refused for anyone but a prescriber, without a reason, a second time, or when it has been answered.
    """
    at = at or clock.now()
    request = _locked(request)
    _need(by, request.site, at, {Role.PRESCRIBER.value}, "Only a prescriber at this site can put the answer off.")
    rules.check_extend(state=request.state, extended=request.extended_at is not None, reason=reason)
    asked = local(request.asked_at, request.site.zone).date()
    request.extended_at, request.extended_by, request.extended_why = at, by, reason.strip()
    request.due_on = rules.due_on(asked, extended=True)
    request.save(update_fields=["extended_at", "extended_by", "extended_why", "due_on"])
    for task in _tasks(request):
        task.due_at = _evening_of(request)
        task.save(update_fields=["due_at"])
    _record("amendment.extended", request, by, at, reason=request.extended_why)
    _mail("amendment_extended", request, by, at, due=True)
    return request


@transaction.atomic
def decide_amendment(*, request, answer, words, added="", grounds="", by, at=None):
    """The answer: "accepted", "partly" or "denied", with its words to the patient; locked from then on.

    `added` is what was put into the record, `grounds` a code of `rules.GROUNDS`. Refused for anyone but a prescriber
    and with everything that is missing.
    """
    at = at or clock.now()
    request = _locked(request)
    _need(by, request.site, at, {Role.PRESCRIBER.value}, "Only a prescriber at this site can answer this.")
    AMENDMENT.check(request.state, answer if answer in AMENDMENT.moves else "open")
    rules.check_decide(answer, {"words": words, "added": added, "grounds": grounds})
    request.added = added.strip() if answer in rules.ACCEPTING else ""
    request.grounds = grounds if answer in rules.DENYING else ""
    request.decision_words, request.decided_at, request.decided_by = words.strip(), at, by
    also = ("added", "grounds", "decision_words", "decided_at", "decided_by")
    transition(request, answer, by=by, at=at, machine=AMENDMENT, also=also)
    _record("amendment.decided", request, by, at)
    for task in _tasks(request):
        close_task(task=task, by=by, at=at, outcome=request.get_state_display())
    _mail("amendment_decided", request, by, at)
    return request


@transaction.atomic
def state_disagreement(*, request, words, how="link", by, at=None):
    """The patient's statement of disagreement with a denial: it goes with the record wherever that part goes.

    Refused while nothing was denied, without words, or a second time.
    """
    at = at or clock.now()
    request = _locked(request)
    if getattr(by, "is_staff_user", False):
        _need(by, request.site, at, CLINICIANS, "Only a nurse or a prescriber at this site can write this down.")
    if not rules.may_disagree(request.state):
        raise Refused(Item("statement.state", "Nothing was denied."))
    if request.statements.filter(kind="disagreement").exists():
        raise Refused(Item("statement.once", "There is a statement already."))
    row = _state(request, "disagreement", words, how, by, at)
    open_task(
        "review",
        title=f"Read the statement of disagreement: {request.about}.",
        neutral_title="A patient has answered.",
        site=request.site,
        patient=request.patient,
        due_at=at,
        by=None,
        for_role=Role.PRESCRIBER,
        subject=request,
        dedupe_key=f"amendment-statement:{request.pk}",
        at=at,
    )
    return row


@transaction.atomic
def rebut(*, request, words, by, at=None):
    """The clinic's answer to a statement, kept beside it. Refused without one or for anyone but a prescriber."""
    at = at or clock.now()
    request = _locked(request)
    _need(by, request.site, at, {Role.PRESCRIBER.value}, "Only a prescriber at this site can answer this.")
    if not request.statements.filter(kind="disagreement").exists():
        raise Refused(Item("rebuttal.none", "There is no statement to answer."))
    return _state(request, "rebuttal", words, "person", by, at)


def _state(request, kind, words, how, by, at):
    if not words.strip():
        raise Refused(Item("statement.words", "Write the statement.", field="words"))
    row = AmendmentStatement.objects.create(
        request=request, kind=kind, words=words.strip(), how=how, made_at=at,
        made_by=by if getattr(by, "is_staff_user", False) else None,
    )  # fmt: skip
    _record(f"amendment.{kind}", request, by, at)
    return row


@transaction.atomic
def withdraw_amendment(*, request, by, at=None):
    """The patient takes the request back; it stays in the record as withdrawn. Refused when it has been answered."""
    at = at or clock.now()
    request = _locked(request)
    transition(request, "withdrawn", by=by, at=at, machine=AMENDMENT)
    _record("amendment.withdrawn", request, by, at)
    for task in _tasks(request):
        withdraw_task(task=task, by=by, at=at, reason="The patient took the request back.")
    return request


def _locked(request):
    rows = AmendmentRequest.objects.select_for_update(of=("self",)).select_related("patient", "site")
    return rows.get(pk=request.pk)


def _tasks(request):
    return Task.objects.filter(dedupe_key=f"amendment:{request.pk}", state="open")


def _need(by, site, at, roles, words):
    if not roles_of(by, site, at) & roles:
        raise Refused(Item("role", words))


def _record(verb, request, by, at, reason=""):
    audit.record(verb, request, by=by, patient=request.patient, site=request.site, at=at, reason=reason)
