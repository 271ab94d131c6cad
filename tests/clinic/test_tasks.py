"""Tasks and alerts: opened once, answered by a named person, never just gone."""

from datetime import timedelta

import pytest

from clinic import clock
from clinic.actions import tasks
from clinic.models import Alert, AuditEvent, Task
from clinic.refusal import Refused
from tests.people import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def p():
    return people()


def opened(p, **fields):
    words = {"title": "Call about sleep", "for_role": "nurse", "due_at": clock.now(), "patient": p.patient}
    return tasks.open_task("call_back", site=p.site, by=p.nurse, **words | fields)


def raised(p, **fields):
    return tasks.raise_alert("suicide", patient=p.patient, site=p.site, words="Item 9: 2", by=p.patient, **fields)


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


def test_an_alert_needs_words_of_what_was_done(p):
    alert = raised(p)
    with pytest.raises(Refused) as refused:
        tasks.acknowledge_alert(alert=alert, by=p.nurse, done_words="  ")
    assert refused.value.items[0].code == "done-words"
    tasks.acknowledge_alert(alert=alert, by=p.nurse, done_words="Called, safe, seeing her at 3.")
    alert.refresh_from_db()
    assert (alert.state, alert.acknowledged_by, alert.next_escalation_at) == ("acknowledged", p.nurse, None)


def test_an_alert_is_not_closed_before_it_is_acknowledged(p):
    alert = raised(p)
    with pytest.raises(Refused):
        tasks.close_alert(alert=alert, by=p.nurse)
    tasks.acknowledge_alert(alert=alert, by=p.nurse, done_words="Called.")
    assert tasks.close_alert(alert=alert, by=p.prescriber).closed_by == p.prescriber


def test_the_same_answer_raises_one_alert(p):
    assert raised(p, dedupe_key="packet-1:item-9") == raised(p, dedupe_key="packet-1:item-9")


def test_an_unanswered_alert_climbs_and_an_answered_one_does_not(p):
    now = clock.now()
    waiting, answered = raised(p, at=now), raised(p, dedupe_key="other", at=now)
    tasks.acknowledge_alert(alert=answered, by=p.nurse, done_words="Called.")
    assert tasks.escalate_alerts(at=now + timedelta(minutes=9)) == 0
    assert tasks.escalate_alerts(at=now + timedelta(minutes=10)) == 1
    assert tasks.escalate_alerts(at=now + timedelta(minutes=10)) == 0
    waiting.refresh_from_db()
    assert (waiting.escalation, waiting.next_escalation_at) == (1, now + timedelta(minutes=25))
    assert Alert.objects.get(pk=answered.pk).escalation == 0


def test_what_the_front_desk_reads_of_an_alert_tells_nothing(p):
    assert "suicid" not in raised(p).neutral_words.lower()
