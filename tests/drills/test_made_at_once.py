"""What a first start makes at once is what the migrations made one after the other, which it stands for (REL-17)."""

import subprocess
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from clinic.dev.embedded import OWNER, SUPERUSER, programs_folder
from clinic.dev.migrating import OneByOne
from tests.cluster import point_to
from tests.drills.figures import say

OF_THIS_COPY = ("\\restrict", "\\unrestrict")  # pg_dump's own words, new each time
ROWS = "SELECT to_jsonb(r) - 'id' FROM followup_reminderrule r ORDER BY slot"


def squashed():
    """What makes all at once -> the last of the migrations it stands for."""
    found = MigrationLoader(None).disk_migrations
    return {key: one.replaces[-1] for key, one in found.items() if one.replaces and key[0] in settings.OUR_APPS}


@contextmanager
def empty(cluster, name):
    """An empty database as a first start finds it, and this process led there as the owner."""
    before = {key: connections.settings["default"][key] for key in ("HOST", "NAME", "USER")}
    cluster.prepare(name)
    point_to(cluster.sockets, name, user=OWNER)
    try:
        yield
    finally:
        connection.close()
        connections.settings["default"].update(before)
        cluster.drop(name)


def made(cluster, name, targets, *, at_once):
    """Migrate an empty database there: its whole shape as pg_dump writes it, and the rows that came with it."""
    with empty(cluster, name):
        executor = MigrationExecutor(connection)
        executor.loader = MigrationLoader(connection) if at_once else OneByOne(connection)
        executor.migrate(targets)
        with connection.cursor() as cursor:
            cursor.execute(ROWS)
            rows = [row for (row,) in cursor.fetchall()]
        connection.close()
        words = [Path(programs_folder()) / "pg_dump", "--schema-only", "--no-password", cluster.url(SUPERUSER, name)]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
    return [line for line in done.stdout.splitlines() if not line.startswith(OF_THIS_COPY)], rows


def test_rel_17_what_is_made_at_once_is_what_was_made_step_by_step(cluster, django_db_blocker):
    pairs = squashed()
    with django_db_blocker.unblock():
        quick, quick_rows = made(cluster, "at_once", list(pairs), at_once=True)
        slow, slow_rows = made(cluster, "step_by_step", list(pairs.values()), at_once=False)
    assert len(pairs) == len(settings.OUR_APPS)
    assert len(slow) > 10_000, "it looks at nothing"
    assert quick == slow
    assert len(slow_rows) == 3, "reminders a week, a day and two hours before"
    assert quick_rows == slow_rows
    say("REL-17 at once", f"{len(quick)} lines of the database's shape, the same as step by step")
