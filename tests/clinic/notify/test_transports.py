"""Mail against servers that misbehave: what is certain is tried again or given up, what is not is left to a person."""

import asyncio
import socket

import pytest
from aiosmtpd.controller import Controller

from clinic.notify.base import Outgoing, TransportError
from clinic.notify.email import EmailTransport
from clinic.notify.log import LogTransport
from clinic.notify.sms import SmsTransport

MESSAGE = Outgoing("id-1", "visit_booked", "ngozi@tideline.example", "Your visit", "Hello", "https://x.example/p/s")


class Server:
    """Says what it was told to say; "hang up" breaks the line after the message was handed over."""

    def __init__(self, rcpt="250 ok", data="250 ok"):
        self.rcpt, self.data, self.got = rcpt, data, []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server, session, envelope):
        self.got.append(envelope.content.decode())
        if self.data == "hang up":
            server.transport.abort()
            await asyncio.sleep(0.05)
            return "250 too late"
        return self.data


@pytest.fixture
def mail_server(settings):
    """A function that starts a server with these answers and points Django's mail at it."""
    running = []

    def start(**answers):
        told = Server(**answers)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = Controller(told, hostname="127.0.0.1", port=port)
        server.start()
        running.append(server)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        return told

    yield start
    for server in running:
        server.stop()


def send(message=MESSAGE):
    with EmailTransport() as way:
        return way.send(message)


def test_one_line_for_several_mails(mail_server):
    told = mail_server()
    with EmailTransport() as way:
        assert [way.send(MESSAGE) for _ in range(3)] == ["<id-1@tideline.example>"] * 3
    assert len(told.got) == 3
    assert "List-Unsubscribe: <https://x.example/p/s>" in told.got[0]
    assert "Auto-Submitted: auto-generated" in told.got[0]


ANSWERS = [
    ("an address refused for good", {"rcpt": "550 no such person"}, True, False),
    ("an address refused for now", {"rcpt": "450 try later"}, False, False),
    ("a message refused for good", {"data": "554 no"}, True, False),
    ("a message refused for now", {"data": "451 busy"}, False, False),
    ("the line breaks after handing over", {"data": "hang up"}, False, True),
]


@pytest.mark.parametrize(("answers", "permanent", "uncertain"), [a[1:] for a in ANSWERS], ids=[a[0] for a in ANSWERS])
def test_what_is_known_after_a_failure(mail_server, answers, permanent, uncertain):
    mail_server(**answers)
    with pytest.raises(TransportError) as problem:
        send()
    assert (problem.value.permanent, problem.value.uncertain) == (permanent, uncertain)
    assert "ngozi" not in problem.value.code


def test_nobody_at_home_is_tried_again(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free.getsockname()[1]
        with pytest.raises(TransportError) as problem:
            send()
    assert (problem.value.permanent, problem.value.uncertain) == (False, False)


def test_a_subject_with_two_lines_is_refused_for_good():
    with pytest.raises(TransportError) as problem:
        send(Outgoing("id", "x", "a@b.example", "two\nlines", "body"))
    assert problem.value.permanent


def test_text_messages_are_off():
    with pytest.raises(TransportError, match="not set up"):
        SmsTransport().send(MESSAGE)


def test_a_log_holds_neither_address_nor_words(caplog):
    with caplog.at_level("INFO"):
        LogTransport().send(MESSAGE)
    assert "id-1" in caplog.text
    assert "ngozi" not in caplog.text
    assert "x.example" not in caplog.text
