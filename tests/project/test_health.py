"""Liveness asks nothing; readiness names the part that is unwell and nothing more."""

from datetime import timedelta

import pytest
from django.db import connection

from clinic import clock, health
from clinic.models import DeploymentMark, Heartbeat
from clinic.tasks import beat_heartbeat

pytestmark = pytest.mark.django_db


def parts(client):
    answer = client.get("/health/ready/")
    return answer.status_code, answer.json()["parts"]


def test_alive_asks_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/health/live/")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_ready_when_all_is_well(client, redis_url):
    beat_heartbeat()
    beat_heartbeat()
    assert Heartbeat.objects.count() == 1
    assert parts(client) == (200, dict.fromkeys(("database", "redis", "migrations", "beat", "data", "rules"), "ok"))


def test_a_beat_that_never_ticked_or_stopped_is_told(client, redis_url):
    assert parts(client) == (503, parts(client)[1] | {"beat": "never"})
    Heartbeat.objects.create(part="beat", at=clock.now() - timedelta(seconds=181))
    assert parts(client)[1]["beat"] == "late"
    Heartbeat.objects.filter(part="beat").update(at=clock.now() - timedelta(seconds=170))
    assert parts(client)[1]["beat"] == "ok"


def test_no_redis_is_told(client, settings):
    settings.REDIS_URL = "unix:///nowhere/else?db=0"
    status, found = parts(client)
    assert (status, found["redis"]) == (503, "away")


def test_no_database_is_told_without_a_word_more(client, redis_url, monkeypatch):
    def broken():
        raise connection.Database.OperationalError("could not connect to server at secret.example")

    monkeypatch.setattr(health.connection, "cursor", lambda: _wrapped(broken))
    answer = client.get("/health/ready/")
    assert (answer.status_code, answer.json()["parts"]) == (503, {"database": "away", "redis": "ok", "rules": "ok"})
    assert b"secret" not in answer.content


def _wrapped(broken):
    with connection.wrap_database_errors:
        broken()


def test_demo_data_keeps_a_production_from_being_ready(client, redis_url, settings):
    beat_heartbeat()
    DeploymentMark.objects.create(kind="demo", made_at=clock.now())
    assert parts(client)[1]["data"] == "demo"
    settings.TIDELINE_DEVELOPMENT = True
    assert parts(client)[1]["data"] == "ok"


def test_only_reading_is_allowed(client):
    assert client.post("/health/live/").status_code == 405
    assert client.post("/health/ready/").status_code == 405
