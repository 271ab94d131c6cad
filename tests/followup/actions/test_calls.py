"""Calls: noted once, the contact's task ends or goes on, a contact in vain and a bad word reach somebody."""

import datetime as dt
import uuid

import pytest
from django.db import DatabaseError, transaction

from clinic.models import Alert, AuditEvent, Task
from clinic.refusal import Refused
from followup.actions import calls, contacts
from followup.models import CallNote
from tests import factories
from tests.followup.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact(pain_course, p):
    course = pain_course(packet_pain_average="5.0")
    session = factories.infusion(course=course, on=TODAY - dt.timedelta(days=1), nurse=p.nurse)
    return contacts.make_contact(session=session, at=NOW - dt.timedelta(hours=20))


def note(contact, p, **fields):
    fields = {
        "outcome": "reached",
        "words": "Slept well.",
        "client_id": uuid.uuid4(),
        "by": p.nurse,
        "at": NOW,
    } | fields
    return calls.note_call(patient=contact.session.patient, site=contact.session.site, contact=contact, **fields)


def test_reached_finishes_the_task(contact, p):
    made = note(contact, p)
    task = Task.objects.get(kind="contact")
    assert (task.state, task.done_by, task.outcome) == ("done", p.nurse, "Spoke with the patient: Slept well.")
    assert (made.called_at, made.task_id, made.next_try_at) == (NOW, task.pk, None)
    assert AuditEvent.objects.filter(verb="call.noted", detail={"outcome": "reached"}).exists()


def test_sent_twice_it_is_noted_once(contact, p):
    same = uuid.uuid4()
    assert note(contact, p, client_id=same).pk == note(contact, p, client_id=same).pk
    assert CallNote.objects.count() == 1


def test_a_try_in_vain_is_due_again_later(contact, p):
    note(contact, p, outcome="no_answer", words="")
    task = Task.objects.get(kind="contact")
    assert (task.state, task.due_at) == ("open", NOW + dt.timedelta(hours=3))


def test_the_third_try_in_vain_tells_the_prescriber_once(contact, p):
    for hours in range(4):
        note(contact, p, outcome="message", words="", at=NOW + dt.timedelta(hours=hours))
    task = Task.objects.get(kind="review")
    assert (task.for_role, task.neutral_title) == ("prescriber", "Needs a clinician: ask the prescriber.")
    assert "3 tries" in task.title


def test_giving_up_ends_it_and_tells_the_prescriber(contact, p):
    with pytest.raises(Refused):
        note(contact, p, outcome="gave_up", words="Not there")
    note(contact, p, outcome="no_answer", words="")
    note(contact, p, outcome="gave_up", words="Her sister says she is well", at=NOW + dt.timedelta(hours=1))
    assert Task.objects.get(kind="contact").state == "done"
    assert Task.objects.get(kind="review").for_role == "prescriber"


def test_without_words_a_talk_is_refused(contact, p):
    with pytest.raises(Refused) as problem:
        note(contact, p, words="  ")
    assert [item.code for item in problem.value.items] == ["call-words"]
    assert not CallNote.objects.exists()


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"side_effects": ("chest_pain",)}, "side_effect"),
        ({"side_effects": ("bladder",)}, "bladder"),
        ({"words": "Says she wants to die"}, None),
        ({"words": "She said: I want to die"}, "suicide"),
        ({"pain": 9}, "worse"),
        ({"pain": 4, "side_effects": ("tired",)}, None),
    ],
)
def test_what_worries_on_the_phone_is_an_alert_the_same_minute(contact, p, fields, kind):
    made = note(contact, p, **fields)
    assert [(a.kind, a.subject_id) for a in Alert.objects.all()] == ([(kind, made.pk)] if kind else [])


def test_a_call_without_a_contact_leaves_tasks_alone(contact, p):
    calls.note_call(
        patient=contact.session.patient, site=contact.session.site, outcome="no_answer", client_id=uuid.uuid4(),
        by=p.nurse, direction="in", at=NOW,
    )  # fmt: skip
    assert Task.objects.get(kind="contact").state == "open"
    assert CallNote.objects.get().next_try_at is None


def test_a_note_is_never_changed(contact, p):
    made = note(contact, p)
    with pytest.raises(DatabaseError), transaction.atomic():
        CallNote.objects.filter(pk=made.pk).update(words="Other")
