"""What follows from an entry in the same transaction: alarms raised and closed, the phase, the ledger."""

import uuid

from clinic.models import APPOINTMENT, COURSE
from clinic.states import transition
from sessions.actions import posting
from sessions.models import AlarmAnswered, AlarmRaised, Entry
from sessions.queries.plans import plan_of
from sessions.queries.sheet import dose_orders_of, entries_of, state_of
from sessions.rules import alarms as alarm_rules
from sessions.rules import limits
from sessions.rules.phases import INFUSING, MACHINE

CALM = frozenset({"note", "score", "side_effect", "weight", "line", "oxygen", "emergency", "alarm_answer"})


def follow(session, entry, *, by, at):
    """Bring alarms, phase and ledger in line with the entries after `entry`; returns the alarms raised (entries)."""
    if entry.kind in CALM and entry.role == "observation":
        return []
    plan, orders = plan_of(session), dose_orders_of(session)
    entries = entries_of(session)
    state = state_of(session, at, plan=plan, entries=entries, dose_orders=orders)
    raised = []
    if entry.kind == "vitals":
        raised = _alarms(session, entry, entries, state, plan, at)
    if entry.kind == "drug":
        follow_phase(session, state, by=by, at=at, entry=entry)
        posting.post(session, entry, state, orders, by=by, at=at)
    return raised


def follow_phase(session, state, *, by, at, entry=None):
    """Move the session's phase to the derived one, and keep its cached times."""
    fields = {"started_at": state.started_at, "stopped_at": state.stopped_at}
    changed = [name for name, value in fields.items() if getattr(session, name) != value]
    for name in changed:
        setattr(session, name, fields[name])
    if changed:
        session.save(update_fields=changed)
    if session.ended_at is None and state.phase != session.phase:
        reason = f"{entry.get_role_display()}: {entry.detail.action}" if entry and entry.detail else "Entry struck out"
        transition(session, state.phase, by=by, at=at, machine=MACHINE, field="phase", reason=reason)
        _follow_appointment(session, by=by, at=at)


def _follow_appointment(session, *, by, at):
    """Once the infusion runs the visit is in progress and the course under way."""
    if session.phase != INFUSING:
        return
    if session.appointment.state == "arrived":
        transition(session.appointment, "in_progress", by=by, at=at, machine=APPOINTMENT)
    if session.course.state == "planned":
        transition(session.course, "active", by=by, at=at, machine=COURSE)


def _alarms(session, entry, entries, state, plan, at):
    if entry.supersedes_id:
        _close_corrected(session, entry, entries, at)
    if entry.role == "strike":
        return []
    values = entry.detail.values()
    baseline = {} if entry.detail.baseline else state.baseline
    found = limits.breaches(values, plan.limits, baseline=baseline)
    still_open = [a for a in state.alarms if a.entry.detail.reading_id != entry.supersedes_id]
    earlier = [a for a in still_open if a.since < entry.observed_at]
    for alarm in alarm_rules.to_close(found, values, earlier):
        _answer(session, alarm.entry, "recheck_ok", entry.observed_at, at, reading=entry)
    raised = [_raise(session, entry, breach, at) for breach in alarm_rules.to_raise(found, still_open)]
    _close_overtaken(session, entry, raised, state, plan, at)
    return raised


def _close_corrected(session, entry, entries, at):
    """An alarm on a value that was corrected stays in the record, marked so."""
    words = entry.reason[:300]
    for alarm in [e for e in entries if e.kind == "alarm" and e.detail.reading_id == entry.supersedes_id]:
        _answer(session, alarm, "value_corrected", at, at, reading=entry, text=words)


def _close_overtaken(session, entry, raised, state, plan, at):
    """A late reading whose measure has been within limits since: its alarm is raised for the record, and closed."""
    for alarm in raised:
        last = state.last.get(alarm.detail.measure)
        if last is None or last.at <= entry.observed_at:
            continue
        measure = alarm.detail.measure
        if not limits.breaches({measure: last.value}, plan.limits, baseline=state.baseline):
            reading = Entry.objects.get(pk=last.entry_id)
            _answer(session, alarm, "recheck_ok", last.at, at, reading=reading)


def _raise(session, entry, breach, at):
    alarm = _by_rule(session, f"{entry.pk}/{breach.measure}/{breach.direction}", "alarm", entry.observed_at, at)
    AlarmRaised.objects.create(
        entry=alarm,
        reading=entry,
        measure=breach.measure,
        level=breach.level,
        direction=breach.direction,
        value=breach.value,
        limit_value=breach.limit_value,
        limit_text=breach.text,
        baseline=breach.baseline,
        rule_version=limits.RULE_VERSION,
        instruction=INSTRUCTIONS[breach.level],
    )
    return alarm


# What to do, in words. Source: clinic default, the clinic writes its own in the protocol's words for the room.
INSTRUCTIONS = {
    "caution": "Repeat the measurement and look at the patient.",
    "alarm": "Repeat now, ask about symptoms, slow or pause, call the prescriber.",
}


def _answer(session, alarm, answer, observed_at, at, *, reading, text=""):
    entry = _by_rule(session, f"{alarm.pk}/{answer}/{reading.pk}", "alarm_answer", observed_at, at)
    AlarmAnswered.objects.create(entry=entry, alarm=alarm, answer=answer, reading=reading, text=text)


def _by_rule(session, name, kind, observed_at, at):
    """An entry that a rule makes: its id follows from what it is about, so that it exists once."""
    session.last_seq += 1
    return Entry.objects.create(
        id=uuid.uuid5(session.pk, name),
        session=session,
        seq=session.last_seq,
        kind=kind,
        observed_at=observed_at,
        received_at=at,
        source="system",
        body_hash="",
        after_signature=session.signed_at is not None,
    )
