"""What production does not start with, one plain sentence each."""

import logging
import os
import re
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from clinic.project import environment as env

log = logging.getLogger(__name__)

HERE = {"", "localhost", "127.0.0.1", "::1"}
EMBEDDED = re.compile(r"tideline-\d+-[0-9a-f]{12}-(pg|vk)")  # the socket folders of clinic.dev


def reasons() -> list[str]:
    """Return everything that keeps this environment from running in production; empty when it is fit."""
    return [*_secret(), *_switches(), *_services(), *_wires(), *_addresses(), *_mail()]


def refuse_unfit() -> None:
    """Raise ImproperlyConfigured with all reasons at once."""
    found = reasons()
    if found:
        raise ImproperlyConfigured("Tideline does not start in production:\n- " + "\n- ".join(found))


def _secret() -> list[str]:
    secret = env.text("SECRET_KEY")
    if not secret:
        return ["SECRET_KEY is not set. Make one: python -c 'import secrets; print(secrets.token_urlsafe(64))'."]
    if secret.startswith(("development-only-", "for-tests-only-", "django-insecure-", "change-me")):
        return ["SECRET_KEY is a default that everybody knows. Make one of your own."]
    if len(secret) < 50 or len(set(secret)) < 16:
        return ["SECRET_KEY is too short or too plain: it needs at least 50 characters, 16 of them different."]
    return []


def _switches() -> list[str]:
    found = []
    if env.flag("DEBUG"):
        found.append("DEBUG is on. It shows patients' data in error pages; remove it from the environment.")
    if env.flag("TIDELINE_DEMO"):
        found.append("TIDELINE_DEMO is on. The demo clinic never stands beside real patients; remove it.")
    if os.environ.get("TIDELINE_DATA"):
        found.append("TIDELINE_DATA is set, as ./run does it. Production never uses the embedded services.")
    if not env.flag("MFA_REQUIRED", True):
        found.append("MFA_REQUIRED is off. Staff never sign in with a password alone; remove it.")
    if env.number("ACCESS_LIMIT_FACTOR", 1) < 1:
        found.append("ACCESS_LIMIT_FACTOR is 0. Odd access would go unseen; give a whole number from 1, or remove it.")
    return found


def _services() -> list[str]:
    found = []
    for name, what in (("DATABASE_URL", "PostgreSQL, as the application role"), ("REDIS_URL", "Redis")):
        url = env.text(name)
        if not url:
            found.append(f"{name} is not set: the address of {what}.")
        elif EMBEDDED.search(url):
            found.append(f"{name} points to an embedded service, which is for evaluation only.")
    if env.text("DATABASE_URL") and env.text("DATABASE_URL") == env.text("DATABASE_OWNER_URL"):
        found.append("DATABASE_URL and DATABASE_OWNER_URL are the same: the pages must not run as the owner.")
    return found


def _wires() -> list[str]:
    """What would cross a network in the clear: only a Unix socket or this machine itself needs no TLS."""
    found = []
    hosts, options = _database_hosts(env.text("DATABASE_URL"))
    if not all(_is_here(host) for host in hosts) and options.get("sslmode") not in {"verify-full", "verify-ca"}:
        found.append("DATABASE_URL leaves this machine without proof of the server: add ?sslmode=verify-full.")
    redis = urlsplit(env.text("REDIS_URL"))
    if redis.scheme == "redis" and not _is_here(redis.hostname or ""):
        found.append("REDIS_URL leaves this machine in the clear: use rediss://.")
    if redis.scheme in {"redis", "rediss"} and not redis.password:
        found.append("REDIS_URL has no password: give Redis a user of Tideline's own (see deploy/make-secrets).")
    mail = urlsplit(env.text("EMAIL_URL"))
    starts_tls = dict(parse_qsl(mail.query)).get("tls", "no").lower() in env.TRUE
    if mail.scheme == "smtp" and not starts_tls and not _is_here(mail.hostname or ""):
        found.append("EMAIL_URL leaves this machine in the clear: use smtps:// or add ?tls=yes.")
    tracker = urlsplit(env.text("SENTRY_DSN"))
    if tracker.scheme and tracker.scheme != "https" and not _is_here(tracker.hostname or ""):
        found.append("SENTRY_DSN leaves this machine in the clear: use an https:// tracker, or none.")
    return found


def _database_hosts(url: str) -> tuple[list[str], dict[str, str]]:
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return (options.get("host") or unquote(parts.hostname or "")).split(","), options


def _is_here(host: str) -> bool:
    return host in HERE or host.startswith("/")


def _addresses() -> list[str]:
    found = []
    hosts = env.words("ALLOWED_HOSTS")
    if not hosts:
        found.append("ALLOWED_HOSTS is not set: the names under which browsers reach the clinic.")
    elif "*" in hosts:
        found.append("ALLOWED_HOSTS allows every name. List the real ones.")
    if not env.text("BASE_URL").startswith("https://"):
        found.append("BASE_URL must be the https:// address that mailed links start with.")
    return found


def _mail() -> list[str]:
    found = []
    if not env.text("EMAIL_URL"):
        found.append("EMAIL_URL is not set: the mail server for invitations and reminders.")
    if not env.text("DEFAULT_FROM_EMAIL"):
        found.append("DEFAULT_FROM_EMAIL is not set: the address that mail comes from.")
    return found


def refuse_demo_data() -> None:
    """Raise ImproperlyConfigured when the demo clinic stands in the database. Asked once when a process starts.

    A database that is away at that moment is readiness' business; readiness asks again.
    """
    from django.db import DatabaseError

    from clinic.models import DeploymentMark

    try:
        demo = DeploymentMark.objects.filter(kind="demo").exists()
    except DatabaseError as problem:
        log.warning("Whether demo data is present could not be asked: %s", type(problem).__name__)
        return
    if demo:
        raise ImproperlyConfigured("The demo clinic stands in this database. Production starts on one without it.")
