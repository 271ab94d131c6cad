"""What the benches' requests share: prepared requests for the driver, and browsers that have just signed in."""

from django.conf import settings
from django.test import Client
from django.urls import reverse

CSRF = "b" * 32


def ask(tag, method, path, expect, cookie="", body=None):
    """One prepared request; `expect` is the status it must be answered with."""
    headers = {"Cookie": f"{cookie}; {settings.CSRF_COOKIE_NAME}={CSRF}"} if cookie else {}
    if body is not None:
        headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": settings.BASE_URL}
    return {"tag": tag, "method": method, "path": path, "headers": headers, "body": body, "expect": expect}


def trivial():
    """The yardstick: a view that does nothing."""
    return ask("trivial", "GET", reverse("dev:trivial"), 200)


def staff_cookie(user):
    """A browser in which this person has just signed in."""
    client = Client()
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}"
