"""The visit: check in, checklist, overrides, who is responsible, which chair."""

from django.db import IntegrityError, transaction

from clinic import audit, clock
from clinic.models import APPOINTMENT, Appointment
from clinic.refusal import Conflict, Item, Refused, refuse_if
from clinic.states import transition
from intake.consents import standings
from intake.rules.consents import booking_items
from intake.rules.today import QUESTIONS
from sessions.actions.eligibility import run_for_visit, settle_gate
from sessions.actions.safety import refresh
from sessions.actions.sessions import bump, check_version, holds, lock, need_clinician, need_open, need_prescriber
from sessions.models import CheckAnswer, Handover, InfusionSession
from sessions.rules import checklist, gates
from sessions.rules.phases import ENDED


@transaction.atomic
def check_in(*, appointment, by, at=None, responsible_nurse=None, responsible_prescriber=None, chair=None):
    """Open the session of a booked infusion: the protocol version is pinned now, chair and nurse come from the booking.

    Refused: not an infusion, no course, a draft protocol, cancelled, or another session of this patient still open.
    """
    at = at or clock.now()
    appointment = (
        Appointment.objects.select_for_update(of=("self",))
        .select_related("patient", "site", "course__protocol_version", "course__prescriber")
        .get(pk=appointment.pk)
    )
    need_clinician(by, appointment.site, at=at)
    items = _not_ready(appointment)
    if items:
        raise Refused(*items)
    if appointment.state != "arrived":
        transition(appointment, "arrived", by=by, at=at, machine=APPOINTMENT, reason="Checked in")
    claims = list(appointment.claims.select_related("chair", "user"))
    session = _open(
        appointment,
        by=by,
        at=at,
        chair=chair or next((c.chair for c in claims if c.chair_id), None),
        nurse=responsible_nurse or _booked_nurse(claims, appointment, at) or by,
        prescriber=responsible_prescriber or appointment.course.prescriber,
    )
    audit.record("session.checked_in", session, by=by, patient=session.patient, site=session.site, at=at)
    refresh(patient=session.patient, by=by, at=at)
    run_for_visit(session, by=by, at=at)
    bump(session)
    return session


def _not_ready(appointment):
    items = []
    if not appointment.is_infusion:
        items.append(Item("check_in.kind", "This visit is not an infusion.", field="appointment"))
    if appointment.course is None:
        items.append(Item("check_in.course", "This visit belongs to no course: ask the prescriber."))
    elif appointment.course.protocol_version.approved_at is None:
        items.append(Item("check_in.protocol", "The course's protocol is a draft: a prescriber must approve it."))
    if appointment.state not in ("booked", "confirmed", "arrived"):
        items.append(Item("check_in.state", f"This visit is {appointment.get_state_display()}."))
    if InfusionSession.objects.filter(appointment=appointment).exists():
        items.append(Item("check_in.again", "This visit is checked in already."))
    elif InfusionSession.objects.open().filter(patient__person=appointment.patient.person_id).exists():
        items.append(Item("check_in.open", "Another session of this patient is still open: close it first."))
    return items + booking_items(standings(appointment.patient))


def _booked_nurse(claims, appointment, at):
    users = [c.user for c in claims if c.user_id]
    return next((u for u in users if holds(u, appointment.site, "nurse", at=at)), None)


def _open(appointment, *, by, at, chair, nurse, prescriber):
    course = appointment.course
    started = InfusionSession.objects.filter(course=course).exclude(ending="not_started").order_by("-number").first()
    try:
        with transaction.atomic():
            return InfusionSession.objects.create(
                appointment=appointment,
                course=course,
                patient=appointment.patient,
                site=appointment.site,
                chair=chair,
                number=appointment.number or (started.number + 1 if started else 1),
                protocol_version=course.protocol_version,
                responsible_nurse=nurse,
                responsible_prescriber=prescriber,
                checked_in_at=at,
                checked_in_by=by,
            )
    except IntegrityError as problem:
        if "session_number_once" in str(problem):
            raise Conflict(Item("check_in.number", "An infusion with this number exists in the course.")) from problem
        raise Conflict(Item("check_in.open", "Somebody has just checked this patient in.")) from problem


@transaction.atomic
def answer_checks(*, session, answers, by, at=None):
    """Answer checks of the list, code -> (answer, detail), and run the rules of eligibility with them.

    A later answer replaces an earlier one and both stay. Refused, all or none: unknown code or answer.
    """
    session = lock(session)
    at = at or clock.now()
    need_open(session)
    refuse_if(item for code, said in answers.items() for item in checklist.answer_items(code, *said))
    need_clinician(by, session.site, at=at)
    rows = [
        _append(session, code, by=by, at=at, verb="session.check_answered", answer=answer, detail=detail.strip()[:300])
        for code, (answer, detail) in answers.items()
    ]
    if set(answers) & set(QUESTIONS):
        run_for_visit(session, by=by, at=at)
    return rows


@transaction.atomic
def override_gate(*, session, code, reason, by, at=None):
    """A prescriber lets a start gate pass, with a reason. Refused for the gates that nobody overrides."""
    session = lock(session)
    at = at or clock.now()
    need_open(session)
    gates.check_override(code, reason=reason, prescriber=holds(by, session.site, "prescriber", at=at))
    settle_gate(session, code, reason=reason, by=by, at=at)
    return _append(session, code, by=by, at=at, verb="session.gate_overridden", override_reason=reason.strip())


def _append(session, code, *, by, at, verb, **fields):
    row = CheckAnswer.objects.create(session=session, code=code, answered_at=at, answered_by=by, **fields)
    reason = fields.get("override_reason", "")
    audit.record(
        verb, row, by=by, patient=session.patient, site=session.site, at=at, reason=reason, detail={"code": code}
    )
    bump(session)
    return row


@transaction.atomic
def hand_over(*, session, to_nurse, note="", summary=(), by, at=None):
    """The responsible nurse changes; what is said, and how the session stood ([name, words]), is kept with it."""
    session = lock(session)
    at = at or clock.now()
    need_open(session)
    need_clinician(to_nurse, session.site, at=at)
    if to_nurse.pk == session.responsible_nurse_id:
        raise Refused(Item("handover.same", f"{to_nurse} is responsible already.", field="to_nurse"))
    row = Handover.objects.create(
        session=session,
        from_nurse_id=session.responsible_nurse_id,
        to_nurse=to_nurse,
        handed_at=at,
        handed_by=by,
        note=note.strip(),
        summary=list(summary),
    )
    session.responsible_nurse = to_nurse
    session.save(update_fields=["responsible_nurse"])
    audit.record("session.handed_over", row, by=by, patient=session.patient, site=session.site, at=at)
    bump(session)
    return row


@transaction.atomic
def name_prescriber(*, session, prescriber, by, at=None, version=None):
    """Name the responsible prescriber of a session."""
    session = lock(session)
    at = at or clock.now()
    need_open(session)
    check_version(session, version)
    need_clinician(by, session.site, at=at)
    need_prescriber(prescriber, session.site, at=at, words=f"{prescriber} is not a prescriber at this site.")
    session.responsible_prescriber = prescriber
    session.save(update_fields=["responsible_prescriber"])
    audit.record("session.prescriber_named", session, by=by, patient=session.patient, site=session.site, at=at)
    bump(session)
    return session


@transaction.atomic
def move_chair(*, session, chair, by, at=None):
    """The patient sits in another chair. What really happens can always be charted; a collision shows on the board."""
    session = lock(session)
    at = at or clock.now()
    need_clinician(by, session.site, at=at)
    if chair.site_id != session.site_id or session.phase == ENDED:
        raise Refused(
            Item("chair.site", "Choose a chair of this site, for a session that has not ended.", field="chair")
        )
    detail = {"from": str(session.chair_id), "to": str(chair.pk)}
    session.chair = chair
    session.save(update_fields=["chair"])
    audit.record(
        "session.chair_changed", session, by=by, patient=session.patient, site=session.site, at=at, detail=detail
    )
    bump(session)
    return session
