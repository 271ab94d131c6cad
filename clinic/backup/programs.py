"""PostgreSQL's own programs: where they are, and how they are led to a server without a password on a command line."""

import os
import shutil
import subprocess
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.conf import settings


class ProgramFailed(RuntimeError):
    """A program of PostgreSQL failed or is missing; the words say which, with its last ones."""


def program(name: str) -> str:
    """The path of a program: in PG_PROGRAMS, else beside a PostgreSQL on the path. Raises ProgramFailed."""
    found = shutil.which(name, path=settings.PG_PROGRAMS or None)
    if not found:
        raise ProgramFailed(f"{name} was not found. Set PG_PROGRAMS to the folder of PostgreSQL's programs.")
    return found


def environment(url: str) -> dict[str, str]:
    """What libpq needs to reach a server, as PG* of the environment: neither in arguments nor in a file."""
    parts = urlsplit(url)
    told = dict(parse_qsl(parts.query))
    facts = {
        "PGHOST": told.get("host") or unquote(parts.hostname or ""),
        "PGPORT": str(parts.port or ""),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": unquote(parts.path.strip("/")),
        "PGSSLMODE": told.get("sslmode", ""),
        "PGSSLROOTCERT": told.get("sslrootcert", ""),
        "PGTARGETSESSIONATTRS": told.get("target_session_attrs", ""),
        "PGCONNECT_TIMEOUT": "5",
        "LC_ALL": "C",
    }
    rest = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return rest | {name: value for name, value in facts.items() if value}


def run(words: list[str | Path], *, url: str = "") -> str:
    """Run a program to its end; what it printed. Raises ProgramFailed."""
    told = environment(url) if url else None
    command = [program(str(words[0])), *map(str, words[1:])]
    done = subprocess.run(command, env=told, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise ProgramFailed(f"{words[0]} failed: {last_words(done.stderr or done.stdout)}")
    return done.stdout


def started(words: list[str | Path], *, url: str = "", **streams) -> subprocess.Popen:
    """Start a program whose streams the caller reads or feeds."""
    told = environment(url) if url else None
    return subprocess.Popen([program(str(words[0])), *map(str, words[1:])], env=told, **streams)


def last_words(text: str, lines: int = 4) -> str:
    """The end of what a program said, in one line."""
    return " ".join(line.strip() for line in text.strip().splitlines()[-lines:])[:360]
