"""Make the project's own .venv when it is missing or its requirements changed, then go on inside it.

Run by ./run and ./test with the system's Python; uses nothing but the standard library.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import MutableMapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / ".venv"
PYTHON = HOME / "bin" / "python"
REQUIREMENTS = ROOT / "requirements-dev.txt"
MARK = HOME / "made-from"
COMPILED = HOME / "compiled"
NEXT = {"run": "clinic.dev.launcher", "test": "clinic.dev.checks"}


def main(words: list[str]) -> None:
    """Prepare the environment and become the launcher or the checks."""
    if not words or words[0] not in NEXT:
        sys.exit("Start this through ./run or ./test.")
    try:
        prepare()
    except PermissionError as problem:
        sys.exit(f"No permission to write {problem.filename}. Give this account the folder, or copy the project.")
    os.chdir(ROOT)
    os.environ["PYTHONPATH"] = str(ROOT)
    keep_compiled(os.environ)
    os.execv(PYTHON, [str(PYTHON), "-m", NEXT[words[0]], *words[1:]])  # noqa: S606  becomes the program


def keep_compiled(environment: MutableMapping[str, str]) -> None:
    """Where Python is told to put nothing beside the sources, let it put what it compiles beside the packages.

    A start and a run of the tests are dozens of processes; each would compile every module for itself.
    """
    if environment.pop("PYTHONDONTWRITEBYTECODE", ""):
        environment.setdefault("PYTHONPYCACHEPREFIX", str(COMPILED))


def prepare() -> None:
    """Make or bring up to date the environment; one process at a time, at once when nothing changed."""
    if is_fresh():
        return
    HOME.mkdir(exist_ok=True)
    with (HOME / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_fresh():
            return
        if not works([PYTHON, "-m", "pip", "--version"]):
            make()
        install()
        MARK.write_text(fingerprint())


def fingerprint() -> str:
    """Return the mark of what the environment is made from: requirements, Python, place."""
    total = hashlib.sha256(f"{sys.version}\n{ROOT}\n".encode())
    for path in (REQUIREMENTS, ROOT / "requirements.txt"):
        total.update(path.read_bytes())
    return total.hexdigest()


def is_fresh() -> bool:
    """Whether the environment was completely made from what is asked for now."""
    return PYTHON.exists() and MARK.exists() and MARK.read_text() == fingerprint()


def works(command: list) -> bool:
    """Whether a program runs and ends well."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make() -> None:
    """Make an empty environment."""
    if not works([sys.executable, "-c", "import venv, ensurepip"]):
        sys.exit(
            "Python's venv module is missing. Install it, on Debian with: "
            f"apt-get install python{sys.version_info.major}.{sys.version_info.minor}-venv"
        )
    print("Making .venv ...", flush=True)
    done = subprocess.run([sys.executable, "-m", "venv", str(HOME)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"Python could not make {HOME}:\n{done.stdout}{done.stderr}")


def install() -> None:
    """Install the pinned packages."""
    print("Installing packages (the first time this takes a minute or two) ...", flush=True)
    words = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(REQUIREMENTS)]
    if subprocess.run([str(PYTHON), *words], check=False).returncode != 0:
        sys.exit("pip could not install the packages; its words stand above. Is the package registry reachable?")


if __name__ == "__main__":
    main(sys.argv[1:])
