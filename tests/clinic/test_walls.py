"""A screen on the wall from its code to its end: paired by an admin, known by its cookie, seen, revoked; audited."""

import datetime as dt
import re
import time

import pytest
from django.db import IntegrityError, transaction

from clinic import clock, live, walls
from clinic.actions import walls as actions
from clinic.links import digest
from clinic.models import AuditEvent, WallScreen
from clinic.refusal import Refused
from tests.people import people, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db
PAIR, LIST, CLAIM, WALL = "/wall/pair/", "/walls/", "/walls/pair/", "/wall/"


p = standing(people)


def screen(by=None, site=None, name="Station", at=None):
    """(a screen, its secret), paired when somebody is named."""
    made, secret = actions.ask_pairing(at=at)
    if by is None:
        return made, secret
    return actions.pair_wall(code=walls.code_of(made), name=name, site=site, by=by, at=at), secret


def browser(secret):
    """A browser that carries a screen's secret and no sign-in."""
    client = signed_in()
    client.cookies["wall"] = secret
    return client


def verbs(made):
    return list(AuditEvent.objects.filter(subject_id=made.pk).order_by("at", "xact").values_list("verb", flat=True))


def test_a_screen_asks_shows_its_code_and_becomes_the_board(p):
    client = signed_in()
    assert client.get(WALL).headers["Location"] == PAIR
    assert "Show a code" in client.get(PAIR).content.decode()
    assert WallScreen.objects.count() == 0  # to look writes nothing
    answer = client.post(PAIR)
    cookie = answer.cookies["wall"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    code = re.search(r"[B-Z]{3}-[B-Z]{3}", client.get(PAIR).content.decode())[0]
    admin = signed_in(p.clinic_admin)
    assert admin.post(CLAIM, {"code": code.lower(), "name": "Station"}).headers["Location"] == LIST
    assert client.get(PAIR).headers["Location"] == WALL
    waiting = client.get(PAIR, headers={"HX-Request": "true"})
    assert (waiting.status_code, waiting.headers["HX-Redirect"]) == (204, WALL)
    assert client.get(WALL).status_code == 200
    made = WallScreen.objects.get()
    assert (made.site, made.name, made.paired_by) == (p.harbor, "Station", p.clinic_admin)
    assert verbs(made)[:2] == ["wall.asked", "wall.paired"]


def test_the_database_keeps_hashes_alone():
    made, secret = screen()
    assert made.token_hash == digest(secret)
    assert walls.code_of(made) not in (made.code_hash, made.token_hash)
    assert len(secret) >= 43


@pytest.mark.parametrize("code", ["BDF-GHK", "", "nonsense"])
def test_a_wrong_code_keeps_what_was_typed(p, code):
    screen()
    answer = signed_in(p.clinic_admin).post(CLAIM, {"code": code, "name": "Station"})
    assert answer.status_code == 422
    assert 'value="Station"' in answer.content.decode()
    assert not WallScreen.objects.paired().exists()


def test_a_code_counts_for_ten_minutes_and_once(p):
    made, _ = screen(at=clock.now() - dt.timedelta(minutes=10, seconds=1))
    fresh, _ = screen()
    with pytest.raises(Refused):
        actions.pair_wall(code=walls.code_of(made), name="Old", site=p.harbor, by=p.clinic_admin)
    actions.pair_wall(code=walls.code_of(fresh), name="New", site=p.harbor, by=p.clinic_admin)
    with pytest.raises(Refused):
        actions.pair_wall(code=walls.code_of(fresh), name="Again", site=p.harbor, by=p.clinic_admin)


def test_guessing_codes_comes_to_an_end(p):
    client = signed_in(p.clinic_admin)
    answers = {client.post(CLAIM, {"code": "BDFGHK", "name": "x"}).status_code for _ in range(11)}
    assert answers == {422, 429}
    asks = signed_in()
    assert {asks.post(PAIR).status_code for _ in range(21)} == {302, 429}


@pytest.mark.parametrize("role", ["front_desk", "nurse", "prescriber", "auditor"])
def test_only_an_admin_pairs(p, role):
    assert signed_in(p.by_role(role)).get(CLAIM).status_code == 403
    made, _ = screen()
    with pytest.raises(Refused):
        actions.pair_wall(code=walls.code_of(made), name="x", site=p.harbor, by=p.by_role(role))


def test_an_admin_elsewhere_pairs_only_there(p):
    made, _ = screen()
    with pytest.raises(Refused):
        actions.pair_wall(code=walls.code_of(made), name="x", site=p.harbor, by=p.away["clinic_admin"])


@pytest.mark.parametrize("role", ["nurse", "prescriber", "clinic_admin"])
def test_whoever_treats_may_stop_a_screen_at_once(p, role, monkeypatch, django_capture_on_commit_callbacks):
    ended = []
    monkeypatch.setattr(live, "end", lambda **who: ended.append(who))
    made, secret = screen(p.clinic_admin, p.harbor)
    wall = browser(secret)
    assert wall.get(WALL).status_code == 200
    client = signed_in(p.by_role(role))
    assert "Revoke Station" in client.get(LIST).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{LIST}{made.pk}/revoke/").status_code == 302
    assert ended == [{"user_id": made.pk}]
    assert wall.get(WALL).headers["Location"] == PAIR
    assert wall.get("/wall/fragment/", headers={"HX-Request": "true"}).status_code == 401
    assert wall.post("/wall/ticket/").status_code == 401
    assert "This screen was revoked" in wall.get(PAIR).content.decode()
    assert actions.revoke_wall(screen=made, by=p.nurse).revoked_by == p.by_role(role)
    assert verbs(made).count("wall.revoked") == 1
    assert "revoked by" in client.get(LIST).content.decode()


def test_another_sites_screen_is_not_there(p):
    made, _ = screen(p.clinic_admin, p.harbor)
    assert signed_in(p.stranger).get(f"{LIST}{made.pk}/revoke/").status_code == 404
    assert "Station" not in signed_in(p.stranger).get(LIST).content.decode()
    with pytest.raises(Refused):
        actions.revoke_wall(screen=made, by=p.stranger)


def test_a_screen_that_was_never_paired_cannot_be_revoked(p):
    made, _ = screen()
    with pytest.raises(Refused):
        actions.revoke_wall(screen=made, by=p.nurse)


def test_the_list_says_which_screens_are_there(p):
    made, secret = screen(p.clinic_admin, p.harbor)
    client = signed_in(p.nurse)
    assert "not seen yet" in client.get(LIST).content.decode()
    assert browser(secret).post("/wall/ticket/").status_code == 200
    assert "shows the board now" in client.get(LIST).content.decode()
    made.refresh_from_db()
    seen = made.last_seen_at
    browser(secret).post("/wall/ticket/")
    made.refresh_from_db()
    assert made.last_seen_at == seen  # at most one write a minute


def test_the_ticket_of_a_screen_names_its_site_and_hears_of_the_board_alone(p):
    made, secret = screen(p.clinic_admin, p.harbor)
    answer = browser(secret).post("/wall/ticket/")
    said = live.read_ticket(answer.cookies["live"].value, now=time.time())
    assert (said["s"], said["u"]) == (str(p.harbor.pk), live.person_of(made.pk))
    assert said["t"] == ["session", "schedule", "emergency", "wall"]
    assert browser(secret).get("/wall/ticket/").status_code == 405


def test_a_screen_opens_no_other_page_and_a_sign_in_is_no_screen(p):
    _, secret = screen(p.clinic_admin, p.harbor)
    for path in ("/board/", "/board/fragment/", "/board/calls/", "/patients/", "/live/ticket/", LIST, "/admin/"):
        assert browser(secret).get(path).status_code in (302, 403), path
    assert signed_in(p.clinic_admin).get(WALL).headers["Location"] == PAIR


def test_the_secret_of_another_screen_or_none_opens_nothing(p):
    screen(p.clinic_admin, p.harbor)
    for wrong in ("", "guess", "x" * 43):
        assert browser(wrong).get(WALL).headers["Location"] == PAIR


def test_the_look_of_a_screen_is_recorded_once_in_ten_minutes(p):
    made, secret = screen(p.clinic_admin, p.harbor)
    client = browser(secret)
    client.get(WALL)
    client.get("/wall/fragment/")
    looks = AuditEvent.objects.filter(verb="look sessions:wall", subject_id=made.pk)
    assert [(e.site, e.detail, e.is_look) for e in looks] == [(p.harbor, {"screen": "Station"}, True)]


def test_the_database_holds_a_screen_to_its_site_name_and_admin(p):
    made, _ = screen(p.clinic_admin, p.harbor)
    for change in ({"site": None}, {"name": ""}, {"paired_by": None}, {"revoked_at": clock.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            WallScreen.objects.filter(pk=made.pk).update(**change)
