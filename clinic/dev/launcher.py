"""./run: start everything Tideline needs on this machine, wait until it is ready, keep it up, stop it again."""

import argparse
import json
import os
import signal
import sys
import time
import types
from pathlib import Path

from clinic.dev import running
from clinic.dev.embedded import APPLICATION, OWNER, EmbeddedError, Postgres, Valkey
from clinic.dev.household import Household
from clinic.dev.processes import STREAM
from clinic.dev.setup import Setup, SetupFailed
from clinic.dev.workplace import Refusal, Workplace, check_port, free_port

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 300  # a busy machine needs minutes until worker and beat have found each other
SERVICE_NAMES = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")


def arguments(words: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="./run",
        description="Start Tideline on this machine, with a database, a queue and a mail catcher of its own.",
        epilog="With DATABASE_URL, DATABASE_OWNER_URL and REDIS_URL set, those servers are used instead.",
    )
    parser.add_argument(
        "--port", type=int, default=8000, help="port of the pages (8000); the live stream takes the next"
    )
    parser.add_argument("--data", type=Path, default=ROOT / ".data", help="folder for everything that is kept (.data)")
    parser.add_argument("--empty", action="store_true", help="start without the demo clinic")
    said = parser.parse_args(words)
    if not 1 <= said.port <= 65534:
        parser.error("--port must be between 1 and 65534")
    return said


class Launcher:
    """One run of ./run, from the first check to the last stop."""

    def __init__(self, said: argparse.Namespace):
        self.port, self.empty = said.port, said.empty
        self.place = Workplace(said.data)
        self.household = Household(self.place)
        self.outside = external_services()
        self.postgres: Postgres | None = None
        self.valkey: Valkey | None = None

    def start(self) -> None:
        """Start all parts and wait until they answer. Raises Refusal, EmbeddedError or SetupFailed."""
        self.place.enter()
        check_port(self.port)
        check_port(self.port + 1)
        environment = self._environment()
        setup = Setup(self.place, environment, self.postgres)
        setup.shape(always=bool(self.outside))
        if not self.empty:
            setup.demo()
        environment["DEMO_LOGINS"] = json.dumps(setup.logins())
        self.household.start(self._parts(environment))
        self.household.wait_ready(f"http://127.0.0.1:{self.port}", READY_SECONDS)
        self._say_ready(setup, environment)
        if not self.empty:
            self.household.join(self._bedside(environment))

    def stop(self) -> None:
        """Stop what was started, services last."""
        self.household.stop()
        for service in (self.valkey, self.postgres):
            if service:
                service.stop()

    def _services(self) -> dict[str, str]:
        if self.outside:
            return self.outside
        self.postgres, self.valkey = Postgres(self.place.folder), Valkey(self.place.folder)
        self.postgres.start()
        self.household.adopt("PostgreSQL", self.postgres)
        self.valkey.start()
        self.household.adopt("Redis", self.valkey)
        self.postgres.prepare()
        return {
            "DATABASE_URL": self.postgres.url(APPLICATION),
            "DATABASE_OWNER_URL": self.postgres.url(OWNER),
            "REDIS_URL": self.valkey.url(),
        }

    def _environment(self) -> dict[str, str]:
        pages, stream = (f"http://127.0.0.1:{port}" for port in (self.port, self.port + 1))
        self.mail_port = free_port()
        services = self._services() | {
            "EMAIL_URL": os.environ.get("EMAIL_URL") or f"smtp://127.0.0.1:{self.mail_port}",
            "BASE_URL": pages,
            "PAGES_ORIGIN": pages,
            "LIVE_ORIGIN": stream,
            "SECRET_KEY": self.place.secret_key(),
            "TIDELINE_DATA": str(self.place.folder),
        }
        running.remember(self.place.folder, services)
        return os.environ | services | {
            "DJANGO_SETTINGS_MODULE": "clinic.project.settings.dev",
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
        }  # fmt: skip

    def _parts(self, environment: dict[str, str]) -> dict[str, tuple[list[str], dict[str, str]]]:
        work = {name: value for name, value in environment.items() if name != "DATABASE_OWNER_URL"}
        granian = [
            "-m",
            "granian",
            "--host",
            "127.0.0.1",
            "--no-ws",
            "--log-level",
            "warning",
            "--workers-kill-timeout",
            "3",
        ]
        pages = [
            "--interface",
            "wsgi",
            "--workers",
            "2",
            "--blocking-threads",
            "8",
            "--blocking-threads-idle-timeout",
            "600",
        ]
        celery = ["-m", "celery", "--app", "clinic.project", "--quiet"]
        worker = ["worker", "--concurrency", "2", "--loglevel", "INFO", "--without-mingle", "--without-gossip"]
        parts = {
            "pages": [*granian, *pages, "--port", str(self.port), "clinic.project.wsgi:application"],
            "live stream": [
                *granian, *STREAM, "--port", str(self.port + 1), "clinic.project.live:application",
            ],
            "worker": [*celery, *worker],
            "beat": [*celery, "beat", "--loglevel", "INFO", "--pidfile", ""],
        }  # fmt: skip
        if "EMAIL_URL" not in os.environ:
            parts["mail"] = ["-m", "clinic.dev.mailroom", str(self.mail_port), str(self.place.mail)]
        return {name: ([sys.executable, *words], work) for name, words in parts.items()}

    def _bedside(self, environment: dict[str, str]) -> dict[str, tuple[list[str], dict[str, str]]]:
        """The listener for monitors and the monitors of the demo, on a port of their own."""
        work = {name: value for name, value in environment.items() if name != "DATABASE_OWNER_URL"}
        manage, port = str(ROOT / "manage.py"), str(free_port())
        parts = {"monitors": ["monitors"], "monitor simulator": ["monitor_simulator"]}
        return {name: ([sys.executable, manage, *words, "--port", port], work) for name, words in parts.items()}

    def _say_ready(self, setup: Setup, environment: dict[str, str]) -> None:
        print(f"\nReady: {environment['BASE_URL']}/")
        if "EMAIL_URL" not in os.environ:
            print(f"Mail that goes out is kept and read at {environment['BASE_URL']}/dev/mail/")
        logins = setup.logins()
        if logins:
            print("Demo people to sign in as:")
            for login in logins:
                print(f"  {login['role']:14} {login['email']:28} {login['password']}")
        print(f"Logs: {self.place.logs}   Stop: Ctrl-C", flush=True)


def external_services() -> dict[str, str]:
    """Return the servers the environment names, all three of them; empty when it names none. Raises Refusal."""
    named = {name: os.environ[name] for name in SERVICE_NAMES if os.environ.get(name)}
    if named and len(named) < len(SERVICE_NAMES):
        missing = ", ".join(name for name in SERVICE_NAMES if name not in named)
        raise Refusal(f"{', '.join(named)} is set, but {missing} is not. Set all three, or none for the embedded ones.")
    return named


def main(words: list[str]) -> int:
    """Run until told to stop. Returns the exit code."""
    said = arguments(words)

    def leave(number: int, frame: types.FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)  # said aloud: a shell that starts us in the background has it ignored
    launcher = None
    try:
        launcher = Launcher(said)
        started = time.monotonic()
        launcher.start()
        print(f"(started in {time.monotonic() - started:.1f} s)", flush=True)
        launcher.household.watch()
    except KeyboardInterrupt:
        print("\nStopping ...", flush=True)
    except (Refusal, EmbeddedError, SetupFailed) as problem:
        print(f"{problem}", file=sys.stderr, flush=True)
        return 1
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if launcher:
            launcher.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
