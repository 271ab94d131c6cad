"""What a browser is told, on every class of address, reckoned as the public header observatory reckons it (HDR-1..11).

`python -m pytest tests/house/test_headers.py -n0 -s -k table` prints the table: class, status, score.
"""

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path, reverse

from clinic import access
from clinic.actions.documents import keep_document
from clinic.project import urls as project_urls
from clinic.project.live import Application
from followup.actions.feeds import make_feed
from tests import factories
from tests.factories.places import PASSWORD
from tests.house.observatory import BAR, directives, missing, score
from tests.people import people, signed_in


@access.public
def breaks(request, how="error"):
    """A page with a mistake in it, or one that finds a request ill-made."""
    raise {"error": ZeroDivisionError, "bad": SuspiciousOperation, "large": RequestDataTooBig}[how]


@access.public
def conflict(request, status):
    """Any other status a page may answer with."""
    return HttpResponse(status=status)


class Urls:
    urlpatterns = [
        path("breaks/", breaks),
        path("breaks/<str:how>/", breaks),
        path("status/<int:status>/", conflict),
        *project_urls.urlpatterns,
    ]


PRODUCTION = {
    "ROOT_URLCONF": Urls, "SECURE_HSTS_SECONDS": 2 * 365 * 24 * 3600, "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_HSTS_PRELOAD": True, "SESSION_COOKIE_SECURE": True, "CSRF_COOKIE_SECURE": True, "SECURE_SSL_REDIRECT": True,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _as_in_production():
    with override_settings(**PRODUCTION):
        yield


class Asked:
    """One answer of each class of address. `said` is class -> (status, headers, cookies)."""

    def __init__(self):
        self.people = people()
        self.said = {}
        self.anyone()
        self.staff()
        self.files()
        self.stream()

    def note(self, kind, status, answer):
        """Keep an answer under its class; it must have this status."""
        assert answer.status_code == status, (kind, answer.status_code)
        assert b"".join(answer) is not None  # to its end: a file is closed there
        assert kind not in self.said, kind
        self.said[kind] = (status, answer.headers, dict(answer.cookies))

    def anyone(self):
        """What needs no sign-in, and every kind of refusal."""
        client = Client(raise_request_exception=False)
        for kind, status, there in (
            ("redirect to the sign-in", 302, "/"),
            ("sign-in page", 200, "/accounts/login/"),
            ("password reset", 200, "/accounts/password/reset/"),
            ("health, JSON", 200, "/health/live/"),
            ("static style sheet", 200, "/static/css/base.css"),
            ("static script", 200, "/static/js/live.js"),
            ("static picture", 200, "/static/img/tideline.svg"),
            ("static, not found", 404, "/static/nowhere.css"),
            ("service worker", 200, reverse("sessions:offline-worker")),
            ("offline shell", 200, reverse("sessions:offline-shell")),
            ("patient link, unknown", 303, "/p/unknown/"),
            ("patient door", 404, "/p/open/"),
            ("wall pairing", 200, reverse("clinic:wall-pair")),
            ("closed page of the sign-in package", 404, "/accounts/signup/"),
            ("not found", 404, "/nowhere/"),
            ("ill-made request", 400, "/breaks/bad/"),
            ("too large", 400, "/breaks/large/"),
            ("conflict", 409, "/status/409/"),
            ("gone", 410, "/status/410/"),
            ("invalid form", 422, "/status/422/"),
            ("too many", 429, "/status/429/"),
            ("broken page", 500, "/breaks/"),
        ):
            self.note(kind, status, client.get(there, secure=True))
        self.note("plain HTTP", 301, client.get("/accounts/login/"))
        self.note("wrong host name", 400, client.get("/", secure=True, headers={"host": "evil.example"}))
        self.note("wrong host name, plain HTTP", 400, client.get("/", headers={"host": "evil.example"}))
        self.note("method not allowed", 405, client.post("/health/live/", secure=True))
        self.note("method not allowed, OPTIONS", 405, client.options("/health/live/", secure=True))
        strict = Client(enforce_csrf_checks=True)
        self.note("form without its token", 403, strict.post("/accounts/login/", secure=True))

    def staff(self):
        """Pages of the clinic and of the admin."""
        nurse, admin = signed_in(self.people.nurse), signed_in(self.people.clinic_admin)
        pk = self.people.patient.pk
        self.note(
            "clinical page", 200, nurse.get(reverse("followup:patient-show", args=[pk]), secure=True, follow=True)
        )
        self.note("another site's row", 404, signed_in(self.people.stranger).get(f"/patients/{pk}/", secure=True))
        self.note("role that may not", 403, nurse.get("/audit/", secure=True))
        self.note("ticket for the stream, JSON", 200, nurse.get("/live/ticket/", secure=True))
        self.note("admin", 200, admin.get("/admin/", secure=True))
        self.note("admin list", 200, admin.get("/admin/clinic/site/", secure=True))
        self.note("admin, not found", 404, admin.get("/admin/nowhere/x/", secure=True))
        self.note("admin, signed out", 302, Client().get("/admin/", secure=True))
        self.note("sign-out", 302, nurse.post("/accounts/logout/", secure=True))
        _, token = factories.link(of=self.people.patient, at_site=self.people.harbor, purpose="packet")
        visitor = Client()
        self.note("patient link", 303, visitor.get(f"/p/{token}/", secure=True))
        self.note("patient page", 200, visitor.get("/p/open/", secure=True))

    def files(self):
        """What leaves as a file."""
        nurse, told = signed_in(self.people.nurse), {"patient": self.people.patient, "site": self.people.harbor}
        for kind, media_type, content in (
            ("document, PDF", "application/pdf", b"%PDF-1.7"),
            ("document, picture", "image/png", b"\x89PNG\r\n\x1a\n"),
        ):
            told |= {"kind": "test_result", "title": kind, "content": content, "media_type": media_type}
            made = keep_document(**told, field_class="clinical", subject=self.people.patient, by=None)
            there = reverse("clinic:document-show", args=[made.pk])
            self.note(kind, 200, nurse.get(there, secure=True))
            self.note(f"{kind}, shown", 200, nurse.get(f"{there}?show=1", secure=True))
        timeline = reverse("followup:patient-timeline-csv", args=[self.people.patient.pk])
        self.note("table, CSV", 200, nurse.get(timeline, secure=True))
        _, token = make_feed(by=self.people.nurse)
        self.note("calendar feed", 200, Client().get(reverse("followup:feed", args=[token]), secure=True))

    def stream(self):
        """The other process: refusals and its health; a stream that is let in has the same headers."""
        for kind, status, method, there in (
            ("stream, no ticket", 403, "GET", "/live/stream/"),
            ("stream, health", 200, "GET", "/live/health/"),
            ("stream, not found", 404, "GET", "/live/nowhere/"),
            ("stream, renewal", 403, "POST", "/live/renew/"),
        ):
            with ThreadPoolExecutor(1) as thread:  # the browser tests' driver may have a loop in this one
                found, headers = thread.submit(asyncio.run, streamed(method, there)).result(10)
            assert found == status, kind
            self.said[kind] = (status, headers, {})


async def streamed(method, there):
    """(status, headers) of the stream process."""
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.disconnect"}

    scope = {"type": "http", "method": method, "path": there, "headers": [], "query_string": b""}
    await Application()(scope, receive, send)
    return sent[0]["status"], Titled(sent[0]["headers"])


class Titled(dict):
    """Headers of the stream under the names the pages use."""

    def __init__(self, pairs):
        super().__init__((name.decode().lower(), value.decode()) for name, value in pairs)

    def get(self, name, other=None):
        """One header, however it is written."""
        return super().get(name.lower(), other)


@pytest.fixture(scope="module")
def asked(django_db_setup, django_db_blocker, redis_server):
    """One answer of each class, asked for once; nothing of it stays in the database."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(**PRODUCTION, REDIS_URL=redis_server.url()):
            made = Asked()
        yield made
        transaction.set_rollback(True)


def as_table(said):
    """The classes with their status and score."""
    lines = [f"{status}  {score(headers, cookies)}  {kind}" for kind, (status, headers, cookies) in said.items()]
    return "\n".join(["code score class of address", *lines])


def test_hdr_1_to_11_the_table_every_class_of_address_reaches_145(asked):
    sys.stdout.write(f"\n{as_table(asked.said)}\n")
    low = {kind: score(headers, cookies) for kind, (_, headers, cookies) in asked.said.items()}
    assert {kind: points for kind, points in low.items() if points < BAR} == {}
    assert len(low) > 45


def test_hdr_6_the_six_headers_of_an_a_plus_are_everywhere(asked):
    """The stream holds no page: a policy about cameras means nothing to it."""
    lacking = {kind: missing(headers) for kind, (_, headers, _) in asked.said.items() if not kind.startswith("stream")}
    assert {kind: names for kind, names in lacking.items() if names} == {}


def test_v3_4_3_no_policy_has_an_unsafe_word_or_a_foreign_source(asked):
    for kind, (_, headers, _) in asked.said.items():
        policy = directives(headers)
        words = {word for values in policy.values() for word in values}
        assert words <= {"'none'", "'self'", "data:"}, (kind, words)
        assert policy["base-uri"] == policy["frame-ancestors"] == ["'none'"], kind
        assert policy.get("object-src", policy["default-src"]) == ["'none'"], kind


def test_v14_3_2_nothing_but_static_files_may_be_kept(asked):
    may_keep = ("static style sheet", "static script", "static picture", "service worker", "calendar feed")
    for kind, (_, headers, _) in asked.said.items():
        assert ("no-store" in headers.get("Cache-Control", "")) is (kind not in may_keep), kind


def test_v13_4_6_no_answer_names_its_software(asked):
    for kind, (_, headers, _) in asked.said.items():
        assert not any(headers.get(name) for name in ("Server", "X-Powered-By", "X-Django-Version")), kind


@pytest.mark.django_db
def test_v14_3_1_sign_out_clears_the_browser_and_keeps_what_waits_to_be_sent():
    everyone = people()
    for typed, words in (({}, '"cache"'), ({"nothing_waits": "yes"}, '"cache", "storage"')):
        client = signed_in(everyone.nurse)
        answer = client.post("/accounts/logout/", typed, secure=True)
        assert answer.headers["Clear-Site-Data"] == words
        assert client.get("/board/", secure=True).status_code == 302


@pytest.mark.django_db
def test_hdr_2_sign_in_sets_cookies_that_scripts_and_plain_http_never_see():
    everyone = people()
    client = Client()
    client.get("/accounts/login/", secure=True)
    answer = client.post("/accounts/login/", {"login": everyone.nurse.email, "password": PASSWORD}, secure=True)
    session = answer.cookies["sessionid"]
    assert (session["secure"], session["httponly"], session["samesite"]) == (True, True, "Lax")
    assert score(answer.headers, answer.cookies) >= BAR
    assert session.value not in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://testserver.evil.example"])
def test_v3_4_2_no_foreign_origin_is_let_in(origin):
    for there in ("/accounts/login/", "/health/live/", "/static/css/base.css", "/nowhere/"):
        answer = Client().get(there, headers={"origin": origin}, secure=True)
        assert b"".join(answer) is not None
        assert not [name for name in answer.headers if name.lower().startswith("access-control-")], there


@pytest.mark.django_db
def test_v16_5_1_a_broken_page_says_nothing_but_its_number():
    answer = Client(raise_request_exception=False).get("/breaks/", secure=True)
    page = answer.content.decode()
    assert answer.status_code == 500
    assert not any(word in page for word in ("ZeroDivisionError", "Traceback", "Django", "/clinic/"))
