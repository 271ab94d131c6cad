"""Staff at the door: two factors, no lock-out, no hints, sessions that end."""

import datetime as dt
import re
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings as project_settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic import clock, tasks
from clinic.models import AuditEvent, Membership
from clinic.sign_in import SecondFactorAdapter
from tests.factories.places import PASSWORD
from tests.people import people, signed_in
from tests.standing import standing

LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()


everyone = standing(people)


def sign_in(user, password=PASSWORD, *, address="192.0.2.1", client=None, **more):
    """Fill the sign-in page; returns the client and the answer."""
    client = client or Client(REMOTE_ADDR=address)
    return client, client.post(LOGIN, {"login": getattr(user, "email", user), "password": password, **more})


def now_code(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def seed(everyone):
    """The nurse has a second factor; gives its seed."""
    secret = generate_totp_secret()
    TOTP.activate(everyone.nurse, secret)
    return secret


def test_password_signs_in_and_the_audit_knows(everyone):
    client, answer = sign_in(everyone.nurse)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    event = AuditEvent.objects.get(verb="sign_in.done")
    assert (event.user, event.address) == (everyone.nurse, "192.0.2.1")


def test_the_first_page_after_a_sign_in_writes_nothing_but_its_look(everyone):
    client, _ = sign_in(everyone.nurse)
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/tasks/").status_code == 200
    harmless = ("SELECT", "EXECUTE kept_select_", 'INSERT INTO "clinic_auditevent"')
    assert not [q["sql"] for q in asked if not q["sql"].startswith(harmless)]


def test_wrong_password_and_unknown_address_answer_alike(everyone):
    known = sign_in(everyone.nurse, "wrong-wrong-wrong")[1]
    unknown = sign_in("nobody@tideline.example", "wrong-wrong-wrong")[1]
    gone = sign_in(everyone.deactivated, "wrong-wrong-wrong")[1]
    pages = [re.sub(r'value="[^"]*"', "", page.content.decode()) for page in (known, unknown, gone)]
    assert pages[0] == pages[1] == pages[2]
    assert known.status_code == unknown.status_code == gone.status_code
    refused = AuditEvent.objects.filter(verb="sign_in.refused")
    assert {event.user for event in refused} == {everyone.nurse, None, everyone.deactivated}
    assert "nobody@" not in str(list(refused.values()))


def test_a_deactivated_person_is_not_let_in(everyone):
    client, _ = sign_in(everyone.deactivated)
    assert "_auth_user_id" not in client.session


def test_unknown_and_known_addresses_cost_as_many_hashes(everyone, monkeypatch):
    spent, encode = [], MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: spent.append(1) or encode(*args))
    costs = []
    for who in (everyone.nurse.email, "nobody@tideline.example", everyone.deactivated.email):
        spent.clear()
        sign_in(who, "wrong-wrong-wrong")
        costs.append(len(spent))
    assert costs[0] >= 1
    assert costs == [costs[0]] * 3


def test_a_stranger_cannot_lock_a_nurse_out(everyone):
    for _ in range(12):
        sign_in(everyone.nurse, "wrong-wrong-wrong", address="203.0.113.9")
    assert sign_in(everyone.nurse, address="203.0.113.9")[1].status_code == 200
    assert sign_in(everyone.nurse, address="192.0.2.1")[1].status_code == 302
    assert sign_in(everyone.colleague, address="203.0.113.9")[1].status_code == 302


def test_a_forged_forwarded_address_does_not_reset_the_count(everyone):
    for n in range(6):
        client = Client(REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}")
        sign_in(everyone.nurse, "wrong-wrong-wrong", client=client)
    client = Client(REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR="198.51.100.200")
    assert sign_in(everyone.nurse, client=client)[1].status_code == 200
    assert {e.address for e in AuditEvent.objects.filter(verb="sign_in.refused")} == {"203.0.113.9"}


def test_nobody_signs_up(db):
    assert Client().get("/accounts/signup/").status_code == 404
    assert Client().post("/accounts/signup/", {"email": "a@tideline.example"}).status_code == 404


@pytest.mark.parametrize(
    "there",
    ["//evil.example/", "https://evil.example/", "https:evil.example", "/\\evil.example", "javascript:alert(1)"],
)
def test_next_stays_on_site(everyone, there):
    assert sign_in(everyone.nurse, next=there)[1].headers["Location"] == "/"


def test_next_leads_to_a_page_of_ours(everyone):
    assert sign_in(everyone.nurse, next="/tasks/?a=1")[1].headers["Location"] == "/tasks/?a=1"


def test_v7_2_4_the_session_key_changes_at_sign_in(everyone):
    client = Client(REMOTE_ADDR="192.0.2.1")
    client.get(LOGIN)
    session = client.session
    session["x"] = 1
    session.save()
    client.cookies["sessionid"] = session.session_key
    sign_in(everyone.nurse, client=client)
    assert client.session.session_key != session.session_key


def test_signing_out_clears_the_browser_and_kills_the_cookie(everyone):
    client, _ = sign_in(everyone.nurse)
    old = client.cookies["sessionid"].value
    answer = client.post("/accounts/logout/", {"nothing_waits": "yes"})
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    thief = Client()
    thief.cookies["sessionid"] = old
    assert thief.get("/audit/").headers["Location"].startswith(LOGIN)
    assert AuditEvent.objects.filter(verb="sign_in.ended", user=everyone.nurse).exists()


def test_entries_that_wait_in_the_browser_survive_signing_out_and_a_sign_in_that_lapsed(everyone):
    client, _ = sign_in(everyone.nurse)
    assert client.post("/accounts/logout/").headers["Clear-Site-Data"] == '"cache"'
    with time_machine.travel(clock.now(), tick=False) as clocks:
        client = signed_in(everyone.nurse)
        clocks.shift(dt.timedelta(hours=12, minutes=1))
        lapsed = client.post("/accounts/login/", {"nothing_waits": ""})
    assert lapsed.headers["Clear-Site-Data"] == '"cache"'


def test_getting_the_sign_out_page_signs_nobody_out(everyone):
    client, _ = sign_in(everyone.nurse)
    client.get("/accounts/logout/")
    assert client.session["_auth_user_id"] == str(everyone.nurse.pk)


@pytest.mark.parametrize(
    ("steps", "here"),
    [([29, 29, 29], True), ([31], False), ([29] * 26, False)],
    ids=["busy", "idle", "a whole shift"],
)
def test_v7_3_1_v7_3_2_sessions_lock_when_idle_and_end_after_a_shift(everyone, steps, here):
    with time_machine.travel(clock.now(), tick=False) as clocks:
        client = signed_in(everyone.auditor)
        for minutes in steps:
            clocks.shift(dt.timedelta(minutes=minutes))
            answer = client.get("/audit/")
    assert (answer.status_code == 200) is here


def test_a_page_that_refreshes_itself_keeps_no_session_alive(everyone):
    with time_machine.travel(clock.now(), tick=False) as clocks:
        client = signed_in(everyone.auditor)
        for _ in range(4):
            clocks.shift(dt.timedelta(minutes=10))
            answer = client.get("/audit/", headers={"HX-Request": "true"})
    assert answer.status_code == 423


def test_a_deactivated_person_is_out_at_once(everyone):
    client = signed_in(everyone.auditor)
    assert client.get("/audit/").status_code == 200
    everyone.auditor.is_active = False
    everyone.auditor.save()
    assert client.get("/audit/").headers["Location"].startswith(LOGIN)


def test_an_ended_role_closes_its_pages_at_once(everyone):
    client = signed_in(everyone.auditor)
    Membership.objects.filter(user=everyone.auditor).update(until=clock.now())
    assert client.get("/audit/").status_code == 403


def test_the_code_is_asked_after_the_password(everyone, seed):
    client, answer = sign_in(everyone.nurse)
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert client.get("/audit/").headers["Location"].startswith(LOGIN)
    assert client.post(reverse("mfa_authenticate"), {"code": now_code(seed)}).headers["Location"] == "/"
    assert client.session["_auth_user_id"] == str(everyone.nurse.pk)


def test_atk_20_v6_5_1_a_code_works_once(everyone, seed):
    code = now_code(seed)
    answers = []
    for _ in range(2):
        client, _ = sign_in(everyone.nurse)
        answers.append(client.post(reverse("mfa_authenticate"), {"code": code}).status_code)
    assert answers == [302, 200]


def test_seeds_and_recovery_codes_are_not_readable_in_the_database(everyone, seed):
    adapter = SecondFactorAdapter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator")
        stored = cursor.fetchone()[0]
    assert seed not in stored
    assert adapter.decrypt(Authenticator.objects.get().data["secret"]) == seed


def test_seeds_survive_a_change_of_the_secret(everyone, seed, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-" + "n" * 60
    assert SecondFactorAdapter().decrypt(Authenticator.objects.get().data["secret"]) == seed


@pytest.mark.parametrize("page", ["/audit/", "/admin/", "/"])
def test_without_a_second_factor_staff_is_led_to_set_one_up(everyone, settings, page):
    settings.MFA_REQUIRED = True
    client, _ = sign_in(everyone.clinic_admin)
    answer = client.get(page)
    assert answer.headers["Location"].startswith(reverse("mfa_activate_totp"))
    assert client.get(answer.headers["Location"]).status_code == 200


def test_setting_up_the_second_factor_opens_the_pages(live_db, settings):
    settings.MFA_REQUIRED = True
    everyone = people()
    client, _ = sign_in(everyone.auditor)
    page = reverse("mfa_activate_totp")
    client.get(page)
    client.post(page, {"code": now_code(client.session["mfa.totp.secret"])})
    assert client.get("/audit/").status_code == 200
    assert Authenticator.objects.filter(user=everyone.auditor, type="recovery_codes").exists()


def test_a_session_from_before_the_second_factor_must_give_it(everyone, settings, seed):
    settings.MFA_REQUIRED = True
    client = signed_in(everyone.nurse)
    assert client.get("/").headers["Location"].startswith(reverse("mfa_reauthenticate"))


def test_the_second_factor_passes_the_door(everyone, settings, seed):
    settings.MFA_REQUIRED = True
    Membership.objects.create(user=everyone.nurse, site=everyone.harbor, role="auditor")
    client, _ = sign_in(everyone.nurse)
    client.post(reverse("mfa_authenticate"), {"code": now_code(seed)})
    assert client.get("/audit/").status_code == 200


def test_g_03_the_admin_has_no_sign_in_of_its_own(everyone):
    answer = Client().get("/admin/login/")
    assert answer.headers["Location"].startswith(LOGIN)
    assert (
        Client()
        .post("/admin/login/", {"username": everyone.clinic_admin.email, "password": PASSWORD})
        .headers["Location"]
        .startswith(LOGIN)
    )


def test_reset_mails_known_addresses_only_and_says_the_same(everyone, settings):
    settings.BASE_URL = "https://clinic.example"
    page = reverse("account_reset_password")
    known = Client().post(page, {"email": everyone.nurse.email}, headers={"Host": "localhost"})
    unknown = Client().post(page, {"email": "nobody@tideline.example"})
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert [message.to for message in mail.outbox] == [[everyone.nurse.email]]
    assert "https://clinic.example/accounts/password/reset/key/" in mail.outbox[0].body
    assert "localhost" not in mail.outbox[0].body


def test_the_worker_mails_the_reset_so_that_a_known_address_takes_no_longer(everyone, monkeypatch):
    asked = []
    monkeypatch.setattr("clinic.sign_in.current_app.send_task", lambda name, args, **more: asked.append((name, args)))
    for email in (everyone.nurse.email, "nobody@tideline.example"):
        Client().post(reverse("account_reset_password"), {"email": email})
    assert (asked, mail.outbox) == ([("clinic.mail_reset", [str(everyone.nurse.pk), everyone.nurse.email])], [])
    tasks.send_reset(*asked[0][1])
    assert mail.outbox[0].to == [everyone.nurse.email]
    assert mail.outbox[0].subject == "Tideline: Password Reset Email"
    everyone.nurse.is_active = False
    everyone.nurse.save()
    tasks.send_reset(*asked[0][1])
    assert len(mail.outbox) == 1


def test_v6_4_3_reset_does_not_skip_the_second_factor(everyone, seed):
    Client().post(reverse("account_reset_password"), {"email": everyone.nurse.email})
    address = re.search(r"/accounts/password/reset/key/\S+", mail.outbox[0].body).group()
    client = Client(REMOTE_ADDR="192.0.2.1")
    page = client.get(address, follow=True)
    new = "seven quiet herons wade"
    client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    assert "_auth_user_id" not in client.session
    assert sign_in(everyone.nurse, new)[1].headers["Location"] == reverse("mfa_authenticate")


def test_a_foreign_host_is_refused(db):
    assert Client().get(LOGIN, headers={"Host": "evil.example"}).status_code == 400
    assert "evil.example" not in Client().get(LOGIN, headers={"X-Forwarded-Host": "evil.example"}).content.decode()


@pytest.mark.parametrize(
    ("password", "fine"),
    [
        ("fourteen-chars", False),
        ("1q2w3e4r5t6y7u8i9o0p", False),
        ("passwordpassword", False),
        ("plain lower case words are fine", True),
        ("x" * 7 + "long and kept whole " * 6, True),
    ],
)
def test_passwords_are_long_not_complicated(everyone, password, fine):
    client, _ = sign_in(everyone.nurse)
    answer = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": password, "password2": password}
    )
    assert (answer.status_code == 302) is fine
    assert sign_in(everyone.nurse, password)[1].status_code == (302 if fine else 200)


def test_v11_4_2_production_hashes_with_argon2():
    from clinic.project.settings import base

    assert base.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
    assert base.MFA_REQUIRED is True
    assert project_settings.SESSION_COOKIE_HTTPONLY


def test_v6_2_7_password_managers_and_paste_work(everyone, seed):
    page = Client().get(LOGIN).content.decode()
    assert 'autocomplete="current-password"' in page
    client, _ = sign_in(everyone.nurse)
    assert 'autocomplete="one-time-code"' in client.get(reverse("mfa_authenticate")).content.decode()
    change = signed_in(everyone.nurse).get(reverse("account_change_password")).content.decode()
    assert change.count('autocomplete="new-password"') == 2
    assert "onpaste" not in page + change
