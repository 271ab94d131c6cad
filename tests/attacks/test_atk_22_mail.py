"""ATK-22, ATK-34, ATK-35: who a mail is from, to and leads to; which address a caller is at. Headers tell neither."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from clinic import clock, links
from clinic.middleware import ContextMiddleware
from clinic.models import AuditEvent, Message, Patient, Site
from clinic.notify import enqueue, sender
from clinic.notify.base import Outgoing, TransportError
from clinic.notify.email import EmailTransport
from clinic.presenters.calendar import calendar_file
from clinic.views.links import UNKNOWN_TOKENS
from tests import factories
from tests.factories.places import PASSWORD
from tests.people import people, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db

EVIL = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Server": "evil.example", "Forwarded": "host=evil.example",
        "X-Original-URL": "https://evil.example/", "X-Rewrite-URL": "/evil", "Origin": "https://evil.example",
        "Referer": "https://evil.example/"}  # fmt: skip


everyone = standing(people)


@pytest.fixture
def no_worker(monkeypatch):
    """Letters of the sign-in are sent at once: nobody waits for them elsewhere."""

    def away(name, **more):
        raise OSError

    monkeypatch.setattr("clinic.sign_in.current_app.send_task", away)


# --- ATK-22: names a request comes under
@pytest.mark.parametrize("headers", [EVIL, {"Host": "testserver:443"}, {"X-Forwarded-Host": "a", "Host": "localhost"}])
def test_atk_22_a_password_letter_leads_to_the_clinics_own_address(everyone, no_worker, mailoutbox, settings, headers):
    settings.BASE_URL = "https://clinic.example"
    answer = Client().post(reverse("account_reset_password"), {"email": everyone.nurse.email}, headers=headers)
    assert answer.status_code == 302
    letter = mailoutbox[0]
    assert letter.to == [everyone.nurse.email]
    assert "https://clinic.example/accounts/password/reset/key/" in letter.body
    assert "evil" not in f"{letter.message()}"


def test_atk_22_an_unknown_host_gets_no_page_and_no_letter(everyone, no_worker, mailoutbox):
    for host in ("evil.example", "testserver.evil.example", "evil.example:80", "testserver@evil.example", "::1]x"):
        there = reverse("account_reset_password")
        assert Client().post(there, {"email": everyone.nurse.email}, headers={"Host": host}).status_code == 400
        assert Client().get("/accounts/login/", headers={"Host": host}).status_code == 400
    assert mailoutbox == []


def test_atk_22_a_patients_letter_leads_to_the_clinics_own_address(everyone, mailoutbox, settings):
    settings.BASE_URL = "https://clinic.example"
    signed_in(everyone.front_desk).post(
        reverse("intake:packet-invite", args=[everyone.patient.pk]), {"reason": "mood"}, headers=EVIL
    )
    sender.sweep(at=clock.now().replace(hour=17) if clock.now().hour < 17 else clock.now())
    assert "https://" not in "".join(letter.body for letter in mailoutbox).replace("https://clinic.example/p/", "")
    assert links.absolute("/p/x/") == "https://clinic.example/p/x/"


def test_atk_22_no_answer_repeats_a_foreign_name(everyone):
    nurse = signed_in(everyone.nurse)
    for there in ("/board/", "/patients/", "/accounts/login/", "/nowhere/", "/p/open/", "/health/live/"):
        for client in (nurse, Client()):
            answer = client.get(there, headers=EVIL)
            assert "evil.example" not in f"{answer.headers}{answer.content.decode()}", there


# --- ATK-34: what stands in a mail's head
NASTY = (
    "a@tideline.example\nBcc: evil@evil.example", "a@tideline.example\r\nSubject: x", "a@x.example,evil@evil.example",
    '"Clinic" <evil@evil.example>', "a@tideline.example\x00", "a b@tideline.example", "<a@tideline.example>",
    "=?utf-8?q?evil=40evil.example?= <a@tideline.example>", "a@tideline.example>\n\nbody",
)  # fmt: skip


@pytest.mark.parametrize("address", NASTY, ids=range(len(NASTY)))
def test_atk_34_an_address_is_one_address_in_every_form(everyone, address):
    client = signed_in(everyone.front_desk)
    typed = {"family_name": "Sample-Test", "given_name": "New", "born_on_month": "5", "born_on_day": "14",
             "born_on_year": "1980", "email": address, "phone": "555 0100"}  # fmt: skip
    answer = client.post("/patients/add/", typed)
    assert answer.status_code == 422
    assert not Patient.objects.filter(family_name="Sample-Test").exists()


@pytest.mark.parametrize("part", ["address", "subject"])
@pytest.mark.parametrize("words", ["x\nBcc: evil@evil.example", "x\r\nTo: evil@evil.example", "x\rX: y"])
def test_atk_34_a_line_break_ends_no_header(part, words):
    told = {"address": "a@tideline.example", "subject": "Hello"} | {part: f"a@tideline.example{words}"}
    message = Outgoing("id", "decision", told["address"], told["subject"], "Body")
    with pytest.raises(TransportError) as problem:
        EmailTransport()._mail(message)
    assert problem.value.failure.value if hasattr(problem.value.failure, "value") else problem.value.failure


@pytest.mark.parametrize("name", ['"Your bank" <evil@evil.example>', "Ngo\r\nBcc: evil@evil.example", "N\u202eg <b@c>"])
def test_atk_34_a_persons_name_is_no_part_of_a_mails_head(everyone, mailoutbox, name):
    Patient.objects.filter(pk=everyone.patient.pk).update(preferred_name=name, given_name=name, family_name=name)
    Site.objects.filter(pk=everyone.site.pk).update(name=f"Harbor\r\nBcc: evil@evil.example <{'x' * 10}@evil.example>")
    everyone.patient.refresh_from_db()
    at = clock.now().replace(hour=17)
    enqueue("decision", recipient=everyone.patient, site=everyone.site, dedupe_key="x", due_at=at,
            context={"next_step": "We call you."})  # fmt: skip
    sender.sweep(at=at)
    assert [letter.to for letter in mailoutbox] in ([[everyone.patient.email]], [])
    for letter in mailoutbox:
        sent = letter.message()
        assert "evil" not in f"{sent['To']}{sent['From']}{sent['Subject']}{sent['Bcc']}{sent['Reply-To']}"
        assert sent.get_all("To") == [everyone.patient.email]
        assert letter.bcc == letter.cc == []


def test_atk_34_a_calendar_entry_has_no_lines_of_its_own_making(everyone):
    Site.objects.filter(pk=everyone.site.pk).update(
        name="Harbor\r\nATTENDEE:mailto:evil@evil.example",
        address="1 Pier\r\nBEGIN:VALARM\r\nATTACH:http://evil.example",
    )
    everyone.site.refresh_from_db()
    visit = factories.appointment(of=everyone.patient, at_site=everyone.site, kind="follow_up")
    visit.site = everyone.site
    text = calendar_file([visit], clock.now()).replace("\r\n ", "")
    begun = [line.partition(":")[0].partition(";")[0] for line in text.splitlines()]
    assert "ATTENDEE" not in begun
    assert "ATTACH" not in begun
    assert begun.count("BEGIN") == begun.count("END") == 2


def test_atk_34_an_address_in_the_record_that_went_bad_stops_one_message_only(everyone, mailoutbox):
    Patient.objects.filter(pk=everyone.patient.pk).update(email="a@tideline.example\nBcc: evil@evil.example")
    everyone.patient.refresh_from_db()
    at = clock.now().replace(hour=17)
    for number in (1, 2):
        patient = everyone.patient if number == 1 else factories.patient(at_site=everyone.site, given_name="Other")
        enqueue("decision", recipient=patient, site=everyone.site, dedupe_key=f"x{number}", due_at=at,
                context={"next_step": "We call you."})  # fmt: skip
    sender.sweep(at=at)
    assert len(mailoutbox) == 1
    assert Message.objects.exclude(state="sent").count() == 1


# --- ATK-35: where a caller is
def test_atk_35_a_caller_does_not_choose_the_address_in_the_log(everyone):
    told = {"X-Forwarded-For": "203.0.113.9", "X-Real-IP": "203.0.113.9", "Forwarded": "for=203.0.113.9"}
    client = signed_in(everyone.nurse)
    assert client.get("/board/", headers=told, REMOTE_ADDR="192.0.2.1").status_code == 200
    looks = AuditEvent.objects.filter(user=everyone.nurse, is_look=True)
    assert set(looks.values_list("address", flat=True)) == {"192.0.2.1"}


@pytest.mark.parametrize(
    ("count", "told", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        (2, "1.1.1.1, 203.0.113.9, 198.51.100.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "evil", "192.0.2.1"),
        (1, "1.1.1.1, <script>", "192.0.2.1"),
        (1, "999.1.1.1", "192.0.2.1"),
        (1, "2001:db8::7", "2001:db8::7"),
    ],
)
def test_atk_35_only_the_trusted_proxies_word_counts(rf, settings, count, told, address):
    settings.TRUSTED_PROXY_COUNT = count
    seen = []

    def view(request):
        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    ContextMiddleware(view)(rf.get("/", headers={"X-Forwarded-For": told} if told else {}, REMOTE_ADDR="192.0.2.1"))
    assert seen == [address]


def test_atk_35_words_that_are_no_address_break_no_page(everyone, settings):
    settings.TRUSTED_PROXY_COUNT = 1
    for told in ("evil", "' OR 1=1--", "1.1.1.1\x00", "::ffff:1.2.3.4%eth0'", "a" * 10_000):
        answer = signed_in(everyone.nurse).get("/board/", headers={"X-Forwarded-For": told})
        assert answer.status_code == 200, told[:20]


def test_atk_35_another_forwarded_address_each_time_evades_no_throttle():
    answers = [
        Client().get(f"/p/unknown-{n}/", headers={"X-Forwarded-For": f"203.0.113.{n % 250}"}, REMOTE_ADDR="192.0.2.77")
        for n in range(UNKNOWN_TOKENS + 2)
    ]
    assert [answers[0].status_code, answers[-1].status_code] == [303, 429]


def test_atk_35_wrong_passwords_count_for_the_address_they_come_from(everyone):
    def tried(n):
        typed = {"login": everyone.nurse.email, "password": f"wrong-{n}-password-here"}
        return Client().post(
            "/accounts/login/", typed, headers={"X-Forwarded-For": f"203.0.113.{n}"}, REMOTE_ADDR="192.0.2.78"
        )

    answers = [tried(n) for n in range(8)]
    right = {"login": everyone.nurse.email, "password": PASSWORD}
    held = Client().post("/accounts/login/", right, REMOTE_ADDR="192.0.2.78")
    assert held.status_code in (200, 422, 429), "the same address is held back, whatever it called itself"
    assert all(answer.status_code in (200, 422, 429) for answer in answers)
