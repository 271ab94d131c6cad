"""What ./test does: lint, import floors, then every test (pending migrations among them)."""

import subprocess
import sys

HELP = """Usage: ./test [--drills | --short-drills | --audit | --canary] [pytest arguments]

Runs ruff, the import floors, then pytest. Without arguments all tests run, on three processes
(browsers and databases keep each of them waiting).
--drills         afterwards every drill too: real kills, restarts, races, restores, fresh starts of ./run
--short-drills   afterwards the drills of less than a minute each, as continuous integration does
--audit          nothing but this: ask the advisory service about every package production installs (needs the
                 network; fails when it could not look at each of them)
--canary         nothing but the browser tests, then looks for what they typed in every log, queue and mail subject
Examples:  ./test tests/clinic    ./test -k booking    ./test tests/house -x
"""
STEPS = {
    "Lint": ["-m", "ruff", "check", "."],
    "Import floors": ["-c", "from importlinter.cli import lint_imports_command as c; c(['--no-cache'])"],
}

# tests/conftest.py puts the files that take longest first; a process gets the next file when it has done with one.
ON_THREE = ["-n", "3", "--dist", "loadfile", "--no-loadscope-reorder"]
DRILLS = {"--drills": ["tests/drills"], "--short-drills": ["tests/drills", "-m", "short"]}


def main(words: list[str]) -> int:
    """Run the steps one after the other; the first that fails ends it. Returns the exit code."""
    if "--help" in words or "-h" in words:
        print(HELP, end="")
        return 0
    if "--audit" in words:
        return _audit()
    for name, command in STEPS.items():
        print(f"{name} ...", flush=True)
        done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            print(f"{done.stdout}{done.stderr}\n{name}: not in order, see above.", flush=True)
            return done.returncode
    if "--canary" in words:
        others = [word for word in words if word != "--canary"]
        return _pytest(["-m", "browser", "--canary", *(others or ON_THREE)])
    rest = [word for word in words if word not in DRILLS]
    code = _pytest(rest or ON_THREE)
    for word in words:
        code = _pytest([*DRILLS[word], *rest]) or code if word in DRILLS else code
    return code


def _audit() -> int:
    from clinic.dev import packages

    try:
        print(packages.audit())
    except (packages.AuditFailed, OSError, subprocess.CalledProcessError) as problem:
        print(f"{problem}\nThe audit of the packages failed.", file=sys.stderr)
        return 1
    return 0


def _pytest(words: list[str]) -> int:
    return subprocess.run([sys.executable, "-m", "pytest", *words], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
