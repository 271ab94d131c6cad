"""Whoever answers a text message: stop, start, help, yes, or words that a person reads. Each once."""

from datetime import UTC, datetime, timedelta

import pytest

from clinic import notify
from clinic.actions.replies import take_reply
from clinic.models import Alert, Appointment, AuditEvent, ContactChoice, Message, Task, TextReply
from clinic.notify import sender
from clinic.notify.base import Transport
from tests import factories
from tests.people import people

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 13, 16, tzinfo=UTC)
VISIT = NOON + timedelta(days=1)


class Phone(Transport):
    """Takes every text message."""

    def __init__(self):
        self.sent = []

    def send(self, message):
        self.sent.append(message)
        return f"SM{len(self.sent)}"


@pytest.fixture
def phone(monkeypatch, settings):
    settings.SMS_TRANSPORT = "tests.Phone"
    way = Phone()
    monkeypatch.setattr(sender, "transports", lambda: {"email": way, "sms": way})
    return way


@pytest.fixture
def p(phone):
    made = people()
    made.patient.phone = "212 555 0177"
    made.patient.save()
    return made


@pytest.fixture
def visit(p):
    return factories.appointment(of=p.patient, at_site=p.site, starts_at=VISIT)


def remind(p, visit, key="k1", at=NOON):
    notify.start(patient=p.patient, by=p.patient, channel="sms", at=at)
    made = notify.enqueue("reminder_day", recipient=p.patient, site=p.site, dedupe_key=key, due_at=at, at=at,
                          subject_kind="clinic.appointment", subject_id=visit.pk)  # fmt: skip
    sender.sweep(at=at)
    made.refresh_from_db()
    return made


def answer(words, *, sid="IN1", sender_="+12125550177", at=NOON + timedelta(minutes=5)):
    return take_reply(provider_id=sid, sender=sender_, words=words, at=at)


def test_a_text_message_is_short_and_says_how_to_stop(p, visit, phone):
    message = remind(p, visit)
    assert (message.channel, message.state, message.provider_id) == ("sms", "sent", "SM1")
    (sent,) = phone.sent
    assert sent.body.startswith("Harbor clinic: your visit is on Thursday 14 May")
    assert sent.body.endswith("Reply STOP to end.")
    assert "/p/" in sent.body


def test_stop_holds_at_once_and_is_confirmed_once(p, visit, phone):
    remind(p, visit)
    reply, said = answer("Stop.")
    assert (reply.patient, reply.meaning) == (p.patient, "stop")
    assert "you get no more text messages" in said
    choice = ContactChoice.objects.get(patient=p.patient, channel="sms", kind="all")
    assert (choice.opted_out_at is not None, choice.how) == (True, "reply")
    assert answer("STOP", sid="IN2")[1] == ""
    late = notify.enqueue("visit_cancelled", recipient=p.patient, site=p.site, dedupe_key="k2", due_at=NOON, at=NOON,
                          channel="sms", context={"when": "x"})  # fmt: skip
    sender.sweep(at=NOON + timedelta(minutes=6))
    late.refresh_from_db()
    assert (late.state, late.last_error) == ("withdrawn", "the patient replied STOP to text messages")
    assert len(phone.sent) == 1


def test_the_provider_tells_it_twice_and_it_is_done_once(p, visit):
    remind(p, visit)
    answer("STOP")
    notify.start(patient=p.patient, by=p.patient, channel="sms", at=NOON + timedelta(minutes=7))
    assert answer("STOP")[1] == ""
    assert TextReply.objects.count() == 1
    assert ContactChoice.objects.get(channel="sms", kind="all").opted_out_at is None


def test_start_is_a_consent_with_its_proof(p, visit):
    remind(p, visit)
    answer("stop")
    _, said = answer("START", sid="IN2")
    assert "again" in said
    choice = ContactChoice.objects.get(patient=p.patient, channel="sms", kind="all")
    assert (choice.opted_out_at, choice.how, choice.agreed_at) == (None, "reply", NOON + timedelta(minutes=5))
    assert AuditEvent.objects.filter(verb="contact.started", subject_id=choice.pk).count() == 2


def test_help_names_the_clinic_and_its_phone(p, visit):
    remind(p, visit)
    assert (
        answer("HELP")[1] == "Harbor clinic: we remind you of your visits. Questions? Call 555 0100. Reply STOP to end."
    )


def test_yes_confirms_the_visit_of_the_reminder(p, visit):
    remind(p, visit)
    _, said = answer("Yes")
    visit.refresh_from_db()
    assert visit.state == "confirmed"
    assert said == "Harbor clinic: thank you. We expect you on Thursday 14 May at 12 noon."


def test_yes_to_a_visit_that_is_off_reaches_a_person(p, visit):
    remind(p, visit)
    Appointment.objects.filter(pk=visit.pk).update(state="cancelled")
    _, said = answer("Yes")
    assert "please call us" in said
    assert Task.objects.filter(kind="message", patient=p.patient).count() == 1


def test_yes_without_a_reminder_reaches_a_person(p):
    factories.link(of=p.patient, at_site=p.site)
    answer("yes")
    assert Task.objects.filter(kind="message", for_role="nurse").count() == 1


def test_words_of_their_own_reach_a_nurse_and_not_the_desk(p, visit):
    remind(p, visit)
    _, said = answer("I have a fever since last night")
    task = Task.objects.get(kind="message")
    assert (task.for_role, task.details) == ("nurse", "I have a fever since last night")
    assert "fever" not in task.title + task.neutral_title
    assert "Somebody reads this while we are open" in said


def test_words_of_dying_raise_an_alert_the_same_minute_whatever_else_they_mean(p, visit):
    remind(p, visit)
    _, said = answer("Stop, I want to die")
    alert = Alert.objects.get()
    assert (alert.kind, alert.patient) == ("suicide", p.patient)
    assert "988" in said
    assert "911" in said


def test_one_phone_of_two_people_stops_for_both(p, visit):
    other = factories.patient(at_site=p.site, given_name="Kemi", phone="+1 212 555 0177")
    remind(p, visit)
    reply, _ = answer("STOP")
    assert reply.patient == p.patient, "who was written to last"
    assert ContactChoice.objects.filter(patient__in=[p.patient, other], opted_out_at__isnull=False).count() == 2


def test_a_number_nobody_knows_learns_nothing(p):
    reply, said = answer("I want to come", sender_="+13125550199")
    assert (reply.patient, said) == (None, "")
    assert Message.objects.count() == 0


def test_the_provider_itself_was_told_stop(p, visit, phone, monkeypatch):
    from clinic.notify.base import TransportError
    from clinic.rules.sending import REFUSES_US

    def refuse(message):
        raise TransportError("refused by the SMS provider (21610)", REFUSES_US)

    monkeypatch.setattr(phone, "send", refuse)
    assert remind(p, visit).state == "failed"
    assert ContactChoice.objects.get(channel="sms", kind="all").opted_out_at is not None
