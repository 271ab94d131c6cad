"""When background work stands still the admins are told, once, and once more when it runs again."""

from datetime import UTC, datetime, timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from clinic.actions import standstill
from clinic.models import AuditEvent, Heartbeat
from clinic.project import watch
from tests.people import people, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 13, 16, tzinfo=UTC)
LATE = timedelta(minutes=4)


p = standing(people)


def beat(at):
    Heartbeat.objects.update_or_create(part="beat", defaults={"at": at})


def test_nobody_is_told_while_it_ticks(p):
    beat(NOON)
    assert standstill.look(at=NOON + timedelta(minutes=2)) == ""
    assert mail.outbox == []


def test_the_admins_are_told_once_and_when_it_runs_again(p, settings):
    settings.ALARM_ADDRESSES = ["it@tideline.example"]
    beat(NOON)
    assert standstill.look(at=NOON + LATE) == "stands"
    assert standstill.look(at=NOON + 2 * LATE) == ""
    told = [p.clinic_admin.email, p.away["clinic_admin"].email, "it@tideline.example"]
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(told)
    assert "13-May-2026 16:00 UTC" in mail.outbox[0].body
    beat(NOON + 3 * LATE)
    assert standstill.look(at=NOON + 3 * LATE) == "runs"
    assert standstill.look(at=NOON + 3 * LATE) == ""
    assert len(mail.outbox) == 6
    assert set(AuditEvent.objects.values_list("verb", flat=True)) == {"standstill.stands", "standstill.runs"}


def test_the_next_standstill_is_told_again(p):
    beat(NOON)
    standstill.look(at=NOON + LATE)
    beat(NOON + 3 * LATE)
    standstill.look(at=NOON + 3 * LATE)
    assert standstill.look(at=NOON + 5 * LATE) == "stands"


def test_work_that_never_began_stands_still_too(p):
    assert standstill.look(at=NOON) == "stands"


def test_a_mail_server_that_is_away_is_tried_again(p, monkeypatch):
    beat(NOON)

    def refuse(self, messages):
        raise SMTPException("away")

    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", refuse)
        with pytest.raises(SMTPException):
            standstill.look(at=NOON + LATE)
    assert standstill.look(at=NOON + LATE) == "stands"


def test_whoever_watches_is_patient_after_a_start_and_survives_trouble(monkeypatch, caplog):
    looks = []

    def look():
        looks.append(1)
        raise SMTPException("away")

    monkeypatch.setattr(standstill, "look", look)
    patient = watch.Watch()
    patient.look()
    assert looks == []
    eager = watch.Watch(patience=0)
    eager.look()
    eager.look()
    assert looks == [1], "once a minute"
    assert "could not be told" in caplog.text


def test_the_page_says_how_the_system_runs(p):
    page = signed_in(p.clinic_admin).get("/health/").content.decode()
    assert "Something needs a look" in page
    assert "has never given a sign of life" in page
    assert signed_in(p.nurse).get("/health/").status_code == 403
