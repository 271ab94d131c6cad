"""The watch over the chairs, by the clock: who is called when nobody answers an alarm, which overdue vitals are a task.

Everything it does is done once for its occasion, however often it looks and however many look at the same time.
"""

import uuid

from django.db import transaction

from clinic import audit, clock
from clinic.actions.alerts import acknowledge_alert, close_alert, raise_alert
from clinic.actions.tasks import open_task, withdraw_task
from clinic.models import Alert, Role, Task
from clinic.words import clinic_time, figure
from sessions.actions.sessions import bump
from sessions.models import AlarmAnswered, Entry, InfusionSession
from sessions.queries.sheet import state_of
from sessions.rules import watch
from sessions.rules.vitals import MEASURES

SUBJECT = Entry._meta.label_lower


def watch_chairs(*, at=None):
    """Look at every open session once; returns how many people were called or tasks opened. Called by the beat."""
    at = at or clock.now()
    return sum(_look(pk, at) for pk in InfusionSession.objects.open().values_list("pk", flat=True))


@transaction.atomic
def _look(pk, at):
    rows = InfusionSession.objects.open().select_for_update(skip_locked=True, of=("self",))
    session = rows.select_related("patient", "site", "chair").filter(pk=pk).first()
    if session is None:
        return 0
    state = state_of(session, at)
    called = sum(_call(session, call, at) for call in watch.calls(state.alarms))
    _answered(session, state.alarms, at)
    return called + _overdue(session, state, at)


def _call(session, call, at):
    """Call the prescriber too, on every page of the care team and by the site's route; it stands in the record."""
    ident = uuid.uuid5(session.pk, f"{call.alarm.entry.pk}/called/{call.key}")
    if Entry.objects.filter(pk=ident).exists():
        return 0
    words = f"{_place(session)}: {_what(call.alarm)}. {_why(call, session)}"
    session.last_seq += 1
    entry = Entry.objects.create(
        id=ident, session=session, seq=session.last_seq, kind="alarm_answer", observed_at=at, received_at=at,
        source="system", body_hash="",
    )  # fmt: skip
    AlarmAnswered.objects.create(entry=entry, alarm=call.alarm.entry, answer="called", text=_why(call, session))
    audit.record("entry.alarm_called", entry, by=None, patient=session.patient, site=session.site, at=at)
    raise_alert(
        "alarm", patient=session.patient, site=session.site, words=words, by=None, subject=call.alarm.entry,
        dedupe_key=f"alarm:{ident}", at=at,
    )  # fmt: skip
    bump(session)
    return 1


def _place(session):
    return f"Chair {session.chair.label}" if session.chair else "No chair"


def _what(alarm):
    measure = MEASURES[alarm.measure]
    return f"{measure.label} {figure(alarm.value)} {measure.unit}".strip() + f", {alarm.limit_text}"


def _why(call, session):
    zone = session.site.zone
    if call.why == watch.UNANSWERED:
        return f"Nobody has answered since {clinic_time(call.alarm.since, zone)}."
    return f"The re-check of {clinic_time(call.alarm.recheck_due_at, zone)} is late."


def _answered(session, still_open, at):
    """What was called for and has been answered since: the alert is taken by whoever went, closed with its alarm."""
    mine = Alert.objects.filter(kind="alarm", subject_kind=SUBJECT, patient=session.patient).exclude(state="closed")
    alarms = {a.entry.pk: a for a in still_open}
    for alert in mine:
        alarm = alarms.get(alert.subject_id)
        who, words = _taker(alert, alarm, session)
        if alert.state == "open" and who is not None:
            alert = acknowledge_alert(alert=alert, by=who, done_words=words, at=at)
        if alert.state == "acknowledged" and alarm is None:
            close_alert(alert=alert, by=who or alert.acknowledged_by, at=at)


def _taker(alert, alarm, session):
    """(who answered after the call, in words what), or (None, ""): a going that came before the call is no answer."""
    if alarm is not None:
        went = alarm.answered_at is not None and alarm.answered_at >= alert.raised_at
        return (alarm.answered_by, f"Goes to {_place(session).lower()}.") if went else (None, "")
    last = AlarmAnswered.objects.filter(alarm=alert.subject_id).exclude(answer="called")
    last = last.select_related("entry__recorded_by", "reading__recorded_by").order_by("-entry__seq").first()
    by = last and (last.entry.recorded_by or (last.reading and last.reading.recorded_by))
    return (by, f"{last.get_answer_display()}. {last.text}".strip()) if by else (None, "")


def _overdue(session, state, at):
    """One task for vitals that are long overdue; withdrawn by itself as soon as nothing is late any more."""
    late = watch.long_overdue(state.due)
    mine = Task.objects.filter(kind="vitals", state="open", subject_id=session.pk)
    key = f"vitals:{session.pk}:{late.at.isoformat()}" if late else ""
    for task in mine.exclude(dedupe_key=key):
        withdraw_task(task=task, by=None, reason="Vitals were taken, or are not asked for any more.", at=at)
    if late is None or Task.objects.filter(dedupe_key=key).exists():
        return 0
    since = clinic_time(late.at, session.site.zone)
    names = ", ".join(MEASURES[m].label for m in late.measures)
    open_task(
        "vitals", title=f"{_place(session)}: vitals due {since} not taken: {names}",
        neutral_title=f"{_place(session)}: ask the nurse", site=session.site, patient=session.patient, due_at=late.at,
        by=None, for_role=Role.NURSE.value, subject=session, dedupe_key=key, at=at,
    )  # fmt: skip
    return 1
