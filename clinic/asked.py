"""Searches for people without a name in the address: what was typed stays with the sign-in.

Addresses stand in the browser's history, in bookmarks and in the logs of everything between; names, birth dates, phone
and record numbers do not belong there. A search is posted, what was typed is kept in the session under a key, and the
page that answers is led to by that key: it can be read again and gone back to, and says nothing without this sign-in.
"""

import secrets

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.shortcuts import redirect

KEY = "asked"  # of the address and of the session
MOST, LONGEST = 20, 200  # searches kept for one sign-in, the oldest goes first; characters of one field
NUL = "\x00"  # no text of the database can hold it
NOT_PASSED_ON = {"csrfmiddlewaretoken", KEY}


def to_page(request, *private):
    """Lead to this page with the posted fields as its query; those named in `private` stay here, under a key."""
    query = QueryDict(mutable=True)
    for name, values in request.POST.lists():
        if name not in private and name not in NOT_PASSED_ON:
            query.setlist(name, values)
    if any(NUL in value for _, values in request.POST.lists() for value in values):
        raise BadRequest("No text holds this character.")
    typed = {name: request.POST[name][:LONGEST] for name in private if request.POST.get(name)}
    if typed:
        query[KEY] = _keep(request, typed)
    return redirect(f"{request.path}?{query.urlencode()}")


def filters(request, *private):
    """What the page is asked: its query, with the words that its key stands for; nothing `private` from the address."""
    asked = request.GET.copy()
    for name in private:
        asked.pop(name, None)
    kept = request.session.get(KEY, {}).get(request.GET.get(KEY, ""), {})
    for name in private:
        if name in kept:
            asked[name] = kept[name]
    return asked


def _keep(request, typed):
    kept = request.session.get(KEY, {})
    known = next((key for key, words in kept.items() if words == typed), None)
    if known is None:
        known = secrets.token_urlsafe(9)
        newest = list(kept.items())[-(MOST - 1) :]
        request.session[KEY] = dict(newest) | {known: typed}
    return known
