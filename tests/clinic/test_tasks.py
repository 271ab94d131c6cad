"""Tasks: opened once, finished by a named person, never just gone."""

import pytest

from clinic import clock
from clinic.actions import tasks
from clinic.models import AuditEvent, Task
from clinic.refusal import Refused
from tests.people import people
from tests.standing import standing

pytestmark = pytest.mark.django_db


p = standing(people)


def opened(p, **fields):
    words = {"title": "Call about sleep", "for_role": "nurse", "due_at": clock.now(), "patient": p.patient}
    return tasks.open_task("call_back", site=p.site, by=p.nurse, **words | fields)


def test_the_same_news_opens_one_task(p):
    assert opened(p, dedupe_key="a") == opened(p, dedupe_key="a")
    assert opened(p) != opened(p)
    assert Task.objects.count() == 3


def test_a_task_is_done_once_by_somebody(p):
    task = opened(p)
    tasks.close_task(task=task, by=p.nurse, outcome="called, sleeps better")
    task.refresh_from_db()
    assert (task.state, task.done_by, task.outcome) == ("done", p.nurse, "called, sleeps better")
    with pytest.raises(Refused):
        tasks.close_task(task=task, by=p.colleague)
    assert AuditEvent.objects.filter(verb="task.done", subject_id=task.pk).count() == 1


def test_a_withdrawn_task_is_not_done(p):
    task = tasks.withdraw_task(task=opened(p), by=p.front_desk, reason="visit cancelled")
    assert task.state == "withdrawn"
    with pytest.raises(Refused):
        tasks.close_task(task=task, by=p.nurse)
