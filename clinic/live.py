"""Live notices: one capped Redis stream per site, written on commit, read by clinic.project.live only.

A notice carries a topic, an id and a version, never clinical data: the page fetches what changed through its own door.
A lost notice costs seconds (pages look by themselves), so a Redis that is down is logged and nothing is refused.
"""

import logging
from functools import lru_cache

import redis
from django.conf import settings

STREAM = "tideline:live:{site}"
KEPT = 1000  # about an hour of a busy site: a browser that was away longer is told to reload

log = logging.getLogger(__name__)


@lru_cache(maxsize=4)
def client(url):
    """One pooled client per address, impatient: a page never waits for a notice."""
    return redis.from_url(url, socket_connect_timeout=0.2, socket_timeout=0.2)


def announce(site_id, topic, ident, version):
    """Say that `topic` `ident` of a site is now at `version`. Call it on commit. Never raises for a missing Redis."""
    fields = {"topic": topic, "id": str(ident), "version": int(version)}
    try:
        client(settings.REDIS_URL).xadd(STREAM.format(site=site_id), fields, maxlen=KEPT, approximate=True)
    except redis.RedisError as problem:
        log.warning("live notice not sent: %s", type(problem).__name__)
