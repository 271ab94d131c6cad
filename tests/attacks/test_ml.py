"""Magic links, ML-01 to ML-06: what a link is, what it opens, what becomes of its token."""

import datetime as dt
import hashlib
import logging
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from clinic import clock, links
from clinic.actions import links as actions
from clinic.models import AuditEvent, LinkCode, Message, PatientLink, Task
from clinic.notify import sender
from clinic.notify.composing import LINK_DAYS
from followup.models import DiaryEntry
from intake.actions import packets
from intake.models import Packet
from tests import factories
from tests.attacks.door import ASK, BORN, BORN_PAGE, CODE_PAGE, OPEN, WRONG, address, at_door, come_in, everything
from tests.intake.packets import filled, invited
from tests.people import people, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db


everyone = standing(people)


@pytest.fixture
def packet(everyone):
    return invited(everyone)


def link_to(packet, **fields):
    about = {"subject_kind": "intake.packet", "subject_id": packet.pk}
    return factories.link(of=packet.patient, at_site=packet.site, purpose="packet", **about | fields)


# --- ML-01: an invitation, not a login ---
def test_ml_01_link_is_an_invitation(everyone, packet):
    _, token = link_to(packet)
    client = at_door(token)
    page = client.get(OPEN).content.decode()
    assert "Continue" in page
    assert everyone.patient.given_name not in page
    assert everyone.patient.family_name not in page
    assert client.get("/packet/").headers["Location"] == BORN_PAGE


def test_ml_01_continue_alone_opens_nothing(packet):
    client = at_door(link_to(packet)[1])
    assert client.post(OPEN).headers["Location"] == BORN_PAGE
    assert client.get("/packet/").headers["Location"] == BORN_PAGE


def test_ml_01_the_date_of_birth_opens_the_draft(packet):
    client, response = come_in(link_to(packet)[1])
    assert response.headers["Location"] == "/packet/"
    assert client.get("/packet/").status_code == 200


def test_ml_01_a_code_lives_ten_minutes_and_five_tries(packet):
    link, token = link_to(packet)
    come_in(token)
    other, _ = come_in(token)
    code = LinkCode.objects.get()
    assert code.expires_at - code.made_at == dt.timedelta(minutes=10)
    right = actions.digits_of(code)
    for _ in range(5):
        assert other.post(CODE_PAGE, {"code": "000000" if right != "000000" else "1"}).status_code == 422
    assert other.post(CODE_PAGE, {"code": right}).status_code == 422
    with time_machine.travel(clock.now() + dt.timedelta(minutes=11)):
        assert other.post(CODE_PAGE, {"code": right}).status_code == 422


# --- ML-02: what the token is and how long it lives ---
def test_ml_02_a_token_has_256_bits_and_only_its_hash_is_kept(everyone, packet):
    made = [actions.make_link(patient=everyone.patient, site=everyone.site, purpose="packet", by=None, subject=packet)
            for _ in range(20)]  # fmt: skip
    tokens = {token for _, token in made}
    assert len(tokens) == 20
    assert all(len(token) == 43 for token in tokens)  # 32 bytes in base64
    assert all(link.token_hash == hashlib.sha256(token.encode()).hexdigest() for link, token in made)
    kept = "\n".join(row for rows in everything().values() for row in rows)
    assert not any(token in kept for token in tokens)


def test_ml_02_bound_to_one_form_of_one_patient(everyone, packet):
    other = factories.patient(at_site=everyone.site, given_name="Other")
    theirs = Packet.objects.create(patient=other, site=everyone.site, made_at=clock.now(), touched_at=clock.now())
    link, token = link_to(packet, subject_id=theirs.pk)
    client, _ = come_in(token)
    assert client.get("/packet/").status_code == 404
    client, _ = come_in(link_to(packet)[1])
    for name in ("diary-entry", "visits", "readiness"):
        assert client.get(reverse(f"followup:{name}")).headers["Location"] == BORN_PAGE


def test_ml_02_no_form_is_open_longer_than_seven_days(packet):
    assert {purpose: days for purpose, days in LINK_DAYS.items() if days > 7} == {"stop": 30}
    sender.sweep(at=(clock.now() + dt.timedelta(days=1)).replace(hour=17))
    link = PatientLink.objects.get(purpose="packet")
    assert link.expires_at - link.made_at == dt.timedelta(days=7)
    _, token = link_to(packet)
    with time_machine.travel(clock.now() + dt.timedelta(days=7, minutes=1)):
        assert at_door(token).get(OPEN).status_code == 410


def test_ml_02_revoked_when_sent_again_or_withdrawn(everyone, packet):
    link, token = link_to(packet)
    client, _ = come_in(token)
    packets.resend(packet=packet, by=everyone.front_desk)
    assert client.get("/packet/").headers["Location"] == BORN_PAGE
    assert at_door(token).get(OPEN).status_code == 410


def test_ml_02_single_submission_not_single_get(everyone):
    packet = filled(everyone)
    _, token = link_to(packet)
    client, _ = come_in(token)
    for _ in range(3):
        again = Client()
        again.cookies["device"] = client.cookies["device"].value
        assert come_in(token, again)[1].headers["Location"] == "/packet/"
    packets.submit(packet=packet, by=everyone.patient)
    answer = at_door(token).get(OPEN)
    assert (answer.status_code, "You have sent this form" in answer.content.decode()) == (410, True)
    assert client.post("/packet/goals/", {"goal_first": "x"}).headers["Location"] == BORN_PAGE


# --- ML-03: what is shown, on which device ---
def test_ml_03_another_device_needs_the_code_before_it_sees_the_draft(everyone, packet):
    _, token = link_to(packet)
    first, _ = come_in(token)
    first.post("/packet/goals/", {"do": "later", "version": "0", "goal_first": "A SECRET GOAL"})
    other, response = come_in(token)
    assert response.headers["Location"] == CODE_PAGE
    for there in ("/packet/", "/packet/goals/", "/packet/check/"):
        assert other.get(there).headers["Location"] == BORN_PAGE
    code = actions.digits_of(LinkCode.objects.get())
    assert other.post(CODE_PAGE, {"code": code}).headers["Location"] == "/packet/"
    assert "A SECRET GOAL" in other.get("/packet/goals/").content.decode()


def test_ml_03_the_same_browser_needs_no_code(packet):
    _, token = link_to(packet)
    first, _ = come_in(token)
    again = Client()
    again.cookies["device"] = first.cookies["device"].value
    assert come_in(token, again)[1].headers["Location"] == "/packet/"


def test_ml_03_a_page_that_shows_what_was_kept_earlier_asks_every_new_browser_for_the_code(everyone, packet):
    _, token = factories.link(of=everyone.patient, at_site=everyone.site, purpose="documents")
    assert come_in(token)[1].headers["Location"] == CODE_PAGE
    _, diary = factories.link(of=everyone.patient, at_site=everyone.site, purpose="diary")
    opened_a_diary = at_door(diary)
    opened_a_diary.post(OPEN)
    assert come_in(token, opened_a_diary)[1].headers["Location"] == CODE_PAGE
    proved, _ = come_in(link_to(packet)[1])
    assert come_in(token, proved)[1].headers["Location"] == reverse("clinic:document-list")


def test_ml_03_five_wrong_tries_end_the_link_not_the_record(everyone, packet):
    link, token = link_to(packet)
    client = at_door(token)
    client.post(OPEN)
    for _ in range(4):
        assert client.post(BORN_PAGE, WRONG).status_code == 422
    assert client.post(BORN_PAGE, WRONG).status_code == 410
    assert client.post(BORN_PAGE, BORN).status_code == 410
    assert Packet.objects.get().is_open
    assert PatientLink.objects.get(pk=link.pk).ended_why == "tries"
    assert come_in(link_to(packet)[1])[1].status_code == 303


def test_ml_03_staff_sees_it_and_sends_a_new_one_in_one_tap(everyone, packet):
    link, token = link_to(packet)
    for _ in range(5):
        come_in(token, born=WRONG)
    desk = signed_in(everyone.front_desk)
    task = Task.objects.get(subject_id=link.pk)
    page = desk.get(f"/tasks/{task.pk}/").content.decode()
    assert "Send a new link" in page
    tap = re.search(r'action="(/links/[^"]+/resend/)"', page).group(1)
    before = Message.objects.count()
    assert desk.post(tap, {"next": f"/tasks/{task.pk}/"}).status_code == 302
    assert Message.objects.count() == before + 1
    assert Message.objects.order_by("-queued_at").first().patient == everyone.patient


def test_ml_03_the_diary_only_writes(everyone):
    course = factories.course(
        of=everyone.patient, at_site=everyone.site, prescriber=everyone.prescriber, version=factories.protocol_version()
    )
    about = {"subject_kind": "clinic.course", "subject_id": course.pk, "purpose": "diary"}
    _, token = factories.link(of=everyone.patient, at_site=everyone.site, **about)
    client = at_door(token)
    client.post(OPEN)
    page = client.get("/diary/")
    sent = {"client_id": page.context["form"]["client_id"].value(), "pain": "9", "words": "AN EARLIER SECRET"}
    assert client.post("/diary/", sent).status_code == 302
    assert DiaryEntry.objects.get().words == "AN EARLIER SECRET"
    for there in ("/diary/", "/diary/done/"):
        shown = client.get(there).content.decode()
        assert "AN EARLIER SECRET" not in shown
        assert everyone.patient.family_name not in shown
    assert not re.search(r'name="pain"[^>]*checked', client.get("/diary/").content.decode())


# --- ML-04: the token leaves the address before anything is shown ---
def test_ml_04_the_token_is_swapped_for_a_cookie_by_303_and_never_refers(packet):
    _, token = link_to(packet)
    client = Client()
    response = client.get(address(token))
    assert (response.status_code, response.headers["Location"]) == (303, OPEN)
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response.headers["Cache-Control"]
    cookie = response.cookies["door"]
    assert token not in cookie.value
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/p/")
    assert cookie["max-age"] == links.DOOR_SECONDS <= 3600
    page = client.get(OPEN)
    assert token not in page.content.decode()
    assert client.post(OPEN).cookies["door"]["max-age"] == 0


def test_ml_04_a_forged_or_old_cookie_opens_nothing(packet):
    link, token = link_to(packet)
    client = Client()
    client.cookies["door"] = str(link.pk)
    assert client.get(OPEN).status_code == 404
    client = at_door(token)
    with time_machine.travel(clock.now() + dt.timedelta(seconds=links.DOOR_SECONDS + 2)):
        answer = client.get(OPEN)
    assert (answer.status_code, "Open your link again" in answer.content.decode()) == (404, True)


# --- ML-05: no token in a log ---
def test_ml_05_no_token_in_logs(packet, caplog):
    from clinic.project.logs import DiscreetFilter, LineFormatter

    _, token = link_to(packet)
    caplog.set_level(logging.DEBUG)
    caplog.handler.addFilter(DiscreetFilter())
    Client().get(address("x" + token))
    come_in(token)
    Client().post(address(token))
    formatter = LineFormatter("%(message)s")
    assert token not in "\n".join(formatter.format(record) for record in caplog.records)
    assert not AuditEvent.objects.filter(detail__icontains=token).exists()


# --- ML-06: looking changes nothing ---
@pytest.mark.parametrize("method", ["get", "head"])
def test_ml_06_head_and_get_change_nothing(packet, method):
    _, token = link_to(packet)
    before = everything()
    for _ in range(5):
        client = Client()
        for there in (address(token), OPEN, BORN_PAGE, CODE_PAGE):
            getattr(client, method)(there)
    assert everything() == before


def test_ml_06_nothing_but_get_and_head_reaches_the_token(packet):
    _, token = link_to(packet)
    for method in ("post", "put", "patch", "delete"):
        assert getattr(Client(), method)(address(token)).status_code == 405
    assert Client().get(ASK).status_code == 405
