"""What follows from an entry in the same transaction: alarms raised and closed, the phase, the ledger."""

import uuid

from clinic.models import APPOINTMENT, COURSE
from clinic.states import transition
from sessions.actions import posting
from sessions.models import AlarmAnswered, AlarmRaised, Entry
from sessions.queries.plans import limits_of, plan_of
from sessions.queries.sheet import dose_orders_of, entries_of, state_of
from sessions.rules import alarms as alarm_rules
from sessions.rules import limits
from sessions.rules.phases import INFUSING, MACHINE

CALM = frozenset({"note", "score", "side_effect", "weight", "line", "oxygen", "emergency", "alarm_answer"})


def is_calm(entry, session, standing):
    """Whether nothing follows from an entry, known without reading the session: an observed set of vitals within
    every limit while no alarm is open (`standing`, see sessions.queries.standing).
    """
    if entry.kind != "vitals" or entry.role != "observation" or standing.has_alarms:
        return False
    baseline = {} if entry.detail.baseline else standing.baseline
    return not limits.breaches(entry.detail.values(), limits_of(session), baseline=baseline)


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
        posting.post_by_hand(session, entry, by=by, at=at)
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
    raised, closed = ([], set()) if entry.role == "strike" else _of_reading(session, entry, state, plan, at)
    if entry.supersedes_id or closed:
        raised += _judge_newest(session, entries, state, raised, closed, plan, at)
    return raised


def _of_reading(session, entry, state, plan, at):
    """What a reading raises by itself (entries), and which alarms it closes (their ids)."""
    values = entry.detail.values()
    baseline = {} if entry.detail.baseline else state.baseline
    found = limits.breaches(values, plan.limits, baseline=baseline)
    still_open = [a for a in state.alarms if a.entry.detail.reading_id != entry.supersedes_id]
    earlier = [a for a in still_open if a.since < entry.observed_at]
    closed = alarm_rules.to_close(found, values, earlier)
    for alarm in closed:
        _answer(session, alarm.entry, "recheck_ok", entry.observed_at, at, reading=entry)
    raised = [_raise(session, entry, breach, at) for breach in alarm_rules.to_raise(found, still_open)]
    _close_overtaken(session, entry, raised, state, plan, at)
    return raised, {alarm.entry.pk for alarm in closed}


def _judge_newest(session, entries, state, raised, closed, plan, at):
    """After a correction, a strike or a reading that closed an alarm, every measure's newest value is judged anew.

    It may have been "no news" beside an alarm that has gone (its value was corrected, or a set that came late but was
    taken before it closed it), and what was open may have been within limits since.
    """
    by_id, known = {e.id: e for e in entries}, {e.alarmraised.measure for e in raised}
    known |= {(a.measure, a.direction) for a in state.alarms if a.entry.pk not in closed}
    made = []
    for measure, last in state.last.items():
        reading = by_id[last.entry_id]
        baseline = {} if reading.detail.baseline else state.baseline
        found = limits.breaches({measure: last.value}, plan.limits, baseline=baseline)
        if not found:
            _close_calm(session, measure, last, reading, state, at)
        elif measure not in known and (measure, found[0].direction) not in known:
            made += _raise_once(session, reading, found[0], by_id, at)
    return made


def _close_calm(session, measure, last, reading, state, at):
    """Open alarms of a measure whose newest value, taken later, is within limits."""
    for alarm in state.alarms:
        if alarm.measure == measure and alarm.since < last.at:
            _answer_once(session, alarm.entry, last.at, at, reading)


def _answer_once(session, alarm, observed_at, at, reading):
    if not Entry.objects.filter(pk=_answer_id(session, alarm, "recheck_ok", reading)).exists():
        _answer(session, alarm, "recheck_ok", observed_at, at, reading=reading)


def _raise_once(session, reading, breach, by_id, at):
    """The alarm of a reading that had raised none for this breach."""
    return [] if _alarm_id(session, reading, breach) in by_id else [_raise(session, reading, breach, at)]


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
    alarm = _by_rule(session, _alarm_id(session, entry, breach), "alarm", entry.observed_at, at)
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
    entry = _by_rule(session, _answer_id(session, alarm, answer, reading), "alarm_answer", observed_at, at)
    AlarmAnswered.objects.create(entry=entry, alarm=alarm, answer=answer, reading=reading, text=text)


def _alarm_id(session, entry, breach):
    """The id of an entry that a rule makes follows from what it is about, so that it exists once."""
    return uuid.uuid5(session.pk, f"{entry.pk}/{breach.measure}/{breach.direction}")


def _answer_id(session, alarm, answer, reading):
    return uuid.uuid5(session.pk, f"{alarm.pk}/{answer}/{reading.pk}")


def _by_rule(session, ident, kind, observed_at, at):
    session.last_seq += 1
    return Entry.objects.create(
        id=ident,
        session=session,
        seq=session.last_seq,
        kind=kind,
        observed_at=observed_at,
        received_at=at,
        source="system",
        body_hash="",
        after_signature=session.signed_at is not None,
    )
