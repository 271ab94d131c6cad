"""What a browser is told, on every kind of answer, reckoned as the public header observatory reckons it.

The arithmetic: 100 to begin with, malus for what is missing, bonus only from 90 up. 145 is the bar.
"""

import re

import pytest
from django.test import Client
from django.urls import path

from clinic import access
from clinic.project import urls as project_urls
from tests import factories
from tests.factories.places import PASSWORD
from tests.people import people, signed_in

BAR = 145
PRIVATE = ("same-origin", "no-referrer", "strict-origin")  # what the observatory counts as keeping addresses private


@access.public
def breaks(request):
    """A page with a mistake in it."""
    raise ZeroDivisionError


class Urls:
    urlpatterns = [path("breaks/", breaks), *project_urls.urlpatterns]


def score(response):
    """The observatory's score of one answer over TLS."""
    headers = response.headers
    base, bonus = 100, 0
    base, bonus = base + _csp_malus(headers), bonus + _csp_bonus(headers)
    base += 0 if _seconds(headers) >= 180 * 24 * 3600 else -20
    base += 0 if headers.get("X-Content-Type-Options") == "nosniff" else -5
    base += _cookie_malus(response)
    base += -50 if headers.get("Access-Control-Allow-Origin") == "*" else 0
    bonus += 5 if headers.get("Referrer-Policy") in PRIVATE else 0
    bonus += 5 if response.cookies else 0
    for name, value in (
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cross-Origin-Embedder-Policy", "require-corp"),
    ):
        bonus += 10 if headers.get(name) == value else 0
    return base + bonus if base >= 90 else base


def _directives(headers):
    policy = headers.get("Content-Security-Policy", "")
    return {name: rest.split() for name, _, rest in (part.strip().partition(" ") for part in policy.split(";"))}


def _csp_malus(headers):
    csp = _directives(headers)
    if not csp.get("default-src"):
        return -25
    words = {word for values in csp.values() for word in values}
    malus = -20 if "'unsafe-inline'" in words else 0
    malus += -10 if "'unsafe-eval'" in words else 0
    return malus + (0 if csp.get("frame-ancestors") == ["'none'"] else -20)


def _csp_bonus(headers):
    csp = _directives(headers)
    strict = csp.get("default-src") == ["'none'"] and "form-action" in csp
    return (10 if strict else 0) + (5 if csp.get("frame-ancestors") == ["'none'"] else 0)


def _seconds(headers):
    found = re.search(r"max-age=(\d+)", headers.get("Strict-Transport-Security", ""))
    return int(found.group(1)) if found else 0


def _cookie_malus(response):
    malus = 0
    for name, cookie in response.cookies.items():
        malus += 0 if cookie["secure"] else (-40 if "session" in name else -20)
        malus += 0 if cookie["httponly"] or "session" not in name else -30
        malus += 0 if cookie["samesite"] else -20
    return malus


@pytest.fixture(autouse=True)
def _as_in_production(settings):
    settings.ROOT_URLCONF = Urls
    settings.SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 302),
        ("/accounts/login/", 200),
        ("/accounts/password/reset/", 200),
        ("/p/", 404),
        ("/p/unknown/", 404),
        ("/nowhere/", 404),
        ("/accounts/signup/", 404),
        ("/breaks/", 500),
        ("/admin/", 302),
        ("/health/live/", 200),
        ("/static/css/base.css", 200),
    ],
)
def test_every_kind_of_answer_reaches_the_bar(address, status):
    response = Client(raise_request_exception=False).get(address, secure=True)
    response.close()
    assert response.status_code == status
    assert score(response) >= BAR, dict(response.headers)


@pytest.mark.django_db
def test_pages_of_staff_admin_and_patients_reach_the_bar():
    everyone = people()
    admin = signed_in(everyone.clinic_admin)
    _, token = factories.link(of=everyone.patient, at_site=everyone.harbor, purpose="packet")
    answers = [admin.get(address, secure=True) for address in ("/admin/", "/admin/clinic/site/", "/audit/", "/board/")]
    answers.append(Client().get(f"/p/{token}/", secure=True))
    assert [answer.status_code for answer in answers] == [200, 200, 200, 403, 200]
    for answer in answers:
        assert score(answer) >= BAR, (answer.request["PATH_INFO"], dict(answer.headers))
        assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_sign_in_sets_cookies_that_scripts_and_plain_http_never_see():
    everyone = people()
    client = Client()
    client.get("/accounts/login/", secure=True)
    answer = client.post(
        "/accounts/login/",
        {"login": everyone.nurse.email, "password": PASSWORD},
        secure=True,
    )
    session = answer.cookies["sessionid"]
    assert (session["secure"], session["httponly"], session["samesite"]) == (True, True, "Lax")
    assert score(answer) >= BAR


@pytest.mark.django_db
def test_no_foreign_origin_is_let_in():
    answer = Client().get("/accounts/login/", headers={"Origin": "https://evil.example"}, secure=True)
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.django_db
def test_forms_need_their_token():
    everyone = people()
    client = Client(enforce_csrf_checks=True)
    client.force_login(everyone.nurse)
    _, token = factories.link(of=everyone.patient, at_site=everyone.harbor, purpose="packet")
    assert client.post("/accounts/logout/").status_code == 403
    assert client.post(f"/p/{token}/").status_code == 403
    assert client.post("/site/", {"site": everyone.harbor.pk}).status_code == 403


@pytest.mark.django_db
def test_a_broken_page_says_nothing_but_its_number():
    answer = Client(raise_request_exception=False).get("/breaks/")
    assert answer.status_code == 500
    assert "ZeroDivisionError" not in answer.content.decode()
    assert "Traceback" not in answer.content.decode()
