"""Open, finish and withdraw tasks; raise, escalate, acknowledge and close alerts."""

import uuid
from datetime import timedelta

from django.db import transaction

from clinic import audit, clock, live
from clinic.models import ALERT, TASK, Alert, Task
from clinic.refusal import Item, Refused
from clinic.states import transition

# Minutes until an unanswered alert climbs the site's out-of-hours route: clinic default, to be approved.
ESCALATE_MINUTES = (10, 15, 30)


def _announce(site_id, row):
    transaction.on_commit(lambda: live.announce(site_id, "work", row.pk, 0))


def _subject(subject):
    return {"subject_kind": subject._meta.label_lower, "subject_id": subject.pk} if subject is not None else {}


@transaction.atomic
def open_task(
    kind,
    *,
    title,
    site,
    due_at,
    by,
    for_role,
    patient=None,
    neutral_title="",
    details="",
    subject=None,
    dedupe_key=None,
    at=None,
):
    """Open a task, or return the open one with the same `dedupe_key`. `neutral_title` is what other roles read."""
    at = at or clock.now()
    task, made = Task.objects.get_or_create(
        dedupe_key=dedupe_key or f"{kind}:{uuid.uuid4()}",
        defaults={
            "kind": kind,
            "site": site,
            "patient": patient,
            "title": title[:200],
            "neutral_title": (neutral_title or title)[:200],
            "details": details,
            "for_role": for_role,
            "due_at": due_at,
            "opened_at": at,
            "opened_by": by if getattr(by, "is_staff_user", False) else None,
            **_subject(subject),
        },
    )
    if made:
        audit.record("task.opened", task, by=by, patient=patient, site=site, at=at)
        _announce(site.pk, task)
    return task


@transaction.atomic
def close_task(*, task, by, outcome="", at=None):
    """Mark a task done with what came of it. Raises Refused when somebody else closed it first."""
    at = at or clock.now()
    task = Task.objects.select_for_update().get(pk=task.pk)
    TASK.check(task.state, "done")
    task.done_at, task.done_by, task.outcome = at, by, outcome
    task.save(update_fields=["done_at", "done_by", "outcome"])
    transition(task, "done", by=by, at=at, machine=TASK)
    audit.record("task.done", task, by=by, patient=task.patient, site=task.site, at=at)
    _announce(task.site_id, task)
    return task


@transaction.atomic
def withdraw_task(*, task, by, reason, at=None):
    """The task is no longer needed (the visit was cancelled, say)."""
    at = at or clock.now()
    task = Task.objects.select_for_update().get(pk=task.pk)
    transition(task, "withdrawn", by=by, at=at, machine=TASK, reason=reason)
    audit.record("task.withdrawn", task, by=by, patient=task.patient, site=task.site, at=at, reason=reason)
    _announce(task.site_id, task)
    return task


@transaction.atomic
def raise_alert(kind, *, patient, site, words, by, subject=None, dedupe_key=None, at=None):
    """Raise an alert that a named person must acknowledge; the same `dedupe_key` raises it once."""
    at = at or clock.now()
    alert, made = Alert.objects.get_or_create(
        dedupe_key=dedupe_key or f"{kind}:{patient.pk}:{at.isoformat()}",
        defaults={
            "kind": kind,
            "patient": patient,
            "site": site,
            "words": words,
            "raised_at": at,
            "next_escalation_at": at + timedelta(minutes=ESCALATE_MINUTES[0]),
            **_subject(subject),
        },
    )
    if made:
        audit.record("alert.raised", alert, by=by, patient=patient, site=site, at=at)
        _announce(site.pk, alert)
    return alert


@transaction.atomic
def acknowledge_alert(*, alert, by, done_words, at=None):
    """A named person takes the alert and says what was done. Raises Refused without words."""
    at = at or clock.now()
    if not done_words.strip():
        raise Refused(Item("done-words", "Write what you did or will do.", field="done_words"))
    alert = Alert.objects.select_for_update().get(pk=alert.pk)
    ALERT.check(alert.state, "acknowledged")
    alert.acknowledged_at, alert.acknowledged_by, alert.done_words, alert.next_escalation_at = at, by, done_words, None
    alert.save(update_fields=["acknowledged_at", "acknowledged_by", "done_words", "next_escalation_at"])
    transition(alert, "acknowledged", by=by, at=at, machine=ALERT)
    audit.record("alert.acknowledged", alert, by=by, patient=alert.patient, site=alert.site, at=at)
    _announce(alert.site_id, alert)
    return alert


@transaction.atomic
def close_alert(*, alert, by, at=None):
    """The matter is settled. Only an acknowledged alert can be closed."""
    at = at or clock.now()
    alert = Alert.objects.select_for_update().get(pk=alert.pk)
    ALERT.check(alert.state, "closed")
    alert.closed_at, alert.closed_by = at, by
    alert.save(update_fields=["closed_at", "closed_by"])
    transition(alert, "closed", by=by, at=at, machine=ALERT)
    audit.record("alert.closed", alert, by=by, patient=alert.patient, site=alert.site, at=at)
    _announce(alert.site_id, alert)
    return alert


def escalate_alerts(*, at=None):
    """Climb one step for every alert nobody has answered by its time; returns how many. Called each minute."""
    at = at or clock.now()
    count = 0
    while True:
        with transaction.atomic():
            alert = (
                Alert.objects.select_for_update(skip_locked=True)
                .filter(state="open", next_escalation_at__lte=at)
                .first()
            )
            if alert is None:
                return count
            _climb(alert, at)
            count += 1


def _climb(alert, at):
    alert.escalation += 1
    step = ESCALATE_MINUTES[min(alert.escalation, len(ESCALATE_MINUTES) - 1)]
    alert.next_escalation_at = at + timedelta(minutes=step)
    alert.save(update_fields=["escalation", "next_escalation_at"])
    audit.record("alert.escalated", alert, by=None, patient=alert.patient, site=alert.site, at=at)
    _announce(alert.site_id, alert)
