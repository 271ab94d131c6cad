"""People with a PIN, and a tablet on which several have signed in."""

from secrets import token_urlsafe

from django.conf import settings

from clinic.actions.browsers import note_browser
from clinic.links import digest
from sessions import actions
from tests.people import signed_in

PIN = "482915"
READ = {"strength_read": "1", "rate_read": "52.5", "volume_read": "50", "occasion": "start"}


def tablet(owner, *others):
    """A browser in which these people signed in fully today, `owner` last."""
    client, secret = signed_in(owner), token_urlsafe()
    client.cookies[settings.BROWSER_COOKIE_NAME] = secret
    for user in (*others, owner):
        note_browser(user=user, mark=digest(secret), words="Chrome on iPad")
    return client


def with_pin(user, badge=""):
    """Give them the PIN of these tests, and a badge if one is named."""
    actions.set_pin(pin=PIN, again=PIN, badge=badge, by=user)
    return user
