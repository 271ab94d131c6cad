"""Passkeys in a real browser with a virtual device: made, used to sign in, to open a lock, to show who one is."""

import os
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.urls import reverse
from playwright.sync_api import expect

from clinic.models import AuditEvent
from tests.accessible import report
from tests.factories.places import PASSWORD
from tests.people import people

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("LOCK_SHOTS")
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def everyone(live_db):
    return people()


@pytest.fixture
def here(site_url, settings):
    """The pages under a name: passkeys belong to names, never to bare numbers."""
    settings.MFA_REQUIRED = True
    return site_url.replace("127.0.0.1", "localhost")


@pytest.fixture
def device(open_page):
    """A page of a browser whose device can hold passkeys, and that device: (page, its session of the debugger, id)."""
    page = open_page("tablet")
    page.set_default_timeout(90_000)  # making keys takes its time on a busy machine
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    made = wire.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return page, wire, made["authenticatorId"]


def keep(page, name):
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def by_password(page, here, user):
    page.goto(f"{here}/accounts/login/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_v6_3_3_a_passkey_is_made_and_is_both_factors(everyone, here, device):
    page, wire, holder = device
    by_password(page, here, everyone.clinic_admin)
    page.wait_for_url("**/2fa/totp/activate/**")
    keep(page, "totp")
    page.goto(f"{here}/accounts/2fa/webauthn/add/")
    keep(page, "passkey-add")
    assert report(page) == ""
    page.get_by_role("button", name="Make a passkey").click()
    page.wait_for_url("**/recovery-codes/")
    keep(page, "recovery-codes")
    assert report(page) == ""
    assert mail.outbox[-1].to == [everyone.clinic_admin.email]
    page.goto(f"{here}/audit/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(f"{here}/accounts/2fa/")
    keep(page, "two-step")
    assert report(page) == ""
    sign_in_of_theirs = reverse("clinic:staff-sign-in", args=[everyone.nurse.pk])
    lost = reverse("clinic:staff-lost", args=[everyone.nurse.pk])
    pages = {"passkeys": "/accounts/2fa/webauthn/", "own": "/sign-in/", "theirs": sign_in_of_theirs, "lost": lost}
    for name, path in pages.items():
        page.goto(here + path)
        keep(page, name)
        assert report(page) == "", name

    # Locked, and opened again by the same passkey.
    page.goto(f"{here}/audit/")
    page.get_by_role("button", name="Lock").click()
    page.get_by_role("button", name="Open with a passkey").click()
    expect(page.locator("[data-lock-panel]")).to_be_hidden()
    assert AuditEvent.objects.get(verb="session.unlocked").detail == {"way": "passkey"}

    # Signed out, and in again by the passkey alone: nothing typed.
    page.goto(f"{here}/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda address: "/accounts/logout/" not in address)
    page.wait_for_load_state()
    page.goto(f"{here}/accounts/login/?next=/audit/")
    keep(page, "sign-in")
    assert report(page) == ""
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda address: address == f"{here}/audit/")
    done = AuditEvent.objects.filter(verb="sign_in.done", user=everyone.clinic_admin).latest("at")
    assert done.detail == {"factors": ["mfa"]}

    # A device that does not ask for its PIN or finger opens nothing, and says so in words.
    page.context.clear_cookies(name="sessionid")
    wire.send("WebAuthn.setUserVerified", {"authenticatorId": holder, "isUserVerified": False})
    page.goto(f"{here}/accounts/login/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.locator("[data-passkey-said]")).to_contain_text("did not give a passkey")
    assert report(page) == ""

    # Taken away, it opens nothing although the device still has it.
    wire.send("WebAuthn.setUserVerified", {"authenticatorId": holder, "isUserVerified": True})
    Authenticator.objects.filter(type="webauthn").delete()
    page.goto(f"{here}/accounts/login/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("Incorrect code").first).to_be_visible()
    page.goto(f"{here}/audit/")
    assert "/accounts/login/" in page.url
