"""Every line and branch of the rules and of the gates is walked by their own tests: truth tables, no database."""

import os
import subprocess
import sys

import pytest

from tests.house.code import ROOT

OF_INTAKE = sorted(
    str(path.relative_to(ROOT))
    for path in (ROOT / "tests/intake").glob("test_*rules*.py")
    if not path.stem.startswith(("test_views_", "test_browser_"))
)
# What is walked whole -> the tests that walk it.
WALKED = {
    "intake/rules/*": OF_INTAKE,
    "sessions/rules/gates.py": ["tests/sessions/test_rules_gates.py", "tests/sessions/test_rules_gates_truth.py"],
}


def coverage(tmp_path, *arguments):
    """Run coverage as a person would, not as a worker of this run; its data stay in this test's folder."""
    mine = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment = mine | {"COVERAGE_FILE": str(tmp_path / "walked")}
    command = [sys.executable, "-m", "coverage", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=environment)


@pytest.mark.parametrize("code", WALKED)
def test_every_branch_of_the_rules_is_walked(tmp_path, code):
    run = ("run", "--branch", f"--include={code}", "-m", "pytest", "-n0", "-q", *WALKED[code])
    walked = coverage(tmp_path, *run)
    assert walked.returncode == 0, walked.stdout[-3000:]
    told = coverage(tmp_path, "report", f"--include={code}", "--show-missing", "--skip-covered", "--fail-under=100")
    assert told.returncode == 0, told.stdout
