"""Before going home: the escort who came, what a prescriber is asked to decide, and what was decided, from anywhere."""

from datetime import timedelta

from django.db import transaction

from clinic import audit, clock, notify
from clinic.actions.tasks import close_task, open_task, withdraw_task
from clinic.links import absolute
from clinic.models import Role, Task, User
from clinic.refusal import Conflict, Item, Refused
from clinic.words import clinic_time
from sessions.actions.sessions import bump, lock, need_clinician, need_open, need_prescriber
from sessions.models import CheckAnswer, DischargeDecision, DischargeRequest
from sessions.queries.gates import discharge_criteria
from sessions.queries.sheet import sheet
from sessions.rules import gates
from sessions.rules import going_home as rules

# A patient waits in the chair: the task is late after this. Source: clinic default (unverified default).
ANSWER_WITHIN = timedelta(minutes=10)


@transaction.atomic
def note_escort(*, session, who="", here=True, by, at=None):
    """The person who takes the patient home has come (or is gone again, `here=False`); `who` names them.

    Refused when nobody is named, or the session has ended.
    """
    session = lock(session)
    at = at or clock.now()
    need_clinician(by, session.site, at=at)
    need_open(session)
    if here and not who.strip():
        raise Refused(Item("escort.who", "Write who has come.", field="who"))
    row = CheckAnswer.objects.create(
        session=session,
        code="escort_arrived",
        answer="yes" if here else "no",
        detail=who.strip()[:300],
        answered_at=at,
        answered_by=by,
    )
    verb = "session.escort_here" if here else "session.escort_gone"
    audit.record(verb, row, by=by, patient=session.patient, site=session.site, at=at)
    bump(session)
    return row


@transaction.atomic
def ask_discharge(*, session, words="", of_whom=None, by, at=None):
    """Ask a prescriber whether the patient may go without what is missing now; they decide by their own sign-in.

    `of_whom` None: any prescriber of the site. A task is opened and a mail sent at once (no patient is named in it).
    Refused when nothing is missing that could be decided; `Conflict` while a request waits.
    """
    session = lock(session)
    at = at or clock.now()
    need_clinician(by, session.site, at=at)
    need_open(session)
    missing = open_criteria(sheet(session, at))
    items = rules.missing_to_ask(missing, phase=session.phase)
    if items:
        raise Refused(*items)
    if waiting(session).exists():
        raise Conflict(Item("ask.waits", "A prescriber has been asked already and has not answered yet."))
    if of_whom is not None:
        need_prescriber(of_whom, session.site, at=at, words="Only a prescriber of this site can be asked.")
    request = DischargeRequest.objects.create(
        session=session, asked_at=at, asked_by=by, of_whom=of_whom, words=words.strip(), missing=missing
    )
    audit.record("discharge.asked", request, by=by, patient=session.patient, site=session.site, at=at)
    _tell(request, by, at)
    bump(session)
    return request


def open_criteria(page):
    """[[code, words]] of the criteria that are not met on this `Sheet`."""
    return [[code, words] for code, _label, met, words in discharge_criteria(page) if not met]


def waiting(session):
    """Requests that nobody has answered."""
    return session.discharge_requests.filter(decision__isnull=True)


def _tell(request, by, at):
    session = request.session
    chair = f", chair {session.chair.label}" if session.chair_id else ""
    open_task(
        "other",
        title=f"Decide: may the patient go home{chair}? Missing: {' '.join(words for _, words in request.missing)}",
        neutral_title="A decision of the prescriber is asked for.",
        details=request.words,
        site=session.site,
        patient=session.patient,
        due_at=at + ANSWER_WITHIN,
        by=by,
        for_role=Role.PRESCRIBER,
        subject=request,
        dedupe_key=f"discharge:{request.pk}",
        at=at,
    )
    for user in [request.of_whom] if request.of_whom else _prescribers_of(session.site, at):
        _mail(request, user, by, at)


def _prescribers_of(site, at):
    held = site.memberships.active(at).filter(role=Role.PRESCRIBER).values("user")
    return User.objects.filter(pk__in=held, is_active=True)


def _mail(request, user, by, at):
    notify.enqueue(
        "staff_decision",
        recipient=user,
        site=request.session.site,
        dedupe_key=f"discharge:{request.pk}:{user.pk}",
        due_at=at,
        expires_at=at + timedelta(hours=2),
        subject_kind=request._meta.label_lower,
        subject_id=request.pk,
        context={
            "since": clinic_time(at, request.session.site.zone),
            "page": absolute(f"/going-home/{request.pk}/"),
        },
        by=by,
        at=at,
    )


@transaction.atomic
def decide_discharge(*, session, allows, reason, codes=(), other_way="", request=None, by, at=None):
    """A prescriber's decision, from wherever they are, in answer to a request or unasked; it stays for ever.

    `codes`: criteria that may be gone without; `other_way`: how the patient gets home without the escort. Refused for
    anyone but a prescriber of the site, without a reason, or for what is never gone without; `Conflict` when somebody
    decided this request already.
    """
    session = lock(session)
    at = at or clock.now()
    need_prescriber(by, session.site, at=at, words="Only a prescriber at this site can decide this.")
    need_open(session)
    if request is not None and DischargeDecision.objects.filter(request=request).exists():
        raise Conflict(Item("decide.done", "Somebody has decided this already: look again."))
    open_codes = {code for code, _ in open_criteria(sheet(session, at))}
    rules.check_decide(
        allows=allows, codes=list(codes), other_way=other_way, reason=reason, open_codes=open_codes
    )  # fmt: skip
    decision = DischargeDecision.objects.create(
        session=session,
        request=request or waiting(session).order_by("asked_at").first(),
        allows=allows,
        codes=[c for c in gates.CRITERIA if c in codes],
        other_way=other_way.strip()[:200],
        reason=reason.strip(),
        decided_at=at,
        decided_by=by,
    )
    verb = "discharge.allowed" if allows else "discharge.refused"
    audit.record(verb, decision, by=by, patient=session.patient, site=session.site, at=at, reason=decision.reason)
    _settle(decision.request, by, at, close_task, outcome="Allowed." if allows else "Not allowed.")
    bump(session)
    return decision


def close_requests(session, *, by, at):
    """The patient has gone: whoever was asked need not answer any more."""
    for request in waiting(session):
        _settle(request, by, at, withdraw_task, reason="The patient has gone home.")


def _settle(request, by, at, how, **words):
    if request is None:
        return
    notify.withdraw(
        subject_kind=request._meta.label_lower, subject_id=request.pk, by=by, at=at, reason="It was decided."
    )
    for task in Task.objects.filter(dedupe_key=f"discharge:{request.pk}", state="open"):
        how(task=task, by=by, at=at, **words)
