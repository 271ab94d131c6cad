"""ATK-36 and V13.4: what is not for the world is not there: sources, measures, maps, lists of folders, details."""

import http.client
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from tests.house.code import ROOT
from tests.people import people, signed_in

HIDDEN = (
    "/.git/config", "/.git/HEAD", "/.env", "/.env.example", "/manage.py", "/requirements.txt", "/pyproject.toml",
    "/clinic/project/settings/base.py", "/static/../manage.py", "/static/../../etc/passwd", "/static/%2e%2e/manage.py",
    "/static/..%2fmanage.py", "/static//etc/passwd", "/static/", "/static/js/", "/static/js/live.js.map",
    "/static/vendor/htmx/htmx.min.js.map", "/static/.git/config", "/media/", "/documents/", "/.data/",
    "/.data/postgres/",
    "/metrics", "/debug/", "/__debug__/", "/server-status", "/phpinfo.php", "/wp-login.php", "/actuator/health",
    "/health/ready/../", "/api/", "/openapi.json", "/graphql", "/robots.txt/..", "/backup.sql", "/flower/",
    "/admin/doc/", "/.well-known/../.env", "/static/js/live.js/", "/static/css/base.css.bak",
)  # fmt: skip
TELLS = (
    b"SECRET",
    b"root:",
    b"[core]",
    b"DATABASE_URL",
    b"Traceback",
    b"DJANGO_SETTINGS",
    b"Using the URLconf",
    b"import ",
)


@pytest.fixture
def pages(site_url):
    """A function that asks the server for a path exactly as written, no client between that tidies it."""
    place = urlsplit(site_url)

    def ask(path, method="GET"):
        connection = http.client.HTTPConnection(place.hostname, place.port, timeout=10)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            connection.endheaders()
            answer = connection.getresponse()
            return answer.status, answer.read(), dict(answer.getheaders())
        finally:
            connection.close()

    return ask


def test_atk_36_what_is_not_for_the_world_is_not_there(pages):
    for path in HIDDEN:
        status, body, _ = pages(path)
        assert status in (301, 302, 400, 403, 404), (path, status)
        assert not [word for word in TELLS if word in body], path
    status, body, _ = pages("/static/css/base.css")
    assert (status, b"{" in body) == (200, True), "the same way of asking does reach what is there"


@pytest.mark.django_db
def test_atk_36_health_says_one_word_to_the_world_and_details_to_admins_only(client):
    assert client.get("/health/live/").json() == {"status": "ok"}
    parts = client.get("/health/ready/").json()["parts"]
    assert all(isinstance(word, str) and word.isalpha() and len(word) < 20 for word in parts.values()), parts
    everyone = people()
    there = reverse("clinic:health")
    assert client.get(there).status_code == 302
    assert signed_in(everyone.nurse).get(there).status_code == 403
    assert signed_in(everyone.clinic_admin).get(there).status_code == 200


@pytest.mark.django_db
def test_v13_4_2_a_page_that_is_not_there_tells_nothing_of_the_program(client):
    for path in ("/nowhere/", "/patients/nowhere/", "/admin/nowhere/", "/static/nowhere.js", "/accounts/signup/"):
        answer = client.get(path, follow=True)
        page = b"".join(answer)
        assert not [word for word in (*TELLS, b"urlpatterns", b"DEBUG", b"Django") if word in page], path


def test_v13_4_1_no_map_and_nothing_but_page_parts_is_served():
    kinds = {path.suffix for path in (ROOT / "static").rglob("*") if path.is_file()}
    assert kinds <= {".css", ".js", ".svg", ".png", ".woff2", ".md", ".txt", ".ico", ".webmanifest", ""}, kinds
    for path in (ROOT / "static").rglob("*.js"):
        assert "sourceMappingURL" not in path.read_text(), path.name
