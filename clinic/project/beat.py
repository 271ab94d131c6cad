"""The beat: ticks once a minute, and only one of any number of beats ticks at a time."""

import logging
from contextlib import suppress
from datetime import timedelta

from celery.beat import Scheduler
from django.db import DatabaseError, connections

from clinic.project.watch import Watch

log = logging.getLogger(__name__)

LOCK = 7_430_118_201  # any number, the same for all beats of one database
WAIT_SECONDS = 5.0


class GuardedScheduler(Scheduler):
    """Plain schedule in memory, guarded by an advisory lock of the database.

    The lock lives as long as this process's own connection: a second beat stands by and takes over when the first
    one is gone. Nothing is kept on disk: what is due stands in the tables.
    """

    _guard = None
    _watch = None

    def tick(self, *args, **kwargs) -> float:
        """Send what is due if this beat holds the lock; return the seconds until the next look."""
        self._watch = self._watch or Watch()
        self._watch.look()
        if not self._holds_lock():
            return WAIT_SECONDS
        return super().tick(*args, **kwargs)

    def _holds_lock(self) -> bool:
        try:
            if self._guard is not None:
                with self._guard.cursor() as cursor:
                    cursor.execute("SELECT 1")
                return True
            return self._take_lock()
        except DatabaseError as problem:
            log.warning("The beat can't reach the database: %s", problem)
            self._let_go()
            return False

    def _take_lock(self) -> bool:
        guard = connections.create_connection("default")
        with guard.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
            (taken,) = cursor.fetchone()
        if taken:
            self._guard = guard
            self._make_all_due()
            log.info("This beat holds the lock and ticks.")
        else:
            guard.close()
        return taken

    def _make_all_due(self) -> None:
        """A beat that takes over does not know when the last one ticked: everything is due at once."""
        for entry in self.schedule.values():
            entry.last_run_at -= timedelta(days=1)
        self._heap = None

    def _let_go(self) -> None:
        guard, self._guard = self._guard, None
        if guard is not None:
            with suppress(DatabaseError):
                guard.close()

    def close(self) -> None:
        """Release the lock with the connection."""
        self._let_go()
        super().close()
