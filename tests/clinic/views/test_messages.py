"""The pages of messages: found, one with its history, several sent again, what a patient wants, what texts say."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl

import pytest

from clinic import clock, notify
from clinic.models import AuditEvent, BadAddress, ChannelPause, ContactChoice, Message, TextReply
from clinic.notify import sender
from clinic.notify.base import Transport, TransportError
from clinic.notify.kinds import KINDS
from tests import factories
from tests.people import people, searched, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 13, 16, tzinfo=UTC)


class Refusing(Transport):
    """Refuses everything for good."""

    def send(self, message):
        raise TransportError("refused (554)", permanent=True)


p = standing(people)


def queue(p, key="k1", **more):
    more.setdefault("recipient", p.patient)
    return notify.enqueue("visit_cancelled", site=p.site, dedupe_key=key, due_at=NOON, at=NOON, by=p.front_desk,
                          context={"when": "Thursday"}, **more)  # fmt: skip


def fail(p, monkeypatch, *keys):
    made = [queue(p, key) for key in keys]
    with monkeypatch.context() as patched:
        patched.setattr(sender, "transports", lambda: {"email": Refusing(), "sms": Refusing()})
        sender.sweep(at=NOON)
    return made


def text(user, path, **typed):
    answer = searched(signed_in(user), path, **typed) if typed else signed_in(user).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


FOUND = [("who=oka", True), ("who=okafor+ngozi", True), ("who=zim", False), ("kind=visit_cancelled", True),
         ("kind=diary", False), ("channel=sms", False), ("since=2026-05-13&until=2026-05-13", True),
         ("since=2026-05-14", False), ("until=2026-05-12", False)]  # fmt: skip


@pytest.mark.parametrize(("asked", "found"), FOUND)
def test_the_filter_finds(p, asked, found):
    queue(p)
    assert ("OKAFOR" in text(p.nurse, "/outbox/?show=due", **dict(parse_qsl(asked)))) is found


def test_found_by_phone_and_by_mail(p):
    p.patient.phone = "212 555 0177"
    p.patient.save()
    queue(p)
    assert "OKAFOR" in text(p.nurse, "/outbox/?show=due", who="555 0177")
    assert "OKAFOR" in text(p.nurse, "/outbox/?show=due", who=p.patient.email)


def test_a_day_that_is_none_is_said_to_be_none(p):
    answer = signed_in(p.nurse).get("/outbox/?since=yesterday")
    assert answer.status_code == 422
    assert "yesterday" in answer.content.decode()


def test_a_message_tells_everything_that_happened_to_it(p, monkeypatch):
    (message,) = fail(p, monkeypatch, "k1")
    notify.retry(message=message, by=p.front_desk, at=NOON + timedelta(minutes=1))
    sender.sweep(at=NOON + timedelta(minutes=1))
    page = text(p.nurse, f"/outbox/{message.pk}/")
    steps = ["Put in the outbox", "Taken up to be sent", "refused (554)", "sent again by hand", "Fran Desk"]
    assert [step for step in steps if step not in page] == []
    assert AuditEvent.objects.filter(verb="look clinic:message-show", subject_id=message.pk).exists()
    assert signed_in(p.stranger).get(f"/outbox/{message.pk}/").status_code == 404


def test_all_failed_ones_are_sent_again_by_one_press(p, monkeypatch):
    fail(p, monkeypatch, "k1", "k2", "k3")
    assert "Send all 3 failed ones again" in text(p.front_desk, "/outbox/")
    answer = signed_in(p.front_desk).post("/outbox/again/", follow=True)
    assert "3 messages will be sent again." in answer.content.decode()
    assert set(Message.objects.values_list("state", flat=True)) == {"due"}
    answer = signed_in(p.front_desk).post("/outbox/again/", follow=True)
    assert "nothing left" in answer.content.decode()


def test_a_channel_at_rest_stands_above_the_list(p):
    now = clock.now()
    ChannelPause.objects.create(channel="email", failures=2, since=now, until=now + timedelta(minutes=1),
                                why="the mail server can't be reached")  # fmt: skip
    page = text(p.front_desk, "/outbox/")
    assert "the mail server can&#x27;t be reached" in page
    assert "Text messages are off" in page


def test_what_a_patient_wants_is_written_down_with_how_we_know(p, settings):
    settings.SMS_TRANSPORT = "tests.Phone"
    p.patient.phone = "212 555 0177"
    p.patient.save()
    path = f"/patients/{p.patient.pk}/messages/"
    client = signed_in(p.front_desk)
    answer = client.post(path, {"mail": ["form"], "text": ["reminder"]})
    assert answer.status_code == 422
    assert "Say how the patient told us" in answer.content.decode()
    assert client.post(path, {"mail": ["form"], "text": ["reminder"], "how": "paper"}).status_code == 302
    choices = {(c.channel, c.kind): c for c in ContactChoice.objects.filter(patient=p.patient)}
    assert choices[("sms", "reminder")].agreed_at is not None
    assert choices[("email", "reminder")].opted_out_at is not None
    assert (choices[("sms", "reminder")].how, choices[("sms", "reminder")].recorded_by) == ("paper", p.front_desk)
    page = text(p.nurse, path)
    assert "Text message, visit reminders: agreed" in page
    assert "signed on paper" in page


def test_without_a_provider_texts_are_not_offered(p):
    page = text(p.nurse, f"/patients/{p.patient.pk}/messages/")
    assert "Text messages are not set up at this clinic." in page


def test_the_words_of_a_reply_are_for_clinicians(p):
    TextReply.objects.create(provider_id="x", sender="+1", words="I feel low", meaning="words", received_at=NOON,
                             patient=p.patient, site=p.site)  # fmt: skip
    path = f"/patients/{p.patient.pk}/messages/"
    assert "I feel low" in text(p.nurse, path)
    assert "I feel low" not in text(p.front_desk, path)
    assert "a clinician reads them" in text(p.front_desk, path)


def test_an_address_that_came_back_is_used_again_when_somebody_has_looked(p):
    BadAddress.objects.create(channel="email", address=p.patient.email, since=NOON, code="5.1.1")
    path = f"/patients/{p.patient.pk}/messages/"
    assert "Nothing goes to this address" in text(p.front_desk, path)
    signed_in(p.front_desk).post(f"{path}trust/")
    assert BadAddress.objects.get().cleared_by == p.front_desk
    assert "Nothing goes to this address" not in text(p.front_desk, path)


def test_a_strangers_patient_is_not_there(p):
    assert signed_in(p.stranger).get(f"/patients/{p.patient.pk}/messages/").status_code == 404
    assert signed_in(p.stranger).post(f"/patients/{p.patient.pk}/messages/trust/").status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_is_shown_in_every_language_and_by_every_channel(p, kind):
    page = text(p.nurse, f"/outbox/texts/{kind}/")
    assert "Does not go out as it stands" not in page
    assert "Text message, English" in page


def test_the_clinics_own_words_are_shown_with_their_version(p):
    factories.message_text(kind="visit_cancelled", published_by=p.clinic_admin, body="Off: {when}", subject="Off")
    page = text(p.clinic_admin, "/outbox/texts/visit_cancelled/")
    assert "version 1" in page
    assert "Off: Thursday 14 May at 11:00 am" in page
    assert "Change the words" in page
    assert "Change the words" not in text(p.nurse, "/outbox/texts/visit_cancelled/")
    assert "in 1 of its forms" in text(p.nurse, "/outbox/texts/")
    assert signed_in(p.nurse).get("/outbox/texts/nonsense/").status_code == 404


def test_no_query_more_for_fifty_messages(p, django_assert_max_num_queries):
    for number in range(50):
        queue(p, f"k{number}")
    client = signed_in(p.front_desk)
    client.get("/outbox/?show=due")
    with django_assert_max_num_queries(16):
        client.get("/outbox/?show=due")
