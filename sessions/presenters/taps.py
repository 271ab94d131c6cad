"""What the run sheet's pages share with paper: one tap, one entry."""

import uuid


def tap_id(session, user, what):
    """The id of an entry that one tap makes from this page: pressed twice it is recorded once."""
    return uuid.uuid5(session.pk, f"{what}/{user.pk}/{session.version}")
