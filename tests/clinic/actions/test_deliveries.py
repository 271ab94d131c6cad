"""What comes back after a message went out: reports, returned mail, and what follows for the address."""

import io
import uuid
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from django.core.management import call_command

from clinic import notify
from clinic.actions.deliveries import heard
from clinic.models import MESSAGE, AuditEvent, BadAddress, DeliveryReport, Message, Task
from clinic.notify import returned, sender
from clinic.rules.sending import NO_SUCH, after_report
from clinic.states import transition
from tests.people import people
from tests.standing import standing

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 13, 16, tzinfo=UTC)


p = standing(people)


@pytest.fixture
def message(p):
    """A mail that went out at noon."""
    made = notify.enqueue("visit_cancelled", recipient=p.patient, site=p.site, dedupe_key="k1", due_at=NOON, at=NOON,
                          context={"when": "Thursday"})  # fmt: skip
    sender.sweep(at=NOON)
    made.refresh_from_db()
    return made


def say(message, state, code="", **more):
    more.setdefault("source", "provider")
    heard(message=message, state=state, code=code, at=NOON + timedelta(minutes=1), **more)
    message.refresh_from_db()
    return message.state, message.delivery


def test_a_report_is_kept_once_and_shown(message):
    assert say(message, "accepted") == ("sent", "accepted")
    assert say(message, "delivered") == ("sent", "delivered")
    assert say(message, "delivered") == ("sent", "delivered")
    assert DeliveryReport.objects.count() == 2
    assert AuditEvent.objects.filter(verb="message.delivered").count() == 1


def test_a_report_that_comes_late_changes_nothing(message):
    say(message, "delivered")
    assert say(message, "accepted") == ("sent", "delivered")


def test_what_came_back_has_failed_and_the_desk_is_asked_once_a_day(p, message):
    assert say(message, "bounced", "5.2.2") == ("failed", "bounced")
    assert message.last_error == "came back (5.2.2)"
    task = Task.objects.get(kind="message")
    assert (task.for_role, task.patient, task.subject_id) == ("front_desk", p.patient, message.pk)
    assert not BadAddress.objects.exists(), "a full mailbox may be emptied"


def test_nothing_more_goes_to_an_address_that_does_not_exist(p, message):
    say(message, "bounced", "5.1.1", failure=NO_SUCH, source="mail")
    second = notify.enqueue("visit_cancelled", recipient=p.patient, site=p.site, dedupe_key="k2", due_at=NOON, at=NOON,
                            context={"when": "Friday"})  # fmt: skip
    sender.sweep(at=NOON + timedelta(minutes=2))
    second.refresh_from_db()
    assert (second.state, second.attempts) == ("failed", 0)
    assert "came back" in second.last_error


def test_a_person_who_sends_it_again_has_looked_at_the_address(p, message):
    say(message, "bounced", "5.1.1", failure=NO_SUCH, source="mail")
    notify.retry(message=message, by=p.front_desk, at=NOON + timedelta(minutes=3))
    assert BadAddress.objects.get().cleared_by == p.front_desk
    sender.sweep(at=NOON + timedelta(minutes=3))
    message.refresh_from_db()
    assert (message.state, message.delivery) == ("sent", "")


def test_a_corrected_address_is_a_new_one(p, message):
    say(message, "bounced", "5.1.1", failure=NO_SUCH, source="mail")
    p.patient.email = "right@tideline.example"
    p.patient.save()
    second = notify.enqueue("visit_cancelled", recipient=p.patient, site=p.site, dedupe_key="k2", due_at=NOON, at=NOON,
                            context={"when": "Friday"})  # fmt: skip
    sender.sweep(at=NOON + timedelta(minutes=2))
    second.refresh_from_db()
    assert second.state == "sent"


def test_an_unknown_one_that_the_other_side_has_taken_was_sent(message):
    Message.objects.filter(pk=message.pk).update(state="failed")
    message.refresh_from_db()
    for state in ("due", "sending", "unknown"):
        transition(message, state, by=None, at=NOON, machine=MESSAGE)
    assert say(message, "delivered", provider_id="SM9") == ("sent", "delivered")


def test_an_unknown_one_that_was_not_delivered_has_failed(message):
    Message.objects.filter(pk=message.pk).update(state="failed")
    message.refresh_from_db()
    for state in ("due", "sending", "unknown"):
        transition(message, state, by=None, at=NOON, machine=MESSAGE)
    assert say(message, "bounced", "30005", failure=after_report(30005)) == ("failed", "bounced")


def returned_mail(ident, *, action="failed", status="5.1.1", rest="message/rfc822"):
    """A notice as mail servers write it (RFC 3464)."""
    whole = MIMEMultipart("report", report_type="delivery-status")
    whole["From"], whole["To"], whole["Subject"] = (
        "MAILER-DAEMON@mx.example",
        "returned@tideline.example",
        "Undelivered",
    )
    whole.attach(MIMEText("Your message could not be delivered."))
    status_part = MIMEBase("message", "delivery-status")
    status_part.set_payload([_fields({"Reporting-MTA": "dns; mx.example"}), _fields(
        {"Final-Recipient": "rfc822; x@tideline.example", "Action": action, "Status": status})])  # fmt: skip
    whole.attach(status_part)
    original = EmailMessage()
    original["Message-ID"], original["Subject"] = f"<{ident}@tideline.example>", "Harbor: your visit"
    original.set_content("Hello")
    if rest == "message/rfc822":
        part = MIMEBase("message", "rfc822")
        part.attach(original)
    else:
        part = MIMEText(f"Message-ID: <{ident}@tideline.example>\nSubject: x\n", "rfc822-headers")
    whole.attach(part)
    return whole.as_bytes()


def _fields(told):
    block = EmailMessage()
    for name, value in told.items():
        block[name] = value
    return block


@pytest.mark.parametrize("rest", ["message/rfc822", "text/rfc822-headers"])
def test_a_returned_mail_is_read(rest):
    ident = uuid.uuid4()
    notice = returned.read(returned_mail(ident, rest=rest))
    assert (notice.message_id, notice.state, notice.status, notice.failure) == (ident, "bounced", "5.1.1", NO_SUCH)


def test_a_delay_is_no_failure():
    notice = returned.read(returned_mail(uuid.uuid4(), action="delayed", status="4.4.1"))
    assert (notice.state, notice.failure.permanent) == ("delayed", False)


@pytest.mark.parametrize("mail", [b"", b"Subject: I am on holiday\r\n\r\nBack on Monday", b"\xff\xfe\x00 rubbish"])
def test_any_other_mail_is_let_go(mail):
    assert returned.read(mail) is None


def test_the_command_that_a_mail_server_pipes_into(message, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(returned_mail(message.pk))))
    call_command("take_returned_mail")
    message.refresh_from_db()
    assert (message.state, message.delivery) == ("failed", "bounced")
    assert BadAddress.objects.get().address == message.address
    assert "tideline.example" not in capsys.readouterr().out
