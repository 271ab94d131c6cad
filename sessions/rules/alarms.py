"""Which alarms are open, who has answered, and when they come back.

An answer says "I am going" and names the person. Only a fresh set within limits, a prescriber's decision or a
correction of the value closes an alarm. It comes back when it gets worse (a new alarm is raised), when nobody has
answered, and when the re-check is not done by its time. A re-check that still lies beyond a limit of level alarm asks
for the next one as soon after it: an alarm never falls silent because somebody looked once.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sessions.rules.limits import ALARM, LEVELS

GOING, RECHECK_OK, DECIDED, VALUE_CORRECTED = "going", "recheck_ok", "decided", "value_corrected"
# Minutes until the fresh set that an answer promises. Source: clinic default.
RECHECK_MINUTES = 5


@dataclass(frozen=True)
class AlarmState:
    """One open alarm. `escalate` is "", "unanswered" (then the prescriber is called too) or "recheck_late"."""

    entry: object
    measure: str
    level: str
    direction: str
    value: Decimal
    limit_text: str
    baseline: Decimal | None
    since: datetime
    answered_by: object = None
    answered_at: datetime | None = None
    recheck_due_at: datetime | None = None
    escalate: str = ""

    @property
    def sounds(self):
        """True when it asks for somebody now: not answered, or come back."""
        return self.answered_at is None or bool(self.escalate)


def open_alarms(entries, effective_entries, *, now, repeat_seconds=60):
    """The open alarms, gravest first: per measure and direction the newest one speaks for all before it.

    `entries` are all of the session, `effective_entries` those that count.
    """
    counting = {e.id for e in effective_entries}
    answers = {}
    for e in sorted(entries, key=lambda e: e.seq):
        if e.kind == "alarm_answer":
            answers.setdefault(e.detail.alarm_id, []).append(e)
    newest = {}
    for e in sorted((e for e in entries if e.kind == "alarm"), key=lambda e: e.seq):
        if e.detail.reading_id in counting:
            newest[e.detail.measure, e.detail.direction] = e
    still = [e for e in newest.values() if not _closed(answers.get(e.id, ()), counting)]
    taken = _last_taken(effective_entries) if still else {}
    states = [_state(e, answers.get(e.id, ()), taken.get(e.detail.measure), now, repeat_seconds) for e in still]
    return sorted(states, key=lambda a: (-LEVELS.index(a.level), a.since))


def _closed(answers, counting):
    for e in answers:
        if e.detail.answer in (DECIDED, VALUE_CORRECTED):
            return True
        if e.detail.answer == RECHECK_OK and e.detail.reading_id in counting:
            return True
    return False


def _last_taken(effective_entries):
    taken = {}
    for e in effective_entries:
        if e.kind == "vitals":
            taken.update({m: e.observed_at for m, v in e.detail.values().items() if v is not None})
    return taken


def _state(entry, answers, last_taken, now, repeat_seconds):
    detail = entry.detail
    going = next((a for a in reversed(answers) if a.detail.answer == GOING), None)
    due = _recheck_due(detail.level, going, last_taken)
    return AlarmState(
        entry,
        detail.measure,
        detail.level,
        detail.direction,
        detail.value,
        detail.limit_text,
        detail.baseline,
        entry.observed_at,
        going.recorded_by if going else None,
        going.observed_at if going else None,
        due,
        _escalation(entry, going, due, now, repeat_seconds),
    )


def _recheck_due(level, going, last_taken):
    """When the next look is due: as promised; once that was taken and the alarm stands, as long after it again.

    A caution asks for one look only; after it the protocol's interval does. None: nothing is promised any more.
    """
    due = going.detail.recheck_due_at if going else None
    if due is None or last_taken is None or last_taken <= going.observed_at:
        return due
    return last_taken + (due - going.observed_at) if level == ALARM else None


def _escalation(entry, going, due, now, repeat_seconds):
    if going is None:
        return "unanswered" if now - entry.received_at >= timedelta(seconds=repeat_seconds) else ""
    return "recheck_late" if due and now > due else ""


def to_raise(found, still_open):
    """Which breaches raise a new alarm: those not open yet for the measure and direction, and those that got worse."""
    known = {(a.measure, a.direction): a for a in still_open}
    return [b for b in found if _is_news(b, known.get((b.measure, b.direction)))]


def _is_news(breach, alarm):
    if alarm is None:
        return True
    graver = LEVELS.index(breach.level) - LEVELS.index(alarm.level)
    further = breach.value > alarm.value if breach.direction == "high" else breach.value < alarm.value
    return graver > 0 or (graver == 0 and further)


def to_close(found, values, still_open):
    """The open alarms that a fresh set closes: their measure was taken and lies within all limits."""
    beyond = {b.measure for b in found}
    return [a for a in still_open if values.get(a.measure) is not None and a.measure not in beyond]
