"""A way of sending that does not answer: from the third failure on a task for the people who would call instead."""

from datetime import UTC, datetime, timedelta

import pytest

from clinic.models import AuditEvent, ChannelPause, Task
from clinic.notify import resting
from clinic.notify.base import TransportError
from clinic.notify.memory import Memory
from tests.people import people

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 14, 16, tzinfo=UTC)


@pytest.fixture
def p(db):
    return people()


def fail(times, *, channel="email", start=NOON, memory=None):
    """So many failures in a row, each when the rest of the one before is over; returns when the last rest ends."""
    at = start
    for _ in range(times):
        problem = TransportError("The server does not answer.")
        at = resting.note_away(channel, problem, at=at, memory=memory or Memory())
    return at


def works(at, channel="email"):
    memory = Memory()
    assert channel in memory.pauses
    resting.note_works(channel, at=at, memory=memory)


def open_tasks():
    return Task.objects.filter(kind="message", state="open")


def test_a_short_rest_is_nobodys_work(p):
    works(fail(resting.ASKS_AFTER - 1))
    assert not Task.objects.filter(kind="message").exists()
    assert AuditEvent.objects.filter(verb="channel.rests").count() == resting.ASKS_AFTER - 1


def test_a_longer_one_is_a_task_of_each_site_once(p):
    fail(resting.ASKS_AFTER + 4)
    assert {task.site for task in open_tasks()} == {p.harbor, p.prairie}
    assert open_tasks().count() == 2
    task = open_tasks().first()
    assert task.for_role == "front_desk"
    assert task.title == task.neutral_title == "E-mail does not go out: call whoever must know today"


def test_it_goes_by_itself_when_the_channel_answers_and_the_next_rest_is_a_new_one(p):
    works(fail(resting.ASKS_AFTER))
    assert not open_tasks().exists()
    assert Task.objects.filter(state="withdrawn").count() == 2
    assert ChannelPause.objects.get().failures == 0
    fail(resting.ASKS_AFTER, start=NOON + timedelta(hours=3))
    assert open_tasks().count() == 2


def test_what_somebody_has_done_stays_done_and_channels_rest_apart(p):
    fail(resting.ASKS_AFTER, channel="sms")
    fail(1)
    works(NOON + timedelta(hours=1))
    assert {task.title for task in open_tasks()} == {"Text messages do not go out: call whoever must know today"}
