"""The diary page: four taps, nothing earlier shown, nothing typed lost, help at once."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from clinic.models import Alert, AuditEvent
from followup.models import DiaryEntry
from tests import factories
from tests.people import by_link, signed_in

URL = "/diary/"


@pytest.fixture
def course(pain_course):
    return pain_course()


@pytest.fixture
def client(course):
    client, _ = by_link(course.patient, course.site, "diary", subject_kind="clinic.course", subject_id=course.pk)
    return client


def send(client, **fields):
    return client.post(URL, {"client_id": str(uuid.uuid4()), "pain": "3"} | fields)


def test_four_taps_and_it_is_saved(client, course):
    response = send(client, mood="7", sleep="0", function="5")
    assert response.status_code == 302
    entry = DiaryEntry.objects.get()
    assert (entry.pain, entry.mood, entry.sleep, entry.function, entry.course) == (3, 7, 0, 5, course)
    assert b"are saved" in client.get(response.url).content


def test_the_links_own_day(course):
    day = dt.date(2026, 5, 13)
    client, _ = by_link(
        course.patient, course.site, "diary", subject_kind="clinic.course", subject_id=course.pk, local_day=day
    )
    assert b"Wednesday 13 May" in client.get(URL).content
    send(client)
    assert DiaryEntry.objects.get().day == day


def test_looking_writes_only_that_somebody_looked_and_shows_nothing_earlier(client, course):
    factories.diary(course=course, day=dt.date(2026, 5, 12), pain=9, words="a secret of mine")
    entries, looks = DiaryEntry.objects.count(), AuditEvent.objects.filter(is_look=True)
    writes, before = AuditEvent.objects.filter(is_look=False).count(), looks.count()
    page = client.get(URL).content.decode()
    assert (DiaryEntry.objects.count(), AuditEvent.objects.filter(is_look=False).count()) == (entries, writes)
    assert looks.count() == before + 1
    assert "a secret of mine" not in page
    assert course.patient.family_name not in page
    assert "checked" not in page


def test_sent_twice_it_is_recorded_once(client):
    same = str(uuid.uuid4())
    assert [send(client, client_id=same).status_code for _ in range(2)] == [302, 302]
    assert DiaryEntry.objects.count() == 1


def test_the_same_page_with_other_answers_is_a_conflict_and_keeps_them(client):
    same = str(uuid.uuid4())
    send(client, client_id=same)
    response = send(client, client_id=same, pain="9", words="typed here")
    assert response.status_code == 409
    assert b"typed here" in response.content


BAD = [
    {"pain": "11"},
    {"pain": "-1"},
    {"pain": "three"},
    {"side_effects": "nonsense"},
    {"client_id": "x"},
    {"medicines_as_usual": "maybe"},
]


@pytest.mark.parametrize("fields", BAD, ids=str)
def test_wrong_values_are_answered_in_place_and_nothing_typed_is_lost(client, fields):
    response = send(client, words="kept", **fields)
    assert response.status_code == 422
    assert not DiaryEntry.objects.exists()
    assert b"kept" in response.content


@pytest.mark.parametrize("fields", [{"pain": ""}, {"pain": "", "words": "x" * 2001}])
def test_an_empty_page_and_far_too_many_words(client, fields):
    assert send(client, **fields).status_code == 422
    assert not DiaryEntry.objects.exists()


def test_help_at_once_and_an_alert(pain_course, p):
    course = pain_course()
    course.protocol_version.protocol.purpose = "mood"
    course.protocol_version.protocol.save()
    client, _ = by_link(course.patient, course.site, "diary", subject_kind="clinic.course", subject_id=course.pk)
    assert b"better off dead" in client.get(URL).content
    response = send(client, self_harm="yes")
    assert Alert.objects.get().kind == "suicide"
    assert b"get help now" in client.get(response.url).content


def test_free_words_that_speak_of_suicide_bring_help_too(client):
    response = send(client, words="I want to kill myself")
    assert Alert.objects.get().kind == "suicide"
    assert b"get help now" in client.get(response.url).content


def test_feeling_unwell_is_told_to_call(client, course):
    response = send(client, side_effects="chest_pain")
    assert b"Please call us now" in client.get(response.url).content


def test_an_effect_can_only_be_gone_after_an_infusion(client, course, p):
    assert b"relief_gone" not in client.get(URL).content
    factories.infusion(course=course, on=dt.date(2026, 3, 2), nurse=p.nurse)
    assert b"relief_gone" in client.get(URL).content


def test_scripts_in_words_stay_words(client):
    response = send(client, pain="99", words="<script>alert(1)</script>")
    assert b"<script>alert(1)" not in response.content


def test_only_with_a_diary_link(course, p):
    assert signed_in().get(URL).status_code == 302
    assert signed_in(p.nurse).get(URL).status_code == 302
    client, _ = by_link(course.patient, course.site, "stop")
    assert client.get(URL).status_code == 302


def test_what_somebody_else_typed_on_this_phone_is_not_taken(client):
    whose = client.get(URL).context["form"].initial["whose"]
    assert send(client, whose="another one", words="I want to die").status_code == 422
    assert not DiaryEntry.objects.exists()
    assert not Alert.objects.exists()
    assert send(client, whose=whose).status_code == 302


def test_another_patients_course_is_not_found(course, p):
    client, _ = by_link(p.away_patient, p.prairie, "diary", subject_kind="clinic.course", subject_id=course.pk)
    assert client.get(URL).status_code == 404


def test_message_choices_hold_at_once(p):
    client, _ = by_link(p.patient, p.site, "stop")
    url = reverse("followup:message-choices")
    assert client.get(url).content.count(b"checked") == 3
    assert client.post(url, {"wanted": ["diary"]}).status_code == 302
    assert client.get(url).content.count(b"checked") == 1
    stopped = p.patient.contact_choices.filter(channel="email", opted_out_at__isnull=False)
    assert set(stopped.values_list("kind", flat=True)) == {"reminder", "form"}
    assert client.post(url, {"wanted": ["nonsense"]}).status_code == 422
