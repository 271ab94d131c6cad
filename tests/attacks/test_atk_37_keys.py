"""ATK-37: words signed with another key, or for another purpose, open nothing. DJ-05: keys are changed safely."""

import itertools
import re
import time
import uuid

import pytest
from django.core import signing
from django.http import HttpResponse
from django.test import Client

from clinic import clock, links, live
from clinic.refusal import Refused
from sessions import tickets
from sessions.forms.before import opened_rate, sealed_rate
from tests.house.code import modules
from tests.people import people, signed_in

NEW, OLD = "n" * 20 + "-a-new-key-for-tests-" + "0123456789", "o" * 20 + "-an-old-key-for-tests-" + "0123456789"


class Someone:
    """What a view sees of a browser."""

    def __init__(self, **cookies):
        self.COOKIES = cookies
        self.user = type("User", (), {"pk": uuid.uuid4()})()


def door():
    """The cookie of an opened link."""
    response = HttpResponse()
    links.set_door(response, type("Link", (), {"pk": uuid.uuid4()})())
    return response.cookies[links.DOOR_COOKIE].value


def stream():
    return live.ticket(user_id="u", site_id="s", session_key="k", now=time.time())


def authorship():
    user = type("User", (), {"pk": uuid.uuid4()})()
    return tickets.give(user=user, session_id=uuid.uuid4(), tablet=uuid.uuid4(), at=clock.now())[0]


def rate_reads(text):
    """Whether a sealed rate opens."""
    try:
        return opened_rate(text) is not None
    except (Refused, ArithmeticError):
        return False


# Purpose -> (makes a signed word, reads one: whether it opens anything).
PURPOSES = {
    "a patient's door": (door, lambda text: links.at_door(Someone(door=text))[1] is not None),
    "a stream's ticket": (stream, lambda text: live.read_ticket(text, now=time.time()) is not None),
    "authorship of a run sheet": (authorship, lambda text: tickets.read(text) is not None),
    "a tablet's proof": (lambda: tickets.proof(uuid.uuid4()), lambda text: tickets.proven(text) is not None),
    "a second check": (lambda: sealed_rate("12.5"), rate_reads),
}


@pytest.mark.parametrize("purpose", PURPOSES)
def test_atk_37_what_was_signed_here_for_this_opens(purpose):
    make, reads = PURPOSES[purpose]
    assert reads(make()) is True


@pytest.mark.parametrize(("mine", "other"), list(itertools.permutations(PURPOSES, 2)))
def test_atk_37_what_was_signed_for_another_purpose_opens_nothing(mine, other):
    assert PURPOSES[mine][1](PURPOSES[other][0]()) is False


@pytest.mark.parametrize("purpose", PURPOSES)
def test_atk_37_another_key_an_altered_word_or_none_opens_nothing(purpose, settings):
    make, reads = PURPOSES[purpose]
    good = make()
    for text in (
        good[:-1] + ("A" if good[-1] != "A" else "B"),
        good[1:],
        good.replace(":", ".", 1),
        "",
        "a:b:c",
        "é:x",
    ):
        assert reads(text) is False, text
    settings.SECRET_KEY = NEW
    assert reads(good) is False


@pytest.mark.parametrize("purpose", PURPOSES)
def test_dj_05_a_key_is_changed_without_losing_what_is_open_and_an_old_one_is_dead(purpose, settings):
    make, reads = PURPOSES[purpose]
    settings.SECRET_KEY = OLD
    good = make()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    assert reads(good) is True
    settings.SECRET_KEY_FALLBACKS = []
    assert reads(good) is False


def test_atk_37_every_signed_word_of_the_product_names_its_purpose_and_is_tried_here():
    """A call without a salt would open what was signed for another purpose; a new purpose belongs into PURPOSES."""
    calls = [call for path in modules() for call in re.findall(r"signing\.(?:dumps|loads)\([^\n]*", path.read_text())]
    assert [call for call in calls if "salt=" not in call] == []
    purposes = {re.search(r"salt=([\w.\"-]+)", call)[1] for call in calls if call.startswith("signing.dumps")}
    assert len(purposes) <= len(PURPOSES), purposes


@pytest.mark.django_db
def test_atk_37_a_session_is_a_number_and_holds_nothing_to_forge(settings):
    everyone = people()
    client = signed_in(everyone.nurse)
    key = client.cookies["sessionid"].value
    assert client.get("/board/").status_code == 200
    for forged in (key[:-1] + ("a" if key[-1] != "a" else "b"), signing.dumps({"_auth_user_id": "1"}), f"{key}'--", ""):
        other = Client()
        other.cookies["sessionid"] = forged
        assert other.get("/board/").status_code == 302
    settings.SECRET_KEY = NEW
    assert client.get("/board/").status_code == 302, "who was signed in under a key that is gone signs in again"


@pytest.mark.django_db
def test_atk_37_a_password_letter_is_for_one_person_and_one_key(settings):
    from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
    from allauth.account.utils import user_pk_to_url_str

    everyone = people()
    made = EmailAwarePasswordResetTokenGenerator().make_token(everyone.nurse)

    def opens(user, token):
        there = f"/accounts/password/reset/key/{user_pk_to_url_str(user)}-{token}/"
        return Client().get(there).status_code == 302

    assert opens(everyone.nurse, made)
    assert not opens(everyone.prescriber, made)
    assert not opens(everyone.nurse, made[:-1] + ("0" if made[-1] != "0" else "1"))
    settings.SECRET_KEY = NEW
    assert not opens(everyone.nurse, made)
