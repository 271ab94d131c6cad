"""Add a patient and invite them on one screen: both or neither, once however often it is sent."""

import threading
import uuid

import pytest
from django.db import connections
from django.urls import reverse

from clinic.models import Message, Patient
from clinic.rules.patients import phone_words
from intake.models import Packet
from tests.people import people, signed_in
from tests.standing import standing

NEW = {
    "family_name": "Halvorsen-Test",
    "given_name": "Ingrid",
    "born_on_month": "Feb",
    "born_on_day": "22",
    "born_on_year": "1969",
    "phone": "(212) 555-0177",
    "email": "ingrid@tideline.example",
    "zone_name": "America/New_York",
    "reason": "mood",
    "invite_now": "on",
}


p = standing(people)


def add(client, **changes):
    return client.post(reverse("intake:patient-add"), NEW | changes)


def test_one_screen_adds_and_invites(p):
    response = add(signed_in(p.front_desk))
    patient = Patient.objects.get(family_name="Halvorsen-Test")
    assert response.headers["Location"] == reverse("followup:patient-show", args=[patient.pk])
    packet = Packet.objects.get(patient=patient)
    assert (packet.state, packet.reason, packet.made_by) == ("invited", "mood", p.front_desk)
    assert Message.objects.get(patient=patient).kind == "invitation"
    assert patient.phone == "212 555 0177"


def test_without_the_tick_nobody_is_invited(p):
    add(signed_in(p.front_desk), invite_now="")
    assert Patient.objects.filter(family_name="Halvorsen-Test").exists()
    assert not Packet.objects.exists()


def test_an_invitation_that_cannot_be_sent_adds_nobody_and_keeps_what_was_typed(p):
    response = add(signed_in(p.front_desk), email="")
    said = response.content.decode()
    assert response.status_code == 422
    assert "so that the invitation can be sent" in said
    assert 'value="Ingrid"' in said
    assert not Patient.objects.filter(family_name="Halvorsen-Test").exists()


def test_under_18_is_declined_in_kind_words_and_nothing_is_lost(p):
    response = add(signed_in(p.front_desk), born_on_year="2015")
    said = response.content.decode()
    assert response.status_code == 422
    assert "treats adults only" in said
    assert "help them to find a team for children" in said
    assert 'value="(212) 555-0177"' in said or 'value="212 555 0177"' in said
    assert "checked" in said
    assert not Packet.objects.exists()


def test_the_same_form_twice_makes_one_patient_and_one_invitation(p):
    client, entry = signed_in(p.front_desk), str(uuid.uuid4())
    first, second = add(client, entry=entry), add(client, entry=entry)
    assert first.headers["Location"] == second.headers["Location"]
    assert Patient.objects.filter(family_name="Halvorsen-Test").count() == Packet.objects.count() == 1


def test_a_forms_number_leads_nobody_into_another_record(p):
    client = signed_in(p.front_desk)
    for entry in (p.patient.pk, p.away_patient.pk):
        response = add(client, entry=str(entry))
        assert response.status_code == 422
        assert "used already" in response.content.decode()
    assert add(client, entry="not-a-number").status_code == 422
    assert not Patient.objects.filter(family_name="Halvorsen-Test").exists()


def test_an_administrator_adds_but_does_not_invite(p):
    client = signed_in(p.clinic_admin)
    assert "id_invite_now" not in client.get(reverse("intake:patient-add")).content.decode()
    assert add(client).status_code == 302
    assert not Packet.objects.exists()


def test_a_likely_duplicate_asks_first_also_when_inviting(p):
    client = signed_in(p.front_desk)
    add(client)
    again = add(client)
    assert again.status_code == 409
    assert "Is it one of these?" in again.content.decode()
    assert add(client, is_another_person="on").status_code == 302
    assert Packet.objects.count() == 2


def test_a_record_elsewhere_is_only_hinted_at(p):
    add(signed_in(p.away["front_desk"]), invite_now="")
    said = add(signed_in(p.front_desk)).content.decode()
    assert "A record of this person may exist. Ask an administrator." in said
    assert Patient.objects.get(family_name="Halvorsen-Test").record_number not in said


def test_double_clicks_from_two_threads_make_one(live_db):
    everyone, entry = people(), str(uuid.uuid4())
    clients, ready, answers = [signed_in(everyone.front_desk) for _ in range(2)], threading.Barrier(2), []

    def press(client):
        ready.wait()
        answers.append(add(client, entry=entry).status_code)
        connections.close_all()

    threads = [threading.Thread(target=press, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [302, 302]
    assert Patient.objects.filter(family_name="Halvorsen-Test").count() == 1
    assert Packet.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2125550177", "212 555 0177"),
        ("(212) 555-0177", "212 555 0177"),
        ("212.555.0177", "212 555 0177"),
        ("1 212 555 0177", "+1 212 555 0177"),
        ("+12125550177", "+1 212 555 0177"),
        ("+44 20 7946 0000", "+44 20 7946 0000"),
        ("212 555 0177 ext 4", "212 555 0177 ext 4"),
        ("555  0177", "555 0177"),
        ("+4930123456", "+4930123456"),
        ("", ""),
    ],
)
def test_a_phone_number_is_kept_in_groups_and_others_as_typed(typed, kept):
    assert phone_words(typed) == kept
