"""ATK-28 and V1.5.2: what somebody pushes into the queue is refused and logged; the worker goes on with real work."""

import base64
import json
import os
import pickle
import pwd
import socket
import stat
import time
import uuid
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import redis
from celery import Celery
from django.conf import settings

from clinic import clock
from clinic.models import Heartbeat
from clinic.project import environment
from clinic.tasks import beat_heartbeat
from tests.journeys import mailbox

pytestmark = pytest.mark.timeout(240)
PATIENCE = 30  # seconds


class Bomb:
    """Unpacked by somebody who trusts it, it makes a file."""

    def __init__(self, target):
        self.target = target

    def __reduce__(self):
        return os.mkdir, (str(self.target),)


def pushed(body, *, kind, task="clinic.sweep_outbox", encoding="utf-8"):
    """A message as it lies in the queue's list."""
    ident = str(uuid.uuid4())
    headers = {"lang": "py", "task": task, "id": ident, "root_id": ident, "argsrepr": "()", "kwargsrepr": "{}"}
    properties = {
        "correlation_id": ident, "delivery_tag": str(uuid.uuid4()), "body_encoding": "base64", "delivery_mode": 2,
        "delivery_info": {"exchange": "", "routing_key": "celery"}, "priority": 0,
    }  # fmt: skip
    told = {"body": base64.b64encode(body).decode(), "content-type": kind, "content-encoding": encoding,
            "headers": headers, "properties": properties}  # fmt: skip
    return json.dumps(told)


PLAIN = json.dumps([[], {}, {"callbacks": None, "errbacks": None, "chain": None, "chord": None}]).encode()


@pytest.fixture
def at_work(cluster, live_db, redis_url, tmp_path):
    """A real worker on this test's database and queue; yields (the queue's client, the worker, its log)."""
    facts = mailbox.environment(cluster, live_db, redis_url, "http://127.0.0.1", 1, tmp_path)
    with mailbox.working(tmp_path, facts) as child, redis.from_url(redis_url) as client:
        yield client, child, tmp_path / "worker.log"


def until(is_so, told):
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, told()
        time.sleep(0.05)


def works(redis_url, log):
    """A task of ours is done within half a minute."""
    before = clock.now()
    sender = Celery(broker=environment.broker(redis_url), set_as_current=False)
    sender.send_task(beat_heartbeat.name, ignore_result=True)
    sender.close()
    until(lambda: Heartbeat.objects.filter(at__gte=before).exists(), lambda: log.read_text()[-4000:])


def test_atk_28_and_v1_5_2_what_is_pushed_into_the_queue_is_refused_and_the_worker_lives(at_work, redis_url, tmp_path):
    client, child, log = at_work
    bomb = pickle.dumps((([Bomb(tmp_path / "taken")], {}), {}))
    deep = b"[" * 50_000 + b"]" * 50_000
    attacks = {
        "a pickle": pushed(bomb, kind="application/x-python-serialize", encoding="binary"),
        "a pickle that says it is text": pushed(bomb, kind="application/data", encoding="binary"),
        "yaml": pushed(b"!!python/object/apply:os.mkdir ['x']", kind="application/x-yaml"),
        "an unknown task": pushed(PLAIN, kind="application/json", task="os.system"),
        "a task of the standard library": pushed(PLAIN, kind="application/json", task="celery.backend_cleanup.evil"),
        "arguments nobody takes": pushed(b'[["x"], {"shell": "id"}, {}]', kind="application/json"),
        "nested": pushed(deep, kind="application/json"),
        "five megabytes": pushed(b'[["' + b"x" * 5_000_000 + b'"], {}, {}]', kind="application/json"),
        "no list": pushed(b'"just words"', kind="application/json"),
    }
    for message in attacks.values():
        client.lpush("celery", message)
    works(redis_url, log)
    assert child.poll() is None
    assert client.llen("celery") == 0
    assert not (tmp_path / "taken").exists()
    text = log.read_text()
    for words in ("DecodeError", "unregistered task", "thrown away"):  # the words of errors themselves are withheld
        assert words in text, words
    assert max(map(len, text.splitlines())) < 40_000, "five megabytes are not written down"
    works(redis_url, log)


def test_cel_1_and_4_the_worker_takes_json_only_and_keeps_no_results():
    assert settings.CELERY_ACCEPT_CONTENT == ["json"]
    assert settings.CELERY_TASK_SERIALIZER == settings.CELERY_RESULT_SERIALIZER == "json"
    assert settings.CELERY_TASK_IGNORE_RESULT is True
    assert not hasattr(settings, "CELERY_RESULT_BACKEND")
    assert settings.CELERY_WORKER_SEND_TASK_EVENTS is False


def test_atk_28_nobody_else_on_this_machine_reaches_redis(redis_url):
    """No password, but a socket in a folder that is one account's alone: another account gets no further."""
    place = Path(unquote(urlsplit(redis_url).path))
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert place.parent.stat().st_uid == os.geteuid()
    if os.geteuid() == 0:  # only root may become somebody else; the modes above say the same to everybody
        assert as_nobody(place) == REFUSED


REFUSED, LET_IN = 13, 14


def as_nobody(place):
    """What becomes of the account `nobody` that connects to this socket."""
    nobody = pwd.getpwnam("nobody")
    child = os.fork()
    if child == 0:
        os.setgroups([])
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)
        try:
            socket.socket(socket.AF_UNIX).connect(str(place))
            os._exit(LET_IN)
        except PermissionError:
            os._exit(REFUSED)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
