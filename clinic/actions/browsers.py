"""Browsers in which staff signed in with every factor: noted, left, forgotten, ended."""

from django.db import transaction

from clinic import audit, clock
from clinic.models import KnownBrowser, User
from clinic.refusal import Item, Refused


@transaction.atomic
def note_browser(*, user, mark, words, address=None, at=None):
    """A sign-in with every factor in the browser of this mark. Returns whether it was new for somebody who has others.

    No audit row of its own: the sign-in has one.
    """
    at = at or clock.now()
    User.objects.select_for_update().get(pk=user.pk)
    theirs = KnownBrowser.objects.filter(user=user)
    fresh = {"full_at": at, "left_at": None, "address": address, "words": words}
    if theirs.counting().filter(mark=mark).update(**fresh):
        return False
    is_first = not theirs.exists()
    KnownBrowser.objects.create(user=user, mark=mark, since=at, **fresh)
    return not is_first


def leave_browser(*, user, mark, at=None):
    """Somebody signs out there: they come back by signing in, not by a PIN. No audit row: the sign-out has one."""
    rows = KnownBrowser.objects.counting().filter(user=user, mark=mark)
    return rows.update(left_at=at or clock.now()) if mark else 0


@transaction.atomic
def forget_browser(*, browser, by, at=None):
    """One's own browser is a strange one from now on. Raises Refused when somebody else asks; twice is once."""
    at = at or clock.now()
    browser = KnownBrowser.objects.select_for_update().get(pk=browser.pk)
    if browser.user_id != by.pk:
        raise Refused(Item("browser.not_own", "Only its owner forgets a browser."))
    if browser.ended_at is None:
        _end(browser, by=by, why="forgotten", at=at)
        audit.record("browser.forgotten", browser, by=by, at=at)
    return browser


def end_browsers(*, user, by, why, at):
    """All browsers of this person are strange ones from now on; how many. The caller's deed has the audit row."""
    rows = KnownBrowser.objects.counting().filter(user=user)
    return rows.update(ended_at=at, ended_by=by, ended_why=why)


def _end(browser, *, by, why, at):
    browser.ended_at, browser.ended_by, browser.ended_why = at, by, why
    browser.save(update_fields=["ended_at", "ended_by", "ended_why"])
