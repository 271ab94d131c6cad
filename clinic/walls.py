"""What a screen on a wall carries, and how it is known again: a secret in a cookie, only its hash in the database."""

import secrets

from django.conf import settings
from django.utils.crypto import salted_hmac

from clinic import access, clock, links
from clinic.models import WallScreen
from clinic.rules import walls as rules

COOKIE_DAYS = 400
SECRET_BYTES = 32
LOOK_SECONDS = 10 * 60


def new_secret():
    """A fresh secret for a screen: 256 random bits."""
    return secrets.token_urlsafe(SECRET_BYTES)


def code_of(screen):
    """The short code of a screen, out of its id and the server's secret: nothing readable lies in the database."""
    digest = salted_hmac("clinic.walls.code", str(screen.pk), algorithm="sha256").digest()
    return rules.code_from(int.from_bytes(digest[:16], "big"))


def code_digest(code):
    """What the database keeps of a code."""
    return salted_hmac("clinic.walls.code_hash", code, algorithm="sha256").hexdigest()


def screen_of(request):
    """The screen whose secret this browser carries, paired or not; None for none. One query."""
    secret = request.COOKIES.get(settings.WALL_COOKIE_NAME, "")
    return WallScreen.objects.filter(token_hash=links.digest(secret)).select_related("site").first() if secret else None


def open_screen(request):
    """The paired screen of this browser, while it counts; else None."""
    screen = screen_of(request)
    return screen if screen and is_alive(screen, clock.now()) else None


def is_alive(screen, at):
    """Whether this screen may show the board at `at`."""
    return rules.is_alive(
        paired_at=screen.paired_at, revoked_at=screen.revoked_at, last_seen_at=screen.last_seen_at, at=at
    )


def remember(response, secret):
    """Put a screen's secret into its browser, out of reach of scripts."""
    response.set_cookie(
        settings.WALL_COOKIE_NAME,
        secret,
        max_age=COOKIE_DAYS * 24 * 3600,
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def screen_or_404(request, pk):
    """A paired screen at one of the user's sites."""
    return access.one_at_my_sites_or_404(request, WallScreen.objects.filter(pk=pk).select_related("site"))


def is_look_due(screen):
    """Whether a look of this screen stands in the audit now: it refreshes by itself, so once in ten minutes."""
    return links.count_one("wall-look", screen.pk, seconds=LOOK_SECONDS) == 1
