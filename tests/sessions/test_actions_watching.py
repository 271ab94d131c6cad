"""The watch over the chairs: who is called, what becomes a task, each once, what takes it back; late corrections."""

import uuid

import pytest

from clinic.models import Alert, Task
from sessions import actions
from sessions.actions.watching import watch_chairs
from sessions.models import AlarmAnswered, Entry
from sessions.queries.sheet import state_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(scene):
    return scene.running()


def alerts():
    return Alert.objects.filter(kind="alarm")


def alarm_of(running):
    return Entry.objects.filter(session=running.session, kind="alarm").order_by("-seq").first()


def mend(running, action, minutes, **inputs):
    return action(entry_id=uuid.uuid4(), by=running.nurse, at=running.at(minutes), **inputs)


def test_nobody_is_called_while_all_is_well_or_somebody_may_still_answer(running):
    running.vitals(12)
    assert watch_chairs(at=running.at(13)) == 0
    running.vitals(14, spo2=85)
    assert watch_chairs(at=running.at(14)) == 0
    assert not alerts().exists()


def test_an_alarm_without_an_answer_calls_once_and_stands_in_the_record(running):
    running.vitals(12, spo2=85)
    assert [watch_chairs(at=running.at(n)) for n in (13, 14, 15)] == [1, 0, 0]
    alert = alerts().get()
    assert running.session.chair.label in alert.words
    assert "SpO2 85 %" in alert.words
    said = AlarmAnswered.objects.get(answer="called")
    assert said.entry.source == "system"
    assert state_of(running.session, running.at(15)).alarms[0].answered_at is None, "a call is no answer"


def test_a_caution_calls_nobody(running):
    running.vitals(12, spo2=92)
    assert watch_chairs(at=running.at(20)) == 0


def test_going_takes_the_alert_and_a_fresh_set_closes_it(running):
    running.vitals(12, spo2=85)
    watch_chairs(at=running.at(13))
    running.do(actions.answer_alarm, 14, alarm=alarm_of(running))
    watch_chairs(at=running.at(15))
    taken = alerts().get()
    assert (taken.state, taken.acknowledged_by) == ("acknowledged", running.nurse)
    running.vitals(16)
    watch_chairs(at=running.at(17))
    assert alerts().get().state == "closed"


def test_a_late_recheck_calls_again(running):
    running.vitals(12, spo2=85)
    running.do(actions.answer_alarm, 12, alarm=alarm_of(running), recheck_minutes=5)
    assert [watch_chairs(at=running.at(n)) for n in (16, 18, 19)] == [0, 1, 0]
    assert "re-check" in alerts().get().words
    assert alerts().get().state == "open", "the going before the call does not answer it"


def test_vitals_long_overdue_are_a_task_until_they_are_taken(running):
    first = min(d.at for d in state_of(running.session, running.at(11)).due)
    late = int((first - running.at(0)).total_seconds() // 60)
    assert watch_chairs(at=running.at(late + 9)) == 0
    assert [watch_chairs(at=running.at(late + n)) for n in (10, 11)] == [1, 0]
    task = Task.objects.get(kind="vitals")
    assert (task.for_role, task.due_at, task.state) == ("nurse", first, "open")
    assert "Systolic" not in task.neutral_title
    running.vitals(late + 12, resp_rate=14, sedation=0, dissociation=0)
    watch_chairs(at=running.at(late + 13))
    task.refresh_from_db()
    assert task.state == "withdrawn"


def test_a_value_that_was_no_news_is_news_when_the_one_before_it_goes(running):
    first = running.vitals(12, systolic=190).entry
    running.vitals(15, systolic=190)
    mend(running, actions.correct_entry, 16, entry=first, changes={"systolic": 120}, reason="Typed for 120")
    still = state_of(running.session, running.at(17)).alarms
    assert [(a.measure, a.value) for a in still] == [("systolic", 190)]


def test_so_it_is_when_the_one_before_it_is_struck(running):
    first = running.vitals(12, systolic=190).entry
    running.vitals(15, systolic=190)
    mend(running, actions.strike_entry, 16, entry=first, reason="Of another patient")
    assert [a.value for a in state_of(running.session, running.at(17)).alarms] == [190]


def test_striking_the_newest_leaves_none_open_when_the_one_before_was_calm(running):
    running.vitals(12)
    high = running.vitals(15, systolic=190).entry
    mend(running, actions.strike_entry, 16, entry=high, reason="Cuff on the wrong arm")
    assert state_of(running.session, running.at(17)).alarms == []


def test_a_calm_set_writes_the_same_as_one_that_is_followed(running):
    """The short way of a calm set: nothing raised, versions and numbers go on, the same id twice is one entry."""
    before = running.fresh().version
    one = running.vitals(12)
    again = running.vitals(12, entry_id=one.entry.pk, when=None)
    assert (again.created, again.entry.pk) == (False, one.entry.pk)
    assert running.fresh().version == one.version == before + 1
    assert not Entry.objects.filter(kind="alarm").exists()


def test_a_baseline_corrected_since_is_the_one_that_counts(running):
    base = Entry.objects.get(session=running.session, vitalsreading__baseline=True)
    assert running.vitals(11, systolic=142).alarms == [], "not 20 % above 122"
    mend(running, actions.correct_entry, 12, entry=base, changes={"systolic": 110}, reason="Read wrong")
    found = running.vitals(13, systolic=143).alarms
    assert [(a.alarmraised.level, a.alarmraised.baseline) for a in found] == [("caution", 110)]
