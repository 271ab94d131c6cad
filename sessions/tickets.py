"""The authorship ticket of an opened run sheet: signed here, kept by the tablet, shown again with what it wrote.

The tablet is known by a cookie of its own, so that a ticket that was carried to another device is told apart.
"""

import uuid
from datetime import UTC, datetime, timedelta

from django.core import signing

from sessions.rules.offline import TICKET_HOURS, Ticket

COOKIE = "tablet"
YEAR_SECONDS = 365 * 24 * 3600
SALT = "sessions.tickets"
PROOF = "sessions.tickets.tablet"


def tablet_of(request):
    """The id of this device from its cookie, None without one (or with one that is no id)."""
    try:
        return uuid.UUID(request.COOKIES.get(COOKIE, ""))
    except ValueError:
        return None


def know_tablet(request):
    """The id of this device; a new one is remembered by `mark`."""
    if not hasattr(request, "tablet"):
        request.tablet = tablet_of(request) or uuid.uuid4()
    return request.tablet


def mark(request, response):
    """Give a device that has none its cookie; returns the response."""
    if tablet_of(request) is None and hasattr(request, "tablet"):
        response.set_cookie(
            COOKIE, str(request.tablet), max_age=YEAR_SECONDS, httponly=True, samesite="Strict",
            secure=request.is_secure(),
        )  # fmt: skip
    return response


def proof(tablet):
    """A signed word for this device's id: a browser that was killed may have lost its newest cookie."""
    return signing.dumps(str(tablet), salt=PROOF)


def proven(text):
    """The id that a proof is for, None when it was not signed here."""
    try:
        return uuid.UUID(signing.loads(text, salt=PROOF))
    except (signing.BadSignature, TypeError, ValueError):
        return None


def give(*, user, session_id, tablet, at):
    """(text, expires at): a signed ticket by which entries of this session count as this user's."""
    until = at + timedelta(hours=TICKET_HOURS)
    said = {"i": str(uuid.uuid4()), "u": str(user.pk), "s": str(session_id), "d": str(tablet),
            "f": at.timestamp(), "t": until.timestamp()}  # fmt: skip
    return signing.dumps(said, salt=SALT, compress=True), until


def read(text):
    """The `Ticket` of a text, None when it was not signed here or has another shape."""
    try:
        said = signing.loads(text, salt=SALT)
        return Ticket(
            said["i"], said["u"], said["s"], said["d"],
            datetime.fromtimestamp(said["f"], UTC), datetime.fromtimestamp(said["t"], UTC),
        )  # fmt: skip
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return None
