"""Listen for bedside monitors (HL7 v2 over MLLP): keep what they send, acknowledge it once it is kept.

One process for an installation; end it with SIGTERM. It listens on this machine only unless told otherwise, and takes
connections from this machine and from the addresses in MONITOR_ADDRESSES.
"""

import asyncio
import logging
import signal
import threading

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections, connection

from clinic import live
from clinic.interop.server import Allowed, Listener
from sessions.actions.monitors import keep

log = logging.getLogger(__name__)

PORT = 2575  # registered for HL7
TELL_SECONDS = 1.0


class News:
    """Sessions with new values, told to their site's open pages at most once a second each."""

    def __init__(self):
        self._waiting, self._lock = set(), threading.Lock()

    def add(self, news):
        """Remember pairs of site and session."""
        with self._lock:
            self._waiting |= news

    def tell(self):
        """Announce what waits."""
        with self._lock:
            now, self._waiting = self._waiting, set()
        for site_id, session_id in now:
            live.announce(site_id, "monitor", session_id, 0)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1", help="address to listen at (127.0.0.1)")
        parser.add_argument("--port", type=int, default=PORT, help=f"port to listen at ({PORT})")

    def handle(self, *args, **options):
        asyncio.run(self._serve(options["host"], options["port"]))

    async def _serve(self, host, port):
        news, over = News(), asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, over.set)
        listener = Listener(keeper(news), allowed=Allowed(settings.MONITOR_ADDRESSES), troubles=(Error,))
        port = await listener.start(host, port)
        self.stdout.write(f"Listening for monitors at {host}:{port}")
        self.stdout.flush()
        telling = asyncio.create_task(_tell(news))
        await over.wait()
        telling.cancel()
        await listener.stop()
        news.tell()


async def _tell(news):
    while True:
        await asyncio.sleep(TELL_SECONDS)
        await asyncio.to_thread(news.tell)


def keeper(news):
    """What the listener calls in its threads: keeps one message, gives the answer; a lost database raises."""

    def keep_one(data, address):
        close_old_connections()
        try:
            kept = keep(data, address=address)
        except Error:
            connection.close()
            raise
        news.add(kept.news)
        if kept.outcome in ("unreadable", "other"):
            log.warning("A message of %s was kept and not read: %s", address, kept.outcome)
        return kept.answer

    return keep_one
