"""J11: the patient reads who looked at their record: roles and days, no names, nobody else's."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic import audit, clock
from clinic.models import AuditEvent, Membership, Role
from followup.presenters import own_looks
from tests.people import by_link, signed_in

pytestmark = pytest.mark.django_db
URL = "/my/looks/"


@pytest.fixture
def client(p):
    return by_link(p.patient, p.site, "home")[0]


def text(client, address=URL):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def write(p, by, verb="note.written", *, patient=None, at=None, detail=None, is_look=False):
    row = audit.event(
        verb, None, by=by, patient=patient or p.patient, site=p.site, detail=detail or {}, is_look=is_look
    )
    if at:  # else the database's clock tells it, as it does for the looks of the pages
        row.at = at
    row.save(force_insert=True)
    return row


def test_onc_d3_j11_looks_and_deeds_are_told_by_role_without_a_name(client, p):
    assert signed_in(p.nurse).get(f"/patients/{p.patient.pk}/").status_code == 200
    write(p, p.nurse)
    write(p, p.front_desk)
    page = text(client)
    assert "A nurse" in page
    assert "Looked at your record and wrote in it" in page
    assert "Our front desk" in page
    for one in (p.nurse, p.front_desk):
        assert one.name not in page
        assert one.email not in page
    assert "You, or who came by your link" in page, "their own look stands there too"
    assert AuditEvent.objects.filter(verb="look own looks", patient=p.patient, actor_kind="patient").exists()


def test_what_the_system_did_and_what_is_about_somebody_else_is_not_there(client, p):
    write(p, None, "reminder.sent")
    write(p, p.colleague, patient=p.away_patient)
    page = text(client)
    assert "nurse" not in page
    assert page.count("<section") == page.count("<li><span><b>") == 1, "only their own look"


def test_an_emergency_look_says_so(client, p):
    write(p, p.prescriber, "look", is_look=True, detail={"break_glass": "x"})
    assert "This was in an emergency. We check each such look." in text(client)


def test_two_nurses_are_one_line_and_who_has_left_is_told_by_the_role_of_that_day(client, p):
    write(p, p.nurse, is_look=True)
    write(p, p.colleague, is_look=True)
    at = clock.now()
    Membership.objects.filter(user=p.nurse, role=Role.NURSE).update(since=at - dt.timedelta(9), until=at)
    assert "2 nurses" in text(client)


def test_days_are_the_patient_s_own(client, p):
    p.patient.zone_name = "Pacific/Auckland"
    p.patient.save()
    write(p, p.nurse, at=dt.datetime(2026, 3, 2, 20, 0, tzinfo=dt.UTC))
    assert "Tuesday 3 March 2026" in text(client)


def test_older_days_are_on_the_next_page_and_the_queries_stay_the_same(client, p):
    with CaptureQueriesContext(connection) as few:
        text(client)
    for day in range(own_looks.DAYS_A_PAGE + 3):
        write(p, p.nurse, at=clock.now() - dt.timedelta(days=day), is_look=True)
    with CaptureQueriesContext(connection) as many:
        page = text(client)
    assert len(many) <= len(few) + 1, "one more: the roles of the staff"
    assert page.count("<section") == own_looks.DAYS_A_PAGE
    assert "Older days" in page
    older = text(client, f"{URL}?page=2")
    assert older.count("<section") == 3
    assert "Newer days" in older


def test_every_mixture_of_deeds_has_its_words():
    kinds = ("look", "change", "take")
    for mask in range(1, 8):
        assert own_looks.WHAT[tuple(kind for bit, kind in enumerate(kinds) if mask >> bit & 1)]


def test_staff_and_other_links_do_not_get_in(p):
    assert signed_in(p.nurse).get(URL).status_code in (302, 403, 404)
    other = by_link(p.patient, p.site, "diary")[0]
    assert "A nurse" not in other.get(URL).content.decode()


def test_the_own_page_leads_there(client):
    assert f'href="{URL}"' in client.get("/my/").content.decode()
