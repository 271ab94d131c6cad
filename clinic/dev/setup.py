"""Bring a database to shape: migrate and grant when something changed, the demo clinic when there is nobody."""

import hashlib
import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg2

from clinic.dev.embedded import DATABASE, Postgres
from clinic.dev.workplace import Workplace

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("clinic", "intake", "sessions", "followup")
HALF_MADE = "demo-half-made"


class SetupFailed(RuntimeError):
    """A step of the setup failed; the words say which and why."""


class Setup:
    """The steps between an empty cluster and a clinic to look at."""

    def __init__(self, place: Workplace, environment: dict[str, str], postgres: Postgres | None):
        self.place, self.environment, self.postgres = place, environment, postgres
        self.mark = place.folder / "shape"
        self.half = place.folder / HALF_MADE

    def shape(self, *, always: bool) -> None:
        """Migrate as the owner and give the application role its privileges, unless nothing changed since."""
        if self.half.exists() and self.postgres:
            print("The demo clinic was left half-made; making a fresh database.", flush=True)
            self.postgres.drop(DATABASE)
            self.postgres.prepare()
            self.mark.unlink(missing_ok=True)
        shape = fingerprint()
        if not always and self.mark.exists() and self.mark.read_text() == shape:
            return
        print("Bringing the database to shape (the first time this takes half a minute) ...", flush=True)
        self._manage("migrate", "--no-input", "--verbosity", "0")
        self._manage("grant", "--verbosity", "0")
        self.half.unlink(missing_ok=True)
        self.mark.write_text(shape)

    def demo(self) -> None:
        """Make the demo clinic if nobody works here yet; its progress is shown."""
        if self._ask("SELECT 1 FROM clinic_user LIMIT 1"):
            return
        self.half.touch()
        self._manage("demo", show=True)
        self.half.unlink()

    def logins(self) -> list[dict[str, str]]:
        """Return the demo people's logins (role, email, password); empty without a demo clinic."""
        rows = self._ask("SELECT detail FROM clinic_deploymentmark WHERE kind = 'demo'")
        return rows[0][0].get("logins", []) if rows else []

    def _ask(self, question: str) -> list[tuple]:
        with closing(psycopg2.connect(self.environment["DATABASE_URL"])) as connection, connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchall()

    def _manage(self, *words: str, show: bool = False) -> None:
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *words],
            env=self.environment,
            stdout=None if show else subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise SetupFailed(f"manage.py {words[0]} failed.\n{done.stdout or ''}")


def fingerprint() -> str:
    """Return the mark of everything migrations and grants are made from."""
    files = [path for floor in FLOORS for path in (ROOT / floor).rglob("*.py") if _shapes(path)]
    files += [ROOT / "requirements.txt", ROOT / "clinic/grants.py", ROOT / "clinic/project/settings/base.py"]
    total = hashlib.sha256()
    for path in sorted(files):
        total.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return json.dumps({"shape": total.hexdigest()})


def _shapes(path: Path) -> bool:
    return bool({"migrations", "models", "models.py"} & set(path.parts))
