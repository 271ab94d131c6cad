"""A message goes out once, or says why not."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from clinic import notify
from clinic.actions.alerts import raise_alert
from clinic.models import AuditEvent, Message, PatientLink
from clinic.notify import sender
from clinic.notify.base import Transport, TransportError
from clinic.refusal import Refused
from tests import factories
from tests.people import people
from tests.standing import standing

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 13, 16, tzinfo=UTC)  # noon in New York
NIGHT = datetime(2026, 5, 14, 3, tzinfo=UTC)  # 23:00 in New York


p = standing(people)


def queue(p, key="k1", kind="visit_cancelled", due_at=NOON, **more):
    more.setdefault("context", {"when": "Thursday 14 May at 2:05 pm"})
    return notify.enqueue(kind, recipient=p.patient, site=p.site, dedupe_key=key, due_at=due_at, at=NOON, **more)


def state(message):
    message.refresh_from_db()
    return message.state


class Scripted(Transport):
    """A mail server that misbehaves as told: one answer a message."""

    def __init__(self, *answers):
        self.answers, self.sent = list(answers), []

    def send(self, message):
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, Exception):
            raise answer
        self.sent.append(message)
        return "id"


def use(monkeypatch, transport):
    monkeypatch.setattr(sender, "transports", lambda: {"email": transport, "sms": transport})
    return transport


def test_it_is_sent_once_by_mail(p):
    message = queue(p)
    assert sender.sweep(at=NOON) == 1
    assert sender.sweep(at=NOON + timedelta(minutes=1)) == 0
    assert state(message) == "sent"
    (sent,) = mail.outbox
    assert sent.to == [p.patient.email]
    assert sent.extra_headers["Message-ID"] == f"<{message.pk}@tideline.example>"
    assert (message.address, message.attempts, message.sent_at) == (p.patient.email, 1, NOON)


def test_the_same_key_is_one_row(p):
    assert queue(p).pk == queue(p).pk
    assert Message.objects.count() == 1


def test_nothing_goes_before_it_is_due(p):
    message = queue(p, due_at=NOON + timedelta(hours=1))
    assert sender.sweep(at=NOON) == 0
    assert state(message) == "due"


def test_a_mail_that_is_no_longer_of_use_is_withdrawn(p):
    message = queue(p, expires_at=NOON + timedelta(minutes=5))
    sender.sweep(at=NOON + timedelta(minutes=5))
    assert (state(message), message.last_error) == ("withdrawn", "too late to be of use")
    assert mail.outbox == []


def test_withdrawing_stops_what_is_still_due(p):
    visit = factories.appointment(of=p.patient, at_site=p.site, starts_at=NOON + timedelta(days=3))
    message = queue(p, subject_kind="clinic.appointment", subject_id=visit.pk)
    other = queue(p, key="k2")
    assert notify.withdraw(subject_kind="clinic.appointment", subject_id=visit.pk, reason="cancelled", at=NOON) == 1
    sender.sweep(at=NOON)
    assert (state(message), state(other)) == ("withdrawn", "sent")


def test_a_visits_time_is_the_one_it_has_when_it_is_sent(p):
    visit = factories.appointment(of=p.patient, at_site=p.site, starts_at=datetime(2026, 5, 14, 18, 5, tzinfo=UTC))
    queue(p, subject_kind="clinic.appointment", subject_id=visit.pk, context={"when": "an old time"})
    sender.sweep(at=NOON)
    assert "Thursday 14 May at 2:05 pm" in mail.outbox[0].body


OPT_OUTS = [("all", "reminder_hours", False), ("reminder", "reminder_hours", False), ("diary", "reminder_hours", True),
            ("all", "visit_cancelled", True)]  # fmt: skip


@pytest.mark.parametrize(("kind", "message_kind", "goes"), OPT_OUTS)
def test_opting_out_stops_it(p, kind, message_kind, goes):
    message = queue(p, kind=message_kind)
    notify.stop(patient=p.patient, by=p.patient, kind=kind, at=NOON)
    sender.sweep(at=NOON)
    assert (state(message) == "sent") is goes


def test_opting_in_again(p):
    notify.stop(patient=p.patient, by=p.patient, at=NOON)
    notify.start(patient=p.patient, by=p.front_desk, at=NOON)
    message = queue(p, kind="reminder_hours")
    sender.sweep(at=NOON)
    assert state(message) == "sent"


def test_quiet_hours_in_the_patients_own_zone_delay_it(p):
    message = queue(p, due_at=NIGHT)
    sender.sweep(at=NIGHT)
    assert (state(message), message.next_attempt_at) == ("due", datetime(2026, 5, 14, 12, tzinfo=UTC))
    sender.sweep(at=datetime(2026, 5, 14, 12, tzinfo=UTC))
    assert state(message) == "sent"
    assert message.attempts == 1


def test_a_traveller_is_not_woken(p):
    p.patient.zone_name = "Asia/Tokyo"
    p.patient.save()
    message = queue(p)
    sender.sweep(at=NOON)  # 01:00 in Tokyo
    assert message.next_attempt_at < Message.objects.get(pk=message.pk).next_attempt_at


def test_a_code_does_not_wait_for_the_morning(p):
    link, _ = factories.link(of=p.patient, at_site=p.site)
    code = link.codes.create(code_hash="x", made_at=NIGHT, expires_at=NIGHT + timedelta(minutes=10))
    queue(p, kind="link_code", due_at=NIGHT, subject_kind="clinic.linkcode", subject_id=code.pk, context={})
    sender.sweep(at=NIGHT)
    assert len(mail.outbox) == 1


def test_staff_has_no_quiet_hours(p):
    raise_alert("call_me", patient=p.patient, site=p.site, words="Call me", by=p.patient, at=NIGHT)
    sender.sweep(at=NIGHT)
    assert [p.nurse.email] in [letter.to for letter in mail.outbox]


def test_a_failure_is_tried_again_on_a_ladder_and_then_gives_up(p, monkeypatch):
    way = use(monkeypatch, Scripted(*[TransportError("busy")] * 5))
    message, at, waits = queue(p), NOON, []
    for _ in range(5):
        sender.sweep(at=at)
        message.refresh_from_db()
        waits.append((message.next_attempt_at - at).total_seconds() / 60 if message.state == "due" else message.state)
        at = message.next_attempt_at
    assert waits == [1, 5, 15, 60, "failed"]
    assert (message.attempts, message.last_error, way.sent) == (5, "busy", [])


def test_a_hard_bounce_is_not_tried_again(p, monkeypatch):
    use(monkeypatch, Scripted(TransportError("address refused (550)", permanent=True)))
    message = queue(p)
    sender.sweep(at=NOON)
    assert (state(message), message.attempts) == ("failed", 1)


def test_a_line_that_breaks_while_sending_is_unknown_and_left_to_a_person(p, monkeypatch):
    way = use(monkeypatch, Scripted(TransportError("the line broke while sending", uncertain=True)))
    message = queue(p)
    sender.sweep(at=NOON)
    sender.sweep(at=NOON + timedelta(hours=5))
    assert (state(message), way.sent) == ("unknown", [])


def test_a_worker_that_died_while_sending_leaves_unknown_after_ten_minutes(p):
    message = queue(p)
    assert sender.claim("a worker", at=NOON).state == "sending"
    sender.sweep(at=NOON + timedelta(minutes=10))
    assert state(message) == "sending"
    sender.sweep(at=NOON + timedelta(minutes=11))
    assert state(message) == "unknown"
    assert mail.outbox == []


def test_one_bad_row_does_not_hold_up_the_others(p):
    poison = [
        queue(p, key=f"bad{n}", context=context) for n, context in enumerate([{}, {"when": "your ketamine visit"}])
    ]
    strange = queue(p, key="bad2")
    Message.objects.filter(pk=strange.pk).update(kind="no_such_kind")
    gone = queue(p, key="bad3", subject_kind="clinic.appointment", subject_id=p.patient.pk)
    good = queue(p, key="good", due_at=NOON + timedelta(seconds=1))
    sender.sweep(at=NOON + timedelta(minutes=1))
    assert [state(m) for m in (*poison, strange, gone)] == ["failed"] * 4
    assert state(good) == "sent"
    assert "ketamine" in poison[1].last_error
    assert all(p.patient.family_name not in m.last_error for m in (*poison, gone))


def test_without_an_address_it_fails_and_says_so(p):
    message = queue(p)
    p.patient.email = ""
    p.patient.save()
    sender.sweep(at=NOON)
    assert (state(message), message.last_error) == ("failed", "no address on record")


def test_text_messages_are_off_and_say_so(p):
    p.patient.email, p.patient.phone = "", "555 0100"
    p.patient.save()
    message = queue(p)
    sender.sweep(at=NOON)
    assert (message.channel, state(message), message.last_error) == ("sms", "failed", "text messages are not set up")


def test_a_link_is_made_when_it_is_sent_and_stands_in_no_row(p):
    version = factories.protocol_version(approved_by=p.prescriber)
    course = factories.course(of=p.patient, at_site=p.site, prescriber=p.prescriber, version=version)
    message = queue(
        p, kind="diary", subject_kind="clinic.course", subject_id=course.pk, context={"local_day": "2026-05-13"}
    )
    assert PatientLink.objects.count() == 0
    sender.sweep(at=NOON)
    link = PatientLink.objects.get(purpose="diary")
    assert (link.subject_id, str(link.local_day)) == (course.pk, "2026-05-13")
    token = mail.outbox[0].body.partition("/p/")[2].partition("/")[0]
    assert len(token) >= 43
    assert token not in str(Message.objects.filter(pk=message.pk).values().get())
    assert not AuditEvent.objects.filter(detail__icontains=token).exists()


def test_what_can_be_stopped_says_how(p):
    queue(p, kind="reminder_hours")
    queue(p, key="k2", due_at=NOON + timedelta(seconds=1))
    sender.sweep(at=NOON + timedelta(seconds=2))
    reminder, cancelled = mail.outbox
    assert "No more messages like this: http" in reminder.body
    assert reminder.extra_headers["List-Unsubscribe"].startswith("<http")
    assert "No more messages" not in cancelled.body


def test_a_published_text_wins_and_is_kept_with_the_message(p):
    text = factories.message_text(
        kind="visit_cancelled", published_by=p.clinic_admin, subject="Off: {when}", body="Off: {when} {phone}"
    )
    message = queue(p)
    sender.sweep(at=NOON)
    assert mail.outbox[0].subject.startswith("Off: Thursday")
    message.refresh_from_db()
    assert message.text == text


def test_a_person_sends_it_again_or_settles_it(p, monkeypatch):
    use(monkeypatch, Scripted(TransportError("x", uncertain=True), TransportError("y", uncertain=True)))
    first, second = queue(p), queue(p, key="k2", due_at=NOON + timedelta(seconds=1))
    sender.sweep(at=NOON + timedelta(seconds=1))
    notify.retry(message=first, by=p.front_desk, at=NOON)
    notify.resolve(message=second, went_out=True, by=p.front_desk, at=NOON)
    assert (state(first), first.attempts, state(second), second.resolved_by) == ("due", 0, "sent", p.front_desk)
    sender.sweep(at=NOON)
    assert state(first) == "sent"


def test_what_is_sent_cannot_be_sent_again(p):
    message = queue(p)
    sender.sweep(at=NOON)
    with pytest.raises(Refused):
        notify.retry(message=message, by=p.front_desk)


def test_an_unknown_kind_is_refused_when_it_is_queued(p):
    with pytest.raises(KeyError):
        queue(p, kind="nonsense")


def test_every_step_is_audited(p):
    message = queue(p)
    sender.sweep(at=NOON)
    assert set(AuditEvent.objects.filter(subject_id=message.pk).values_list("verb", flat=True)) == {
        "message.queued",
        "message.sent",
    }


def test_when_words_say_whose_time_it_is():
    from zoneinfo import ZoneInfo

    starts_at = datetime(2026, 5, 14, 18, 5, tzinfo=UTC)
    york, chicago, toronto = ZoneInfo("America/New_York"), ZoneInfo("America/Chicago"), ZoneInfo("America/Toronto")
    assert notify.when_words(starts_at, york, toronto) == "Thursday 14 May at 2:05 pm"
    assert notify.when_words(starts_at, york, chicago) == "Thursday 14 May at 2:05 pm (New York time)"


def test_the_worker_is_woken_through_our_own_broker(settings):
    from celery import current_app

    assert current_app.main == "tideline"
    assert current_app.conf.broker_url == settings.CELERY_BROKER_URL
