"""Tests: a throw-away cluster that tests/conftest.py starts, the application role, nothing on the network."""

from clinic.project.settings.base import *  # noqa: F403
from clinic.project.settings.base import APPLICATION_TIMEOUTS, INSTALLED_APPS, env

SECRET_KEY = "for-tests-only-" + "t" * 50
DEBUG = False
MFA_REQUIRED = False  # tests/clinic/test_sign_in.py turns it on
TIDELINE_DEVELOPMENT = False
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
BASE_URL = "http://testserver"
CSRF_TRUSTED_ORIGINS: list[str] = []
SENTRY_DSN = ""
LIVE_ORIGIN = ""
PAGES_ORIGIN = ""

INSTALLED_APPS = [*INSTALLED_APPS, "clinic.dev.apps.DevelopmentConfig"]

# tests/conftest.py puts in the real socket folder and database before the first connection.
APPLICATION_ROLE = "tideline_app"
DATABASES = {
    "default": env.database("postgresql://tideline_app@/not_started_yet?host=/nowhere", timeouts=APPLICATION_TIMEOUTS)
    | {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False}
}
REDIS_URL = "unix:///nowhere/redis?db=0"
CELERY_BROKER_URL = env.broker(REDIS_URL)
CELERY_TASK_ALWAYS_EAGER = False

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast; test_settings checks the real ones
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SMS_API, SMS_TRANSPORT, BOUNCE_ADDRESS, ALARM_ADDRESSES = {}, "", "", []
DEFAULT_FROM_EMAIL = "Tideline <clinic@tideline.example>"

STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
