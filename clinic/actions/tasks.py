"""Open, finish and withdraw tasks."""

import uuid

from django.db import transaction

from clinic import audit, clock, live
from clinic.models import TASK, Task
from clinic.states import transition


def announce(site_id, row):
    """Tell the site's open pages, on commit, that its work has changed."""
    transaction.on_commit(lambda: live.announce(site_id, "work", row.pk, 0))


def subject_of(subject):
    """What a task or an alert is about, as its two columns; {} for nothing."""
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
            **subject_of(subject),
        },
    )
    if made:
        audit.record("task.opened", task, by=by, patient=patient, site=site, at=at)
        announce(site.pk, task)
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
    announce(task.site_id, task)
    return task


@transaction.atomic
def withdraw_task(*, task, by, reason, at=None):
    """The task is no longer needed (the visit was cancelled, say)."""
    at = at or clock.now()
    task = Task.objects.select_for_update().get(pk=task.pk)
    transition(task, "withdrawn", by=by, at=at, machine=TASK, reason=reason)
    audit.record("task.withdrawn", task, by=by, patient=task.patient, site=task.site, at=at, reason=reason)
    announce(task.site_id, task)
    return task
