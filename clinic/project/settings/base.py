"""Settings every way of running shares. What differs from machine to machine comes from the environment."""

import os
import sys
from pathlib import Path

from django.conf import global_settings

from clinic.project import environment as env

ROOT = Path(__file__).resolve().parents[3]

SECRET_KEY = env.text("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
DEBUG = False
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
BASE_URL = env.text("BASE_URL")  # what mailed links start with; never taken from a request

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "clinic.apps.ClinicConfig",
    "intake.apps.IntakeConfig",
    "sessions.apps.SessionsConfig",
    "followup.apps.FollowupConfig",
]
OUR_APPS = ["clinic", "intake", "treatment_sessions", "followup"]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "clinic.project.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "clinic.middleware.ContextMiddleware",
    "clinic.middleware.LifetimeMiddleware",
    "clinic.middleware.DoorMiddleware",
]

ROOT_URLCONF = "clinic.project.urls"
WSGI_APPLICATION = "clinic.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "clinic.context.navigation",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Data -------------------------------------------------------------------------------------------------------------
# Two roles: the owner migrates, the application works. These commands change the shape and so run as the owner.
OWNER_COMMANDS = {"migrate", "grant", "makemigrations", "sqlmigrate", "showmigrations", "createcachetable"}
AS_OWNER = env.text("TIDELINE_ROLE") == "owner" or (len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS)
APPLICATION_TIMEOUTS = {
    "statement_timeout": "15000",
    "lock_timeout": "3000",
    "idle_in_transaction_session_timeout": "30000",
}
OWNER_TIMEOUTS = {"lock_timeout": "5000"}

DATABASE_URL = env.text("DATABASE_URL")
DATABASE_OWNER_URL = env.text("DATABASE_OWNER_URL")
REDIS_URL = env.text("REDIS_URL")


def databases() -> dict:
    """Return the one database, as the owner for the commands that change its shape."""
    if AS_OWNER and DATABASE_OWNER_URL:
        return {"default": env.database(DATABASE_OWNER_URL, timeouts=OWNER_TIMEOUTS)}
    if DATABASE_URL:
        return {"default": env.database(DATABASE_URL, timeouts=APPLICATION_TIMEOUTS)}
    return {}


DATABASES = databases()
APPLICATION_ROLE = DATABASES.get("default", {}).get("USER", "")
if AS_OWNER and DATABASE_URL:
    APPLICATION_ROLE = env.database(DATABASE_URL, timeouts={})["USER"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Tables of other packages whose rows the application role may delete; of ours: models with `may_delete = True`.
MAY_DELETE = [
    "django_session",
    "cache",
    "account_emailaddress",
    "account_emailconfirmation",
    "mfa_authenticator",
    "usersessions_usersession",
    "auth_group_permissions",
    "clinic_user_groups",
    "clinic_user_user_permissions",
]

# The cache holds rate limits and nothing clinical. It is a table, so that signing in does not hang on Redis.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # counts of tries and used codes must not be crowded out
    }
}

# --- People and sign-in -----------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "clinic.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    *global_settings.PASSWORD_HASHERS[:1],
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "clinic.sign_in.NoRepetitionValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody can make the clinic mail an address it doesn't know
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Tideline: "
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_ADAPTER = "clinic.sign_in.StaffAdapter"
# Wrong passwords count by person and address together, so that nobody can lock a colleague out from elsewhere; the
# limits by address alone are wide, because a whole clinic may sit behind one.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip,5/300s/key", "reset_password": "20/m/ip,5/h/key"}
# How many proxies stand before the pages: 0 takes the address of the connection, never a header's.
TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)
MFA_ADAPTER = "clinic.sign_in.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Tideline"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are given by the clinic, not typed by whoever signs up
MFA_REQUIRED = env.flag("MFA_REQUIRED", True)  # staff without a second factor are led to set one up first
MFA_SEED_KEY = env.text("MFA_SEED_KEY")  # encrypts the seeds of second factors; empty: derived from SECRET_KEY

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_ABSOLUTE_SECONDS = 12 * 3600  # staff sign in again after a shift, however busy
SESSION_IDLE_SECONDS = env.number("SESSION_IDLE_SECONDS", 30 * 60)  # pages that refresh themselves don't count
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True

# --- What a browser may do --------------------------------------------------------------------------------------------
# The live stream is one exact origin of its own in ./run; behind a proxy it shares the pages' origin and stays empty.
LIVE_ORIGIN = env.text("LIVE_ORIGIN")
PAGES_ORIGIN = env.text("PAGES_ORIGIN")
LIVE_COOKIE_NAME = "live"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'", *([LIVE_ORIGIN] if LIVE_ORIGIN else [])],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    },
}
PERMISSIONS_POLICY = {
    feature: []
    for feature in (
        "accelerometer", "ambient-light-sensor", "autoplay", "camera", "display-capture", "encrypted-media",
        "geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment", "usb",
    )
}  # fmt: skip
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

# --- Words and clocks -------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-us"
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- Files ------------------------------------------------------------------------------------------------------------
DATA_FOLDER = Path(os.environ.get("TIDELINE_DATA", ROOT / ".data"))
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", ROOT / "staticfiles"))
STATICFILES_DIRS = [ROOT / "static"]
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", DATA_FOLDER / "documents"))
WHITENOISE_ALLOW_ALL_ORIGINS = False  # nobody else's page needs our files
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# --- Mail -------------------------------------------------------------------------------------------------------------
EMAIL_URL = env.text("EMAIL_URL")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
ADMINS: list = []
NOTIFY_LOG_ONLY = env.flag("NOTIFY_LOG_ONLY")  # a server that must not send yet: messages are only logged
if EMAIL_URL:
    globals().update(env.mail(EMAIL_URL))

# --- Work in the background -------------------------------------------------------------------------------------------
# Tasks are only the alarm clock: what must happen is a row with a due time, so that Redis may be flushed at any time.
CELERY_BROKER_URL = env.broker(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 2,
    "socket_timeout": 10,
    "max_retries": 0,  # a page that wakes the worker doesn't wait for a Redis that is away
}
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 50
CELERY_TASK_TIME_LIMIT = 60
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "clinic.project.beat.GuardedScheduler"
CELERY_BEAT_MAX_LOOP_INTERVAL = 5
CELERY_BEAT_SCHEDULE = {
    "outbox": {"task": "clinic.sweep_outbox", "schedule": 60.0, "options": {"expires": 55}},
    "alerts": {"task": "clinic.climb_alerts", "schedule": 60.0, "options": {"expires": 55}},
    "due rows": {"task": "followup.plan_due", "schedule": 60.0, "options": {"expires": 55}},
    "clinic curves": {"task": "followup.refresh_curves", "schedule": 3600.0, "options": {"expires": 3000}},
    "heartbeat": {"task": "clinic.tasks.beat_heartbeat", "schedule": 30.0, "options": {"expires": 25}},
}
BEAT_STALE_SECONDS = 180  # readiness fails when the last beat is older than this

# --- Logs: in UTC, one line an entry, without what was asked of the database ------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"discreet": {"()": "clinic.project.logs.DiscreetFilter"}},
    "formatters": {
        "line": {
            "()": "clinic.project.logs.LineFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["discreet"]}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {"django.server": {"handlers": ["console"], "propagate": False}},
}
LOGGING_CONFIG = "logging.config.dictConfig"
