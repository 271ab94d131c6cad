"""How a session ends: each way with its own facts. Leaving is never blocked."""

import uuid
from datetime import timedelta
from decimal import Decimal

from django.db import transaction

from clinic import audit, clock
from clinic.actions.alerts import raise_alert
from clinic.actions.tasks import open_task
from clinic.models import APPOINTMENT, StateChange
from clinic.refusal import Item, Refused, refuse_if
from clinic.states import transition
from sessions import events
from sessions.actions.adverse import ask_again
from sessions.actions.drugs import stop
from sessions.actions.going_home import close_requests
from sessions.actions.sessions import bump, check_version, holds, lock, need_clinician
from sessions.models import Ending
from sessions.queries import gates as gate_facts
from sessions.queries.adverse import events_of
from sessions.queries.sheet import sheet
from sessions.rules import drugs as drug_rules
from sessions.rules import gates, phases

# After these somebody asks again about what had not ended; elsewhere others have taken over.
GOES_HOME = (phases.COMPLETED, phases.STOPPED_EARLY, phases.AGAINST_ADVICE)
# The share of the ordered dose from which an infusion counts as completed. Source: clinic default.
COMPLETE_PART = Decimal("0.95")


@transaction.atomic
def discharge(
    *,
    session,
    instructions_given,
    escort_arrived=None,
    other_way="",
    reason="",
    override_reason="",
    by,
    at=None,
    version=None,
):
    """Send the patient home on the protocol's criteria: completed, or stopped early (then `reason` says why).

    The escort and the sheet may have been charted before, or be said here. `other_way` home and `override_reason` are a
    prescriber's decisions, given here or from elsewhere (`decide_discharge`); a line in the arm and instructions not
    handed over are never overridden. Refused with everything that is missing.
    """
    session = lock(session)
    at = at or clock.now()
    check_version(session, version)
    need_clinician(by, session.site, at=at)
    page = sheet(session, at)
    decided = _decisions(session, page, other_way, override_reason, by, at)
    form = {"escort_arrived": escort_arrived, "other_way": other_way, "instructions_given": instructions_given or None}
    facts = gate_facts.discharge_facts(page, **form)
    kind, reason = ending_kind(page.state), reason or _stop_reason(page.state)
    _check_discharge(session, kind, facts, page, reason, bool(override_reason.strip()))
    return _end(
        session,
        kind,
        by=by,
        at=at,
        page=page,
        reason=reason if kind == phases.STOPPED_EARLY else "",
        criteria=[list(c) for c in gates.criteria(facts, page.plan.criteria)],
        escort_arrived_at=_escort_since(page, at) if facts.escort_arrived else None,
        other_way_home=facts.other_way.strip(),
        instructions_given=True,
        line_out=True,
        **_override(page, facts, override_reason.strip(), decided),
    )


def _check_discharge(session, kind, facts, page, reason, override):
    """Raise Refused with everything that is missing, the facts of the ending and the criteria together."""
    said = {"instructions_given": facts.instructions_given, "reason": reason}
    missing = phases.missing_for_ending(kind, session.phase, said)
    missing = [i for i in missing if i.code != "ending.instructions_given"]
    missing += gates.missing_to_discharge(facts, page.plan.criteria, override=override)
    if missing:
        raise Refused(*missing)


def _escort_since(page, at):
    row = page.answers.get("escort_arrived")
    return row.answered_at if row is not None and row.answer == "yes" else at


def _override(page, facts, override_reason, decided):
    """Whose decision let it pass, and why: typed here, or given before from elsewhere; {} when nothing was missing."""
    if override_reason:
        return {"override_reason": override_reason, "override_by": decided}
    unmet = {code for code, _, met, _ in gates.criteria(facts, page.plan.criteria) if not met}
    if not unmet & facts.waived:
        return {}
    newest = page.session.discharge_decisions.order_by("-decided_at").first()
    return {"override_reason": newest.reason, "override_by": newest.decided_by}


def _decisions(session, page, other_way, override_reason, by, at):
    """The prescriber who decides: the one signed in, or one whose order of category "discharge" stands."""
    if not (other_way.strip() or override_reason.strip()):
        return None
    if holds(by, session.site, "prescriber", at=at):
        return by
    order = next((o for o in reversed(page.orders) if o.category == "discharge" and o.ended_at is None), None)
    if order is None:
        raise Refused(
            Item(
                "discharge.decision",
                "Another way home, or leaving without a criterion, is the prescriber's decision: ask them.",
                link="#orders",
            )
        )
    return order.ordered_by


def ending_kind(state):
    """completed when the main drug reached its order (or a prescriber's ordered end), else stopped early."""
    main = state.main
    if main is None or main.planned_mg is None:
        return phases.COMPLETED
    enough = main.mg >= main.planned_mg * COMPLETE_PART or (main.pump_mg or 0) >= main.planned_mg * COMPLETE_PART
    timed = main.planned_minutes is not None and main.ends_by != "total"
    ran = timed and main.running_seconds >= main.planned_minutes * 60 * COMPLETE_PART
    return phases.COMPLETED if enough or ran else phases.STOPPED_EARLY


def _stop_reason(state):
    stop = state.pause
    if stop is None:
        return ""
    return stop.detail.text or (stop.detail.get_cause_display() if stop.detail.cause != "ordered_end" else "")


@transaction.atomic
def leave_against_advice(
    *,
    session,
    advice,
    risks,
    capacity,
    line_out,
    form,
    told,
    reason="",
    printed_name="",
    drawing=None,
    witness=None,
    by,
    at=None,
):
    """The patient leaves against advice, never blocked: what runs is charted as stopped, a call today is set up.

    `form` "signed" comes with `printed_name` and, on a screen, `drawing` (strokes); "refused" with a `witness` where
    there is one, who is not `by`. Refused with every fact that is missing.
    """
    session = lock(session)
    at = at or clock.now()
    session = _stopped(session, by, at, "patient")
    facts = {"advice": advice, "capacity": capacity, "line_out": line_out, "form": form, "told": told, "risks": risks}
    missing = phases.missing_for_ending(phases.AGAINST_ADVICE, session.phase, facts)
    refuse_if([*missing, *phases.signature_items(form, printed_name, witness=witness and witness.pk, by=by.pk)])
    signed = {"printed_name": printed_name.strip(), "drawing": drawing or None, "witness": witness}
    ending = _end(session, phases.AGAINST_ADVICE, by=by, at=at, reason=reason, **facts, **signed)
    open_task(
        "call_back",
        title=f"Call today: left against advice. {'' if line_out else 'The IV line may still be in.'}".strip(),
        neutral_title="Call the patient today.",
        site=session.site,
        patient=session.patient,
        due_at=at + timedelta(hours=2),
        by=by,
        for_role="nurse",
        subject=session,
        dedupe_key=f"against_advice:{session.pk}",
        at=at,
    )
    return ending


@transaction.atomic
def not_started(*, session, reason, by, at=None):
    """The infusion is not given. What was drawn stays in use until it is wasted before a witness."""
    session = lock(session)
    at = at or clock.now()
    need_clinician(by, session.site, at=at)
    phases.check_ending(phases.NOT_STARTED, session.phase, {"reason": reason.strip()})
    return _end(session, phases.NOT_STARTED, by=by, at=at, reason=reason.strip())


@transaction.atomic
def transfer(*, session, to_where, taken_by, handed_to, reason, by, at=None):
    """The patient is taken elsewhere. What runs is charted as stopped first."""
    session = lock(session)
    at = at or clock.now()
    session = _stopped(session, by, at, "other")
    facts = {"to_where": to_where, "taken_by": taken_by, "handed_to": handed_to, "reason": reason}
    phases.check_ending(phases.TRANSFERRED, session.phase, facts)
    return _end(session, phases.TRANSFERRED, by=by, at=at, **facts)


@transaction.atomic
def record_death(*, session, died_at, pronounced_by, told, reason="", by, at=None):
    """The patient died. Who pronounced it, when, who was told; the prescriber is alerted."""
    session = lock(session)
    at = at or clock.now()
    session = _stopped(session, by, at, "other")
    facts = {"died_at": died_at, "pronounced_by": pronounced_by, "told": told}
    phases.check_ending(phases.DIED, session.phase, facts)
    ending = _end(session, phases.DIED, by=by, at=at, reason=reason, **facts)
    session.patient.died_on = died_at.astimezone(session.site.zone).date()
    session.patient.save(update_fields=["died_on"])
    raise_alert(
        "other",
        patient=session.patient,
        site=session.site,
        words="Died during a session.",
        by=by,
        subject=ending,
        dedupe_key=f"died:{session.pk}",
        at=at,
    )
    return ending


def _stopped(session, by, at, cause):
    """Chart what runs as stopped: the person has left the chair, the pump with nobody on it is off."""
    need_clinician(by, session.site, at=at)
    if session.ended_at is not None:
        return session
    page = sheet(session, at)
    running = {d.dose_order_id for d in page.state.drugs if d.phase in (drug_rules.RUNNING, drug_rules.PAUSED)}
    for order in [o for o in page.dose_orders if o.pk in running]:
        stop(
            session=session,
            entry_id=uuid.uuid5(session.pk, f"left/{order.pk}"),
            dose_order=order,
            cause=cause,
            by=by,
            at=at,
        )
    return lock(session)


def _end(session, kind, *, by, at, page=None, **facts):
    ending = Ending.objects.create(session=session, kind=kind, ended_at=at, ended_by=by, **facts)
    session.ending, session.ended_at, session.ended_by = kind, at, by
    frm, session.phase = session.phase, phases.ENDED
    session.save(update_fields=["ending", "ended_at", "ended_by", "phase"])
    _note_change(session, frm, by=by, at=at, reason=ending.get_kind_display())
    _end_appointment(session, by=by, at=at)
    close_requests(session, by=by, at=at)
    if kind in GOES_HOME:
        ask_again(session, events_of(session), by=by, at=at)
    audit.record(
        f"session.{kind}", ending, by=by, patient=session.patient, site=session.site, at=at, reason=ending.reason
    )
    bump(session)
    transaction.on_commit(lambda: events.session_ended.send(sender=type(session), session_id=session.pk, kind=kind))
    return ending


def _note_change(session, frm, *, by, at, reason):
    phases.MACHINE.check(frm, phases.ENDED)
    StateChange.objects.create(
        machine=phases.MACHINE.name,
        subject_id=session.pk,
        from_state=frm,
        to_state=phases.ENDED,
        at=at,
        by_user=by,
        reason=reason,
    )


def _end_appointment(session, *, by, at):
    if session.appointment.state in ("arrived", "in_progress"):
        transition(session.appointment, "done", by=by, at=at, machine=APPOINTMENT)
