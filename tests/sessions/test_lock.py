"""UX-20 and ONC-d5: a locked session tells nothing about anybody, opens by PIN, passkey or password, changes hands."""

import datetime as dt
import json

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from clinic import clock
from clinic.models import AuditEvent, KnownBrowser
from sessions import actions
from sessions.models import Entry
from tests.clinic.test_passkeys import options_of
from tests.factories.places import PASSWORD
from tests.house import matrix
from tests.people import people, signed_in
from tests.sessions.pins import PIN, tablet, with_pin
from tests.sessions.screens import url
from tests.softkey import SoftKey
from tests.standing import standing

LOCK, SET, OPEN, PASSKEY = "/lock/", "/lock/set/", "/lock/open/", "/lock/passkey/"
IN_PLACE = {"Lock-In-Place": "1"}
# What answers behind the lock: the lock itself, and what says nothing about anybody.
BEHIND = {
    "sessions:lock", "sessions:lock-set", "sessions:lock-stay", "sessions:lock-open", "sessions:lock-passkey",
    "sessions:lock-emergency", "sessions:replay", "sessions:replay-ready", "sessions:board-calls", "clinic:live-ticket",
    "sessions:session-ticket",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()


everyone = standing(people)


@pytest.fixture
def locked(everyone):
    """The nurse's tablet, locked; her colleague and the front desk signed in on it today; all have a PIN."""
    client = tablet(with_pin(everyone.nurse), with_pin(everyone.colleague), with_pin(everyone.front_desk))
    client.post(SET)
    return client


def who(client):
    return client.session.get("_auth_user_id")


def is_in(client):
    return client.get("/tasks/").status_code == 200


def open_by(client, person, pin=PIN, **more):
    return client.post(OPEN, {"person": str(person.pk), "pin": pin, **more})


def test_ux_20_every_door_of_the_staff_is_shut_but_the_named_ones(locked):
    answering = set()
    for path in matrix.paths():
        door = getattr(path.view, "door", None)
        if door is not None and door.while_locked:
            answering.add(path.name)
        if path.params or path.namespace in ("dev", "") or (door and door.kind != "staff"):
            continue
        if path.name in BEHIND:
            continue
        page, fragment = locked.get(reverse(path.name)), locked.get(reverse(path.name), headers={"HX-Request": "true"})
        assert page.headers["Location"].startswith(LOCK), path.name
        assert fragment.status_code == 423, path.name
        assert b"OKAFOR" not in page.content + fragment.content
    assert answering == BEHIND


def test_ux_20_no_account_page_opens_behind_the_lock(locked):
    for name in ("account_change_password", "mfa_index", "mfa_view_recovery_codes", "account_reauthenticate"):
        assert locked.get(reverse(name)).headers["Location"].startswith(LOCK), name
    assert locked.get("/admin/").headers["Location"].startswith(LOCK)


def test_ux_20_onc_d5_an_idle_session_is_locked_and_goes_on_after_the_pin(everyone):
    with time_machine.travel(clock.now(), tick=False) as clocks:
        client = tablet(with_pin(everyone.nurse))
        clocks.shift(dt.timedelta(minutes=31))
        assert client.get("/tasks/").headers["Location"] == f"{LOCK}?next=/tasks/"
        assert open_by(client, everyone.nurse, next="/tasks/").headers["Location"] == "/tasks/"
        assert is_in(client)
    verbs = list(
        AuditEvent.objects.filter(verb__startswith="session.").order_by("at", "id").values_list("verb", flat=True)
    )
    assert verbs == ["session.locked", "session.unlocked"]


def test_ux_20_a_form_that_meets_the_lock_comes_back_with_all_that_was_typed(everyone):
    with time_machine.travel(clock.now(), tick=False) as clocks:
        client = tablet(with_pin(everyone.nurse))
        clocks.shift(dt.timedelta(minutes=31))
        typed = {"words": "A long note <b>", "tags": ["one", "two"], "pin": "111111"}
        shut = client.post("/equipment/", typed)
        assert shut.status_code == 423
        kept = {f"kept:{name}": value for name, value in typed.items() if name != "pin"}
        page = shut.content.decode()
        assert 'name="kept:words" value="A long note &lt;b&gt;"' in page
        assert "111111" not in page, "a secret is not handed back"
        again = open_by(client, everyone.nurse, next="/equipment/", **kept).content.decode()
    assert 'action="/equipment/"' in again
    assert again.count('name="tags"') == 2
    assert 'name="words" value="A long note &lt;b&gt;"' in again


def test_a_page_in_place_learns_who_opened_it(locked, everyone):
    refused = locked.post(OPEN, {"person": str(everyone.nurse.pk), "pin": "000111"}, headers=IN_PLACE)
    assert refused.status_code == 422
    assert "<html" not in refused.content.decode()
    assert "4 tries left" in refused.content.decode()
    said = locked.post(OPEN, {"person": str(everyone.nurse.pk), "pin": PIN}, headers=IN_PLACE).json()
    assert said == {"same": True, "to": "/"}


def test_ux_20_a_colleague_takes_over_and_both_come_and_go(locked, everyone):
    old = locked.session.session_key
    assert open_by(locked, everyone.colleague).status_code == 302
    assert who(locked) == str(everyone.colleague.pk)
    assert locked.session.session_key != old
    assert is_in(locked)
    locked.post(SET)
    assert open_by(locked, everyone.nurse).status_code == 302
    assert who(locked) == str(everyone.nurse.pk)
    assert AuditEvent.objects.filter(verb="sign_in.parked").count() == 2


def test_who_took_over_is_asked_again_before_a_file_goes_out(locked, everyone):
    open_by(locked, everyone.colleague)
    assert (
        locked.get(reverse("sessions:register-csv")).headers["Location"].startswith(reverse("account_reauthenticate"))
    )


def test_the_session_of_who_took_over_ends_with_the_shift_they_began(everyone):
    with time_machine.travel(clock.now(), tick=False) as clocks:
        client = tablet(with_pin(everyone.nurse), with_pin(everyone.colleague))
        clocks.shift(dt.timedelta(hours=11, minutes=50))
        client.force_login(everyone.nurse, backend="clinic.signed_in.ByUsername")
        client.post(SET)
        open_by(client, everyone.colleague)
        assert who(client) == str(everyone.colleague.pk)
        clocks.shift(dt.timedelta(minutes=11))
        assert not is_in(client)


@pytest.mark.parametrize("way", ["signed_out", "switched_off", "new_password", "half_a_day", "forgotten", "no_pin"])
def test_who_may_not_come_back_quickly(locked, everyone, way):
    at, person = clock.now(), everyone.colleague
    rows = KnownBrowser.objects.filter(user=person)
    if way == "signed_out":
        rows.update(left_at=at)
    elif way == "switched_off":
        person.is_active = False
        person.save()
    elif way == "new_password":
        person.set_password("seven quiet herons wade")
        person.save()
    elif way == "half_a_day":
        rows.update(full_at=at - dt.timedelta(hours=12, minutes=1))
    elif way == "forgotten":
        rows.update(ended_at=at, ended_by=person, ended_why="forgotten")
    else:
        actions.remove_pin(by=person)
    page = locked.get(LOCK).content.decode()
    assert (person.name in page, everyone.nurse.name in page) == (False, True)
    assert open_by(locked, person).status_code == 422
    assert who(locked) == str(everyone.nurse.pk)


def test_a_pin_alone_opens_nothing_in_another_browser(everyone):
    client = signed_in(with_pin(everyone.nurse))
    client.post(SET)
    assert open_by(client, everyone.nurse).status_code == 422
    assert not is_in(client)


def test_v6_6_3_five_wrong_pins_then_only_the_password(locked, everyone):
    for _ in range(5):
        assert open_by(locked, everyone.nurse, "000111").status_code == 422
    assert open_by(locked, everyone.nurse).status_code == 422
    assert locked.post(OPEN, {"password": "wrong-wrong-wrong"}).status_code == 422
    assert not is_in(locked)
    assert locked.post(OPEN, {"password": PASSWORD}).status_code == 302
    assert is_in(locked)
    locked.post(SET)
    assert open_by(locked, everyone.nurse).status_code == 302, "the password unlocked the PIN"
    assert AuditEvent.objects.filter(verb="pin.refused").count() == 6


def test_the_password_opens_ones_own_lock_only(locked, everyone):
    assert locked.post(OPEN, {"person": str(everyone.colleague.pk), "password": PASSWORD}).status_code == 302
    assert who(locked) == str(everyone.nurse.pk)


@pytest.mark.parametrize("said", [{}, {"pin": ""}, {"person": "x", "pin": PIN}, {"person": "", "pin": PIN}])
def test_nonsense_is_refused_in_words(locked, said):
    answer = locked.post(OPEN, said)
    assert answer.status_code == 422
    assert "error" in answer.content.decode()
    assert not is_in(locked)


@pytest.mark.parametrize("there", ["//evil.example/", "https://evil.example", "/\\evil.example", "/lock/"])
def test_atk_23_the_way_on_stays_on_site(locked, everyone, there):
    assert open_by(locked, everyone.nurse, next=there).headers["Location"] == "/"


def test_a_passkey_opens_ones_own_lock_and_is_a_sign_in_of_anybody_else(everyone):
    keys = {}
    for user in (everyone.colleague, everyone.nurse):
        client = signed_in(user)
        keys[user] = SoftKey()
        asked = options_of(client.get("/accounts/2fa/webauthn/add/"))["creation_options"]
        client.post("/accounts/2fa/webauthn/add/", {"name": "", "credential": json.dumps(keys[user].create(asked))})
    for user, same in ((everyone.nurse, True), (everyone.colleague, False)):
        client.post(SET)
        asked = client.get(PASSKEY).json()["request_options"]
        answer = client.post(PASSKEY, {"credential": json.dumps(keys[user].get(asked))}, headers=IN_PLACE)
        assert answer.json()["same"] is same
        assert who(client) == str(user.pk)
        assert is_in(client)
    client.post(SET)
    client.get(PASSKEY)
    assert client.post(PASSKEY, {"credential": "{}"}).status_code == 422
    assert not is_in(client)


class TestNeverInTheWay:
    """UX-20: a running infusion goes on behind the lock."""

    def test_ux_20_an_emergency_is_one_tap_on_a_locked_tablet(self, scene, infusing):
        client = tablet(with_pin(scene.people.nurse))
        client.post(SET)
        answer = client.post(reverse("sessions:lock-emergency", args=[scene.session.pk]))
        assert "Emergency called" in answer.content.decode()
        assert scene.people.patient.family_name not in answer.content.decode()
        assert Entry.objects.get(kind="emergency").recorded_by == scene.people.nurse
        assert client.get(url("emergency", scene.session)).headers["Location"].startswith(LOCK)

    def test_ux_20_calls_are_heard_and_the_queue_is_sent(self, scene, infusing):
        client = tablet(with_pin(scene.people.nurse))
        client.post(SET)
        for path in ("/board/calls/", "/sessions/replay/ready/"):
            answer = client.get(path, headers={"HX-Request": "true"})
            assert answer.status_code == 200, path
            assert scene.people.patient.family_name not in answer.content.decode()

    def test_somebody_of_another_clinic_calls_nothing_here(self, scene, infusing):
        client = signed_in(scene.people.stranger)
        assert client.post(reverse("sessions:lock-emergency", args=[scene.session.pk])).status_code == 404
        assert not Entry.objects.filter(kind="emergency").exists()
