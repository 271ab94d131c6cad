"""The services of one bench: a database kept from run to run, a Redis, the pages; stopped when it ends."""

import http.client
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from clinic.dev import processes
from clinic.dev.embedded import APPLICATION, OWNER, SUPERUSER, Postgres, Valkey
from clinic.dev.setup import ROOT, fingerprint
from clinic.dev.workplace import free_port

READY_SECONDS = 60
PAGES = ("--interface", "wsgi", "--workers", "2", "--blocking-threads", "8", "--no-ws", "--log-level", "warning")
STREAM = (*processes.STREAM, "--no-ws", "--log-level", "warning")


class BenchFailed(RuntimeError):
    """A bench met an error; the words say which. No figure of this run counts."""


class Place:
    """Where one bench runs: `folder` is kept, so that what was seeded once is there the next time."""

    def __init__(self, name, folder: Path):
        self.name, self.data, self.folder = name, folder, folder / "bench" / name
        self.database = f"bench_{name}"
        self.postgres = self.valkey = self.pages = self.stream = None
        self.parts = {}
        self.port, self.stream_port = free_port(), free_port()
        self.address = f"http://127.0.0.1:{self.port}"

    @contextmanager
    def open(self):
        """Start database and Redis, and stop both at the end, whatever happened."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.postgres, self.valkey = Postgres(self.folder), Valkey(self.folder, throwaway=True)
        try:
            self.postgres.start()
            self.valkey.start()
            yield self
        finally:
            self.stop_parts()
            self.stop_stream()
            self.stop_pages()
            self.valkey.stop()
            self.postgres.stop()

    def environment(self):
        """What a process needs to work here as the application role."""
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "clinic.project.settings.dev",
            "DATABASE_URL": self.postgres.url(APPLICATION, self.database),
            "DATABASE_OWNER_URL": self.postgres.url(OWNER, self.database),
            "BENCH_SUPERUSER_URL": self.postgres.url(SUPERUSER, self.database),
            "REDIS_URL": self.valkey.url(),
            "BASE_URL": self.address,
            "PAGES_ORIGIN": self.address,
            "LIVE_ORIGIN": f"http://127.0.0.1:{self.stream_port}",
            "BENCH_STREAM_PID": str(self.stream.pid if self.stream else 0),
            "BENCH_PAGES_PID": str(self.pages.pid if self.pages else 0),
            "SECRET_KEY": settings.SECRET_KEY,
            "ACCESS_LIMIT_FACTOR": "1000000",  # counted as ever, but one nurse does the work of fifty here
            "PYTHONPATH": str(ROOT),
        }

    def manage(self, *words):
        """Run manage.py here and return what it printed. Raises BenchFailed with its last words."""
        command = [sys.executable, str(ROOT / "manage.py"), *words]
        done = subprocess.run(command, env=self.environment(), stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode != 0:
            raise BenchFailed(f"manage.py {' '.join(words)} failed (exit {done.returncode}).")
        return done.stdout

    def start_pages(self):
        """Serve the pages as ./run does: two processes, eight threads each."""
        work = {name: value for name, value in self.environment().items() if name != "DATABASE_OWNER_URL"}
        words = [sys.executable, "-m", "granian", "--host", "127.0.0.1", "--port", str(self.port), *PAGES]
        log = self.folder / "pages.log"
        self.pages = processes.spawn([*words, "clinic.project.wsgi:application"], log=log, environment=work)
        deadline = time.monotonic() + READY_SECONDS
        while not self._answers():
            if self.pages.poll() is not None or time.monotonic() > deadline:
                raise BenchFailed(f"The pages did not start; their words are in {log.name} of the bench's folder.")
            time.sleep(0.1)

    def stop_pages(self):
        """End the pages, if they run."""
        if self.pages:
            processes.stop(self.pages)
            self.pages = None

    def start_stream(self):
        """Hold the event streams as ./run does: one process of its own."""
        work = {name: value for name, value in self.environment().items() if name != "DATABASE_OWNER_URL"}
        words = [sys.executable, "-m", "granian", "--host", "127.0.0.1", "--port", str(self.stream_port), *STREAM]
        log = self.folder / "stream.log"
        self.stream = processes.spawn([*words, "clinic.project.live:application"], log=log, environment=work)
        deadline = time.monotonic() + READY_SECONDS
        while not self._answers(self.stream_port):
            if self.stream.poll() is not None or time.monotonic() > deadline:
                raise BenchFailed(f"The stream did not start; its words are in {log.name} of the bench's folder.")
            time.sleep(0.1)

    def stop_stream(self):
        """End the stream process, if it runs."""
        if self.stream:
            processes.stop(self.stream)
            self.stream = None

    def start_part(self, name, *words, **more):
        """Start one more program of Python beside them, as the application role; `more` goes into its environment."""
        work = {key: value for key, value in self.environment().items() if key != "DATABASE_OWNER_URL"}
        log = self.folder / f"{name}.log"
        self.parts[name] = processes.spawn([sys.executable, *words], log=log, environment=work | more)

    def stop_parts(self):
        """End what was started beside the pages."""
        for child in self.parts.values():
            processes.stop(child)
        self.parts = {}

    def check_parts(self):
        """Raises BenchFailed when one of them has ended by itself."""
        running = {"pages": self.pages, "stream": self.stream} | self.parts
        gone = [name for name, child in running.items() if child and child.poll() is not None]
        if gone:
            raise BenchFailed(f"Ended by itself: {', '.join(gone)}; the words are in the bench's folder.")

    def _answers(self, port=None):
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=2)
        try:
            connection.request("GET", "/live/health/" if port else "/health/live/")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def seeded(self):
        """Make a fresh database and fill it, unless it was filled for these very models; True when it was made now."""
        mark, shape = self.folder / "seeded", fingerprint()
        if mark.exists() and mark.read_text() == shape:
            return False
        mark.unlink(missing_ok=True)
        self.make()
        mark.write_text(shape)
        return True

    def make(self):
        """A fresh database, filled by the bench's own `seed`."""
        self.postgres.drop(self.database)
        self.postgres.prepare(self.database)
        self.manage("migrate", "--no-input", "--verbosity", "0")
        self.manage("grant", "--verbosity", "0")
        self.manage("bench", self.name, "--step", "seed")
