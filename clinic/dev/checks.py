"""What ./test does: lint, import floors, then every test (pending migrations among them)."""

import subprocess
import sys

HELP = """Usage: ./test [--drills] [pytest arguments]

Runs ruff, the import floors, then pytest. Without arguments all tests run, on two processes.
--drills   afterwards also the long ones: real kills, restarts, races, fresh starts of ./run
Examples:  ./test tests/clinic    ./test -k booking    ./test tests/house -x
"""
STEPS = {
    "Lint": ["-m", "ruff", "check", "."],
    "Import floors": ["-c", "from importlinter.cli import lint_imports_command as c; c(['--no-cache'])"],
}


def main(words: list[str]) -> int:
    """Run the steps one after the other; the first that fails ends it. Returns the exit code."""
    if "--help" in words or "-h" in words:
        print(HELP, end="")
        return 0
    for name, command in STEPS.items():
        print(f"{name} ...", flush=True)
        done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            print(f"{done.stdout}{done.stderr}\n{name}: not in order, see above.", flush=True)
            return done.returncode
    drills = "--drills" in words
    rest = [word for word in words if word != "--drills"]
    code = _pytest(rest or ["-n", "2", "--dist", "loadfile"])
    return _pytest(["tests/drills", *rest]) or code if drills else code


def _pytest(words: list[str]) -> int:
    return subprocess.run([sys.executable, "-m", "pytest", *words], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
