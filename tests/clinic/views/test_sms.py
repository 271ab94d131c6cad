"""The provider's calls back: nothing is believed without its signature, and each is done once."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from clinic import notify
from clinic.models import ContactChoice, Message, TextReply
from clinic.notify import sender, twilio
from clinic.project import environment
from tests.people import people

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 13, 16, tzinfo=UTC)
IN = "/sms/in/"


@pytest.fixture
def p(settings):
    settings.SMS_API = environment.sms("twilio://AC1:secret@api.twilio.com?from=%2B12125550100")
    made = people()
    made.patient.phone = "212 555 0177"
    made.patient.save()
    return made


@pytest.fixture
def message(p):
    made = notify.enqueue("visit_cancelled", recipient=p.patient, site=p.site, dedupe_key="k1", due_at=NOON, at=NOON,
                          context={"when": "Thursday"})  # fmt: skip
    sender.sweep(at=NOON)
    return made


def call(path, fields, *, signed=True):
    token = twilio.signature(f"http://testserver{path}", fields) if signed else "nonsense"
    client = Client(enforce_csrf_checks=True)
    return client.post(path, fields, headers={"X-Twilio-Signature": token})


def text(words, sid="SM1", **more):
    return {"MessageSid": sid, "From": "+12125550177", "To": "+12125550100", "Body": words} | more


def test_a_stop_is_answered_in_the_call(p):
    p.patient.sites.get()
    answer = call(IN, text("STOP"))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/xml"
    assert "<Message>Harbor clinic: you get no more text messages" in answer.content.decode()
    assert ContactChoice.objects.get(channel="sms", kind="all").opted_out_at is not None


def test_where_the_provider_has_answered_itself_we_say_nothing(p):
    answer = call(IN, text("STOP", OptOutType="STOP"))
    assert "<Message>" not in answer.content.decode()
    assert ContactChoice.objects.get(channel="sms", kind="all").opted_out_at is not None


def test_without_the_providers_signature_nothing_happens(p, message):
    assert call(IN, text("STOP"), signed=False).status_code == 403
    assert call(f"/sms/report/{message.pk}/", {"MessageStatus": "delivered"}, signed=False).status_code == 403
    assert TextReply.objects.count() == 0


def test_a_changed_field_breaks_the_signature(p):
    fields = text("STOP")
    token = twilio.signature(f"http://testserver{IN}", fields)
    answer = Client().post(IN, fields | {"From": "+13125550199"}, headers={"X-Twilio-Signature": token})
    assert answer.status_code == 403


def test_markup_in_a_reply_stays_words(p):
    answer = call(IN, text("<Message>x</Message>"))
    assert answer.content.decode().count("<Message>") == 1


def test_half_a_call_is_said_to_be_half(p):
    assert call(IN, {"Body": "STOP"}).status_code == 422


@pytest.mark.parametrize(
    ("told", "state", "delivery"),
    [
        ("sent", "sent", "accepted"),
        ("delivered", "sent", "delivered"),
        ("undelivered", "failed", "bounced"),
        ("odd", "sent", ""),
    ],
)
def test_a_report_moves_the_message(p, message, told, state, delivery):
    fields = {"MessageStatus": told, "MessageSid": "SM7", "ErrorCode": "30005" if told == "undelivered" else ""}
    assert call(f"/sms/report/{message.pk}/", fields).status_code == 204
    message.refresh_from_db()
    assert (message.state, message.delivery) == (state, delivery)


def test_a_report_about_nothing(p):
    assert call("/sms/report/8b0c1f6e-0000-4000-8000-000000000001/", {"MessageStatus": "sent"}).status_code == 404


def test_while_no_provider_is_set_up_nobody_is_there(p, settings, message):
    fields = text("STOP")
    token = twilio.signature(f"http://testserver{IN}", fields)
    settings.SMS_API = {}
    assert Client().post(IN, fields, headers={"X-Twilio-Signature": token}).status_code == 404
    assert Message.objects.get().state == "sent"
