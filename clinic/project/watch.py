"""Beat and worker watch over each other: whoever is left tells the admins when background work stands still."""

import logging
import threading
import time
from smtplib import SMTPException

from django.db import DatabaseError, connections

log = logging.getLogger(__name__)

EVERY_SECONDS = 60.0
PATIENCE_SECONDS = 240.0  # after a start, before the first look: the first sign of life takes a moment


class Watch:
    """Looks once a minute, from whatever loop calls `look`."""

    def __init__(self, patience: float = PATIENCE_SECONDS):
        self.next_at = time.monotonic() + patience

    def look(self) -> None:
        """Look, if it is time to. Trouble with the database or the mail server is logged and hinders nobody."""
        from clinic.actions import standstill

        if time.monotonic() < self.next_at:
            return
        self.next_at = time.monotonic() + EVERY_SECONDS
        try:
            standstill.look()
        except (DatabaseError, SMTPException, OSError) as problem:
            log.warning("Whether background work stands still could not be told: %s", type(problem).__name__)


def start_in_worker() -> threading.Thread:
    """A thread of the worker's main process: it looks though no task reaches this worker any more."""
    watching = threading.Thread(target=_loop, name="watch", daemon=True)
    watching.start()
    return watching


def _loop() -> None:
    watch = Watch()
    while True:
        time.sleep(5)
        watch.look()
        connections.close_all()
