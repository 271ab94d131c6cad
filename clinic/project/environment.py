"""Settings out of the environment. What is set but makes no sense raises a sentence, it is never guessed.

A secret may stand in a file instead: `SECRET_KEY_FILE=/run/secrets/key` is read where `SECRET_KEY` is asked for.
"""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    """Return a setting as text, without blanks around it: from the environment, or from the file `<name>_FILE` names.

    Raises ImproperlyConfigured when both are set, or when the file can't be read.
    """
    file = os.environ.get(f"{name}_FILE", "").strip()
    if not file:
        return os.environ.get(name, default).strip()
    if os.environ.get(name):
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set. Keep one.")
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as problem:
        raise ImproperlyConfigured(f"{name}_FILE can't be read: {type(problem).__name__}.") from problem


def flag(name: str, default: bool = False) -> bool:
    """Return a yes-or-no setting. Raises ImproperlyConfigured for any other word."""
    word = text(name, "yes" if default else "no").lower()
    if word not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} must be yes or no, not {word!r}.")
    return word in TRUE


def number(name: str, default: int) -> int:
    """Return a whole number. Raises ImproperlyConfigured for anything else."""
    word = text(name, str(default))
    try:
        return int(word)
    except ValueError as problem:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {word!r}.") from problem


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated setting as a list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(url: str, *, timeouts: dict[str, str]) -> dict:
    """Turn a libpq URL into a Django database. `timeouts` are PostgreSQL settings, milliseconds as text.

    Query parameters go to libpq as they are (sslmode, host for a socket folder, target_session_attrs...).
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured("A database URL reads postgresql://user:password@host:5432/name.")
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    session = " ".join(f"-c {name}={value}" for name, value in timeouts.items())
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 3, "application_name": "tideline", "options": session} | options,
    }


def broker(url: str) -> str:
    """Return the Celery form of a Redis URL: a Unix socket is redis+socket:// there and unix:// to redis-py."""
    if not url.startswith("unix://"):
        return url
    path, _, query = url.removeprefix("unix://").partition("?")
    return f"redis+socket://{path}?virtual_host={dict(parse_qsl(query)).get('db', '0')}"


def mail(url: str) -> dict[str, str | int | bool]:
    """Turn smtp://user:password@host:587?tls=yes into Django's mail settings; smtps:// is TLS from the start."""
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured("EMAIL_URL reads smtp://user:password@host:587?tls=yes or smtps://host:465.")
    starttls = dict(parse_qsl(parts.query)).get("tls", "no").lower() in TRUE
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": starttls,
        "EMAIL_TIMEOUT": 15,
    }


def sms(url: str) -> dict[str, str | int | bool]:
    """Turn twilio://ACCOUNT:TOKEN@api.twilio.com?from=%2B12125550100 into what the transport needs; {} for none.

    `service` names a messaging service instead of `from`; `country` is that of numbers without a plus, 1 unless said.
    twilio+http:// is for a stand-in on this machine only. Raises ImproperlyConfigured for anything else.
    """
    if not url:
        return {}
    parts = urlsplit(url)
    told = dict(parse_qsl(parts.query))
    plain = parts.scheme == "twilio+http"
    here = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    whole = parts.username and parts.password and parts.hostname and bool(told.get("from")) != bool(told.get("service"))
    if parts.scheme not in {"twilio", "twilio+http"} or not whole or (plain and not here):
        raise ImproperlyConfigured(
            "SMS_URL reads twilio://ACCOUNT:TOKEN@api.twilio.com?from=%2B12125550100, or with service=MG... for from."
        )
    return {
        "account": unquote(parts.username),
        "token": unquote(parts.password),
        "host": parts.hostname,
        "port": parts.port or (80 if plain else 443),
        "plain": plain,
        "from": told.get("from", ""),
        "service": told.get("service", ""),
        "country": told.get("country", "1"),
    }
