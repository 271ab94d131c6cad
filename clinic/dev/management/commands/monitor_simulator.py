"""Play the bedside monitors of the demo clinic: each chair with a running session sends its values to the listener."""

import os
import signal
import threading

from django.core.management.base import BaseCommand
from django.db import Error, connection

from clinic import clock
from clinic.dev.bedside import Line, seated, ward
from clinic.models import Site, User

SPARE_EVERY = 20  # the monitor nobody confirmed is heard once in so many rounds


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1", help="where the listener is (127.0.0.1)")
        parser.add_argument("--port", type=int, default=2575, help="its port (2575)")
        parser.add_argument("--seconds", type=float, default=15.0, help="from one round to the next (15)")

    def handle(self, *args, **options):
        os.nice(10)
        over = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: over.set())
        line, monitors, spare = Line(options["host"], options["port"]), *ward(keepers())
        known, rounds = {}, 0
        while not over.is_set():
            try:
                known = self._round(line, monitors, known)
                if rounds % SPARE_EVERY == 0:
                    line.send(spare.report(clock.now()))
            except (OSError, Error) as problem:
                self.stderr.write(f"Nobody took the values of this round: {type(problem).__name__}")
                connection.close()
            rounds += 1
            over.wait(options["seconds"])
        line.close()

    def _round(self, line, monitors, known):
        """One message of each monitor with somebody in its chair; what was charted anew is followed."""
        now = seated()
        for chair, reading in now.items():
            if chair in monitors:
                if chair not in known or known[chair] != getattr(reading, "pk", None):
                    monitors[chair].follow(reading)
                line.send(monitors[chair].report(clock.now()))
        return {chair: getattr(reading, "pk", None) for chair, reading in now.items()}


def keepers():
    """Site -> a nurse who works there."""
    nurses = User.objects.filter(is_active=True, memberships__role="nurse", memberships__until__isnull=True)
    found = {site: nurses.filter(memberships__site=site).order_by("email").first() for site in Site.objects.all()}
    return {site: user for site, user in found.items() if user}
