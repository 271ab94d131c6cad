"""REL-14: the ticket of a session's page names the person to others there: only for who may open that session."""

import time

import pytest

from clinic import live
from tests.people import signed_in
from tests.sessions.screens import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(scene):
    return scene.running().session


def said(answer):
    return live.read_ticket(answer.cookies["live"].value, now=time.time())


def test_rel_14_the_ticket_says_who_is_at_which_session_and_whether_they_write(everyone, session):
    client, there = signed_in(everyone.nurse), url("session-ticket", session)
    assert said(client.get(there))["p"] == {"at": str(session.pk), "n": everyone.nurse.display_name, "w": False}
    assert said(client.get(there, {"writes": "1"}))["p"]["w"] is True
    assert "p" not in said(client.get("/live/ticket/"))


def test_rel_14_only_clinicians_of_the_site_are_there(everyone, session):
    there = url("session-ticket", session)
    assert signed_in(everyone.stranger).get(there).status_code == 404
    assert signed_in(everyone.front_desk).get(there).status_code == 403
    assert signed_in().get(there).status_code == 302
    assert signed_in(everyone.prescriber).post(there).status_code == 405


def test_rel_14_behind_the_lock_the_stream_goes_on_and_nobody_is_there(everyone, session):
    client = signed_in(everyone.nurse)
    client.post("/lock/set/", {"why": "hand"})
    answer = client.get(url("session-ticket", session))
    assert (answer.status_code, "p" in said(answer)) == (200, False)


def test_rel_14_the_pages_of_an_open_session_ask_for_company(everyone, session):
    client, there = signed_in(everyone.nurse), url("session-ticket", session)
    for name in ("session-show", "vitals-record"):
        assert f'data-here="{there}" hidden' in client.get(url(name, session)).content.decode()
