"""The strip and the page of an alert: who reads what, who may take it, and no query more for many."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from clinic.actions import alerts
from clinic.models import Alert, AuditEvent, Patient
from tests import factories
from tests.people import people, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db
STRIP = "/tasks/alerts/waiting/"


p = standing(people)


@pytest.fixture
def alert(p):
    Patient.objects.filter(pk=p.patient.pk).update(
        phone="555 0142", emergency_name="Ada Sample", emergency_phone="555 0143", emergency_relation="sister"
    )
    return raised(p)


def raised(p, **fields):
    words = "Item 9: nearly every day (3 of 3)."
    return alerts.raise_alert("suicide", patient=p.patient, site=p.site, words=words, by=p.patient, **fields)


def show(alert):
    return reverse("clinic:alert-show", args=[alert.pk])


def text(user, there):
    return signed_in(user).get(there).content.decode()


def test_clinicians_read_the_words_and_whom_to_call(p, alert):
    page = text(p.nurse, show(alert))
    assert "nearly every day (3 of 3)" in page
    assert "OKAFOR-TEST" in page
    for number in ("5550142", "5550143", "5550199", "911"):
        assert f'href="tel:{number}"' in page
    assert "Ada Sample (sister)" in page
    assert "I take it" in page
    assert "Nora Nurse, nurse" in page
    assert AuditEvent.objects.filter(is_look=True, user=p.nurse, subject_id=alert.pk).exists()


@pytest.mark.parametrize("there", ["page", "strip", "list"])
def test_the_front_desk_reads_neutral_words_only(p, alert, there):
    alerts.note_answer("suicide", patient=p.patient, site=p.site, code="", value=0, words="SECRET CHANGE", by=None,
                       subject=p.site)  # fmt: skip
    page = text(p.front_desk, {"page": show(alert), "strip": STRIP, "list": "/tasks/"}[there])
    assert "Needs a clinician" in page
    for secret in ("nearly every day", "Item 9", "uicide", "SECRET"):
        assert secret not in page
    assert "I take it" not in page


def test_the_front_desk_cannot_take_it_and_others_cannot_look(p, alert):
    take = reverse("clinic:alert-acknowledge", args=[alert.pk])
    assert signed_in(p.front_desk).post(take, {"done_words": "x"}).status_code == 403
    assert signed_in(p.clinic_admin).get(show(alert)).status_code == 403
    assert signed_in(p.stranger).get(show(alert)).status_code == 404
    assert signed_in(p.stranger).post(take, {"done_words": "x"}).status_code == 404
    assert Alert.objects.get().state == "open"


def test_taken_with_words_shown_to_clinicians_then_settled(p, alert):
    take = reverse("clinic:alert-acknowledge", args=[alert.pk])
    nurse = signed_in(p.nurse)
    empty = nurse.post(take, {"done_words": " "})
    assert empty.status_code == 422
    assert "Write what you did or will do" in empty.content.decode()
    assert nurse.post(take, {"done_words": "Called, is safe."}).headers["Location"] == show(alert)
    page = text(p.prescriber, show(alert))
    assert "Called, is safe." in page
    assert "Taken by Nora Nurse" in page
    assert "Called, is safe." not in text(p.front_desk, show(alert))
    assert nurse.post(reverse("clinic:alert-close", args=[alert.pk])).status_code == 302
    assert "Settled by Nora Nurse" in text(p.nurse, show(alert))


def test_the_second_one_keeps_what_was_typed(p, alert):
    take = reverse("clinic:alert-acknowledge", args=[alert.pk])
    signed_in(p.nurse).post(take, {"done_words": "Called."})
    late = signed_in(p.colleague).post(take, {"done_words": "I called too."})
    assert late.status_code == 409
    assert "Taken by Nora Nurse" in late.content.decode()
    assert Alert.objects.get().done_words == "Called."


def test_who_was_told_and_what_could_not_be_sent_stands_there(p, alert):
    page = text(p.nurse, show(alert))
    assert page.count("on its way") == 4
    assert "step at 0 min" in page


# --- the strip ---
def test_the_strip_stands_on_every_page_of_the_care_team(p, alert):
    for user in (p.nurse, p.prescriber, p.front_desk):
        client = signed_in(user)
        for there in ("/tasks/", "/patients/", "/schedule/", "/intake/", "/board/"):
            page = client.get(there).content.decode()
            assert 'id="alerts-now"' in page, there
            assert show(alert) in page, there
    for user in (p.clinic_admin, p.auditor):
        assert 'id="alerts-now"' not in text(user, "/patients/")


def test_the_strip_says_how_old_it_is_and_goes_when_it_is_taken(p, alert):
    assert re.search(r"just now|min ago", text(p.nurse, STRIP))
    alerts.acknowledge_alert(alert=alert, by=p.nurse, done_words="Called.")
    page = text(p.nurse, STRIP)
    assert show(alert) not in page
    assert 'data-count="0"' in page


def test_two_are_named_and_the_rest_is_counted(p):
    for n in range(5):
        raised(p, dedupe_key=f"k{n}")
    page = text(p.nurse, STRIP)
    assert page.count("OKAFOR-TEST") == 2
    assert "and 3 more" in page


def test_beside_a_chair_nobody_is_named(p, alert):
    page = text(p.nurse, f"{STRIP}?short=1")
    assert "1 alert waits for an answer" in page
    assert "OKAFOR" not in page
    assert "uicide" not in page


def test_another_sites_alert_is_not_in_the_strip(p, alert):
    assert "OKAFOR" not in text(p.stranger, STRIP)


def test_nothing_new_is_not_sent_again(p):
    version = re.search(r'data-version="([^"]+)"', text(p.nurse, STRIP)).group(1)
    client = signed_in(p.nurse)
    assert client.get(STRIP, headers={"If-None-Match": f'"{version}"'}).status_code == 304
    raised(p)
    assert client.get(STRIP, headers={"If-None-Match": f'"{version}"'}).status_code == 200


def test_many_alerts_ask_no_more_than_one(p, django_assert_num_queries, django_assert_max_num_queries):
    client = signed_in(p.nurse)
    raised(p)
    client.get(STRIP)  # the first visit after a sign-in writes down, once, who signed in here
    with django_assert_max_num_queries(12) as few:
        client.get(STRIP)
    for n in range(30):
        patient = factories.patient(at_site=p.site)
        alerts.raise_alert("other", patient=patient, site=p.site, words="x", by=None, dedupe_key=f"k{n}")
    with django_assert_num_queries(len(few)):
        client.get(STRIP)


def test_an_alerts_page_asks_no_more_for_many_who_were_told(
    p, alert, django_assert_num_queries, django_assert_max_num_queries
):
    client = signed_in(p.nurse)
    client.get(show(alert))  # the first visit after a sign-in writes down, once, who signed in here
    with django_assert_max_num_queries(20) as few:
        client.get(show(alert))
    for minute in range(0, 600, 5):
        alerts.escalate_alerts(at=alert.raised_at + dt.timedelta(minutes=minute))
    with django_assert_num_queries(len(few)):
        client.get(show(alert))
