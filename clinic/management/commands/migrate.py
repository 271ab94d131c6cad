"""`manage.py migrate` under traffic: it never queues before the pages, and only one deploy migrates at a time.

A change of a table waits behind whoever reads it, and everybody else then waits behind the change. So each step gives
up after half a second (lock_timeout), lets the pages through, and is tried again, each time after a longer pause. What
was migrated before stays: a step that is tried again begins where the last one ended.
"""

import time

from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as Migrate
from django.db import OperationalError, connections

LOCK = 7_430_118_202  # any number, the same for all deploys of one database
LOCK_MILLISECONDS = 500
PAUSES = (0.5, 1, 2, 4, 8, 15, 30)  # seconds; the last one again and again
HALF_MADE = """
SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE NOT i.indisvalid AND n.nspname = current_schema()
"""
HELD = {"55P03", "40P01"}  # lock not available, deadlock


class Command(Migrate):
    """Django's own migrate with a short lock timeout, tried again while a table is busy."""

    help = "Bring the database to shape, without making the pages wait."

    def add_arguments(self, parser) -> None:
        """Add how long a busy table is asked again."""
        super().add_arguments(parser)
        parser.add_argument(
            "--patience", type=float, default=600, metavar="SECONDS", help="how long a busy table is tried again (600)"
        )

    def handle(self, *args, **options) -> None:
        """Migrate. Raises CommandError when another deploy is at it, or a table stayed busy all the time."""
        patience, database = options.pop("patience", 600), options["database"]
        if options.get("plan") or options.get("check_unapplied"):
            return super().handle(*args, **options)
        guard = connections.create_connection(database)
        try:
            self._alone(guard)
            return self._again_and_again(args, options, time.monotonic() + patience)
        finally:
            guard.close()

    def _alone(self, guard) -> None:
        with guard.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
            if cursor.fetchone() != (True,):
                raise CommandError("Another deploy is migrating this database. Wait for it, then run this again.")

    def _again_and_again(self, args: tuple, options: dict, until: float) -> None:
        connection, tries = connections[options["database"]], 0
        while True:
            try:
                self._prepare(connection)
                return super().handle(*args, **options)
            except OperationalError as problem:
                if getattr(problem.__cause__, "pgcode", "") not in HELD:
                    raise
                pause = PAUSES[min(tries, len(PAUSES) - 1)]
                if time.monotonic() + pause > until:
                    raise CommandError("A table stayed busy. Nothing of this step was changed; try again.") from problem
                tries += 1
                self.stderr.write(f" a table is busy; the pages go first. Try {tries + 1} in {pause:.1f} s.")
                connection.close()
                time.sleep(pause)

    def _prepare(self, connection) -> None:
        """Set the short timeout; drop what a CREATE INDEX CONCURRENTLY that had to give up left half-made."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [str(LOCK_MILLISECONDS)])
            cursor.execute(HALF_MADE)
            for (index,) in cursor.fetchall():
                cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {index}")
