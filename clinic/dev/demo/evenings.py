"""The evenings of the demo clinic: the safe is counted by two, and each day that is over is closed."""

from datetime import time

from clinic.refusal import Refused
from clinic.rules.booking import wall
from clinic.words import today_in
from sessions import actions
from sessions.models import Container
from sessions.queries.days import recent_days
from sessions.queries.ledger import LIVE, lines_of

NURSE = ("nurse", "nurse.mesa")


def count(world, place):
    """The story of yesterday evening's count at a site: the containers of this share of the work, by two people."""
    at = world.local(place, 1, 20, 10)
    yield at
    site, crew = world.sites[place], world.crews[place]
    mine = Container.objects.filter(site=site, state__in=LIVE, lot__startswith=crew["stock"].prefix)
    counts = [(line.container, line.balance.in_stock) for line in lines_of(mine.order_by("code"))]
    if counts:
        actions.count_all(site=site, counts=counts, witness=crew["second"], by=crew["nurse"], at=at)


def close_days(world, now, tell):
    """Close every day that is over, oldest first; `tell` is told of one that something keeps open, and of what."""
    for place, site in enumerate(world.sites):
        by, today = world.staff[NURSE[place]], today_in(site.zone, now)
        for day, _, state in reversed(recent_days(site, now)):
            if day < today and not state:
                _close(site, day, by, wall(day, time(20, 30), site.zone), tell)


def _close(site, day, by, at, tell):
    try:
        actions.close_day(site=site, day=day, by=by, at=at)
    except Refused as still:
        tell(f"  {site.short_name}, {day:%d-%b}: stays open. {still}")
