"""Error reports: off by default; where a tracker is named, kind and place of an error and no values (LOG-2)."""

import gzip
import http.server
import json
import logging
import threading
import zlib

import brotli
import pytest
from django.core.signals import got_request_exception
from django.test import Client
from django.urls import path

from clinic import access
from clinic.project import errors, refuse
from clinic.project import urls as project_urls
from tests.people import people, signed_in

NAME = "Zebulon Canary-Marker"


@access.staff("nurse")
def breaks(request):
    """A page that fails with a patient's name in its hands, its words and its form."""
    patient_name = NAME
    logging.getLogger("clinic").warning("About %s", patient_name)
    raise ValueError(f"{patient_name} of {request.POST.get('name')}")


class Urls:
    urlpatterns = [path("breaks/", breaks), *project_urls.urlpatterns]


class Tracker(http.server.BaseHTTPRequestHandler):
    """A tracker on this machine that keeps what it is sent."""

    def do_POST(self):
        """Keep the report, unpacked."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        unpack = {"gzip": gzip.decompress, "br": brotli.decompress, "deflate": zlib.decompress}
        body = unpack.get(self.headers.get("Content-Encoding", ""), bytes)(body)
        self.server.heard.append(f"{self.path} {self.headers}\n{body.decode()}")
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *words):
        """Say nothing."""


@pytest.fixture
def tracker(settings):
    """A tracker that hears; its `heard` are the reports. Reporting ends with the test."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Tracker)
    server.heard = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    settings.SENTRY_DSN = f"http://key@127.0.0.1:{server.server_port}/1"
    yield server
    errors.stop()
    server.shutdown()
    server.server_close()
    thread.join(5)


def test_log_2_without_a_tracker_nothing_is_reported(settings):
    before = list(got_request_exception.receivers)
    settings.SENTRY_DSN = ""
    assert errors.start("pages") is False
    assert got_request_exception.receivers == before


@pytest.mark.django_db
def test_log_2_a_report_says_where_and_of_what_kind_and_nothing_else(tracker, settings):
    settings.ROOT_URLCONF = Urls
    nurse = people().nurse
    assert errors.start("pages") is True
    client = signed_in(nurse)
    client.raise_request_exception = False
    answer = client.post("/breaks/?q=" + NAME, {"name": NAME}, headers={"User-Agent": NAME, "X-Name": NAME})
    assert answer.status_code == 500
    errors.stop()
    assert len(tracker.heard) == 1
    report = tracker.heard[0]
    for secret in (NAME, "Zebulon", "Canary", nurse.email, str(nurse.pk), client.cookies["sessionid"].value, "About"):
        assert secret not in report
    event = json.loads(report.splitlines()[-1])
    raised = event["exception"]["values"][-1]
    assert (raised["type"], "value" in raised) == ("ValueError", False)
    assert raised["stacktrace"]["frames"][-1]["function"] == "breaks"
    assert raised["stacktrace"]["frames"][-1]["lineno"] > 1
    assert event["tags"] == {"part": "pages", "request_id": answer.headers["X-Request-ID"]} | {
        "view": event["tags"]["view"]
    }
    assert set(event) <= {*errors.EVENT, "tags", "exception", "contexts"}


def test_log_2_a_failed_task_is_reported_by_its_name_only(tracker):
    errors.start("worker")

    class Task:
        name = "clinic.sweep_outbox"

    try:
        raise LookupError(NAME)
    except LookupError as problem:
        errors._task_failed(sender=Task, exception=problem, args=[NAME], kwargs={"name": NAME})
    errors.stop()
    report = tracker.heard[0]
    assert NAME not in report
    assert "clinic.sweep_outbox" in report
    assert "LookupError" in report


def test_log_2_whatever_the_client_collects_only_the_list_leaves():
    event = {
        "event_id": "1", "user": {"email": NAME}, "request": {"url": NAME, "data": NAME, "cookies": NAME},
        "breadcrumbs": [NAME], "extra": {"a": NAME}, "server_name": NAME, "message": NAME, "logentry": NAME,
        "threads": [NAME], "modules": {NAME: "1"}, "transaction": NAME, "contexts": {"a": NAME}, "spans": [NAME],
        "tags": {"name": NAME, "view": "clinic:home"},
        "exception": {"values": [{"type": "E", "value": NAME, "module": "m", "mechanism": {"data": NAME},
            "stacktrace": {"frames": [{"filename": "f", "lineno": 1, "vars": {"a": NAME}, "context_line": NAME}]}}]},
    }  # fmt: skip
    left = json.dumps(errors.allowed(event, {}))
    assert NAME not in left
    assert json.loads(left)["tags"] == {"view": "clinic:home"}


def test_log_2_a_tracker_in_the_clear_is_refused(monkeypatch):
    monkeypatch.setenv("SENTRY_DSN", "http://key@tracker.example/1")
    assert any("SENTRY_DSN" in reason for reason in refuse.reasons())
    for fit in ("https://key@tracker.example/1", "http://key@127.0.0.1:9000/1", ""):
        monkeypatch.setenv("SENTRY_DSN", fit)
        assert not any("SENTRY_DSN" in reason for reason in refuse.reasons())


def test_log_2_the_pages_work_without_the_tracker(tracker, settings):
    tracker.shutdown()
    settings.SENTRY_DSN = "http://key@127.0.0.1:9/1"
    errors.start("pages")
    assert Client().get("/health/live/").status_code == 200
