"""ATK-31: flooding a mailbox by "resend link" and "send code": caps for one person, one address and all together."""

import datetime as dt

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from clinic import clock
from clinic.actions import links as actions
from clinic.actions import resending
from clinic.models import Message, PatientLink, Task
from clinic.refusal import Refused
from clinic.rules import caps
from intake.actions import packets
from tests import factories
from tests.attacks.door import ASK, BORN_PAGE, CODE_PAGE, OPEN, at_door, come_in
from tests.intake.packets import invited
from tests.people import people, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db
HERE = "192.0.2.10"


@pytest.fixture(autouse=True)
def _empty_counters():
    cache.clear()


everyone = standing(people)


def old_link(everyone, of=None, **fields):
    """A packet's link that is too old."""
    of = of or everyone.patient
    link, token = factories.link(of=of, at_site=everyone.site, purpose="packet", subject_kind="intake.packet", **fields)
    PatientLink.objects.filter(pk=link.pk).update(expires_at=clock.now() - dt.timedelta(days=1))
    return link, token


def asks(token, address=HERE):
    client = at_door(token, REMOTE_ADDR=address)
    assert client.get(OPEN).status_code == 410
    return client.post(ASK)


def mailed(everyone, kind="invitation"):
    return Message.objects.filter(kind=kind, patient=everyone.patient).count()


# --- asking for a new link ---
def test_atk_31_a_patient_asks_for_a_new_link_and_learns_nothing(everyone):
    _, token = old_link(everyone)
    nobody = factories.patient(at_site=everyone.site, email="")
    _, mute = old_link(everyone, of=nobody)
    with_mail, without = asks(token), asks(mute)
    assert with_mail.status_code == without.status_code == 200
    assert _words(with_mail) == _words(without)
    assert everyone.patient.email not in with_mail.content.decode()
    assert mailed(everyone) == 1
    assert Task.objects.get(patient=nobody).title.startswith("Asks for a new link")


def _words(response):
    page = response.content.decode()
    return page[page.index("<main") : page.index("</main>")]


def test_atk_31_one_person_gets_three_links_a_day(everyone):
    _, token = old_link(everyone)
    start = clock.now()
    for n in range(3):
        with time_machine.travel(start + dt.timedelta(minutes=n)):
            assert asks(token, f"192.0.2.{n}").status_code == 200
    with time_machine.travel(start + dt.timedelta(minutes=5)):
        late = asks(token, "192.0.2.99")
    assert late.status_code == 429
    assert "three links today" in late.content.decode()
    assert everyone.site.phone in late.content.decode()
    assert mailed(everyone) == 3
    with time_machine.travel(start + dt.timedelta(days=1, minutes=5)):
        assert asks(token).status_code == 200


def test_atk_31_twice_in_a_minute_is_one_mail(everyone):
    _, token = old_link(everyone)
    with time_machine.travel(clock.now().replace(second=10), tick=False):
        asks(token)
        asks(token)
    assert mailed(everyone) == 1


def test_atk_31_one_address_asks_ten_times_an_hour(everyone):
    many = [old_link(everyone, of=factories.patient(at_site=everyone.site))[1] for _ in range(11)]
    answers = [asks(token) for token in many]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert "too often from where you are" in answers[-1].content.decode()
    assert asks(many[-1], "192.0.2.11").status_code == 200


def test_atk_31_all_together_are_held_and_staff_hears_of_it_once(everyone, monkeypatch):
    monkeypatch.setattr(caps, "LINKS_IN_ALL", caps.Cap(4, caps.HOUR))
    many = [old_link(everyone, of=factories.patient(at_site=everyone.site))[1] for _ in range(7)]
    answers = [asks(token, f"192.0.2.{n}").status_code for n, token in enumerate(many)]
    assert answers == [200] * 4 + [429] * 3
    assert Task.objects.filter(kind="other", for_role="front_desk").count() == 1


def test_atk_31_a_submitted_form_is_never_sent_again(everyone):
    link, token = old_link(everyone)
    PatientLink.objects.filter(pk=link.pk).update(ended_at=clock.now(), ended_why="submitted")
    assert asks(token).status_code == 200
    assert mailed(everyone) == 0
    assert not Task.objects.exists()


@pytest.mark.parametrize("why", ["tries", "revoked"])
def test_atk_31_a_closed_link_is_a_persons_decision(everyone, why):
    link, token = old_link(everyone)
    PatientLink.objects.filter(pk=link.pk).update(ended_at=clock.now(), ended_why=why)
    asks(token)
    asks(token)
    assert mailed(everyone) == 0
    assert Task.objects.get().subject_id == link.pk


# --- codes ---
def test_atk_31_one_person_gets_five_codes_an_hour_whatever_the_link(everyone):
    packet = invited(everyone)
    about = {"subject_kind": "intake.packet", "subject_id": packet.pk, "purpose": "packet"}
    links_ = [factories.link(of=everyone.patient, at_site=everyone.site, **about)[0] for _ in range(2)]
    for n in range(5):
        actions.send_code(link=links_[n % 2], address=f"192.0.2.{n}")
    with pytest.raises(Refused) as refused:
        actions.send_code(link=links_[0], address="192.0.2.99")
    assert "five codes" in str(refused.value)
    assert mailed(everyone, "link_code") == 5


def test_atk_31_send_a_new_code_says_when_it_is_too_often(everyone):
    packet = invited(everyone)
    about = {"subject_kind": "intake.packet", "subject_id": packet.pk, "purpose": "packet"}
    _, token = factories.link(of=everyone.patient, at_site=everyone.site, **about)
    come_in(token)
    other, _ = come_in(token)
    answers = [other.post(CODE_PAGE, {"again": "1"}).status_code for _ in range(5)]
    assert answers == [303] * 4 + [422]
    page = other.post(CODE_PAGE, {"again": "1"}).content.decode()
    assert "Please wait an hour, or call us" in page
    assert everyone.site.phone in page


def test_atk_31_one_address_and_all_together_are_held_for_codes_too(everyone, monkeypatch):
    monkeypatch.setattr(caps, "CODES_PER_ADDRESS", caps.Cap(2, caps.HOUR))
    monkeypatch.setattr(caps, "CODES_IN_ALL", caps.Cap(3, caps.HOUR))
    made = [factories.link(of=factories.patient(at_site=everyone.site), at_site=everyone.site)[0] for _ in range(5)]
    for link in made[:2]:
        actions.send_code(link=link, address=HERE)
    for link, address, words in ((made[2], HERE, "where you are"), (made[4], "192.0.2.12", "just now")):
        if words == "just now":
            actions.send_code(link=made[3], address="192.0.2.11")
        with pytest.raises(Refused) as refused:
            actions.send_code(link=link, address=address)
        assert words in str(refused.value)


# --- the clinic is never locked out ---
def test_atk_31_a_flood_at_the_patients_doors_holds_no_member_of_staff(everyone, monkeypatch):
    for name in ("LINKS_IN_ALL", "CODES_IN_ALL", "LINKS_PER_ADDRESS", "LINKS_PER_PERSON"):
        monkeypatch.setattr(caps, name, caps.Cap(0, caps.HOUR))
    link, token = old_link(everyone)
    assert asks(token, "127.0.0.1").status_code == 429
    desk = signed_in(everyone.front_desk)
    tap = reverse("clinic:link-resend", args=[link.pk])
    assert "on its way" in desk.post(tap, {"next": "/tasks/"}, follow=True).content.decode()
    assert mailed(everyone) == 1
    packet = invited(everyone)
    packets.resend(packet=packet, by=everyone.front_desk)


def test_atk_31_staff_is_told_when_one_person_was_sent_ten(everyone):
    link, _ = old_link(everyone)
    start = clock.now()
    for n in range(10):
        resending.resend(link=link, by=everyone.front_desk, at=start + dt.timedelta(minutes=n))
    with pytest.raises(Refused) as refused:
        resending.resend(link=link, by=everyone.front_desk, at=start + dt.timedelta(minutes=11))
    assert "ten links within a day" in str(refused.value)
    other = factories.patient(at_site=everyone.site)
    assert resending.resend(link=old_link(everyone, of=other)[0], by=everyone.front_desk, at=start)


def test_atk_31_wrong_dates_of_birth_send_nothing(everyone):
    _, token = factories.link(of=everyone.patient, at_site=everyone.site, purpose="packet")
    client = at_door(token)
    client.post(OPEN)
    for _ in range(6):
        client.post(BORN_PAGE, {"born_on_month": "1", "born_on_day": "1", "born_on_year": "1970"})
    assert not Message.objects.exists()
