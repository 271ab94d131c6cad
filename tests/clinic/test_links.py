"""Patients' links: an invitation, not a login. What scanners, guessers and other devices can and cannot do."""

import datetime as dt
import hashlib
import logging

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path, reverse

from clinic import access, clock, links
from clinic.actions import links as actions
from clinic.models import AuditEvent, LinkCode, Message, PatientLink, Task
from clinic.project import urls as project_urls
from clinic.refusal import Refused
from tests import factories
from tests.people import people, signed_in
from tests.standing import standing

BORN = {"born_on_month": "5", "born_on_day": "14", "born_on_year": "1980"}
WRONG = BORN | {"born_on_year": "1981"}


@access.patient_link("packet")
def packet_page(request):
    return HttpResponse(f"{request.patient.given_name} {request.user.is_authenticated}")


@access.patient_link("diary")
def diary_page(request):
    return HttpResponse(request.patient.given_name)


class Urls:
    """The real paths, with two pages of our own where the patient's pages lie."""

    urlpatterns = [
        path("test-packet/", packet_page),
        path("test-diary/", diary_page),
        *project_urls.urlpatterns,
    ]


@pytest.fixture(autouse=True)
def _own_pages(settings):
    settings.ROOT_URLCONF = Urls


everyone = standing(people)


@pytest.fixture
def packet(everyone):
    return factories.link(of=everyone.patient, at_site=everyone.harbor, purpose="packet")


@pytest.fixture
def diary(everyone):
    return factories.link(of=everyone.patient, at_site=everyone.harbor, purpose="diary")


def address(token):
    return reverse("clinic:link-open", args=[token])


OPEN, ASK = "/p/open/", "/p/ask/"


def at_door(token, client=None):
    """Open the link; returns the client, which stands before "Continue"."""
    client = client or Client()
    response = client.get(address(token))
    assert (response.status_code, response.headers["Location"]) == (303, OPEN)
    return client


def go_on(token, client=None):
    """Open the link and press Continue; returns the client and the answer."""
    client = at_door(token, client)
    return client, client.post(OPEN)


def come_in(token, client=None, born=BORN):
    """Continue and the date of birth; returns the client and the last answer."""
    client, response = go_on(token, client)
    assert response.status_code == 303
    return client, client.post("/p/", born)


def everything():
    """Every row of every table, as text."""
    tables = connection.introspection.table_names()
    models = [model for model in apps.get_models() if model._meta.db_table in tables]
    return {model: sorted(map(str, model._base_manager.values_list())) for model in models}


@pytest.mark.parametrize("method", ["get", "head"])
def test_scanners_that_fetch_a_link_five_times_change_nothing(packet, method):
    before = everything()
    for _ in range(5):
        client = Client()
        assert getattr(client, method)(address(packet[1])).status_code == 303
        assert getattr(client, method)(OPEN).status_code == 200
    assert everything() == before


def test_the_first_page_shows_continue_and_no_name(everyone, packet):
    response = at_door(packet[1]).get(OPEN)
    words = response.content.decode()
    assert "Continue" in words
    assert everyone.patient.given_name not in words
    assert everyone.patient.family_name not in words
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert Client().get(address(packet[1])).headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "no-store"


def test_only_a_hash_of_the_token_is_kept(everyone):
    link, token = actions.make_link(patient=everyone.patient, site=everyone.harbor, purpose="diary", by=everyone.nurse)
    assert len(token) >= 43
    assert link.token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert not any(token in row for rows in everything().values() for row in rows)


def test_mailed_addresses_start_with_base_url(settings):
    settings.BASE_URL = "https://clinic.example"
    assert actions.url_of("abc") == "https://clinic.example/p/abc/"


def test_continue_and_the_date_of_birth_open_the_packet(packet):
    client, response = come_in(packet[1])
    assert response.status_code == 303
    assert response.headers["Location"] == reverse("intake:packet-home")
    assert client.get("/test-packet/").content == b"Ngozi False"


def test_continue_alone_opens_nothing_that_shows_answers(packet):
    client, response = go_on(packet[1])
    assert response.headers["Location"] == "/p/"
    assert packet[1] not in response.headers["Location"]
    assert client.get("/test-packet/").headers["Location"] == "/p/"


def test_a_diary_link_opens_at_once_and_opens_nothing_else(diary):
    client, response = go_on(diary[1])
    assert response.headers["Location"] == reverse("followup:diary-entry")
    assert client.get("/test-diary/").status_code == 200
    assert client.get("/test-packet/").headers["Location"] == "/p/"


def test_a_session_that_names_a_link_without_its_proof_opens_nothing(packet):
    client = Client()
    client.get("/p/")
    session = client.session
    session["link:packet"] = str(packet[0].pk)
    session.save()
    client.cookies["sessionid"] = session.session_key
    assert client.get("/test-packet/").headers["Location"] == "/p/"


def test_the_session_gets_a_new_key_when_the_door_opens(packet):
    client, _ = go_on(packet[1])
    before = client.session.session_key
    client.post("/p/", BORN)
    assert client.session.session_key != before


@pytest.mark.parametrize("position", [0, 20, 42])
def test_a_token_with_one_flipped_bit_opens_nothing(packet, position):
    token = packet[1]
    flipped = token[:position] + chr(ord(token[position]) ^ 1) + token[position + 1 :]
    client = at_door(flipped.replace("/", "_"))
    for method in (client.get, client.post):
        assert method(OPEN).status_code == 404


def test_five_wrong_dates_end_the_link_and_tell_staff(everyone, packet):
    client, _ = go_on(packet[1])
    for left in (4, 3, 2, 1):
        response = client.post("/p/", WRONG)
        assert response.status_code == 422
        assert ("One try is left" if left == 1 else f"{left} tries are left") in response.content.decode()
        assert 'value="1981"' in response.content.decode()
    closed = client.post("/p/", WRONG)
    assert closed.status_code == 410
    assert everyone.harbor.phone in closed.content.decode()
    assert client.post("/p/", BORN).status_code == 410
    assert at_door(packet[1]).get(OPEN).status_code == 410
    task = Task.objects.get(patient=everyone.patient)
    assert (task.for_role, task.state, task.site) == ("front_desk", "open", everyone.harbor)


def test_five_tries_count_over_all_browsers(packet):
    for _ in range(5):
        client, _ = go_on(packet[1])
        client.post("/p/", WRONG)
    assert PatientLink.objects.get(pk=packet[0].pk).ended_why == "tries"


@pytest.mark.parametrize("typed", [{}, BORN | {"born_on_day": "32"}, BORN | {"born_on_month": "x"}])
def test_a_date_that_is_no_date_is_not_a_try(packet, typed):
    client, _ = go_on(packet[1])
    assert client.post("/p/", typed).status_code == 422
    assert PatientLink.objects.get(pk=packet[0].pk).wrong_tries == 0


def test_another_patients_date_of_birth_is_wrong(everyone, packet):
    factories.patient(at_site=everyone.harbor, born_on=dt.date(1981, 5, 14))
    assert come_in(packet[1], born=WRONG)[1].status_code == 422


def test_another_device_needs_the_code_too(everyone, packet):
    come_in(packet[1])
    other, response = come_in(packet[1])
    assert response.headers["Location"] == reverse("clinic:link-code")
    assert other.get("/test-packet/").headers["Location"] == "/p/"
    code = LinkCode.objects.get()
    message = Message.objects.get(kind="link_code")
    assert (message.patient, message.subject_id) == (everyone.patient, code.pk)
    digits = actions.digits_of(code)
    assert digits not in str(message.context)
    opened = other.post(reverse("clinic:link-code"), {"code": f"{digits[:3]} {digits[3:]}"})
    assert opened.headers["Location"] == reverse("intake:packet-home")
    assert other.get("/test-packet/").status_code == 200


def test_the_first_device_never_needs_a_code(packet):
    client, _ = come_in(packet[1])
    session = client.session
    links.forget(session)
    session.save()
    assert come_in(packet[1], client)[1].headers["Location"] == reverse("intake:packet-home")


def test_a_link_sent_again_still_knows_the_first_device(everyone, packet):
    come_in(packet[1])
    _, token = factories.link(of=everyone.patient, at_site=everyone.harbor, purpose="packet")
    assert come_in(token)[1].headers["Location"] == reverse("clinic:link-code")


def test_the_code_page_is_closed_before_the_date_of_birth(packet):
    come_in(packet[1])
    other, _ = go_on(packet[1])
    assert other.get(reverse("clinic:link-code")).headers["Location"] == "/p/"


def test_five_wrong_codes_end_the_code_and_a_new_one_works(packet):
    come_in(packet[1])
    other, _ = come_in(packet[1])
    page = reverse("clinic:link-code")
    right = actions.digits_of(LinkCode.objects.get())
    wrong = "000000" if right != "000000" else "000001"
    for _ in range(5):
        assert other.post(page, {"code": wrong}).status_code == 422
    assert other.post(page, {"code": right}).status_code == 422
    assert other.post(page, {"again": "1"}).status_code == 303
    fresh = actions.digits_of(LinkCode.objects.order_by("-made_at").first())
    assert other.post(page, {"code": fresh}).headers["Location"] == reverse("intake:packet-home")


def test_a_code_lives_ten_minutes(everyone, packet):
    at = clock.now()
    code = actions.send_code(link=packet[0], at=at)
    typed = actions.digits_of(code)
    with pytest.raises(Refused):
        actions.prove_code(link=packet[0], typed=typed, at=at + dt.timedelta(minutes=10))
    assert actions.prove_code(link=packet[0], typed=typed, at=at + dt.timedelta(minutes=9)) is None
    with pytest.raises(Refused):
        actions.prove_code(link=packet[0], typed=typed, at=at + dt.timedelta(minutes=9))


def test_codes_cannot_be_pumped(packet):
    at = clock.now()
    for minute in range(5):
        actions.send_code(link=packet[0], at=at + dt.timedelta(minutes=minute))
    with pytest.raises(Refused):
        actions.send_code(link=packet[0], at=at + dt.timedelta(minutes=6))


def test_expired_ended_and_unknown_links_say_what_to_do(everyone, packet):
    with time_machine.travel(clock.now() + dt.timedelta(days=8)):
        late = at_door(packet[1]).get(OPEN)
    assert (late.status_code, "too old" in late.content.decode()) == (410, True)
    actions.end_links(patient=everyone.patient, purpose="packet", why="submitted", by=everyone.patient)
    done = go_on(packet[1])[1]
    assert (done.status_code, "You are done" in done.content.decode()) == (410, True)
    unknown = at_door("A" * 43).get(OPEN)
    assert (unknown.status_code, "cut short" in unknown.content.decode()) == (404, True)


def test_an_ended_link_closes_the_pages_it_opened(everyone, packet):
    client, _ = come_in(packet[1])
    actions.end_links(patient=everyone.patient, purpose="packet", by=everyone.front_desk)
    assert client.get("/test-packet/").headers["Location"] == "/p/"


def test_guessing_tokens_is_throttled(db):
    client = Client(REMOTE_ADDR="192.0.2.77")
    answers = [client.get(address(f"guess{n}")).status_code for n in range(61)]
    assert answers[:60] == [303] * 60
    assert answers[60] == 429
    assert Client(REMOTE_ADDR="192.0.2.78").get(address("guess")).status_code == 303


def test_staff_and_patients_in_one_browser_do_not_mix(everyone, packet):
    client = signed_in(everyone.nurse)
    come_in(packet[1], client)
    assert client.get("/test-packet/").content == b"Ngozi False"
    assert client.get("/").status_code == 302
    assert client.session["_auth_user_id"] == str(everyone.nurse.pk)
    event = AuditEvent.objects.get(verb="link.let_in")
    assert (event.actor_kind, event.user) == ("patient", None)


def test_signing_in_closes_the_patients_pages(everyone, packet):
    client, _ = come_in(packet[1])
    client.force_login(everyone.nurse)
    assert client.get("/test-packet/").headers["Location"] == "/p/"


def test_staff_resend_in_one_tap(everyone, packet):
    link, token = packet
    answer = signed_in(everyone.front_desk).post(reverse("clinic:link-resend", args=[link.pk]), {"next": "/tasks/"})
    assert answer.headers["Location"] == "/tasks/"
    assert at_door(token).get(OPEN).status_code == 410
    assert Message.objects.get(kind="invitation").patient == everyone.patient


def test_a_diary_link_sent_again_asks_about_the_same_day(everyone):
    day = dt.date(2026, 5, 14)
    link, _ = factories.link(of=everyone.patient, at_site=everyone.harbor, purpose="diary", local_day=day)
    signed_in(everyone.nurse).post(reverse("clinic:link-resend", args=[link.pk]))
    assert Message.objects.get(kind="diary").context == {"local_day": "2026-05-14"}


def test_another_sites_link_cannot_be_resent(everyone, packet):
    answer = signed_in(everyone.away["front_desk"]).post(reverse("clinic:link-resend", args=[packet[0].pk]))
    assert answer.status_code == 404
    assert not Message.objects.exists()


def test_no_token_reaches_the_logs(packet, caplog):
    from clinic.project.logs import DiscreetFilter

    record = logging.LogRecord("access", logging.INFO, "", 0, '"GET /p/%s/ HTTP/1.1" 200', (packet[1],), None)
    assert DiscreetFilter().filter(record)
    assert packet[1] not in record.getMessage()


def test_every_step_at_the_door_is_audited(packet):
    come_in(packet[1])
    come_in(packet[1], born=WRONG)
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"link.opened", "link.born_proved", "link.let_in", "link.wrong_try"} <= verbs
