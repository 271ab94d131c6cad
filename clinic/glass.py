"""The emergency look of this sign-in: which one its browser session holds, while it is open.

Held by the session that opened it and by no other of the same person. Whether it is still open the database says at
every request: it is over with its hour, when somebody ends it, and with the role it was opened in.
"""

from django.contrib import messages

from clinic.queries.access_reviews import open_glass
from clinic.rules import glass as rules

HELD = "glass"
OVER = "Your emergency look is over. Everything you opened is kept for the review."


def hold(session, glass):
    """Let this sign-in look through an emergency look that was just opened."""
    session[HELD] = str(glass.pk)


def drop(session):
    """This sign-in looks through none any more."""
    session.pop(HELD, None)


def current(request, at):
    """The open emergency look of this sign-in, else None. No query where the session holds none."""
    held = request.session.get(HELD)
    if held is None:
        return None
    found = open_glass(pk=held, user=request.user, at=at)
    works = found is not None and any(
        one.role in rules.ROLES and one.site_id == found.site_id for one in request.memberships
    )
    if works:
        return found
    drop(request.session)
    messages.info(request, OVER)
    return None
