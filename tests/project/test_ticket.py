"""The ticket for the live stream: only for staff, only for the site they are at, only for seconds."""

import time

import pytest

from clinic import live
from tests.people import people
from tests.standing import standing

pytestmark = pytest.mark.django_db


everyone = standing(people)


def asked(client, user):
    client.force_login(user)
    return client.get("/live/ticket/")


def test_a_ticket_names_the_site_and_holder_and_hides_in_its_cookie(client, everyone, settings):
    settings.LIVE_ORIGIN = "http://127.0.0.1:8001"
    answer = asked(client, everyone.nurse)
    assert answer.json() == {
        "stream": "http://127.0.0.1:8001/live/stream/",
        "renew": "http://127.0.0.1:8001/live/renew/",
        "every_seconds": live.RENEW_SECONDS,
    }
    cookie = answer.cookies["live"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Strict", live.TICKET_SECONDS)
    said = live.read_ticket(cookie.value, now=time.time())
    assert said["s"] == str(everyone.harbor.pk)
    assert str(everyone.nurse.pk) not in cookie.value
    assert live.read_ticket(cookie.value, now=time.time() + live.TICKET_SECONDS) is None


def test_the_ticket_follows_the_site_one_works_at(client, everyone):
    said = live.read_ticket(asked(client, everyone.stranger).cookies["live"].value, now=time.time())
    assert said["s"] == str(everyone.prairie.pk)


def test_strangers_and_those_who_left_get_none(client, everyone):
    anonymous = client.get("/live/ticket/")
    assert (anonymous.status_code, "live" in anonymous.cookies) == (302, False)
    left = asked(client, everyone.deactivated)
    assert left.status_code != 200
    assert "live" not in left.cookies


def test_renewal_comes_before_the_end():
    assert live.RENEW_SECONDS * 1.5 < live.TICKET_SECONDS
