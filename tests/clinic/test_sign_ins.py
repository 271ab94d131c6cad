"""Sign-ins listed and ended: one's own, and by an admin those of their people; lost devices; letters about changes."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from cryptography.fernet import InvalidToken
from django.conf import settings as project_settings
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client
from django.urls import reverse

from clinic.actions import sign_ins, staff
from clinic.models import AuditEvent, KnownBrowser, User
from clinic.refusal import Refused
from clinic.sign_in import SecondFactorAdapter
from tests.factories.places import PASSWORD
from tests.people import people, signed_in
from tests.standing import standing

NEW = "seven quiet herons wade"
OWN = "/sign-in/"


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()


everyone = standing(people)


def come_in(user, password=PASSWORD, client=None, **headers):
    """A browser that signed in by the page."""
    client = client or Client(**headers)
    client.post("/accounts/login/", {"login": user.email, "password": password})
    return client


def is_in(client):
    return client.get("/tasks/").status_code == 200


def test_v7_5_2_ones_own_sign_ins_are_listed_and_one_is_ended(everyone):
    here, there = come_in(everyone.nurse), come_in(everyone.nurse, HTTP_USER_AGENT="Mozilla/5.0 (iPad) Safari/604.1")
    page = here.get(OWN).content.decode()
    assert "Safari on iPad" in page
    session = UserSession.objects.get(session_key=there.session.session_key)
    assert here.post(reverse("clinic:session-end", args=[session.pk])).status_code == 302
    assert (is_in(here), is_in(there)) == (True, False)
    assert AuditEvent.objects.filter(verb="session.ended", user=everyone.nurse).count() == 1


def test_v7_4_3_all_others_are_ended_at_once(everyone):
    here, *others = [come_in(everyone.nurse) for _ in range(3)]
    assert here.post(reverse("clinic:session-end-others")).status_code == 302
    assert [is_in(client) for client in (here, *others)] == [True, False, False]


def test_v7_5_2_nobody_ends_somebody_elses(everyone):
    theirs = come_in(everyone.colleague)
    session = UserSession.objects.get(session_key=theirs.session.session_key)
    assert come_in(everyone.nurse).post(reverse("clinic:session-end", args=[session.pk])).status_code == 404
    with pytest.raises(Refused):
        sign_ins.end_session(session=session, by=everyone.nurse)
    assert is_in(theirs)


def test_v7_4_5_an_admin_ends_one_or_all_of_their_people(everyone):
    admin, one, two = signed_in(everyone.clinic_admin), come_in(everyone.nurse), come_in(everyone.nurse)
    page = admin.get(reverse("clinic:staff-sign-in", args=[everyone.nurse.pk]))
    assert "Signed in in 2 browsers" in page.content.decode()
    session = UserSession.objects.get(session_key=one.session.session_key)
    admin.post(reverse("clinic:staff-session-end", args=[everyone.nurse.pk, session.pk]))
    assert (is_in(one), is_in(two)) == (False, True)
    admin.post(reverse("clinic:staff-sign-out", args=[everyone.nurse.pk]))
    assert not is_in(two)
    assert not KnownBrowser.objects.counting().filter(user=everyone.nurse).exists()


def test_people_of_another_clinic_are_not_there(everyone):
    admin = signed_in(everyone.clinic_admin)
    for name in ("staff-sign-in", "staff-lost"):
        assert admin.get(reverse(f"clinic:{name}", args=[everyone.stranger.pk])).status_code == 404
    for name in ("staff-sign-out", "staff-reset", "staff-lost"):
        assert admin.post(reverse(f"clinic:{name}", args=[everyone.stranger.pk])).status_code == 404
    assert (
        signed_in(everyone.nurse).get(reverse("clinic:staff-sign-in", args=[everyone.colleague.pk])).status_code == 403
    )


def test_v6_4_6_an_admin_has_a_letter_sent_and_sets_no_password(everyone, django_capture_on_commit_callbacks):
    admin = signed_in(everyone.clinic_admin)
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(reverse("clinic:staff-reset", args=[everyone.nurse.pk]), {"password": NEW, "password1": NEW})
    assert mail.outbox[-1].to == [everyone.nurse.email]
    everyone.nurse.refresh_from_db()
    assert everyone.nurse.check_password(PASSWORD)
    forms = {name for name, _ in sign_in_fields(admin.get(reverse("clinic:staff-lost", args=[everyone.nurse.pk])))}
    assert not {name for name in forms if "password" in name}


def sign_in_fields(answer):
    return re.findall(r'<(?:input|textarea)[^>]*name="([^"]+)"([^>]*)', answer.content.decode())


def test_v6_5_6_a_lost_device_is_dead_at_once(everyone, django_capture_on_commit_callbacks):
    TOTP.activate(everyone.nurse, generate_totp_secret())
    there = come_in(everyone.colleague)  # somebody else stays
    admin, page = signed_in(everyone.clinic_admin), reverse("clinic:staff-lost", args=[everyone.nurse.pk])
    assert admin.post(page, {"reason": " "}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        assert admin.post(page, {"reason": "Phone left in a taxi, seen in person"}).status_code == 302
    assert not Authenticator.objects.filter(user=everyone.nurse).exists()
    assert not is_in(come_in(everyone.nurse)), "the old password opens nothing"
    assert is_in(there)
    assert [message.subject for message in mail.outbox if message.to == [everyone.nurse.email]] == [
        "Tideline: Password Reset Email", "Tideline: Your second step was reset",
    ]  # fmt: skip
    event = AuditEvent.objects.get(verb="second_factor.taken")
    assert (event.user, event.reason) == (everyone.clinic_admin, "Phone left in a taxi, seen in person")


def test_v6_5_6_the_letter_leads_to_a_new_password(everyone, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        sign_ins.take_factors(user=everyone.nurse, reason="Lost", by=everyone.clinic_admin)
    path = re.search(r"/accounts/password/reset/key/\S+", mail.outbox[0].body).group()
    client = Client()
    page = client.get(path, follow=True).request["PATH_INFO"]
    client.post(page, {"password1": NEW, "password2": NEW})
    assert is_in(come_in(everyone.nurse, NEW))


def test_nobody_takes_their_own_factors_or_those_of_one_above(everyone):
    above = User.objects.create_superuser("above@tideline.example", PASSWORD, name="Above")
    for user in (everyone.clinic_admin, above):
        with pytest.raises(Refused):
            sign_ins.take_factors(user=user, reason="x", by=everyone.clinic_admin)


class TestLetters:
    """V6.3.7: who owns an account hears of each change to how it is opened."""

    def test_v6_3_7_password_changed(self, everyone):
        client = come_in(everyone.nurse)
        said = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
        assert client.post(reverse("account_change_password"), said).status_code == 302
        assert mail.outbox[-1].to == [everyone.nurse.email]
        assert "assword" in mail.outbox[-1].subject

    def test_v6_3_7_password_reset(self, everyone):
        Client().post(reverse("account_reset_password"), {"email": everyone.nurse.email})
        client = Client()
        path = re.search(r"/accounts/password/reset/key/\S+", mail.outbox[0].body).group()
        client.post(client.get(path, follow=True).request["PATH_INFO"], {"password1": NEW, "password2": NEW})
        assert len(mail.outbox) == 2
        assert mail.outbox[1].to == [everyone.nurse.email]
        assert AuditEvent.objects.filter(verb="password.reset").count() == 1

    def test_v6_3_7_second_factor_removed(self, everyone):
        TOTP.activate(everyone.nurse, generate_totp_secret())
        client = signed_in(everyone.nurse)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
        assert mail.outbox[-1].to == [everyone.nurse.email]

    def test_v6_3_7_address_changed_is_told_to_both(self, everyone, django_capture_on_commit_callbacks):
        old = everyone.nurse.email
        everyone.nurse.email = "nora.new@tideline.example"
        with django_capture_on_commit_callbacks(execute=True):
            staff.change_user(user=everyone.nurse, fields=["email"], by=everyone.clinic_admin)
        assert [message.to for message in mail.outbox] == [[old], ["nora.new@tideline.example"]]

    def test_v6_3_5_a_sign_in_from_a_new_browser(self, everyone):
        first = come_in(everyone.nurse)
        assert mail.outbox == []
        first.post("/accounts/logout/")
        come_in(everyone.nurse, client=first)
        assert mail.outbox == []
        come_in(everyone.nurse, HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux) Firefox/140.0")
        assert [message.subject for message in mail.outbox] == ["Tideline: A sign-in from a new browser"]
        assert "Firefox on Linux" in mail.outbox[0].body

    def test_a_mail_server_that_is_away_undoes_nothing(self, everyone, monkeypatch):
        def away(*args, **more):
            raise ConnectionRefusedError

        client = come_in(everyone.nurse)
        monkeypatch.setattr("django.core.mail.EmailMessage.send", away)
        said = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
        assert client.post(reverse("account_change_password"), said).status_code == 302
        everyone.nurse.refresh_from_db()
        assert everyone.nurse.check_password(NEW)


class TestSeeds:
    """V6.5.2, V11, ONC-d12: nothing that opens a door lies readable in the database, and the key can be changed."""

    @pytest.fixture
    def secret(self, everyone):
        found = generate_totp_secret()
        TOTP.activate(everyone.nurse, found)
        return found

    def test_v6_5_2_a_dump_shows_no_seed_no_password_no_browser(self, everyone, secret):
        client = come_in(everyone.colleague)
        with connection.cursor() as cursor:
            cursor.execute("SELECT data::text FROM mfa_authenticator")
            assert secret not in str(cursor.fetchall())
            cursor.execute("SELECT * FROM clinic_knownbrowser")
            rows = str(cursor.fetchall())
        assert client.cookies["browser"].value not in rows
        assert PASSWORD not in rows

    def test_the_key_is_changed_by_one_command(self, everyone, secret, settings, capsys):
        settings.MFA_SEED_KEY_FALLBACKS = [project_settings.MFA_SEED_KEY or project_settings.SECRET_KEY]
        settings.MFA_SEED_KEY = "a new key of forty characters or even more"
        call_command("reseal_seeds")
        assert "1 seeds" in capsys.readouterr().out
        settings.MFA_SEED_KEY_FALLBACKS, settings.SECRET_KEY = [], "x" * 60
        assert SecondFactorAdapter().decrypt(Authenticator.objects.get().data["secret"]) == secret

    def test_without_the_old_key_nothing_is_changed(self, everyone, secret, settings):
        settings.MFA_SEED_KEY, settings.SECRET_KEY = "another key of forty characters or more", "y" * 60
        before = Authenticator.objects.get().data
        with pytest.raises(CommandError):
            call_command("reseal_seeds")
        assert Authenticator.objects.get().data == before
        with pytest.raises(InvalidToken):
            SecondFactorAdapter().decrypt(before["secret"])
