"""ATK-16 to ATK-20 at the staff's door: old cookies, stuffing, lock-outs, who is there, ways round the factor."""

import datetime as dt
import re
import statistics
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail
from django.core.cache import cache
from django.db import connections
from django.test import Client
from django.urls import reverse

from clinic import clock
from clinic.actions import sign_ins, staff
from clinic.models import AuditEvent, Membership
from tests.factories.places import PASSWORD
from tests.house import matrix
from tests.people import people, signed_in
from tests.standing import standing

LOGIN, CODE = "/accounts/login/", "/accounts/2fa/authenticate/"
WRONG, NEW = "wrong-wrong-wrong", "seven quiet herons wade"
BACKENDS = 2  # each judges a password once
NAT, ELSEWHERE = "192.0.2.1", "203.0.113.9"


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()


everyone = standing(people)


def knock(user, password=PASSWORD, *, client=None, address=NAT):
    """One try at the sign-in page: (the browser, the status)."""
    client = client or Client(REMOTE_ADDR=address)
    email = getattr(user, "email", user)
    return client, client.post(LOGIN, {"login": email, "password": password}).status_code


def is_in(client):
    return client.get("/tasks/").status_code == 200


def seed_of(user):
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


# --- ATK-16: what a thief's copy of a cookie is worth afterwards ---
def copy_of(client):
    thief = Client()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    return thief


def sign_out(client, everyone):
    client.post("/accounts/logout/")


def change_password(client, everyone):
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})


def switch_off(client, everyone):
    everyone.nurse.is_active = False
    staff.change_user(user=everyone.nurse, fields=["is_active"], by=everyone.clinic_admin)


def end_role(client, everyone):
    staff.end_role(membership=Membership.objects.get(user=everyone.nurse), by=everyone.clinic_admin)


def end_by_admin(client, everyone):
    sign_ins.end_all_sessions(user=everyone.nurse, by=everyone.clinic_admin)


def lose_device(client, everyone):
    sign_ins.take_factors(user=everyone.nurse, reason="Lost", by=everyone.clinic_admin)


@pytest.mark.parametrize("deed", [sign_out, change_password, switch_off, end_role, end_by_admin, lose_device])
def test_atk_16_v7_4_1_v7_4_2_an_old_cookie_is_dead_after(everyone, deed):
    client, _ = knock(everyone.nurse)
    thief = copy_of(client)
    assert is_in(thief)
    deed(client, everyone)
    assert not is_in(thief)


def test_atk_16_v7_2_4_a_new_key_at_sign_in_at_a_proof_and_at_unlocking(everyone):
    client, _ = knock(everyone.nurse)
    keys = [client.session.session_key]
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    keys.append(client.session.session_key)
    client.post(reverse("sessions:lock-set"))
    client.post(reverse("sessions:lock-open"), {"password": PASSWORD})
    keys.append(client.session.session_key)
    assert len(set(keys)) == 3
    assert is_in(client)


# --- ATK-17: stuffing, and locking the only nurse out ---
def test_atk_17_v6_3_1_a_thousand_tries_get_a_handful_of_answers(everyone, monkeypatch):
    judged = []
    monkeypatch.setattr("clinic.models.User.check_password", lambda *args: judged.append(1) or False)
    client = Client(REMOTE_ADDR=ELSEWHERE)
    for n in range(1000):
        knock(everyone.nurse, f"guess number {n:09}", client=client)
    assert len(judged) <= 5 * BACKENDS
    assert knock(everyone.nurse, address=ELSEWHERE)[1] == 200, "this address waits"


def test_atk_17_many_addresses_together_are_held_too(everyone, monkeypatch):
    judged = []
    monkeypatch.setattr("clinic.models.User.check_password", lambda *args: judged.append(1) or False)
    for n in range(150):
        knock(everyone.nurse, WRONG, address=f"198.51.100.{n}")
    assert len(judged) <= 100 * BACKENDS


def test_atk_17_v6_1_1_the_only_nurse_comes_in_at_her_own_tablet_whatever_is_tried_elsewhere(everyone):
    tablet, _ = knock(everyone.nurse)
    tablet.post("/accounts/logout/")
    for n in range(120):  # from everywhere, also from the clinic's own address
        knock(everyone.nurse, WRONG, address=NAT if n % 2 else f"198.51.100.{n}")
    assert knock(everyone.nurse)[1] == 200, "a strange browser waits"
    assert knock(everyone.nurse, client=tablet)[1] == 302


def test_atk_17_a_flood_from_the_clinics_own_wifi_holds_up_strange_browsers_only(everyone):
    tablets = [knock(user)[0] for user in (everyone.nurse, everyone.prescriber, everyone.front_desk)]
    for tablet in tablets:
        tablet.post("/accounts/logout/")
    for n in range(80):
        knock(f"guess{n}@tideline.example", WRONG)
    assert knock(everyone.auditor)[1] == 200, "a strange browser behind the same address waits"
    answers = [knock(user, client=tablet)[1] for user, tablet in
               zip((everyone.nurse, everyone.prescriber, everyone.front_desk), tablets, strict=True)]  # fmt: skip
    assert answers == [302, 302, 302]


def test_atk_17_a_known_browser_has_five_tries_itself(everyone):
    tablet, _ = knock(everyone.nurse)
    tablet.post("/accounts/logout/")
    for _ in range(5):
        knock(everyone.colleague, WRONG, client=tablet)
    assert knock(everyone.colleague, client=tablet)[1] == 200
    assert knock(everyone.colleague, address=ELSEWHERE)[1] == 302


# --- ATK-18: who is there ---
def test_atk_18_v6_3_8_sign_in_and_reset_say_the_same_to_known_unknown_and_gone(everyone):
    who = (everyone.nurse.email, "nobody@tideline.example", everyone.deactivated.email)
    for path, field in ((LOGIN, "login"), (reverse("account_reset_password"), "email")):
        answers = [Client().post(path, {field: email, "password": WRONG}) for email in who]
        told = {
            (a.status_code, a.headers.get("Location"), re.sub(r'value="[^"]*"', "", a.content.decode()))
            for a in answers
        }
        assert len(told) == 1


def test_atk_18_v6_3_8_known_and_unknown_take_as_long(everyone, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    everyone.nurse.set_password(PASSWORD)
    everyone.nurse.save()
    spent = {everyone.nurse.email: [], "nobody@tideline.example": []}
    for _ in range(9):
        for email, times in spent.items():
            cache.clear()
            began = time.thread_time()
            knock(email, WRONG)
            times.append(time.thread_time() - began)
    known, unknown = (statistics.median(times) for times in spent.values())
    assert abs(known - unknown) <= 0.05


def test_atk_18_a_right_password_of_somebody_switched_off_reads_like_a_wrong_one_in_status(everyone):
    gone, status = knock(everyone.deactivated)
    assert "_auth_user_id" not in gone.session
    assert not is_in(gone)


# --- ATK-19: round the second factor ---
@pytest.fixture
def strict(everyone, settings):
    """The clinic asks for a second factor, and the nurse has one; gives its seed."""
    settings.MFA_REQUIRED = True
    return seed_of(everyone.nurse)


def test_atk_19_g_03_v6_3_4_between_the_steps_no_page_of_the_staff_opens(everyone, strict):
    client, _ = knock(everyone.nurse)
    asked = 0
    for path in matrix.paths():
        door = getattr(path.view, "door", None)
        own = path.namespace in ("clinic", "intake", "sessions", "followup", "admin")
        if path.params or not own or (door and door.kind != "staff"):
            continue
        for method in ("get", "post"):
            answer = getattr(client, method)(reverse(path.name))
            asked += 1
            assert answer.status_code in (302, 401, 405), (path.name, answer.status_code)
            if answer.status_code == 302:
                assert answer.headers["Location"].startswith((LOGIN, "/accounts/logout/")), path.name
    assert asked > 100


@pytest.mark.parametrize(
    "page",
    ["account_change_password", "mfa_index", "mfa_view_recovery_codes", "mfa_add_webauthn", "mfa_deactivate_totp"],
)
def test_atk_19_between_the_steps_nothing_about_the_account_is_changed(everyone, strict, page):
    client, _ = knock(everyone.nurse)
    for answer in (client.get(reverse(page)), client.post(reverse(page))):
        assert answer.status_code == 302
        assert LOGIN in answer.headers["Location"] or CODE in answer.headers["Location"]


def test_atk_19_a_cookie_of_the_browser_alone_or_of_another_opens_nothing(everyone, strict):
    tablet, _ = knock(everyone.nurse)
    tablet.post(CODE, {"code": code_of(strict)})
    assert is_in(tablet)
    thief = Client()
    thief.cookies["browser"] = tablet.cookies["browser"].value
    assert not is_in(thief)
    knock(everyone.nurse, client=thief)
    assert not is_in(thief), "a known browser does not stand in for the code"


def test_atk_19_v6_4_3_a_reset_skips_nothing(everyone, strict):
    Client().post(reverse("account_reset_password"), {"email": everyone.nurse.email})
    path = re.search(r"/accounts/password/reset/key/\S+", mail.outbox[0].body).group()
    client = Client()
    client.post(client.get(path, follow=True).request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    assert not is_in(client)
    client, _ = knock(everyone.nurse, NEW)
    assert not is_in(client)


def test_atk_19_v7_5_1_a_session_left_open_changes_no_factor(everyone, strict):
    client, _ = knock(everyone.nurse)
    client.post(CODE, {"code": code_of(strict)})
    with time_machine.travel(clock.now() + dt.timedelta(minutes=6)):
        for page in ("mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_add_webauthn"):
            assert client.get(reverse(page)).headers["Location"].startswith(reverse("account_reauthenticate"))
            assert client.post(reverse(page)).headers["Location"].startswith(reverse("account_reauthenticate"))
    assert Authenticator.objects.filter(user=everyone.nurse, type="totp").exists()


def test_atk_19_v7_5_3_what_asks_for_a_fresh_proof_gets_one(everyone):
    admin = signed_in(everyone.clinic_admin)
    page = reverse("clinic:staff-lost", args=[everyone.nurse.pk])
    assert admin.get(page).status_code == 200
    with time_machine.travel(clock.now() + dt.timedelta(minutes=6)):
        assert admin.get(page).headers["Location"].startswith(reverse("account_reauthenticate"))
        assert admin.post(page, {"reason": ""}).status_code == 422, "what was being typed is not lost"
    with time_machine.travel(clock.now() + dt.timedelta(minutes=16)):
        answer = admin.post(page, {"reason": "A reason"})
        assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
        assert not AuditEvent.objects.filter(verb="second_factor.taken").exists()
        admin.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        assert admin.get(page).status_code == 200


def test_v6_6_3_a_code_has_five_tries(everyone, strict):
    client, _ = knock(everyone.nurse)
    right = code_of(strict)
    for n in range(5):
        client.post(CODE, {"code": f"{(int(right) + 1 + n) % 1000000:06}"})
    assert client.post(CODE, {"code": right}).status_code == 200
    assert not is_in(client)


# --- ATK-20: the same code twice ---
def race(codes, user):
    """Twenty browsers between the steps send these codes at the same moment; how many are let in."""
    browsers = [knock(user, address=f"198.51.100.{n}")[0] for n in range(len(codes))]

    def send(pair):
        try:
            pair[0].post(CODE, {"code": pair[1]})
            return is_in(pair[0])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(codes)) as pool:
        return sum(pool.map(send, zip(browsers, codes, strict=True)))


@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_atk_20_v6_5_1_twenty_at_once_are_one_sign_in(live_db, settings, kind):
    settings.MFA_REQUIRED = True
    everyone = people()
    secret = seed_of(everyone.nurse)
    spare = RecoveryCodes.activate(everyone.nurse).get_unused_codes()[0]
    code = spare if kind == "recovery" else None
    assert race([code or code_of(secret)] * 20, everyone.nurse) == 1
