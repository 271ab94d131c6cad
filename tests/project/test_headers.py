"""What every response carries, wherever it comes from."""

import contextlib

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from clinic.project.headers import ProxyMiddleware

pytestmark = pytest.mark.django_db

# The weights of MDN's HTTP Observatory for the headers that depend on us, in its words and points.
PATHS = ["/health/live/", "/no/such/page/", "/accounts/login/", "/admin/", "/static/css/base.css", "/dev/mail/"]


@pytest.fixture(params=PATHS)
def response(request, client):
    with contextlib.closing(client.get(request.param)) as answer:
        yield answer


def policy(response):
    text = response.headers["Content-Security-Policy"]
    return {part.split()[0]: part.split()[1:] for part in text.split(";") if part.strip()}


def test_the_content_policy_starts_from_nothing(response):
    found = policy(response)
    assert found["default-src"] == ["'none'"]
    assert found["base-uri"] == ["'none'"]
    assert found["frame-ancestors"] == ["'none'"]
    assert found["form-action"] == ["'self'"]
    assert not any("unsafe" in word for words in found.values() for word in words)
    assert all(words in (["'none'"], ["'self'"], ["'self'", "data:"]) for words in found.values())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cross-Origin-Embedder-Policy", "require-corp"),
    ],
)
def test_every_response_keeps_to_itself(response, name, value):
    assert response.headers[name] == value


def test_features_nobody_needs_are_off(response):
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert "geolocation=()" in response.headers["Permissions-Policy"]


def test_only_static_files_may_be_kept(response):
    static = response.request["PATH_INFO"].startswith("/static/")
    assert ("no-store" in response.headers["Cache-Control"]) is not static


def test_no_foreign_origin_is_let_in(client):
    assert "Access-Control-Allow-Origin" not in client.get("/health/live/", headers={"origin": "https://evil.example"})


@pytest.mark.parametrize(
    ("told", "address"),
    [("203.0.113.7", "203.0.113.7"), ("1.1.1.1, 203.0.113.7", "203.0.113.7"), ("", "127.0.0.1")],
)
def test_behind_a_proxy_the_last_address_counts(told, address):
    request = RequestFactory().get("/", headers={"x-forwarded-for": told} if told else {})
    seen = []
    ProxyMiddleware(lambda request: seen.append(request.META["REMOTE_ADDR"]) or HttpResponse())(request)
    assert seen == [address]
