"""ATK-07 and ATK-21: jumping from a patient's form into the clinic, and everything one may try with a link."""

import datetime as dt
import uuid
from contextlib import suppress

import pytest
import time_machine
from django.test import Client
from django.urls import NoReverseMatch, reverse

from clinic import clock, links
from clinic.models import LinkCode, PatientLink
from tests import factories
from tests.attacks.door import BORN, BORN_PAGE, CODE_PAGE, OPEN, WRONG, address, at_door, come_in, everything
from tests.house import matrix
from tests.intake.packets import invited
from tests.people import people, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db


everyone = standing(people)


@pytest.fixture
def packet(everyone):
    return invited(everyone)


@pytest.fixture
def link(packet):
    """(link, token) of the packet."""
    about = {"subject_kind": "intake.packet", "subject_id": packet.pk, "purpose": "packet"}
    return factories.link(of=packet.patient, at_site=packet.site, **about)


def somewhere(path):
    """An address of this path; what stands in it is nobody's."""
    for text in (uuid.uuid4(), "somewhere", 1):
        with suppress(NoReverseMatch):
            return reverse(path.name, kwargs=dict.fromkeys(path.params, text) or None)
    return None


# --- ATK-07 ---
def test_atk_07_a_form_opens_no_page_of_the_clinic(link):
    client, _ = come_in(link[1])
    assert client.get("/packet/").status_code == 200
    asked = 0
    for path in matrix.paths():
        there = somewhere(path)
        door = getattr(path.view, "door", None)
        if there is None or path.namespace in ("dev", "") or (door and door.kind == "public"):
            continue
        for method in ("GET", "POST"):
            answer = matrix.ask(client, method, there)
            asked += 1
            if door is None or door.kind == "staff":
                assert answer in ("login", "403", "404"), f"{method} {path.name}: {answer}"
            elif door.kind == "wall":
                assert answer in ("pair", "401", "405"), f"{method} {path.name}: {answer}"
            elif "packet" not in door.purposes:
                assert answer == "door", f"{method} {path.name}: {answer}"
    assert asked > 150


def test_atk_07_half_way_through_the_door_opens_no_form(link):
    client = at_door(link[1])
    client.post(OPEN)
    for there in ("/packet/", "/packet/check/", "/packet/goals/", reverse("followup:visits"), "/patients/"):
        assert matrix.ask(client, "GET", there) in ("door", "login")


def test_atk_07_a_session_that_only_names_a_link_opens_nothing(everyone, link):
    client = Client()
    session = client.session
    session["link:packet"] = str(link[0].pk)
    session.save()
    client.cookies["sessionid"] = session.session_key
    assert client.get("/packet/").headers["Location"] == BORN_PAGE


def test_atk_07_staff_in_the_same_browser_lends_the_patient_nothing(everyone, link):
    client = signed_in(everyone.front_desk)
    come_in(link[1], client)
    page = client.get("/packet/")
    assert everyone.front_desk.name not in page.content.decode()
    assert "/patients/" not in page.content.decode()


# --- ATK-21 ---
@pytest.mark.parametrize("method", ["get", "head"])
def test_atk_21_prefetching_five_times_uses_nothing_up(link, method):
    before = everything()
    for _ in range(5):
        client = Client()
        getattr(client, method)(address(link[1]))
        getattr(client, method)(OPEN)
    assert everything() == before
    assert come_in(link[1])[1].headers["Location"] == "/packet/"


def test_atk_21_used_again_it_asks_for_the_date_of_birth_again(link):
    client, _ = come_in(link[1])
    session = client.session
    links.forget(session)
    session.save()
    at_door(link[1], client)
    assert client.post(OPEN).headers["Location"] == BORN_PAGE
    assert client.get("/packet/").headers["Location"] == BORN_PAGE


def test_atk_21_in_another_browser_the_code_is_asked_too(link):
    come_in(link[1])
    other, answer = come_in(link[1])
    assert answer.headers["Location"] == CODE_PAGE
    assert LinkCode.objects.count() == 1
    assert other.get("/packet/").headers["Location"] == BORN_PAGE


@pytest.mark.parametrize("step", ["before it is opened", "before the date of birth", "in the middle"])
def test_atk_21_expired_it_opens_nothing_more(link, step):
    client = at_door(link[1])
    if step != "before it is opened":
        client.post(OPEN)
    if step == "in the middle":
        client.post(BORN_PAGE, BORN)
    PatientLink.objects.update(expires_at=clock.now() - dt.timedelta(seconds=1))
    if step == "in the middle":
        assert client.get("/packet/").headers["Location"] == BORN_PAGE
    answer = client.get(OPEN if step == "before it is opened" else BORN_PAGE)
    assert answer.status_code == 410
    assert "This link is too old" in answer.content.decode()
    assert "Ask for a new link" in answer.content.decode()


def test_atk_21_every_flipped_bit_of_a_token_is_another_token(link):
    token = link[1]
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for position in range(0, 43, 6):
        for bit in (1, 2, 4, 8, 16, 32):
            flipped = alphabet[alphabet.index(token[position]) ^ bit]
            client = Client(REMOTE_ADDR=f"192.0.2.{position}")
            client.get(address(token[:position] + flipped + token[position + 1 :]))
            assert client.get(OPEN).status_code == 404


def test_atk_21_another_patients_date_of_birth_is_a_wrong_try(everyone, link):
    factories.patient(at_site=everyone.site, born_on=dt.date(1981, 5, 14))
    _, answer = come_in(link[1], born=WRONG)
    assert answer.status_code == 422
    assert PatientLink.objects.get(pk=link[0].pk).wrong_tries == 1


def test_atk_21_the_cookie_of_one_link_carries_no_other(everyone, link):
    other = factories.patient(at_site=everyone.site, given_name="Other")
    theirs, _ = factories.link(of=other, at_site=everyone.site, purpose="packet")
    client = at_door(link[1])
    client.cookies["door"] = client.cookies["door"].value.replace(
        client.cookies["door"].value.partition(":")[0], str(theirs.pk)
    )
    assert client.get(OPEN).status_code == 404


def test_atk_21_the_clock_of_the_door_is_the_servers(link):
    with time_machine.travel(clock.now() + dt.timedelta(days=8)):
        assert at_door(link[1]).get(OPEN).status_code == 410
