"""A colleague signs one form by name and PIN; the page on which a PIN is set."""

import datetime as dt
import re

import pytest

from clinic import clock
from clinic.models import AuditEvent
from sessions.models import SecondCheck
from tests.factories.places import PASSWORD
from tests.people import signed_in
from tests.sessions.pins import PIN, READ, tablet, with_pin
from tests.sessions.said import words
from tests.sessions.screens import second, url


class TestPinSignature:
    def test_a_colleague_signs_by_name_and_pin_and_nobody_is_switched(self, everyone, prepared):
        client = tablet(everyone.nurse, with_pin(everyone.colleague))
        path = url("second-check", prepared.session)
        assert "Cole League" in client.get(path).content.decode()
        read = READ | {"patient_read": prepared.patient.record_number}
        answer = client.post(path, read | {"second_person": str(everyone.colleague.pk), "second_pin": PIN})
        assert answer.status_code == 302, words(answer)
        check = SecondCheck.objects.get()
        assert (check.checked_by, check.matched) == (everyone.colleague, True)
        assert client.session["_auth_user_id"] == str(everyone.nurse.pk)
        assert AuditEvent.objects.filter(verb="countersignature.signed", user=everyone.colleague).count() == 1

    def test_a_badge_names_the_signer(self, everyone, prepared):
        client = tablet(everyone.nurse, with_pin(everyone.colleague, "B-77"))
        read = READ | {"patient_read": prepared.patient.record_number}
        answer = client.post(url("second-check", prepared.session), read | {"second_badge": "B-77", "second_pin": PIN})
        assert answer.status_code == 302, words(answer)
        assert SecondCheck.objects.get().checked_by == everyone.colleague

    def test_a_wrong_pin_keeps_what_was_read(self, everyone, prepared):
        client = tablet(everyone.nurse, with_pin(everyone.colleague))
        said = READ | {"patient_read": "x", "second_person": str(everyone.colleague.pk), "second_pin": "482916"}
        answer = client.post(url("second-check", prepared.session), said)
        assert answer.status_code == 422
        assert "Wrong PIN" in words(answer)
        assert 'value="52.5"' in answer.content.decode()
        assert "482916" not in answer.content.decode(), "a PIN is never sent back"
        assert SecondCheck.objects.count() == 0

    def test_a_pin_is_worth_nothing_on_another_tablet(self, everyone, prepared):
        with_pin(everyone.colleague)
        client = tablet(everyone.nurse)
        path = url("second-check", prepared.session)
        assert "second_pin" not in client.get(path).content.decode()
        said = READ | {"patient_read": "x", "second_person": str(everyone.colleague.pk), "second_pin": PIN}
        assert client.post(path, said).status_code == 422
        assert SecondCheck.objects.count() == 0

    def test_a_forged_or_old_tablet_counts_for_nothing(self, everyone, prepared, monkeypatch):
        client = tablet(everyone.nurse, with_pin(everyone.colleague))
        path, secret = url("second-check", prepared.session), client.cookies["browser"].value
        client.cookies["browser"] = secret[:-1] + ("A" if secret[-1] != "A" else "B")
        assert "second_pin" not in client.get(path).content.decode()
        client.cookies["browser"] = secret
        later = clock.now() + dt.timedelta(hours=12, minutes=1)
        monkeypatch.setattr(clock, "now", lambda: later)
        assert "second_pin" not in tablet_page(client, path, everyone.nurse)

    def test_who_ordered_or_drew_is_not_offered_and_not_taken(self, everyone, prepared):
        client = tablet(everyone.colleague, with_pin(everyone.nurse))
        html = client.get(url("second-check", prepared.session)).content.decode()
        assert "Nora Nurse" in words_of(html)
        assert "second_pin" not in html
        with_pin(everyone.colleague)
        client = tablet(everyone.colleague, everyone.nurse)
        said = READ | {"patient_read": "x", "second_person": str(everyone.nurse.pk), "second_pin": PIN}
        assert client.post(url("second-check", prepared.session), said).status_code == 422
        assert SecondCheck.objects.count() == 0

    def test_somebody_of_another_site_and_somebody_who_left_are_not_offered(self, everyone, prepared):
        away, gone = with_pin(everyone.stranger), with_pin(everyone.prescriber_too)
        client = tablet(everyone.nurse, away, gone)
        html = client.get(url("second-check", prepared.session)).content.decode()
        assert "Piet Prescriber" in html
        assert everyone.stranger.name not in html
        gone.is_active = False
        gone.save()
        assert "Piet Prescriber" not in client.get(url("second-check", prepared.session)).content.decode()

    def test_the_password_stays_the_other_way_and_unlocks(self, everyone, prepared):
        client = tablet(everyone.nurse, with_pin(everyone.colleague))
        path = url("second-check", prepared.session)
        wrong = READ | {"patient_read": "x", "second_person": str(everyone.colleague.pk), "second_pin": "482916"}
        for _ in range(5):
            client.post(path, wrong)
        locked = client.post(path, wrong | {"second_pin": PIN})
        assert "locked" in words(locked)
        read = READ | {"patient_read": prepared.patient.record_number, "second_person": "another"}
        assert client.post(path, read | second(everyone.colleague)).status_code == 302
        assert everyone.colleague.quick_pin.wrong_tries == 0

    def test_nobody_chosen_is_said_beside_the_names(self, everyone, prepared):
        client = tablet(everyone.nurse, with_pin(everyone.colleague))
        answer = client.post(url("second-check", prepared.session), READ | {"patient_read": "x"})
        assert answer.status_code == 422
        assert "Choose who signs" in words(answer)


def tablet_page(client, path, user):
    client.force_login(user, backend="clinic.signed_in.ByUsername")
    return client.get(path).content.decode()


def words_of(html):
    return re.sub(r"<[^>]+>|\s+", " ", html)


class TestPinPage:
    def test_one_sets_ones_own_with_the_password(self, everyone):
        client = signed_in(everyone.nurse)
        said = {"pin": PIN, "again": PIN, "badge": "", "password": "wrong"}
        refused = client.post("/pin/", said)
        assert refused.status_code == 422
        assert "not your password" in words(refused)
        assert client.post("/pin/", said | {"password": PASSWORD, "again": "1"}).status_code == 422
        assert client.post("/pin/", said | {"password": PASSWORD}).status_code == 302
        assert "has been set" in words(client.get("/pin/"))
        assert client.post("/pin/remove/").status_code == 302
        assert "You have no PIN yet" in words(client.get("/pin/"))

    @pytest.mark.parametrize("role", ["front_desk", "auditor"])
    def test_everybody_of_the_staff_has_one_for_the_lock(self, everyone, role):
        client = signed_in(everyone.by_role(role))
        assert client.post("/pin/", {"pin": PIN, "again": PIN, "badge": "", "password": PASSWORD}).status_code == 302
