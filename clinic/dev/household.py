"""The processes of one ./run: started together, watched, started again when one dies, stopped together."""

import json
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass

from clinic.dev import processes
from clinic.dev.embedded import Postgres, Valkey
from clinic.dev.setup import SetupFailed
from clinic.dev.workplace import Workplace

LOOK_SECONDS = 0.5
TELL_SECONDS = 30  # between two words about what is still waited for
PATIENCE = (1, 2, 5, 10, 30)  # seconds before each further start of a part that keeps dying
STEADY_SECONDS = 60


@dataclass
class Part:
    """One process: how to start it, since when it runs, how often it died lately."""

    name: str
    words: list[str]
    environment: dict[str, str]
    child: subprocess.Popen | None = None
    since: float = 0.0
    deaths: int = 0
    again_at: float = 0.0


class Household:
    """All parts of one run, and the embedded services below them."""

    def __init__(self, place: Workplace):
        self.place = place
        self.parts: list[Part] = []
        self.services: dict[str, Postgres | Valkey] = {}

    def adopt(self, name: str, service: Postgres | Valkey) -> None:
        """Watch an embedded service too."""
        self.services[name] = service
        self._note()

    def start(self, parts: dict[str, tuple[list[str], dict[str, str]]]) -> None:
        """Start all parts at once."""
        self.parts = [Part(name, words, environment) for name, (words, environment) in parts.items()]
        for part in self.parts:
            self._start(part)

    def join(self, parts: dict[str, tuple[list[str], dict[str, str]]]) -> None:
        """Start more parts beside those that run: what nobody has to wait for."""
        for name, (words, environment) in parts.items():
            self.parts.append(Part(name, words, environment))
            self._start(self.parts[-1])

    def wait_ready(self, address: str, seconds: float) -> None:
        """Return when the installation says it is ready; say now and then what is waited for.

        Raises SetupFailed, with last words, when it is not ready within so many seconds.
        """
        begun = told_at = time.monotonic()
        while not (told := readiness(address)).get("ready"):
            self.look()
            now = time.monotonic()
            if now - begun > seconds:
                raise SetupFailed(f"Not ready after {seconds:.0f} s: {waited_for(told)}. Logs: {self.place.logs}")
            if now - told_at > TELL_SECONDS:
                told_at = now
                self._say(f"Still starting, {now - begun:.0f} s so far; waiting for: {waited_for(told)}")
            time.sleep(0.1)

    def watch(self) -> None:
        """Keep everything running until interrupted."""
        while True:
            self.look()
            time.sleep(LOOK_SECONDS)

    def look(self) -> None:
        """Start again what died; say so, with its last words."""
        for name, service in self.services.items():
            if service.child.poll() is not None:
                self._say(f"{name} stopped ({_how(service.child)}); starting it again.")
                service.start()
                self._note()
        for part in self.parts:
            self._look_at(part)

    def stop(self) -> None:
        """Stop all parts together; the services below them are the launcher's to stop."""
        children = [part.child for part in self.parts if part.child and part.child.poll() is None]
        for child in children:
            child.terminate()
        for child in children:
            processes.stop(child)

    def _look_at(self, part: Part) -> None:
        now = time.monotonic()
        if part.child and part.child.poll() is not None:
            part.deaths = 1 if now - part.since > STEADY_SECONDS else part.deaths + 1
            wait = PATIENCE[min(part.deaths, len(PATIENCE)) - 1]
            self._say(f"The {part.name} stopped ({_how(part.child)}); starting it again in {wait} s.")
            self._say(self._last_words(part))
            part.child, part.again_at = None, now + wait
        elif part.child is None and now >= part.again_at:
            self._start(part)

    def _start(self, part: Part) -> None:
        part.child = processes.spawn(part.words, log=self._log(part), environment=part.environment)
        part.since = time.monotonic()
        self._note()

    def _log(self, part: Part):
        return self.place.logs / f"{part.name.replace(' ', '-')}.log"

    def _last_words(self, part: Part) -> str:
        lines = self._log(part).read_text(errors="replace").splitlines()[-6:]
        return "\n".join(f"    {line[:160]}" for line in lines)

    def _note(self) -> None:
        children = {name: service.child.pid for name, service in self.services.items() if name != "PostgreSQL"}
        children |= {part.name: part.child.pid for part in self.parts if part.child}
        self.place.note(children)

    def _say(self, words: str) -> None:
        print(words, flush=True)


def readiness(address: str) -> dict:
    """Ask the pages whether everything is well; {"ready": True} or what they said instead."""
    try:
        with urllib.request.urlopen(f"{address}/health/ready/", timeout=3) as answer:  # noqa: S310
            return {"ready": answer.status == 200}
    except urllib.error.HTTPError as problem:
        return {"ready": False, "parts": json.loads(problem.read() or b"{}").get("parts", problem.code)}
    except OSError as problem:
        return {"ready": False, "parts": str(problem)}


def waited_for(told: dict) -> str:
    """What keeps the installation from being ready, in words; `told` is what `readiness` returned."""
    parts = told["parts"]
    if not isinstance(parts, dict):
        return f"the pages, which do not answer ({parts})"
    return ", ".join(f"{part} ({word})" for part, word in parts.items() if word != "ok") or "the pages"


def _how(child: subprocess.Popen) -> str:
    code = child.returncode
    return f"exit {code}" if code >= 0 else f"signal {-code}"
