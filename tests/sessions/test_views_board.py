"""The day board: who needs someone first, live, for whom which fields, and never more queries."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sessions.models import AlarmAnswered, InfusionSession
from tests import factories
from tests.people import signed_in
from tests.sessions.screens import begin, full_board, seated, url

BOARD = "/board/"
FRAGMENT = "/board/fragment/"


@pytest.fixture
def board(everyone, monkeypatch):
    begin(monkeypatch, 42)
    return full_board(everyone)


def html_of(user, path=BOARD):
    answer = signed_in(user).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_needs_someone_comes_first(everyone, board):
    alarm, overdue, observing, arrived = board
    html = html_of(everyone.nurse)
    assert "Chair 1 needs someone now" in html
    places = [html.index(s.patient.family_name.upper()) for s in (alarm, overdue, arrived, observing)]
    assert places == sorted(places)


def test_the_alarm_names_value_limit_baseline_and_that_nobody_is_going(everyone, board):
    html = html_of(everyone.nurse)
    assert "Alarm: SpO₂ 88 %" in html
    assert "Limit below 90 · baseline 98" in html
    assert "Nobody is going yet" in html
    assert '<span class="box-alarm">88</span>' in html


def test_an_arrival_lists_what_is_missing_with_links(everyone, board):
    arrived = board[3].session
    html = html_of(everyone.nurse)
    assert url("dose-order", arrived) in html
    assert re.search(r"Not ready: \d missing", html)


def test_i_am_going_is_answered_once_and_names_the_person(everyone, board):
    client, session = signed_in(everyone.colleague), board[0].session
    html = client.get(BOARD).content.decode()
    path = re.search(rf'action="({url("session-show", session)}alarms/[^"]+)"', html)[1]
    data = {"entry_id": re.search(r'name="entry_id" value="([^"]+)"', html)[1], "answer": "going", "next": "board"}
    assert client.post(path, data).headers["Location"] == BOARD
    assert client.post(path, data).status_code == 302
    assert AlarmAnswered.objects.filter(entry__session=session).count() == 1
    html = client.get(BOARD).content.decode()
    assert "Cole League is going to chair 1" in html
    assert "recheck at" in html


def test_only_a_prescriber_decides_an_alarm(everyone, board):
    session = board[0].session
    alarm = session.entries.filter(kind="alarm", alarmraised__level="alarm").get()
    answer = signed_in(everyone.nurse).post(
        url("alarm-answer", session, alarm.pk),
        {"entry_id": "6f3c7f5e-0000-4000-8000-000000000001", "answer": "decided", "text": "accept"},
    )
    assert answer.status_code == 422
    assert "Only a prescriber" in answer.content.decode()


def test_a_fragment_with_nothing_new_is_304(everyone, board):
    client = signed_in(everyone.nurse)
    first = client.get(FRAGMENT)
    assert first.status_code == 200
    assert client.get(FRAGMENT, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    board[1].vitals(41)
    again = client.get(FRAGMENT, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert again.headers["ETag"] != first.headers["ETag"]


def test_the_front_desk_sees_no_clinical_field(everyone, board):
    html = html_of(everyone.front_desk)
    assert "ADLER" in html
    assert "Needs a clinician: ask the nurse" in html
    for word in ("SpO₂ 88", "box-alarm", "122/78", "Alarm", "Dose order", "Aldrete"):
        assert word not in html


def test_the_wall_shows_initials_and_no_values(everyone, board):
    html = html_of(everyone.nurse, BOARD + "?wall=1")
    assert "ADLER" not in html
    assert ">TA<" in html
    assert "122/78" not in html


def test_another_clinic_sees_nothing_of_it(everyone, board):
    assert "ADLER" not in html_of(everyone.stranger)


def test_an_empty_site_says_what_will_stand_here(everyone):
    site = factories.site(name="Empty", chairs=0)
    user = factories.member("nurse", at_site=site, name="Alone Nurse")
    assert "This site has no chairs yet" in html_of(user)


def test_the_number_of_queries_does_not_grow(everyone, monkeypatch):
    begin(monkeypatch, 42)
    version = factories.protocol_version(approved_by=everyone.prescriber)
    client = signed_in(everyone.nurse)
    counts = []
    for n, name in enumerate(("One", "Two", "Three")):
        one = seated(everyone, n, name, version)
        one.ready(code=f"V-{n}")
        client.get(BOARD)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            client.get(BOARD)
        counts.append(len(caught))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 12
    assert InfusionSession.objects.open().count() == 3


def test_check_in_opens_the_session(everyone, scene):
    client = signed_in(everyone.nurse)
    path = f"/board/check-in/{scene.appointment.pk}/"
    assert client.get(path).status_code == 200
    session_url = client.post(path).headers["Location"]
    assert client.get(session_url).status_code == 200
    again = client.post(path)
    assert again.status_code == 422
    assert "checked in already" in again.content.decode()
    assert signed_in(everyone.stranger).get(path).status_code == 404
    assert signed_in(everyone.front_desk).get(path).status_code == 403
