"""Messages: the patient's own pages, the inbox, who may read what, files refused, nothing typed lost."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic.models import Alert, AuditEvent
from followup.actions import talks
from followup.models import Talk, TalkMessage
from tests import factories
from tests.people import by_link, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(p):
    return by_link(p.patient, p.site, "messages")[0]


def write(p, words="Is it normal to be tired?", topic="health", **fields):
    return talks.write(patient=p.patient, site=p.site, words=words, by=p.patient, topic=topic, **fields).talk


def new(client, **fields):
    typed = {"client_id": str(uuid.uuid4()), "topic": "visit", "words": "May I come later?"} | fields
    return client.post("/my-messages/new/", typed)


def test_the_patient_writes_and_reads_the_answer(client, p):
    assert b"No messages yet" in client.get("/my-messages/").content
    there = new(client).url
    assert b"Your message is sent" in client.get(there).content
    talk = Talk.objects.get()
    talks.answer(talk=talk, words="Yes, at ten.", by=p.front_desk, seen=1)
    assert b"New answer" in client.get("/my-messages/").content
    assert b"Yes, at ten." in client.get(f"/my-messages/{talk.pk}/").content
    assert b"New answer" not in client.get("/my-messages/").content


@pytest.mark.parametrize("fields", [{"words": " "}, {"topic": ""}, {"topic": "money"}, {"words": "x" * 2001}])
def test_what_cannot_be_sent_is_said_in_place(client, fields):
    assert new(client, **fields).status_code == 422
    assert not TalkMessage.objects.exists()


def test_a_file_is_refused_in_words_and_the_words_stay(client):
    answer = new(client, words="Look at this", photo=SimpleUploadedFile("a.png", b"png"))
    assert answer.status_code == 422
    assert b"take pictures or files here" in answer.content
    assert b"Look at this" in answer.content
    assert not TalkMessage.objects.exists()


def test_crisis_words_bring_help_and_an_alert(client):
    there = new(client, topic="visit", words="I want to kill myself").url
    assert Alert.objects.get().kind == "suicide"
    assert b"get help now" in client.get(there).content


def test_only_the_own_talks_by_a_link_that_proves_who_one_is(client, p):
    talk = write(p)
    other, _ = by_link(p.away_patient, p.prairie, "messages")
    assert other.get(f"/my-messages/{talk.pk}/").status_code == 404
    diary, _ = by_link(p.patient, p.site, "diary")
    assert diary.get("/my-messages/").status_code == 302


def test_looking_writes_nothing_but_the_audit(client, p):
    talk = write(p)
    before = TalkMessage.objects.count()
    client.get(f"/my-messages/{talk.pk}/")
    assert TalkMessage.objects.count() == before
    assert AuditEvent.objects.filter(verb="look own talk", subject_id=talk.pk).exists()


def test_the_inbox_shows_each_role_its_own(p):
    about_health, about_visit = write(p), write(p, "May I come later?", "visit")
    nurse, desk = signed_in(p.nurse), signed_in(p.front_desk)
    assert b"Is it normal" in nurse.get("/inbox/").content
    page = desk.get("/inbox/").content
    assert (b"Is it normal" in page, b"May I come later?" in page) == (False, True)
    assert desk.get(f"/inbox/{about_health.pk}/").status_code == 404
    assert desk.get(f"/inbox/{about_visit.pk}/").status_code == 200
    assert signed_in(p.stranger).get(f"/inbox/{about_visit.pk}/").status_code == 404
    assert signed_in(p.auditor).get("/inbox/").status_code == 403


def answer(client, talk, **fields):
    typed = {"client_id": str(uuid.uuid4()), "seen": "1", "words": "Yes, for a day."} | fields
    return client.post(f"/inbox/{talk.pk}/", typed)


def test_staff_answers(p):
    talk, nurse = write(p), signed_in(p.nurse)
    assert answer(nurse, talk, words="").status_code == 422
    assert answer(nurse, talk).status_code == 302
    assert b"Yes, for a day." in nurse.get(f"/inbox/{talk.pk}/").content
    assert b"not opened by the patient yet" in nurse.get(f"/inbox/{talk.pk}/").content


def test_a_newer_message_is_shown_and_the_answer_kept(p):
    talk, nurse = write(p), signed_in(p.nurse)
    write(p, "It got worse")
    response = answer(nurse, talk)
    assert response.status_code == 409
    assert (b"It got worse" in response.content, b"Yes, for a day." in response.content) == (True, True)


def test_hand_over_and_close(p):
    talk, desk = write(p, "I feel sick, may I come?", "visit"), signed_in(p.front_desk)
    assert desk.post(f"/inbox/{talk.pk}/hand-over/", {"topic": "health"}).status_code == 302
    assert desk.get(f"/inbox/{talk.pk}/").status_code == 404
    nurse = signed_in(p.nurse)
    assert nurse.post(f"/inbox/{talk.pk}/close/").status_code == 302
    assert Talk.objects.get().state == "closed"
    assert b"I feel sick" in nurse.get("/inbox/?show=closed").content


def test_staff_writes_first_about_what_is_theirs(p):
    url = f"/patients/{p.patient.pk}/write/"
    typed = {"client_id": str(uuid.uuid4()), "topic": "health", "words": "How are you?"}
    assert signed_in(p.front_desk).post(url, typed).status_code == 422
    assert signed_in(p.nurse).post(url, typed).status_code == 302
    assert TalkMessage.objects.get().sent_by == p.nurse
    assert signed_in(p.stranger).get(url).status_code == 404


def test_the_inbox_takes_the_same_queries_for_one_and_for_many(p):
    nurse = signed_in(p.nurse)

    def asked():
        nurse.get("/inbox/")
        with CaptureQueriesContext(connection) as caught:
            assert nurse.get("/inbox/").status_code == 200
        return len(caught)

    write(p)
    few = asked()
    for n in range(20):
        someone = factories.patient(at_site=p.site, given_name=f"N{n}")
        talks.write(patient=someone, site=p.site, words="Hello", by=someone)
    assert asked() == few <= 14
