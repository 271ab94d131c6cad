"""The mail catcher: takes what the product sends, keeps it, shows it as text, sends nothing on."""

import subprocess
import sys
import time

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection

from clinic.dev import mail
from clinic.dev.workplace import free_port

pytestmark = pytest.mark.django_db


@pytest.fixture
def catcher(tmp_path, settings):
    """A running catcher; yields a function that sends through it as the worker does."""
    settings.DATA_FOLDER = tmp_path
    (tmp_path / "mail").mkdir()
    port = free_port()
    words = [sys.executable, "-m", "clinic.dev.mailroom", str(port), str(tmp_path / "mail")]
    backend = "django.core.mail.backends.smtp.EmailBackend"

    def send(subject, text, to, html=""):
        message = EmailMultiAlternatives(subject, text, "clinic@example.org", [to])
        if html:
            message.attach_alternative(html, "text/html")
        message.connection = get_connection(backend, host="127.0.0.1", port=port, timeout=5)
        assert message.send() == 1

    with subprocess.Popen(words) as process:
        _wait_for(port)
        yield send
        process.terminate()
        assert process.wait(5) == 0


def _wait_for(port):
    import socket

    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return


def test_mail_is_kept_newest_first_and_found_by_address(catcher, client):
    catcher("First", "Hello", "marie@example.org")
    catcher("Second: Zoë", "Read http://testserver/p/abc/ please", "tom@example.org", html="<p>no</p>")
    assert [kept.subject for kept in mail.newest()] == ["Second: Zoë", "First"]
    assert [kept.subject for kept in mail.newest("MARIE@")] == ["First"]
    page = client.get("/dev/mail/", {"to": "tom"}).content.decode()
    assert "Second: Zoë" in page
    assert "First" not in page
    name = mail.newest("tom")[0].name
    page = client.get(f"/dev/mail/{name}/").content.decode()
    assert 'href="http://testserver/p/abc/"' in page
    assert "&lt;p&gt;no" not in page


def test_markup_in_a_message_stays_text(catcher, client):
    catcher("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a@example.org")
    page = client.get(f"/dev/mail/{mail.newest()[0].name}/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize("name", ["nothing", "..-..-etc-passwd", "0"])
def test_a_message_that_is_not_there_is_not_found(settings, tmp_path, client, name):
    settings.DATA_FOLDER = tmp_path
    assert client.get(f"/dev/mail/{name}/").status_code == 404


def test_an_empty_mail_room_says_what_will_be_there(settings, tmp_path, client):
    settings.DATA_FOLDER = tmp_path
    assert "Messages appear here" in client.get("/dev/mail/").content.decode()
