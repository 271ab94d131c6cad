"""REL-21, the page: a row that is held, a query that takes too long, a database that is away, each in its own words."""

import threading
import time

import psycopg2
import psycopg2.errors
import pytest
from django.db import DatabaseError, InternalError, OperationalError, connection, transaction
from django.test import Client
from django.urls import path

from clinic import access
from clinic.models import Patient
from clinic.project import urls as project_urls
from clinic.views import broken
from tests.people import people

TROUBLE = {
    "held": psycopg2.errors.LockNotAvailable,
    "deadlock": psycopg2.errors.DeadlockDetected,
    "slow": psycopg2.errors.QueryCanceled,
    "away": psycopg2.OperationalError,
    "killed": psycopg2.errors.AdminShutdown,
    "crowded": psycopg2.errors.TooManyConnections,
    "full": psycopg2.errors.DiskFull,
    "read-only": psycopg2.errors.ReadOnlySqlTransaction,
}
CODES = {"held": "55P03", "deadlock": "40P01", "slow": "57014", "killed": "57P01", "crowded": "53300",
         "full": "53100", "read-only": "25006"}  # fmt: skip


class Told(Exception):
    """What psycopg2 says, with the code it read off the server; its own errors don't let one set it."""

    def __init__(self, code):
        self.pgcode = code


def trouble(name):
    kind = InternalError if issubclass(TROUBLE[name], psycopg2.InternalError) else OperationalError
    problem = kind("secret.example refused")
    problem.__cause__ = Told(CODES.get(name))
    return problem


@access.public
def breaks(request, name):
    """A page that meets this trouble."""
    raise trouble(name)


@access.public
@transaction.atomic
def waits(request):
    """A page that needs a patient's row."""
    list(Patient.objects.select_for_update().all())


class Urls:
    handler500 = project_urls.handler500
    urlpatterns = [path("breaks/<name>/", breaks), path("waits/", waits), *project_urls.urlpatterns]


@pytest.fixture
def browser_like(settings):
    settings.ROOT_URLCONF = Urls
    return Client(raise_request_exception=False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "words", "seconds"),
    [
        ("held", "Somebody else is saving this right now", "2"),
        ("deadlock", "Somebody else is saving this right now", "2"),
        ("slow", "This took too long and was stopped", "10"),
        ("away", "The record can&#x27;t be reached", "5"),
        ("killed", "The record can&#x27;t be reached", "5"),
        ("crowded", "The record can&#x27;t be reached", "5"),
        ("full", "Reading works, saving does not", "30"),
        ("read-only", "Reading works, saving does not", "30"),
    ],
)
def test_rel_21_each_trouble_of_the_database_is_a_503_with_its_own_words(browser_like, name, words, seconds):
    answer = browser_like.get(f"/breaks/{name}/")
    page = answer.content.decode().replace("'", "&#x27;")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, seconds)
    assert f"<h1>{words}</h1>" in page
    assert 'lang="es"' in page
    assert answer.headers["X-Request-ID"] in page
    assert "secret.example" not in page
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_rel_21_whoever_sent_something_hears_that_it_was_not_saved(browser_like):
    read, sent = (getattr(browser_like, how)("/breaks/held/").content.decode() for how in ("get", "post"))
    assert "Nothing of yours was saved" in sent
    assert "Nothing of yours was saved" not in read


@pytest.mark.parametrize("problem", [None, ValueError("x"), InternalError("x"), OperationalError("y")])
def test_rel_21_only_the_database_is_the_databases_fault(problem):
    if isinstance(problem, OperationalError):
        problem.__cause__ = Told("53400")
        assert broken.reason(problem) == "away"
        problem.__cause__ = Told("22012")
    assert broken.reason(problem) == ""


@pytest.mark.django_db
def test_v16_5_1_a_broken_page_carries_the_number_of_its_line_in_the_log(browser_like, monkeypatch):
    monkeypatch.setattr("clinic.views.health.health.OK", property)  # JSON can't say that
    answer = browser_like.get("/health/live/")
    assert answer.status_code == 500
    assert answer.headers["X-Request-ID"] in answer.content.decode()
    assert "property" not in answer.content.decode()


def test_rel_21_a_held_row_answers_within_five_seconds(live_db, browser_like):
    people()
    held, done = threading.Event(), threading.Event()

    def hold():
        with connection.cursor() as cursor:
            cursor.execute("BEGIN; SELECT 1 FROM clinic_patient FOR UPDATE")
            held.set()
            done.wait(30)
            cursor.execute("ROLLBACK")
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert held.wait(10)
        begun = time.monotonic()
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = 400")
        answer = browser_like.get("/waits/")
        took = time.monotonic() - begun
    finally:
        done.set()
        holder.join(10)
    assert answer.status_code == 503
    assert "Somebody else is saving this" in answer.content.decode()
    assert took < 5


def test_rel_08_cut_off_in_the_middle_of_an_answer_is_the_databases_doing():
    """psycopg2 raises its plain DatabaseError for a server that is gone while it answers."""
    problem = DatabaseError("server closed the connection unexpectedly")
    assert broken.reason(problem) == "", "Django's own, for a row that was not there to save"
    problem.__cause__ = psycopg2.DatabaseError("server closed the connection unexpectedly")
    assert broken.reason(problem) == broken.AWAY
