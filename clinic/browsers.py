"""Which browser asks: known by a secret in a cookie, of which the database keeps a hash. It lets nobody in by itself.

A browser in which somebody has signed in with every factor counts its own wrong tries, so that a stranger who shares
the clinic's address locks nobody out there; and for twelve hours after that, those who signed in may come back to it
with a PIN.
"""

import re
import secrets
from datetime import timedelta

from django.conf import settings

from clinic import links
from clinic.models import KnownBrowser

SECRET_BYTES = 32
COOKIE_DAYS = 400
QUICK_HOURS = 12  # clinic default (unverified default, the clinic approves)
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox|FxiOS", "Firefox"),
    ("Chrom|CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = {
    "iPad": "iPad",
    "iPhone": "iPhone",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


class BrowserMiddleware:
    """Gives a browser its secret when somebody has just signed in there for the first time."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        secret = getattr(request, "browser_secret", "")
        if secret:
            _remember(response, secret)
        return response


def _remember(response, secret):
    response.set_cookie(
        settings.BROWSER_COOKIE_NAME,
        secret,
        max_age=COOKIE_DAYS * 24 * 3600,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def mark_of(request):
    """The mark of this browser: the hash of its secret; "" for one that has none."""
    secret = getattr(request, "browser_secret", "") or request.COOKIES.get(settings.BROWSER_COOKIE_NAME, "")
    return links.digest(secret) if secret else ""


def mark_anew(request):
    """The mark of this browser, which gets a secret with this answer if it has none."""
    if not mark_of(request):
        request.browser_secret = secrets.token_urlsafe(SECRET_BYTES)
    return mark_of(request)


def known_mark(request):
    """The mark of this browser if somebody of the staff has signed in here with every factor, else "". One query."""
    mark = mark_of(request)
    return mark if mark and KnownBrowser.objects.counting().filter(mark=mark).exists() else ""


def full_here(request, at):
    """User id (str) -> the moment of their last sign-in with every factor in this browser, within QUICK_HOURS of `at`.

    They may have signed out since. One query; none for a browser without a secret.
    """
    return {str(row.user_id): row.full_at for row in _here(request, at)}


def may_return(request, at):
    """The rows of those who may come back to this browser quickly: signed in here today and not signed out since."""
    rows = _here(request, at).select_related("user").filter(user__is_active=True)
    return [row for row in rows if row.left_at is None or row.left_at < row.full_at]


def _here(request, at):
    mark = mark_of(request)
    rows = KnownBrowser.objects.counting().filter(mark=mark, full_at__gt=at - timedelta(hours=QUICK_HOURS))
    return rows if mark else rows.none()


def words_of(agent):
    """A browser's own word about itself in few words: "Chrome on Android"."""
    browser = next((name for pattern, name in BROWSERS if re.search(pattern, agent)), "A browser")
    system = next((name for said, name in SYSTEMS.items() if said in agent), "")
    return f"{browser} on {system}" if system else browser
