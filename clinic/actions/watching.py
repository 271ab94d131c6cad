"""Raise odd access: at once where a count crosses its bound, and from the audit each minute."""

from datetime import timedelta

from django.conf import settings

from clinic import clock
from clinic.actions.access_reviews import raise_review
from clinic.models import Membership, User
from clinic.queries import access_reviews as queries
from clinic.queries.places import hours_of
from clinic.rules import hours
from clinic.rules import watching as rules


def flag(bound, *, user, site, count, stopped=False, at=None):
    """Put a bound that somebody crossed before the reviewers: once an hour, and once more when it was stopped."""
    at = at or clock.now()
    words = bound.said(count) + (" Further ones were not given." if stopped else "")
    return raise_review(
        bound.kind,
        user=user,
        site=site,
        words=words,
        figures={"count": count, "odd": bound.odd, "stop": bound.stop, "seconds": bound.seconds, "stopped": stopped},
        dedupe_key=f"{bound.kind}:{user.pk}:{at:%Y%m%d%H}:{'stop' if stopped else 'odd'}",
        at=at,
    )


def sweep_access(*, at=None):
    """Look over the audit for what the counts missed; returns how many people were found. Called each minute."""
    at = at or clock.now()
    factor = settings.ACCESS_LIMIT_FACTOR
    found = 0
    for bound, counts in _counted(at) if factor else ():
        for user_id, count in counts:
            if bound.verdict(count, factor) != rules.FINE:
                found += _raise(bound, user_id, count, at)
    return found


def _counted(at):
    """(bound, [(user, count)]) of each bound, from the audit. Four queries."""
    yield rules.RECORDS, queries.busy_since(at - timedelta(seconds=rules.RECORDS.seconds))
    yield rules.REFUSED, queries.refused_since(at - timedelta(seconds=rules.REFUSED.seconds))
    yield rules.FILES_CLOSED, queries.files_since(at - timedelta(seconds=rules.FILES.seconds))
    yield rules.SEARCHES, queries.searches_since(at - timedelta(seconds=rules.SEARCHES.seconds))


def _raise(bound, user_id, count, at):
    held = Membership.objects.active(at).filter(user=user_id).select_related("site").first()
    if held is None:
        return 0
    if bound is rules.FILES_CLOSED and hours.is_open(hours_of(held.site), at):
        bound = rules.FILES
        if bound.verdict(count, settings.ACCESS_LIMIT_FACTOR) == rules.FINE:
            return 0
    flag(bound, user=User.objects.get(pk=user_id), site=held.site, count=count, at=at)
    return 1
