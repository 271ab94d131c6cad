"""Evaluation and development, as ./run starts it: embedded services, mail caught on this machine."""

import json

from clinic.dev.embedded import programs_folder
from clinic.project import environment as env
from clinic.project.settings.base import *  # noqa: F403
from clinic.project.settings.base import DATA_FOLDER, INSTALLED_APPS, REDIS_URL, databases

DEBUG = env.flag("DEBUG", False)
TIDELINE_DEVELOPMENT = True
SECRET_KEY = env.text("SECRET_KEY", "development-only-" + "k" * 50)  # production refuses this one
MFA_REQUIRED = env.flag("MFA_REQUIRED", False)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
BASE_URL = env.text("BASE_URL", "http://127.0.0.1:8000")
DEMO_LOGINS = json.loads(env.text("DEMO_LOGINS", "[]"))  # shown on the sign-in page, here only

INSTALLED_APPS = [*INSTALLED_APPS, "clinic.dev.apps.DevelopmentConfig"]

# Without ./run in the environment, manage.py finds the services that ./run has up on the usual data folder.
DATABASES = databases()
if not DATABASES or not REDIS_URL:
    from clinic.dev.running import adopt

    adopt(globals())

DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Tideline <clinic@tideline.example>")

# Copies are made by hand here, with the programs of the embedded server; nobody is told that there are none.
BACKUP_WATCHED = env.flag("BACKUP_WATCHED", False)
PG_PROGRAMS = env.text("PG_PROGRAMS") or programs_folder()
DISK_FOLDERS = env.words("DISK_FOLDERS") or [f"data={DATA_FOLDER}"]

# Static files straight from their folders, as they are now.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
