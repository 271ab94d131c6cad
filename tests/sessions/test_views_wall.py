"""The board on a wall: chair, initials, phase, what is due, how grave; nothing else unless the site says so."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic import clock, walls
from clinic.actions import walls as actions
from clinic.models import SitePolicy
from tests import factories
from tests.people import signed_in
from tests.sessions.screens import entry, url

WALL, FRAGMENT = "/wall/", "/wall/fragment/"


@pytest.fixture
def wall(everyone):
    made, secret = actions.ask_pairing()
    actions.pair_wall(code=walls.code_of(made), name="Station", site=everyone.harbor, by=everyone.clinic_admin)
    client = signed_in()
    client.cookies["wall"] = secret
    client.get(WALL)
    return client


def html_of(client, path=WALL):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def words_of(html):
    """What can be read: without tags, attributes and drawings."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_it_shows_chairs_initials_phases_and_what_is_due(everyone, board, wall):
    html = html_of(wall)
    assert "Chair 1 needs someone now" in html
    assert ">TA<" in html
    assert "Infusing" in html
    assert re.search(r"\d+ min overdue", html)
    assert "Free: chair 5" in html
    places = [html.index(f">{initials}<") for initials in ("TA", "TB", "TD", "TC")]
    assert places == sorted(places)


def test_no_name_no_value_no_measure_no_colleague_no_way_in(everyone, board, wall):
    html = html_of(wall)
    board_alone = html_of(wall, FRAGMENT)
    secrets = ["ADLER", "Adler", "Test", "122", "88", "SpO", "Aldrete", "mg", "Nurse", "Nora", " 46 y"]
    assert [word for word in secrets if word in words_of(board_alone)] == []
    assert str(board[0].session.pk) not in html
    assert set(re.findall(r'action="([^"]+)"', html)) == {"/theme/"}
    assert 'href="/sessions' not in html


def test_an_answered_alarm_names_nobody_and_is_quiet(everyone, board, wall):
    assert "nobody is going yet" in html_of(wall)
    assert 'data-sounds="alarm"' in html_of(wall)
    alarm = board[0].session.entries.filter(kind="alarm", alarmraised__level="alarm").get()
    signed_in(everyone.colleague).post(url("alarm-answer", board[0].session, alarm.pk), entry(answer="going"))
    html = html_of(wall)
    assert "Somebody is at chair 1" in html
    assert "somebody is there, recheck" in html
    assert "Cole" not in html
    assert 'data-sounds="alarm"' not in html


def test_an_emergency_stands_first(everyone, board, wall):
    signed_in(everyone.nurse).post(url("emergency", board[1].session), entry(step="called"))
    html = html_of(wall)
    assert "Emergency in chair 2" in html
    assert html.index(">TB<") < html.index(">TA<")
    assert 'data-sounds="alarm"' in html


def test_values_only_where_the_site_says_so(everyone, board, wall):
    fields = {f.attname: getattr(everyone.harbor.policy, f.attname) for f in SitePolicy._meta.concrete_fields}
    SitePolicy.objects.create(**fields | {"id": uuid.uuid4(), "set_at": clock.now(), "wall_values": True})
    assert '<span class="box-alarm">88</span>' in html_of(wall)
    assert "ADLER" not in html_of(wall)


def test_a_fragment_with_nothing_new_is_304(everyone, board, wall):
    tag = wall.get(FRAGMENT).headers["ETag"]
    assert wall.get(FRAGMENT, headers={"If-None-Match": tag}).status_code == 304
    board[0].vitals(41, spo2=97)
    assert wall.get(FRAGMENT, headers={"If-None-Match": tag}).status_code == 200


def test_nobody_in_a_chair_and_no_chairs(everyone, wall):
    assert "Nobody is in a chair" in html_of(wall)
    assert "Free: chair" in html_of(wall)


@pytest.mark.parametrize("chairs", [3, 28])
def test_the_number_of_queries_does_not_grow(everyone, board, wall, chairs):
    for n in range(chairs):
        factories.chair(at_site=everyone.harbor, label=f"C{n}", position=n + 10)
    wall.get(FRAGMENT)
    with CaptureQueriesContext(connection) as caught:
        html_of(wall, FRAGMENT)
    assert len(caught) <= 14, [q["sql"][:80] for q in caught]
