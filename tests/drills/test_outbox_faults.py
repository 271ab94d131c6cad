"""Drills REL-01 to REL-07, REL-19 and REL-20 of the outbox: real processes, real kills, real servers that misbehave.

Each message has gone out once, or stands as failed or unknown for a person to see; none is lost, none is doubled.
REL-01 and REL-06 at full size, with a kill half-way, are tests/drills/test_outbox_kill.py.
"""

import os
import signal
import time
from datetime import timedelta

import psutil
import pytest
import redis
from celery import Celery

from clinic import clock, notify
from clinic.actions.appointments import confirm
from clinic.models import ChannelPause, DeliveryReport, Heartbeat, Message, MessageText
from clinic.notify.outbox import SWEEP
from clinic.notify.sender import UNKNOWN_AFTER
from clinic.project.environment import broker
from tests import factories
from tests.drills import post
from tests.people import people


@pytest.fixture
def place(cluster, live_db, redis_server, tmp_path):
    """A function that opens a mail server with this script; yields (sink, what a worker is told, wake, log)."""
    opened = []

    def start(answer=None, seconds=0.01, **told):
        server = post.listening(post.Sink(answer, seconds))
        sink = server.__enter__()
        opened.append(server)
        app = Celery(broker=broker(redis_server.url()))
        settings = post.environment(cluster, live_db, redis_server, sink, tmp_path, **told)
        return sink, settings, lambda: app.send_task(SWEEP), tmp_path / "worker.log"

    yield start
    for server in opened:
        server.__exit__(None, None, None)


def settle_unknown(wake):
    """Let ten minutes pass for whatever is under way, and the sweep find it."""
    Message.objects.filter(state="sending").update(claimed_at=clock.now() - UNKNOWN_AFTER - timedelta(seconds=1))
    post.until(lambda: post.states()["sending"] == 0, 60, "nobody settled the unknown", wake)


def test_rel_01_a_worker_killed_before_it_sends_loses_nothing(place):
    sink, told, wake, log = place()
    messages = post.queue(people(), 20)
    with post.worker(told, log) as first:
        post.kill(first)  # woken or not: nothing was claimed
    wake()
    with post.worker(told, log):
        post.until(lambda: post.states()["sent"] == 20, 90, lambda: f"{post.states()} {log.read_text()[-2000:]}", wake)
    assert sink.count() == {post.ident(message): 1 for message in messages}


def test_rel_02_killed_between_sending_and_saving_is_unknown_and_never_repeated(place):
    sink, told, wake, log = place(answer=lambda to, taken: "take and hang")
    (message,) = post.queue(people(), 1)
    with post.worker(told, log) as first:
        post.until(lambda: sink.ids, 60, lambda: log.read_text()[-2000:], wake)
        post.kill(first)
    assert post.states() == {"sending": 1}
    sink.answer = None
    with post.worker(told, log):
        settle_unknown(wake)
        wake()
        time.sleep(3)
    assert sink.count() == {post.ident(message): 1}
    message.refresh_from_db()
    assert (message.state, message.last_error) == ("unknown", "the worker went away while sending")


def test_rel_03_a_child_killed_like_for_want_of_memory_costs_one_message_at_most(place):
    sink, told, wake, log = place(seconds=0.1)
    messages = post.queue(people(), 60)
    with post.worker(told, log, concurrency=1) as child:
        for kills in range(1, 4):
            post.until(lambda at=10 * kills: len(sink.ids) >= at, 60, lambda: log.read_text()[-2000:], wake)
            for victim in psutil.Process(child.pid).children():
                victim.send_signal(signal.SIGKILL)
        post.until(lambda: post.states()["due"] == 0, 90, lambda: f"{post.states()}", wake)
        settle_unknown(wake)
    ended = post.states()
    assert set(ended) <= {"sent", "unknown"}
    assert ended["unknown"] <= 3
    assert max(sink.count().values()) == 1
    assert len(messages) == sum(ended.values())


def test_rel_04_a_task_longer_than_the_brokers_patience_sends_nothing_twice(place):
    """The broker gives the same task to a second child while the first is still at it: rows are claimed, not tasks."""
    sink, told, wake, log = place(seconds=0.2, BROKER_VISIBILITY_SECONDS="2")
    messages = post.queue(people(), 40)
    with post.worker(told, log, concurrency=3):
        wake()
        post.until(lambda: post.states()["sent"] == 40, 90, lambda: f"{post.states()}", wake)
    assert sink.count() == {post.ident(message): 1 for message in messages}


def test_rel_05_two_beats_tick_as_one_and_no_beat_is_noticed(place):
    sink, told, wake, log = place()
    messages = post.queue(people(), 30)
    second_log = log.with_name("second.log")
    with post.worker(told, log), post.beat(told, log.with_name("first.log")) as first:
        post.until(lambda: post.states()["sent"] == 30, 90, lambda: f"{post.states()}")
        with post.beat(told, second_log):
            time.sleep(8)
            assert "holds the lock" not in second_log.read_text(), "the second one stands by"
            post.kill(first)
            post.until(lambda: "holds the lock" in second_log.read_text(), 30, "the second one did not take over")
            beat_at = clock.now()
            post.until(lambda: Heartbeat.objects.filter(part="beat", at__gt=beat_at).exists(), 60, "it does not tick")
    assert [sink.count()[post.ident(message)] for message in messages] == [1] * 30
    # The beats do all that is due, and the clinic's people are told of a missing copy, say: each of them once.
    assert set(sink.beside(messages).values()) <= {1}, sink.beside(messages)


def test_rel_06_a_flushed_redis_loses_no_message_and_signs_nobody_out(place, redis_server):
    from tests.people import signed_in

    sink, told, wake, log = place(seconds=0.05)
    p = people()
    desk = signed_in(p.front_desk)
    messages = post.queue(p, 60)
    with post.worker(told, log):
        wake()
        post.until(lambda: len(sink.ids) >= 10, 60, lambda: log.read_text()[-2000:])
        with redis.from_url(redis_server.url()) as client:
            client.flushall()
        assert desk.get("/outbox/").status_code == 200
        post.until(lambda: post.states()["sent"] == 60, 90, lambda: f"{post.states()}", wake)
    assert sink.count() == {post.ident(message): 1 for message in messages}


def test_rel_07_without_redis_visits_are_booked_and_confirmed_and_said_later(place, settings):
    settings.REDIS_URL = settings.CELERY_BROKER_URL = "unix:///nowhere/redis?db=0"
    sink, told, wake, log = place()
    p = people()
    begun = time.monotonic()
    messages = post.queue(p, 3)
    visit = factories.appointment(of=p.patient, at_site=p.site, starts_at=clock.now() + timedelta(days=9))
    confirm(appointment=visit, by=p.patient)
    assert time.monotonic() - begun < 10, "nobody waits for a Redis that is away"
    with post.worker(told, log):
        post.until(lambda: post.states()["due"] == 0, 60, lambda: f"{post.states()}", wake)
    assert all(sink.count()[post.ident(message)] == 1 for message in messages)


SCRIPT = {
    "gone@tideline.example": "550 5.1.1 no such user",
    "full@tideline.example": "452 4.2.2 mailbox full",
    "spam@tideline.example": "554 5.7.1 not wanted",
    "hang@tideline.example": "take and hang",
}


def test_rel_19_each_fault_of_a_mail_server_has_its_own_end(place):
    sink, told, wake, log = place(answer=lambda to, taken: SCRIPT.get(to))
    p = people()
    told_of = {}
    for address in (*SCRIPT, "fine@tideline.example"):
        patient = factories.patient(at_site=p.site, given_name=address[:4], email=address, zone_name=post.awake_zone())
        told_of[address[:4]] = notify.enqueue(
            "visit_cancelled",
            recipient=patient,
            site=p.site,
            dedupe_key=address,
            due_at=clock.now(),
            context={"when": "x"},
        )
    with post.worker(told, log):
        wake()

        def settled():
            return post.states()["unknown"] == 1

        post.until(settled, 90, lambda: f"{post.states()} {log.read_text()[-2000:]}", wake)
        post.until(lambda: post.states()["sending"] == 0, 60, lambda: f"{post.states()}", wake)
    found = {name: Message.objects.get(pk=message.pk) for name, message in told_of.items()}
    assert {name: message.state for name, message in found.items()} == {
        "gone": "failed", "full": "due", "spam": "failed", "hang": "unknown", "fine": "sent",
    }  # fmt: skip
    assert found["full"].attempts >= 1
    assert found["full"].next_attempt_at > found["full"].claimed_at
    assert DeliveryReport.objects.get().message == found["gone"]
    assert max(sink.count().values()) == 1


def test_rel_19_a_mail_server_that_is_away_costs_no_tries_and_is_seen(place):
    sink, told, wake, log = place()
    told["EMAIL_URL"] = "smtp://127.0.0.1:1"
    post.queue(people(), 50)
    with post.worker(told, log):
        wake()
        post.until(lambda: ChannelPause.objects.filter(failures__gte=1).exists(), 60, lambda: log.read_text()[-2000:])
        time.sleep(2)
    assert post.states() == {"due": 50}
    assert set(Message.objects.values_list("attempts", flat=True)) == {0}
    pause = ChannelPause.objects.get()
    assert (pause.channel, pause.why) == ("email", "the mail server can't be reached")
    ChannelPause.objects.update(until=clock.now())
    Message.objects.update(next_attempt_at=clock.now())
    told["EMAIL_URL"] = f"smtp://127.0.0.1:{sink.port}"
    with post.worker(told, log):
        post.until(lambda: post.states()["sent"] == 50, 60, lambda: f"{post.states()}", wake)
    assert ChannelPause.objects.get().failures == 0
    assert max(sink.count().values()) == 1


def test_rel_20_poison_rows_fail_and_hold_up_nobody(place):
    sink, told, wake, log = place()
    p = people()
    MessageText.objects.create(kind="decision", language="en", number=1, subject="x", body="{nonsense}",
                               published_at=clock.now())  # fmt: skip
    bad_text = notify.enqueue("decision", recipient=p.patient, site=p.site, dedupe_key="bad text", due_at=clock.now())
    bad_visit = notify.enqueue("reminder_day", recipient=p.patient, site=p.site, dedupe_key="bad visit",
                               due_at=clock.now(), subject_kind="clinic.appointment",
                               subject_id=p.patient.pk)  # fmt: skip
    good = post.queue(p, 10)
    with post.worker(told, log):
        post.until(lambda: post.states()["due"] == 0, 60, lambda: f"{post.states()} {log.read_text()[-2000:]}", wake)
    assert {message.state for message in Message.objects.filter(pk__in=[bad_text.pk, bad_visit.pk])} == {"failed"}
    assert sink.count() == {post.ident(message): 1 for message in good}
    assert os.path.exists(log)
