"""Sealing: what was committed since the last seal is bound into the chains.

A seal is no deed of anybody about anybody: it writes no row of the audit, which would want a seal of its own.
"""

import logging
import time
from collections import defaultdict

from django.db import connection, transaction

from clinic import clock
from clinic.models import Heartbeat, Seal, SealRecipe
from clinic.queries import seals as queries
from clinic.rules import seals as rules

log = logging.getLogger(__name__)

LOCK = 7_430_118_202  # any number, the same for all sealers of one database
PART = "seal"
STEP = 5_000  # transactions a window; twice as many after a window in which nothing was written
BUDGET_SECONDS = 40.0
MOST = 2**62  # beyond every transaction


def seal_due(*, at=None) -> int:
    """Seal everything committed since the last seal; returns how many rows.

    One sealer at a time; another one that is at work already makes this one return 0. Stops after forty seconds: the
    next run goes on from there.
    """
    until, step, count = time.monotonic() + BUDGET_SECONDS, STEP, 0
    while time.monotonic() < until:
        done = seal_window(step=step, at=at)
        if done is None:
            break
        count, step = count + done, STEP if done else step * 2
    return count


@transaction.atomic
def seal_window(*, step=STEP, at=None) -> int | None:
    """Seal the rows of the next `step` transactions; returns how many, None when there is nothing more to look at."""
    if not _alone():
        return None
    at = at or clock.now()
    place = queries.place()
    start = queries.frontier(place.cluster)
    if start is None and Seal.objects.exists():
        _seal(place.cluster, place.xmin, None, at)
    start = start or 0
    end = min(place.xmin, start + step)
    done = _seal(place.cluster, start, end, at) if start < end else 0
    if not done and end >= place.xmin:
        Heartbeat.objects.update_or_create(part=PART, defaults={"at": at})
        return None
    return done


def _alone():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return cursor.fetchone()[0]


def _seal(cluster, start, end, at):
    """One seal for each chain that has rows between these transactions; returns how many rows.

    `end` None, on the first run of another cluster: rows that came with a copy and whose numbers lie beyond its count.
    """
    recipe = _recipe(at)
    found = _leaves(recipe.tables, start, end)
    carried = end is None
    span = {"cluster": cluster, "from_xact": start, "upto_xact": MOST if carried else end, "carried": carried}
    for site_id, leaves in sorted(found.items(), key=lambda item: str(item[0] or "")):
        _link(site_id, leaves, recipe, at, span)
    return sum(map(len, found.values()))


def _recipe(at):
    tables = queries.current_recipe()
    digest = rules.recipe_digest(tables)
    return SealRecipe.objects.get_or_create(digest=digest, defaults={"tables": tables, "made_at": at})[0]


def _leaves(tables, start, end):
    """{site id or None: leaves in the order of (transaction, table, key)} of the rows not yet sealed."""
    rows, known = defaultdict(list), queries.known_between(start, end)
    for place, (label, columns) in enumerate(tables):
        for pk, xid, site_id, digest in queries.rows_between(label, start, end, columns):
            if (label, pk) not in known:
                rows[site_id].append((xid, rules.Leaf(place, pk, bytes(digest))))
    return {site: [leaf for _, leaf in sorted(found, key=_order)] for site, found in rows.items()}


def _order(row):
    xid, leaf = row
    return xid, leaf.table, leaf.pk


def _link(site_id, leaves, recipe, at, span):
    last = queries.last_of(site_id)
    seal = Seal(
        site_id=site_id,
        number=last.number + 1 if last else 1,
        previous=last.head if last else rules.GENESIS,
        made_at=at,
        recipe=recipe,
        count=len(leaves),
        leaves=rules.pack(leaves),
        **span,
    )
    seal.head = rules.head_of(seal, recipe.digest)
    seal.save(force_insert=True)
    log.info("Sealed %s rows, chain %s, seal %s: %s", seal.count, site_id or "none", seal.number, seal.head)
