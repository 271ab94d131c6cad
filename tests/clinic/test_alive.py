"""A kept connection is asked whether it works only when its socket says that something happened to it."""

import pytest
from django.core.signals import request_started
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic import alive


@pytest.fixture
def kept(live_db):
    """A connection that a request before this one has left open, as the pages keep theirs."""
    connection.settings_dict["CONN_HEALTH_CHECKS"], before = True, connection.settings_dict["CONN_HEALTH_CHECKS"]
    connection.close()
    connection.ensure_connection()
    connection.health_check_done = False
    connection.health_check_enabled = True
    yield connection
    connection.settings_dict["CONN_HEALTH_CHECKS"] = before
    connection.close()


def backend(of):
    with of.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def test_a_silent_connection_is_used_as_it_is(kept, monkeypatch):
    monkeypatch.setattr(kept, "is_usable", lambda: pytest.fail("it was asked"))
    alive._look()
    with CaptureQueriesContext(kept) as asked, kept.cursor() as cursor:
        cursor.execute("SELECT 2")
    assert [one["sql"] for one in asked.captured_queries] == ["SELECT 2"]


def test_rel_08_a_connection_that_the_server_ended_is_made_anew_before_it_is_used(kept, cluster, live_db):
    ended = backend(kept)
    with cluster.superuser(live_db) as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [ended])
    kept.health_check_done = False
    alive._look()
    assert not kept.health_check_done
    assert backend(kept) != ended


def test_a_connection_closed_here_is_not_called_silent(kept):
    raw = kept.connection
    raw.close()
    assert not alive._is_silent(raw)


def test_every_request_looks():
    assert "clinic.alive" in [key[0] for key, *_ in request_started.receivers]
