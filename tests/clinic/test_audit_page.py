"""The audit page: whose log, filtered how, in how many queries."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic import audit, clock
from clinic.models import AuditEvent
from tests.people import people, signed_in
from tests.standing import standing

everyone = standing(people)


@pytest.fixture
def events(everyone):
    """A change and a look here, a change elsewhere, a sign-in here."""
    audit.record("visit.booked", None, by=everyone.nurse, patient=everyone.patient, site=everyone.harbor)
    audit.record("diary.sent", None, by=everyone.patient, patient=everyone.patient, site=everyone.harbor)
    audit.record("visit.away", None, by=everyone.away["nurse"], patient=everyone.away_patient, site=everyone.prairie)
    audit.record("sign_in.done", everyone.nurse, by=everyone.nurse)
    audit.record("sign_in.away", everyone.away["nurse"], by=everyone.away["nurse"])


def verbs(client, **asked):
    page = client.get("/audit/", asked)
    assert page.status_code == 200
    return {event.verb for event in page.context["page"].page_obj} - {"look audit"}


@pytest.mark.parametrize("role", ["auditor", "clinic_admin"])
def test_the_log_of_the_own_sites(everyone, events, role):
    assert verbs(signed_in(everyone.by_role(role))) == {"visit.booked", "diary.sent", "sign_in.done"}


def test_filters(everyone, events):
    client = signed_in(everyone.auditor)
    today = clock.now().astimezone(everyone.harbor.zone).date()
    tomorrow = today + dt.timedelta(days=1)
    assert verbs(client, verb="visit") == {"visit.booked"}
    assert verbs(client, user=everyone.nurse.pk) == {"visit.booked", "sign_in.done"}
    assert verbs(client, record_number=everyone.patient.record_number) == {"visit.booked", "diary.sent"}
    assert verbs(client, record_number=everyone.away_patient.record_number) == set()
    assert verbs(client, begin=today, end=today) == {"visit.booked", "diary.sent", "sign_in.done"}
    assert verbs(client, begin=tomorrow) == set()
    assert verbs(client, looks="1") == set()


def test_a_filter_that_makes_no_sense_keeps_what_was_typed(everyone):
    answer = signed_in(everyone.auditor).get("/audit/", {"begin": "2026-05-14", "end": "2026-05-13"})
    assert answer.status_code == 422
    assert 'value="2026-05-14"' in answer.content.decode()


def test_a_stranger_of_another_site_cannot_be_asked_about(everyone):
    answer = signed_in(everyone.auditor).get("/audit/", {"user": everyone.stranger.pk})
    assert answer.status_code == 422


def test_looking_at_the_log_is_in_the_log(everyone):
    signed_in(everyone.auditor).get("/audit/", {"verb": "visit"})
    event = AuditEvent.objects.get(verb="look audit")
    assert (event.user, event.is_look, event.detail) == (everyone.auditor, True, {"verb": "visit"})


def test_the_same_few_queries_for_one_row_and_for_many(everyone):
    client = signed_in(everyone.auditor)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get("/audit/").status_code == 200
        return len(caught)

    queries()
    few = queries()
    for _ in range(100):
        audit.record("visit.booked", None, by=everyone.nurse, patient=everyone.patient, site=everyone.harbor)
    assert queries() == few <= 12


def test_it_is_paged(everyone):
    for _ in range(60):
        audit.record("visit.booked", None, by=everyone.nurse, patient=everyone.patient, site=everyone.harbor)
    second = signed_in(everyone.auditor).get("/audit/", {"verb": "visit", "page": 2})
    assert len(second.context["page"].page_obj) == 10
    assert "verb=visit" in second.content.decode()
