"""Where the services are that ./run has up: written by the launcher, read by manage.py in another terminal."""

import json
import os
from pathlib import Path

from clinic.project import environment as env

NOTE = "services.json"
PLACEHOLDER = "postgresql://tideline_app@/not_running?host=/no-services-are-up--start-.-run-first"


def remember(folder: Path, services: dict[str, str]) -> None:
    """Write down the environment that reaches the running services."""
    note = folder / NOTE
    note.touch(mode=0o600)
    note.write_text(json.dumps(services, indent=1))


def recall(folder: Path) -> dict[str, str]:
    """Return the environment of the running services; empty when none were started on this folder."""
    note = folder / NOTE
    return json.loads(note.read_text()) if note.exists() else {}


def adopt(settings: dict) -> None:
    """Fill settings that have no services of their own with those ./run has up, else with ones that say so."""
    found = recall(Path(settings["DATA_FOLDER"]))
    for name, value in found.items():
        os.environ.setdefault(name, value)
        if name in settings and not settings[name]:
            settings[name] = os.environ[name]
    settings["REDIS_URL"] = settings["REDIS_URL"] or "unix:///no-services-are-up?db=0"
    settings["CELERY_BROKER_URL"] = env.broker(settings["REDIS_URL"])
    as_owner = settings["AS_OWNER"] and settings["DATABASE_OWNER_URL"]
    url = settings["DATABASE_OWNER_URL"] if as_owner else settings["DATABASE_URL"] or PLACEHOLDER
    timeouts = settings["OWNER_TIMEOUTS" if as_owner else "APPLICATION_TIMEOUTS"]
    settings["DATABASES"] = {"default": env.database(url, timeouts=timeouts)}
    settings["APPLICATION_ROLE"] = env.database(settings["DATABASE_URL"] or PLACEHOLDER, timeouts={})["USER"]
    if settings.get("EMAIL_URL"):
        settings.update(env.mail(settings["EMAIL_URL"]))
