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
    "clinic.project.headers.HeadersMiddleware",  # first, so that what is refused below carries the headers too
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "clinic.project.plain.PlainMiddleware",
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
    "clinic.space.SpaceMiddleware",  # when the disks are full, saves what happens at the chairs and nothing else
    "clinic.browsers.BrowserMiddleware",  # gives a browser its secret when somebody has signed in there
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
    "lock_timeout": "2000",  # whoever is second in a queue waits twice as long: for the first one, then for the row
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
DATABASE_KEEPS_PLANS = env.flag("DATABASE_KEEPS_PLANS", True)  # off behind a pooler that hands connections on
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
    "clinic.signed_in.ByUsername",
    "clinic.signed_in.ByEmail",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    *global_settings.PASSWORD_HASHERS[:1],
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "clinic.passwords.NoRepetitionValidator"},
    {"NAME": "clinic.passwords.BreachedPasswordValidator"},
]
BREACHED_PASSWORDS = env.text("BREACHED_PASSWORDS")  # a larger list: path of a file of sorted SHA-1 sums; asks nobody
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
# Passwords and codes are counted by clinic.tries: by known browser first, so that nobody locks a colleague out from
# elsewhere, and a guest behind the clinic's own address holds up strange browsers only.
ACCOUNT_RATE_LIMITS = {"login": "", "login_failed": "", "reset_password": "20/m/ip,5/h/key"}
# How many proxies stand before the pages: 0 takes the address of the connection, never a header's.
TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)
MFA_ADAPTER = "clinic.sign_in.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True  # a passkey is both factors: the device, and its PIN or finger
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}  # nothing there can be guessed
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "clinic.forms_sign_in.CodeForm",
    "reauthenticate": "clinic.forms_sign_in.CodeAgainForm",
    "add_webauthn": "clinic.forms_sign_in.PasskeyForm",
}
MFA_TOTP_ISSUER = "Tideline"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are given by the clinic, not typed by whoever signs up
MFA_REQUIRED = env.flag("MFA_REQUIRED", True)  # staff without a second factor are led to set one up first
MFA_SEED_KEY = env.text("MFA_SEED_KEY")  # encrypts the seeds of second factors; empty: derived from SECRET_KEY
MFA_SEED_KEY_FALLBACKS = env.words("MFA_SEED_KEY_FALLBACKS")  # older ones, until `manage.py reseal_seeds` has run
BROWSER_COOKIE_NAME = "browser"  # the secret by which a browser of the staff is known again

SESSION_ENGINE = "clinic.signed_in"
SESSION_COOKIE_AGE = 13 * 3600  # longer than a shift, so that its end is seen, told and cleared up
SESSION_ABSOLUTE_SECONDS = 12 * 3600  # staff sign in again after a shift, however busy
SESSION_IDLE_SECONDS = env.number("SESSION_IDLE_SECONDS", 30 * 60)  # then it is locked; refreshing pages don't count
# What a page does by itself: lock sooner at a desk; beside a running infusion only after SESSION_IDLE_SECONDS.
SESSION_LOCK_SECONDS = env.number("SESSION_LOCK_SECONDS", 10 * 60)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True

# Widens the bounds of clinic.rules.watching (records, files, searches of one person); 0 lifts them.
ACCESS_LIMIT_FACTOR = env.number("ACCESS_LIMIT_FACTOR", 1)

# --- What a browser may do --------------------------------------------------------------------------------------------
# The live stream is one exact origin of its own in ./run; behind a proxy it shares the pages' origin and stays empty.
LIVE_ORIGIN = env.text("LIVE_ORIGIN")
PAGES_ORIGIN = env.text("PAGES_ORIGIN")
LIVE_COOKIE_NAME = "live"
WALL_COOKIE_NAME = "wall"  # the secret of a screen on a wall
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
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_HANDLERS = ["clinic.uploads.handler.LimitedHandler"]  # in memory, 10 MB a file, never on a disk

# --- Words and clocks -------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]  # each in its own words: the switch shows them so
LOCALE_PATHS = [ROOT / "locale"]
FORMAT_MODULE_PATH = ["clinic.project.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- Files ------------------------------------------------------------------------------------------------------------
DATA_FOLDER = Path(os.environ.get("TIDELINE_DATA", ROOT / ".data"))
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", ROOT / "staticfiles"))
STATICFILES_DIRS = [ROOT / "static"]
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", DATA_FOLDER / "documents"))
# The seal over the record: where each day's signed heads are written, who gets them besides the auditors, what signs.
SEAL_FOLDER = Path(os.environ.get("SEAL_FOLDER", DATA_FOLDER / "seals"))
SEAL_ADDRESSES = env.words("SEAL_ADDRESSES")
SEAL_KEY = env.text("SEAL_KEY")  # empty: derived from SECRET_KEY; keep a copy away from the server
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
BOUNCE_ADDRESS = env.text("BOUNCE_ADDRESS")  # where mail that can't be delivered returns; read by take_returned_mail
# The SMS provider with our credentials, or the dotted path of another Transport class; both empty: no text messages.
SMS_API = env.sms(env.text("SMS_URL"))
SMS_TRANSPORT = env.text("SMS_TRANSPORT") or ("clinic.notify.twilio.TwilioTransport" if SMS_API else "")
ALARM_ADDRESSES = env.words("ALARM_ADDRESSES")  # told, besides the clinic's admins, when background work stands still
NOTIFY_SENDERS = env.number("NOTIFY_SENDERS", 4)  # connections at most that send at once when much is due
NOTIFY_LOG_ONLY = env.flag("NOTIFY_LOG_ONLY")  # a server that must not send yet: messages are only logged
if EMAIL_URL:
    globals().update(env.mail(EMAIL_URL))

# --- Bedside monitors -------------------------------------------------------------------------------------------------
# Addresses or networks, besides this machine, that may connect to `manage.py monitors`: "192.0.2.7,10.4.0.0/24".
MONITOR_ADDRESSES = env.words("MONITOR_ADDRESSES")

# --- Work in the background -------------------------------------------------------------------------------------------
# Tasks are only the alarm clock: what must happen is a row with a due time, so that Redis may be flushed at any time.
CELERY_BROKER_URL = env.broker(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": env.number("BROKER_VISIBILITY_SECONDS", 300),
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
CELERY_WORKER_CONSUMER = "clinic.project.consumer:Careful"
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "clinic.project.beat.GuardedScheduler"
CELERY_BEAT_MAX_LOOP_INTERVAL = 5
CELERY_BEAT_SCHEDULE = {
    "outbox": {"task": "clinic.sweep_outbox", "schedule": 60.0, "options": {"expires": 55}},
    "seals": {"task": "clinic.seal_record", "schedule": 60.0, "options": {"expires": 55}},
    "seal checks": {"task": "clinic.check_seals", "schedule": 3600.0, "options": {"expires": 3000}},
    "alerts": {"task": "clinic.climb_alerts", "schedule": 60.0, "options": {"expires": 55}},
    "access": {"task": "clinic.watch_access", "schedule": 60.0, "options": {"expires": 55}},
    "chairs": {"task": "sessions.watch_chairs", "schedule": 20.0, "options": {"expires": 15}},
    "due rows": {"task": "followup.plan_due", "schedule": 60.0, "options": {"expires": 55}},
    "consents": {"task": "intake.sweep_consents", "schedule": 300.0, "options": {"expires": 280}},
    "packets": {"task": "intake.nudge_packets", "schedule": 900.0, "options": {"expires": 850}},
    "days to close": {"task": "sessions.remind_days", "schedule": 3600.0, "options": {"expires": 3000}},
    "downtime packs": {"task": "sessions.make_packs", "schedule": 300.0, "options": {"expires": 280}},
    "copies of records": {"task": "followup.make_archives", "schedule": 60.0, "options": {"expires": 55}},
    "clinic curves": {"task": "followup.refresh_curves", "schedule": 3600.0, "options": {"expires": 3000}},
    "curves asked for": {"task": "followup.work_out_relief", "schedule": 60.0, "options": {"expires": 55}},
    "space": {"task": "clinic.measure_space", "schedule": 60.0, "options": {"expires": 55}},
    "backups": {"task": "clinic.watch_backups", "schedule": 900.0, "options": {"expires": 850}},
    "heartbeat": {"task": "clinic.tasks.beat_heartbeat", "schedule": 30.0, "options": {"expires": 25}},
}
BEAT_STALE_SECONDS = 180  # readiness fails when the last beat is older than this

# --- Copies of the record, and space ----------------------------------------------------------------------------------
BACKUP_FOLDER = env.text("BACKUP_FOLDER")  # where copies stand; read by `manage.py backup` and its sisters only
BACKUP_RECIPIENTS_FILE = os.environ.get("BACKUP_RECIPIENTS_FILE", "")  # public keys that copies are sealed to
BACKUP_IDENTITY_FILE = os.environ.get("BACKUP_IDENTITY_FILE", "")  # the secret key, only where copies are tried out
DATABASE_BACKUP_URL = env.text("DATABASE_BACKUP_URL")  # a role that reads everything and may replicate
PG_PROGRAMS = env.text("PG_PROGRAMS")  # the folder of pg_dump and its sisters, where they are not on the path
BACKUP_WATCHED = env.flag("BACKUP_WATCHED", True)  # whether missing copies are told to the admins
BACKUP_MAX_HOURS = env.number("BACKUP_MAX_HOURS", 26)
BACKUP_KEEP = env.words("BACKUP_KEEP", "14,8,12")  # days, weeks, months: the newest copy of each stays
DISK_FOLDERS = env.words("DISK_FOLDERS")  # disks of this machine to watch: "database=/var/lib/postgresql"

# --- Errors: reported nowhere, unless the clinic names a tracker; then kind and place of an error, no values ----------
SENTRY_DSN = env.text("SENTRY_DSN")

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
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},  # Django's own would mail errors to ADMINS
        "fido2": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},  # it tells every step, and every rule of the screen that paper has not
        "django.server": {"handlers": ["console"], "propagate": False},
    },
}
LOGGING_CONFIG = "logging.config.dictConfig"
