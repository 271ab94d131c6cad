"""Production refuses to start half-safe, each reason in a sentence, all of them at once."""

import importlib
import os
import re
import secrets
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from clinic import clock
from clinic.models import DeploymentMark
from clinic.project import environment as env
from clinic.project import refuse
from tests.house.code import ROOT

FIT = {
    "SECRET_KEY": secrets.token_urlsafe(64),
    "DATABASE_URL": "postgresql://tideline_app:a@db.example:5432/tideline?sslmode=verify-full",
    "DATABASE_OWNER_URL": "postgresql://tideline_owner:b@db.example:5432/tideline?sslmode=verify-full",
    "REDIS_URL": "rediss://tideline:c@redis.example:6379/0",
    "ALLOWED_HOSTS": "clinic.example",
    "BASE_URL": "https://clinic.example",
    "EMAIL_URL": "smtp://user:d@mail.example:587?tls=yes",
    "DEFAULT_FROM_EMAIL": "Clinic <hello@clinic.example>",
}


@pytest.fixture
def fit(monkeypatch):
    """An environment production starts in, and no other setting of ours."""
    for name in ("DEBUG", "TIDELINE_DEMO", "TIDELINE_DATA", "TIDELINE_ROLE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in FIT.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_a_fit_environment_starts(fit):
    assert refuse.reasons() == []
    refuse.refuse_unfit()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SECRET_KEY", "", "SECRET_KEY is not set"),
        ("SECRET_KEY", "development-only-" + "k" * 50, "a default that everybody knows"),
        ("SECRET_KEY", "for-tests-only-" + "t" * 50, "a default that everybody knows"),
        ("SECRET_KEY", "short-but-own-Xy7", "too short or too plain"),
        ("SECRET_KEY", "ab" * 40, "too short or too plain"),
        ("DEBUG", "yes", "DEBUG is on"),
        ("TIDELINE_DEMO", "1", "TIDELINE_DEMO is on"),
        ("TIDELINE_DATA", "/srv/tideline/.data", "never uses the embedded services"),
        ("DATABASE_URL", "", "DATABASE_URL is not set"),
        ("DATABASE_URL", "postgresql://tideline_app@/t?host=%2Ftmp%2Ftideline-0-0123456789ab-pg", "embedded service"),
        ("DATABASE_OWNER_URL", FIT["DATABASE_URL"], "must not run as the owner"),
        ("DATABASE_URL", FIT["DATABASE_URL"].partition("?")[0], "add [?]sslmode=verify-full"),
        ("DATABASE_URL", "postgresql://a:b@/t?host=/run/postgresql,db.example", "add [?]sslmode=verify-full"),
        ("DATABASE_URL", FIT["DATABASE_URL"].replace("verify-full", "require"), "add [?]sslmode=verify-full"),
        ("MFA_REQUIRED", "no", "MFA_REQUIRED is off"),
        ("REDIS_URL", "redis://tideline:c@redis.example:6379/0", "use rediss://"),
        ("REDIS_URL", "rediss://redis.example:6379/0", "REDIS_URL has no password"),
        ("REDIS_URL", "redis://127.0.0.1:6379/0", "REDIS_URL has no password"),
        ("EMAIL_URL", "smtp://user:d@mail.example:587", "EMAIL_URL leaves this machine in the clear"),
        ("REDIS_URL", "", "REDIS_URL is not set"),
        ("REDIS_URL", "unix:///tmp/tideline-0-0123456789ab-vk/s?db=0", "embedded service"),
        ("ALLOWED_HOSTS", "", "ALLOWED_HOSTS is not set"),
        ("ALLOWED_HOSTS", "clinic.example,*", "allows every name"),
        ("BASE_URL", "http://clinic.example", "https:// address"),
        ("EMAIL_URL", "", "EMAIL_URL is not set"),
        ("DEFAULT_FROM_EMAIL", "", "DEFAULT_FROM_EMAIL is not set"),
    ],
)
def test_each_unfit_setting_is_refused_in_a_sentence(fit, name, value, words):
    fit.setenv(name, value)
    assert any(re.search(words, reason) for reason in refuse.reasons())
    with pytest.raises(ImproperlyConfigured, match=words):
        refuse.refuse_unfit()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql://tideline_app:a@/tideline?host=/run/postgresql"),
        ("DATABASE_URL", "postgresql://tideline_app:a@127.0.0.1/tideline"),
        ("DATABASE_URL", "postgresql://a:b@/t?host=db1.example,db2.example&sslmode=verify-full"),
        ("REDIS_URL", "unix:///run/redis/redis.sock?db=0"),
        ("REDIS_URL", "redis://tideline:c@localhost:6379/0"),
        ("EMAIL_URL", "smtp://localhost"),
        ("EMAIL_URL", "smtps://user:d@mail.example"),
    ],
)
def test_v12_3_1_what_stays_on_this_machine_or_is_encrypted_may_be(fit, name, value):
    fit.setenv(name, value)
    assert refuse.reasons() == []


def test_v13_2_3_a_secret_may_stand_in_a_file_and_only_there(fit, tmp_path):
    kept = tmp_path / "key"
    kept.write_text(FIT["SECRET_KEY"] + "\n")
    fit.setenv("SECRET_KEY_FILE", str(kept))
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY and SECRET_KEY_FILE are both set"):
        refuse.reasons()
    fit.delenv("SECRET_KEY")
    assert refuse.reasons() == []
    assert env.text("SECRET_KEY") == FIT["SECRET_KEY"]
    fit.setenv("SECRET_KEY_FILE", str(tmp_path / "missing"))
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY_FILE can't be read: FileNotFoundError"):
        env.text("SECRET_KEY")


def test_all_reasons_are_listed_at_once(fit):
    for name in FIT:
        fit.setenv(name, "")
    with pytest.raises(ImproperlyConfigured) as problem:
        refuse.refuse_unfit()
    assert len(str(problem.value).splitlines()) == 8


@pytest.mark.django_db
def test_the_demo_clinic_never_stands_in_production():
    refuse.refuse_demo_data()
    DeploymentMark.objects.create(kind="demo", made_at=clock.now())
    with pytest.raises(ImproperlyConfigured, match="demo clinic"):
        refuse.refuse_demo_data()


# What this run of the tests has set for itself, the last for the driver of the browsers.
OURS = ("TIDELINE_DATA", "DEBUG", "DJANGO_ALLOW_ASYNC_UNSAFE")


def in_production(*words, **changed):
    environment = {k: v for k, v in os.environ.items() if k not in OURS} | FIT | changed
    environment["DJANGO_SETTINGS_MODULE"] = "clinic.project.settings.production"
    command = [sys.executable, *words]
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)


def test_dj_01_the_deployment_check_is_clean():
    done = in_production("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


def test_an_unfit_production_says_why_and_stops():
    done = in_production("manage.py", "check", SECRET_KEY="", EMAIL_URL="")
    assert done.returncode != 0
    assert "SECRET_KEY is not set" in done.stderr
    assert "EMAIL_URL is not set" in done.stderr


def test_dj_11_production_hashes_with_argon2_and_hardens_its_cookies():
    words = "PASSWORD_HASHERS[0], SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, LIVE_COOKIE_NAME, SECURE_HSTS_SECONDS"
    names = ", ".join(f"s.{word.strip()}" for word in words.split(","))
    done = in_production("-c", f"from django.conf import settings as s; print({names})")
    assert done.stdout.split() == [
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "__Host-session",
        "__Host-csrf",
        "__Host-live",
        "63072000",
    ], done.stderr


@pytest.mark.parametrize(
    ("call", "value"),
    [(env.flag, "perhaps"), (lambda name: env.number(name, 1), "many")],
)
def test_junk_in_the_environment_is_never_guessed(monkeypatch, call, value):
    monkeypatch.setenv("ANY_SETTING", value)
    with pytest.raises(ImproperlyConfigured, match="ANY_SETTING"):
        call("ANY_SETTING")


@pytest.mark.parametrize("url", ["mysql://a@b/c", "postgresql://a@b", "", "nonsense"])
def test_a_database_url_must_read_like_one(url):
    with pytest.raises(ImproperlyConfigured, match="postgresql://"):
        env.database(url, timeouts={})


def test_a_database_url_is_taken_apart_with_its_query():
    found = env.database("postgresql://u%40x:p%2Fw@h:6543/n?sslmode=require&host=/s", timeouts={"lock_timeout": "3000"})
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "u@x",
        "p/w",
        "/s",
        "6543",
        "n",
    )
    assert found["OPTIONS"]["sslmode"] == "require"
    assert found["OPTIONS"]["options"] == "-c lock_timeout=3000"


@pytest.mark.parametrize(
    ("url", "broker"),
    [
        ("redis://h:6379/2", "redis://h:6379/2"),
        ("unix:///tmp/a/s?db=3", "redis+socket:///tmp/a/s?virtual_host=3"),
        ("unix:///tmp/a/s", "redis+socket:///tmp/a/s?virtual_host=0"),
    ],
)
def test_celery_reads_the_same_redis(url, broker):
    assert env.broker(url) == broker


def test_a_mail_url_sets_port_and_encryption():
    assert env.mail("smtp://u:p@h:587?tls=yes") | {} == {
        "EMAIL_HOST": "h",
        "EMAIL_PORT": 587,
        "EMAIL_HOST_USER": "u",
        "EMAIL_HOST_PASSWORD": "p",
        "EMAIL_USE_SSL": False,
        "EMAIL_USE_TLS": True,
        "EMAIL_TIMEOUT": 15,
    }
    assert (env.mail("smtps://h")["EMAIL_PORT"], env.mail("smtps://h")["EMAIL_USE_SSL"]) == (465, True)
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        env.mail("http://h")


def test_the_test_settings_are_the_ones_in_use():
    assert importlib.import_module(os.environ["DJANGO_SETTINGS_MODULE"]).__name__ == "clinic.project.settings.test"
