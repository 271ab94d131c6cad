"""A server of its own for a trial: on a private socket, with settings that can reach nothing else, gone afterwards."""

import os
import subprocess
import time
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg2

from clinic.backup import programs

PATIENCE_SECONDS = 3600
SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "archive_mode": "off",
    "hot_standby": "off",
    "synchronous_standby_names": "",
    "primary_conninfo": "",
    "ssl": "off",
    "shared_preload_libraries": "",
    "max_connections": "20",
    "logging_collector": "off",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "restart_after_crash": "off",
}


class Trial:
    """One PostgreSQL over a data folder. Raises ProgramFailed where it does not come up."""

    def __init__(self, data: Path, sockets: Path, superuser: str = "postgres"):
        self.data, self.sockets, self.superuser = data, sockets, superuser
        self.log = sockets / "log"

    def url(self, database: str, role: str = "") -> str:
        """The address of a database here."""
        return (
            f"postgresql://{quote(role or self.superuser)}@/{quote(database)}?host={quote(str(self.sockets), safe='')}"
        )

    def create(self) -> None:
        """Make an empty server."""
        words = ["--pgdata", self.data, "--username", self.superuser, "--auth", "trust", "--encoding", "UTF8"]
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-instructions"]
        programs.run(["initdb", *words, *locale])

    @contextmanager
    def running(self):
        """Start it, wait until it has caught up and takes writes, stop it at the end; yields the seconds it took."""
        if os.geteuid() == 0:
            raise programs.ProgramFailed(
                "PostgreSQL does not run as root: do this as an account of its own (postgres)."
            )
        self._settle()
        begun = time.monotonic()
        with self.log.open("ab") as out:
            child = programs.started(["postgres", "-D", self.data, *self._words()], stdout=out, stderr=out)
        try:
            self._wait(child)
            yield time.monotonic() - begun
        finally:
            child.terminate()
            try:
                child.wait(30)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait(10)

    def ask(self, question: str, database: str = "postgres", values: list | None = None) -> list[tuple]:
        """What the superuser reads, or does, in one statement of its own."""
        with closing(psycopg2.connect(self.url(database), connect_timeout=5)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(question, values)
                return cursor.fetchall() if cursor.description else []

    def _settle(self) -> None:
        """Files of its own for who may connect and for the settings: those of the copy may name paths elsewhere."""
        (self.sockets / "hba").write_text("local all all trust\n")
        (self.sockets / "ident").touch()
        (self.sockets / "conf").write_text(
            "".join(f"{name} = '{value}'\n" for name, value in SETTINGS.items())
            + f"unix_socket_directories = '{self.sockets}'\n"
        )

    def _words(self) -> list[str]:
        told = SETTINGS | {"unix_socket_directories": str(self.sockets)}
        told |= {"hba_file": str(self.sockets / "hba"), "ident_file": str(self.sockets / "ident")}
        told |= {"config_file": str(self.sockets / "conf")}
        return [word for name, value in told.items() for word in ("-c", f"{name}={value}")]

    def _wait(self, child: subprocess.Popen) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self._is_up():
            if child.poll() is not None:
                raise programs.ProgramFailed(f"The server did not come up: {self._last_words()}")
            if time.monotonic() > deadline:
                raise programs.ProgramFailed("The server did not come up within an hour.")
            time.sleep(0.1)

    def _is_up(self) -> bool:
        try:
            return not self.ask("SELECT pg_is_in_recovery()")[0][0]
        except psycopg2.OperationalError:
            return False

    def _last_words(self) -> str:
        return programs.last_words(self.log.read_text(errors="replace"))
