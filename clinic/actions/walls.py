"""Pair a screen on a wall with a site, note that it is there, revoke it."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from clinic import audit, clock, links, live, walls
from clinic.access import roles_of
from clinic.models import WallScreen
from clinic.rules import walls as rules

SEEN_EVERY = timedelta(seconds=60)


@transaction.atomic
def ask_pairing(*, address=None, at=None):
    """A screen asks for a code: (the screen, its secret). The secret goes into its cookie and is kept nowhere."""
    at = at or clock.now()
    secret = walls.new_secret()
    screen = WallScreen(
        token_hash=links.digest(secret), asked_at=at, address=address,
        code_until=at + timedelta(minutes=rules.CODE_MINUTES),
    )  # fmt: skip
    screen.code_hash = walls.code_digest(walls.code_of(screen))
    screen.save(force_insert=True)
    audit.record("wall.asked", screen, by=audit.ANYONE, at=at)
    return screen, secret


@transaction.atomic
def pair_wall(*, code, name, site, by, at=None):
    """The screen that shows this code shows the board of `site` from now on.

    Raises Refused when nobody or more than one shows it, without a name, and for anyone but an admin of the site.
    """
    at = at or clock.now()
    typed = rules.normal(code)
    found = list(WallScreen.objects.select_for_update().waiting(at).filter(code_hash=walls.code_digest(typed))[:2])
    rules.check_can_pair(roles=roles_of(by, site, at), found=len(found) if typed else 0, name=name)
    screen = found[0]
    screen.site, screen.name, screen.paired_at, screen.paired_by = site, name.strip(), at, by
    screen.save(update_fields=["site", "name", "paired_at", "paired_by"])
    audit.record("wall.paired", screen, by=by, site=site, at=at, detail={"name": screen.name})
    return screen


@transaction.atomic
def revoke_wall(*, screen, by, at=None):
    """The screen shows nothing from now on: its open stream closes at once. Twice is once."""
    at = at or clock.now()
    screen = WallScreen.objects.select_for_update(of=("self",)).select_related("site").get(pk=screen.pk)
    roles = roles_of(by, screen.site, at) if screen.site_id else ()
    rules.check_can_revoke(roles=roles, paired=screen.paired_at is not None)
    if screen.revoked_at is None:
        screen.revoked_at, screen.revoked_by = at, by
        screen.save(update_fields=["revoked_at", "revoked_by"])
        audit.record("wall.revoked", screen, by=by, site=screen.site, at=at, detail={"name": screen.name})
        transaction.on_commit(lambda: live.end(user_id=screen.pk))
    return screen


def note_seen(*, screen, at=None):
    """The screen is there. At most one write a minute, and no audit row: it is a sign of life, not a deed."""
    at = at or clock.now()
    stale = Q(last_seen_at__isnull=True) | Q(last_seen_at__lt=at - SEEN_EVERY)
    return WallScreen.objects.filter(stale, pk=screen.pk).update(last_seen_at=at)
