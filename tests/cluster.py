"""The throw-away PostgreSQL of a test run: migrated once as the owner, then cloned for every process."""

import io
import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connections

from clinic.dev.embedded import OWNER, Postgres, Server

TEMPLATE = "template_tideline"
NUMBERS = itertools.count(1)


class Cluster:
    """A PostgreSQL with the migrated template database, gone with all its files when the run ends."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="tideline-tests-"))
        self.folder.chmod(0o711)
        self.postgres = Postgres(self.folder, throwaway=True)

    def start(self) -> None:
        """Start it, migrate the template as the owner and give the application role its privileges."""
        self.postgres.start()
        self.postgres.prepare(TEMPLATE)
        point_to(self.postgres.sockets, TEMPLATE, user=OWNER)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("grant", verbosity=0, stdout=io.StringIO())
        connections["default"].close()

    def stop(self) -> None:
        """Stop the server and remove everything it wrote."""
        self.postgres.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def point_to(sockets: Path, database: str, *, user: str = "tideline_app") -> None:
    """Lead the Django connections of this process, in every thread, to a database of the cluster."""
    connections["default"].close()
    connections.settings["default"].update({"HOST": str(sockets), "NAME": database, "USER": user})


@contextmanager
def cloned(server: Server) -> Iterator[str]:
    """Clone the template, lead this process there, and afterwards back to where it was; yields the name."""
    before = {key: connections.settings["default"][key] for key in ("HOST", "NAME", "USER")}
    name = f"test_{os.getpid()}_{next(NUMBERS)}"
    server.clone(TEMPLATE, name)
    point_to(server.sockets, name)
    try:
        yield name
    finally:
        connections["default"].close()
        connections.settings["default"].update(before)
        server.drop(name)
