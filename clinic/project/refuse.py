"""What production does not start with, one plain sentence each."""

import logging
import os
import re

from django.core.exceptions import ImproperlyConfigured

from clinic.project import environment as env

log = logging.getLogger(__name__)

EMBEDDED = re.compile(r"tideline-\d+-[0-9a-f]{12}-(pg|vk)")  # the socket folders of clinic.dev


def reasons() -> list[str]:
    """Return everything that keeps this environment from running in production; empty when it is fit."""
    return [*_secret(), *_switches(), *_services(), *_addresses(), *_mail()]


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
