"""Production: refuses to start, with every reason at once, rather than run half-safe."""

from clinic.project import environment as env
from clinic.project.refuse import refuse_unfit
from clinic.project.settings.base import *  # noqa: F403
from clinic.project.settings.base import MIDDLEWARE, STORAGES

DEBUG = False
TIDELINE_DEVELOPMENT = False
refuse_unfit()

SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^health/live/$"]
if env.flag("BEHIND_TLS_PROXY", True):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    MIDDLEWARE = ["clinic.project.headers.ProxyMiddleware", *MIDDLEWARE]
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True

SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
LIVE_COOKIE_NAME = "__Host-live"
WALL_COOKIE_NAME = "__Host-wall"
BROWSER_COOKIE_NAME = "__Host-browser"
LANGUAGE_COOKIE_SECURE = True

STORAGES = STORAGES | {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
