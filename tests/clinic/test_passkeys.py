"""Passkeys at the door (ASVS 6.3.3): both factors in one, bound to the device, dead as soon as taken away."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from clinic.models import AuditEvent
from tests.factories.places import PASSWORD
from tests.people import people
from tests.softkey import SoftKey

ADD, ENTER = "/accounts/2fa/webauthn/add/", "/accounts/2fa/webauthn/login/"


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()


@pytest.fixture
def everyone(db, settings):
    settings.MFA_REQUIRED = True
    return people()


def browser():
    return Client(headers={"Host": "testserver"})


def come_in(user):
    client = browser()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


def options_of(page):
    return json.loads(re.search(r'id="passkey-options"[^>]*>(.*?)</script>', page.content.decode(), re.S).group(1))


def add_key(client, key=None):
    """Make a passkey on the page; (the device, the answer)."""
    key = key or SoftKey()
    asked = options_of(client.get(ADD))["creation_options"]
    return key, client.post(ADD, {"name": "My tablet", "credential": json.dumps(key.create(asked))})


def enter(key, client=None, **more):
    client = client or browser()
    asked = client.get(ENTER, headers={"X-Requested-With": "XMLHttpRequest"}).json()["request_options"]
    return client, client.post(ENTER, {"credential": json.dumps(key.get(asked, **more))})


def is_in(client):
    return client.get("/audit/").status_code == 200


def test_v6_3_3_made_at_the_first_sign_in_it_opens_the_pages(everyone):
    client = come_in(everyone.auditor)
    assert not is_in(client)
    key, answer = add_key(client)
    assert answer.headers["Location"] == reverse("mfa_view_recovery_codes")
    assert is_in(client)
    assert AuditEvent.objects.filter(verb="second_factor.added", user=everyone.auditor).count() == 1
    assert {message.to[0] for message in mail.outbox} == {everyone.auditor.email}
    shown = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert len(re.findall(r"<li>\d{8}</li>", shown)) == 10


def test_v6_3_3_it_signs_in_by_itself(everyone):
    key, _ = add_key(come_in(everyone.auditor))
    client, _ = enter(key)
    assert is_in(client)
    assert AuditEvent.objects.filter(verb="sign_in.done").latest("at").detail == {"factors": ["mfa"]}


def test_v6_3_3_after_the_password_it_is_the_second_step(everyone):
    key, _ = add_key(come_in(everyone.auditor))
    client = come_in(everyone.auditor)
    page = client.get(reverse("mfa_authenticate"))
    credential = key.get(options_of(page)["request_options"])
    client.post(reverse("mfa_authenticate"), {"credential": json.dumps(credential)})
    assert is_in(client)


def test_v6_3_3_a_device_that_does_not_verify_its_owner_is_no_passkey(everyone):
    client = come_in(everyone.auditor)
    _, answer = add_key(client, SoftKey(verifies=False))
    assert answer.status_code == 200
    assert not Authenticator.objects.exists()


def test_v6_3_3_made_for_another_site_it_opens_nothing(everyone):
    _, answer = add_key(come_in(everyone.auditor), SoftKey(origin="https://testserver.evil.example"))
    assert answer.status_code == 200
    key, _ = add_key(come_in(everyone.auditor))
    key.origin = "https://evil.example"
    client, _ = enter(key)
    assert not is_in(client)


def test_an_answer_is_good_once_and_only_for_its_own_question(everyone):
    key, _ = add_key(come_in(everyone.auditor))
    client = browser()
    asked = client.get(ENTER, headers={"X-Requested-With": "XMLHttpRequest"}).json()["request_options"]
    credential = json.dumps(key.get(asked))
    other = browser()
    other.get(ENTER, headers={"X-Requested-With": "XMLHttpRequest"})
    other.post(ENTER, {"credential": credential})
    assert not is_in(other)
    client.post(ENTER, {"credential": credential})
    assert is_in(client)
    client.post("/accounts/logout/")
    client.post(ENTER, {"credential": credential})
    assert not is_in(client)


@pytest.mark.parametrize(
    "bad",
    ["", "{}", "[]", "null", '"x"', '{"response": {}}', '{"response": {"userHandle": "AAAA"}}', "{" * 5000],
)
def test_atk_19_nonsense_opens_nothing_and_breaks_nothing(everyone, bad):
    client = browser()
    client.get(ENTER, headers={"X-Requested-With": "XMLHttpRequest"})
    assert client.post(ENTER, {"credential": bad}).status_code in (200, 302)
    assert not is_in(client)


def test_the_signature_of_another_device_opens_nothing(everyone):
    key, _ = add_key(come_in(everyone.auditor))
    thief = SoftKey()
    thief.rp_id, thief.user_handle, thief.credential_id = key.rp_id, key.user_handle, key.credential_id
    client, _ = enter(thief)
    assert not is_in(client)


def test_v6_5_6_taken_away_it_opens_nothing(everyone):
    client = come_in(everyone.auditor)
    key, _ = add_key(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    pk = Authenticator.objects.get(type="webauthn").pk
    assert client.post(reverse("mfa_remove_webauthn", args=[pk])).status_code == 302
    again, _ = enter(key)
    assert not is_in(again)


def test_a_person_switched_off_has_no_way_in(everyone):
    key, _ = add_key(come_in(everyone.auditor))
    everyone.auditor.is_active = False
    everyone.auditor.save()
    client, _ = enter(key)
    assert not is_in(client)


def test_nobody_takes_a_key_of_somebody_else_away(everyone):
    add_key(come_in(everyone.auditor))
    other = come_in(everyone.clinic_admin)
    add_key(other)
    other.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    pk = Authenticator.objects.get(type="webauthn", user=everyone.auditor).pk
    assert other.post(reverse("mfa_remove_webauthn", args=[pk])).status_code == 404
    assert other.get(reverse("mfa_edit_webauthn", args=[pk])).status_code == 404
