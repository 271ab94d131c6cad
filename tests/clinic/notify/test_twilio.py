"""Text messages against a stand-in of the provider that misbehaves: what is certain is done, the rest left open."""

import base64
import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from django.core.exceptions import ImproperlyConfigured

from clinic.notify import twilio
from clinic.notify.base import Outgoing, TransportError
from clinic.notify.sms import can_text, transport
from clinic.notify.twilio import TwilioTransport
from clinic.project import environment

MESSAGE = Outgoing(
    "8b0c1f6e-0000-4000-8000-000000000001", "reminder_hours", "212 555 0177", "", "Harbor: see you at 2 pm"
)
TAKEN = (201, {"sid": "SM1", "status": "queued"})


class Provider:
    """Answers as told, one answer a request; "hang up" closes the line, "slow" answers too late."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def next(self):
        return self.answers.pop(0) if self.answers else TAKEN


@contextmanager
def serving(provider):
    """The stand-in on a free port of this machine; yields the port."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            provider.asked.append({"path": self.path, "auth": self.headers["Authorization"], "form": parse_qs(body)})
            answer = provider.next()
            if answer == "hang up":
                self.close_connection = True
                self.connection.close()
                return
            if answer == "slow":
                time.sleep(1.5)
                answer = TAKEN
            status, told, *headers = answer
            data = told if isinstance(told, bytes) else json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            for name, value in (headers[0] if headers else {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args):
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    running = threading.Thread(target=server.serve_forever, daemon=True)
    running.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def provider(settings, monkeypatch):
    """A function that starts the stand-in with these answers and points the settings at it."""
    monkeypatch.setattr(twilio, "TIMEOUT_SECONDS", 1)
    running = []

    def start(*answers, query="from=%2B12125550100"):
        told = Provider(*answers)
        place = serving(told)
        port = place.__enter__()
        running.append(place)
        settings.SMS_API = environment.sms(f"twilio+http://AC1:secret@127.0.0.1:{port}?{query}")
        settings.SMS_TRANSPORT = "clinic.notify.twilio.TwilioTransport"
        return told

    yield start
    for place in running:
        place.__exit__(None, None, None)


def send(message=MESSAGE):
    with TwilioTransport() as way:
        return way.send(message)


def test_it_says_what_the_documented_interface_asks_for(provider, settings):
    told = provider()
    assert send() == "SM1"
    (asked,) = told.asked
    assert asked["path"] == "/2010-04-01/Accounts/AC1/Messages.json"
    assert base64.b64decode(asked["auth"].removeprefix("Basic ")) == b"AC1:secret"
    assert asked["form"] == {
        "To": ["+12125550177"],
        "From": ["+12125550100"],
        "Body": ["Harbor: see you at 2 pm"],
        "StatusCallback": [f"{settings.BASE_URL}/sms/report/{MESSAGE.ident}/"],
    }


def test_a_messaging_service_instead_of_a_number(provider):
    told = provider(query="service=MG1")
    send()
    assert told.asked[0]["form"]["MessagingServiceSid"] == ["MG1"]
    assert "From" not in told.asked[0]["form"]


def test_one_line_for_several_messages(provider):
    told = provider()
    with TwilioTransport() as way:
        line = {id(way.line) for _ in range(3) if way.send(MESSAGE)}
    assert len(line) == 1
    assert len(told.asked) == 3


ANSWERS = [
    ("no such number", (400, {"code": 21211}), {"permanent", "bad_address"}),
    ("they replied STOP", (400, {"code": 21610}), {"permanent", "stopped"}),
    ("wrong credentials", (401, {"code": 20003}), {"away"}),
    ("too fast", (429, {"code": 20429}, {"Retry-After": "7"}), {"away"}),
    ("their server broke", (500, {"code": 20500}), {"uncertain"}),
    ("their gateway broke", (502, b"<html>bad gateway</html>"), {"uncertain"}),
    ("under maintenance", (503, b""), {"away"}),
    ("the line breaks after the request", "hang up", {"uncertain"}),
    ("no answer in time", "slow", {"uncertain"}),
    ("something else is wrong with it", (400, {"code": 21617}), {"permanent"}),
]


@pytest.mark.parametrize(("answer", "known"), [row[1:] for row in ANSWERS], ids=[row[0] for row in ANSWERS])
def test_what_is_known_after_a_failure(provider, answer, known):
    provider(answer)
    with pytest.raises(TransportError) as problem:
        send()
    failure = problem.value.failure
    assert {
        name for name in ("permanent", "uncertain", "away", "bad_address", "stopped") if getattr(failure, name)
    } == known
    assert "5550177" not in problem.value.code.replace(" ", "")
    assert problem.value.wait == (7 if "Retry-After" in str(answer) else 0)


def test_it_goes_on_after_a_broken_line(provider):
    told = provider("hang up", TAKEN)
    with TwilioTransport() as way:
        with pytest.raises(TransportError):
            way.send(MESSAGE)
        assert way.send(MESSAGE) == "SM1"
    assert len(told.asked) == 2


def test_nobody_at_home_is_certain(provider, settings):
    provider()
    settings.SMS_API = settings.SMS_API | {"port": 1}
    with pytest.raises(TransportError, match="can't be reached") as problem:
        send()
    assert problem.value.failure.away


def test_not_a_number_never_leaves(provider):
    told = provider()
    with pytest.raises(TransportError) as problem:
        send(Outgoing("x", "y", "555 0100", "", "Hello"))
    assert problem.value.failure.bad_address
    assert told.asked == []


def test_without_credentials_it_is_off_and_says_so(settings):
    assert not can_text()
    with pytest.raises(TransportError, match="text messages are not set up"):
        transport().send(MESSAGE)


@pytest.mark.parametrize("url", ["twilio://AC1@api.twilio.com?from=1", "https://AC1:x@api.twilio.com?from=1",
                                 "twilio://AC1:x@api.twilio.com", "twilio://AC1:x@api.twilio.com?from=1&service=MG",
                                 "twilio+http://AC1:x@api.twilio.com?from=1"])  # fmt: skip
def test_settings_that_make_no_sense_stop_the_start(url):
    with pytest.raises(ImproperlyConfigured, match="SMS_URL reads"):
        environment.sms(url)


def test_the_signature_is_the_documented_one(settings):
    """The worked example of the provider's documentation, its address and fields."""
    settings.SMS_API = {"token": "12345"}
    fields = {"CallSid": "CA1234567890ABCDE", "Caller": "+14158675310", "Digits": "1234", "From": "+14158675310",
              "To": "+18005551212"}  # fmt: skip
    url = "https://example.com/myapp.php?foo=1&bar=2"
    assert twilio.signature(url, fields) == "L/OH5YylLD5NRKLltdqwSvS0BnU="
