"""Messages both ways: kept once, asked of the right role, answered, handed over, closed; crisis words are an alert."""

import datetime as dt
import uuid

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from clinic.models import Alert, AuditEvent, Message, Task
from clinic.refusal import Conflict, Refused
from followup.actions import talks
from followup.models import Talk, TalkMessage
from followup.queries import talks as queries
from tests.followup.conftest import NOW

pytestmark = pytest.mark.django_db


def write(p, words="Is it normal to be tired?", **fields):
    fields = {"patient": p.patient, "site": p.site, "by": p.patient, "at": NOW} | fields
    return talks.write(words=words, **fields)


def test_a_message_waits_for_a_nurse_until_a_time(p):
    sent = write(p)
    talk = Talk.objects.get()
    assert (talk.state, talk.topic, talk.waiting_since, sent.is_patients) == ("waiting", "health", NOW, True)
    assert (sent.words, sent.desk_words) == ("Is it normal to be tired?", "")
    task = Task.objects.get()
    assert (task.kind, task.for_role, task.neutral_title) == ("review", "nurse", "Needs a clinician: ask the nurse.")
    assert AuditEvent.objects.get(verb="talk.written").actor_kind == "patient"


def test_about_a_visit_it_is_the_front_desks(p):
    sent = write(p, "May I come later?", topic="visit")
    assert (sent.words, sent.desk_words) == ("", "May I come later?")
    assert (Task.objects.get().kind, Task.objects.get().for_role) == ("talk", "front_desk")


def test_sent_twice_it_is_kept_once_and_one_matter_goes_on(p):
    same = uuid.uuid4()
    assert write(p, client_id=same).pk == write(p, client_id=same).pk
    write(p, "And one more thing", at=NOW + dt.timedelta(days=2))
    assert (Talk.objects.count(), TalkMessage.objects.count(), Task.objects.count()) == (1, 2, 1)
    write(p, "Weeks later", at=NOW + dt.timedelta(days=30))
    assert Talk.objects.count() == 2


def test_refused_without_words_and_after_very_many(p):
    with pytest.raises(Refused):
        write(p, "  ")
    for _ in range(20):
        write(p)
    with pytest.raises(Refused) as problem:
        write(p)
    assert [item.code for item in problem.value.items] == ["talk-often"]


@pytest.mark.parametrize("topic", ["health", "visit"])
def test_crisis_words_are_an_alert_whatever_it_is_about(p, topic):
    write(p, "Hello", topic=topic)
    sent = write(p, "No quiero vivir más", topic=topic)
    assert Alert.objects.get().kind == "suicide"
    assert (sent.words, sent.talk.topic, sent.desk_words) == ("No quiero vivir más", "health", ""), "not for the desk"


def test_crisis_words_in_a_talk_of_the_desk_take_it_to_the_nurses(p):
    talk = write(p, "May I come later?", topic="visit").talk
    write(p, "I want to die", talk=talk)
    assert Talk.objects.get().topic == "health"
    assert [(t.for_role, t.state) for t in Task.objects.order_by("state")] == [
        ("nurse", "open"),
        ("front_desk", "withdrawn"),
    ]


def test_an_answer_is_mailed_without_a_word_of_it(p):
    talk = write(p).talk
    talks.answer(talk=talk, words="Yes, for a day.", by=p.nurse, seen=1, at=NOW + dt.timedelta(hours=1))
    talk.refresh_from_db()
    assert (talk.state, talk.waiting_since, Task.objects.get().state) == ("answered", None, "done")
    message = Message.objects.get(kind="talk_answer")
    assert (message.choice_kind, message.context, message.subject_id) == ("", {}, talk.pk)
    assert queries.unread_by(p.patient) == 1


def test_nobody_answers_past_a_newer_message(p):
    talk = write(p).talk
    write(p, "It got worse", at=NOW + dt.timedelta(minutes=5))
    with pytest.raises(Conflict):
        talks.answer(talk=talk, words="Fine", by=p.nurse, seen=1, at=NOW)
    talks.answer(talk=talk, words="I call you", by=p.nurse, seen=2, at=NOW)


def test_the_same_answer_sent_twice_is_one(p):
    talk, same = write(p).talk, uuid.uuid4()
    first = talks.answer(talk=talk, words="Yes", by=p.nurse, seen=1, client_id=same, at=NOW)
    assert talks.answer(talk=talk, words="Yes", by=p.nurse, seen=1, client_id=same, at=NOW).pk == first.pk
    assert Message.objects.filter(kind="talk_answer").count() == 1


def test_handed_over_to_the_nurses_the_desk_sees_it_no_more(p):
    talk = write(p, "May I come, I feel sick", topic="visit").talk
    talks.hand_over(talk=talk, topic="health", by=p.front_desk, at=NOW)
    open_task = Task.objects.get(state="open")
    assert (open_task.for_role, open_task.kind) == ("nurse", "review")
    assert Task.objects.get(state="withdrawn").for_role == "front_desk"


def test_what_was_written_about_health_never_goes_back_to_the_desk(p):
    talk = write(p).talk
    with pytest.raises(Refused):
        talks.hand_over(talk=talk, topic="visit", by=p.nurse, at=NOW)


def test_closed_ends_the_task_and_a_new_message_opens_it_again(p):
    talk = write(p).talk
    talks.close(talk=talk, by=p.nurse, at=NOW)
    assert (Talk.objects.get().state, Task.objects.get().state) == ("closed", "done")
    write(p, "One more", talk=talk, at=NOW + dt.timedelta(hours=1))
    assert (Talk.objects.get().state, Task.objects.filter(state="open").count()) == ("waiting", 1)


def test_staff_writes_first_and_goes_on_in_what_is_open(p):
    sent = talks.begin(patient=p.patient, site=p.site, topic="visit", words="Please bring someone", by=p.front_desk,
                       at=NOW)  # fmt: skip
    assert (sent.talk.state, sent.talk.opened_by, sent.desk_words) == ("answered", p.front_desk, "Please bring someone")
    assert not Task.objects.exists()
    again = talks.begin(patient=p.patient, site=p.site, topic="visit", words="And a jumper", by=p.nurse, at=NOW)
    assert again.talk_id == sent.talk_id
    assert Message.objects.filter(kind="talk_answer").count() == 2


def test_an_answer_in_a_closed_talk(p):
    talk = write(p).talk
    talks.close(talk=talk, by=p.nurse, at=NOW)
    talks.answer(talk=talk, words="I forgot: eat before", by=p.nurse, seen=1, at=NOW)
    assert Talk.objects.get().state == "answered"


def test_a_message_nobody_answers_reaches_somebody_else_once_and_both_tasks_end_with_the_answer(p):
    talk, seven = write(p).talk, NOW + dt.timedelta(hours=7)
    assert talks.late_talks(seven) == []
    late = NOW + dt.timedelta(hours=24)
    for found in (talks.late_talks(late), talks.late_talks(late)):
        for one in found:
            talks.tell_late(talk=one, at=late)
    assert talks.late_talks(late) == []
    assert sorted(Task.objects.values_list("for_role", "state")) == [("nurse", "open"), ("prescriber", "open")]
    talks.answer(talk=talk, words="Sorry for the wait", by=p.nurse, seen=1, at=late)
    assert set(Task.objects.values_list("state", flat=True)) == {"done"}


def test_words_are_never_changed_and_stand_in_one_place(p):
    sent = write(p)
    with pytest.raises(DatabaseError), transaction.atomic():
        TalkMessage.objects.filter(pk=sent.pk).update(words="Other")
    with pytest.raises(IntegrityError), transaction.atomic():
        TalkMessage.objects.create(
            talk=sent.talk, client_id=uuid.uuid4(), is_patients=True, words="a", desk_words="b", sent_at=NOW
        )
