"""Who may be the second person at a check: those who can sign by PIN here, and the names of who cannot."""

from sessions.countersign import quick_people
from sessions.rules.second_check import orderer_of


def second_people(request, session, preparation, *, stand_in=False):
    """(users who may sign by PIN on this tablet, names of those who never may) for the check of a preparation.

    Where the site's policy has a stand-in, nobody is left out: whoever checks again is judged when they sign.
    """
    if preparation is None or preparation.dose_order is None:
        return quick_people(request, session.site), []
    excluded = {u.pk: u for u in (orderer_of(preparation.dose_order.order), preparation.made_by)}
    if stand_in:
        return quick_people(request, session.site), []
    names = sorted({user.name for user in excluded.values()})
    return quick_people(request, session.site, but=set(excluded)), names
