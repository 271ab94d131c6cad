"""Imports go down only, and one driver speaks to the database."""

import importlib.util
import subprocess
import sys

from tests.house.code import ROOT


def test_the_import_contracts_hold():
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c(['--no-cache'])"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "Contracts: 3 kept, 0 broken." in done.stdout


def test_psycopg_3_is_nowhere():
    assert importlib.util.find_spec("psycopg") is None, "Django would silently prefer it to psycopg2"
    assert importlib.util.find_spec("psycopg2") is not None


def test_every_dependency_is_pinned_and_says_why():
    for file in ("requirements.txt", "requirements-dev.txt"):
        lines = [line for line in (ROOT / file).read_text().splitlines() if line and not line.startswith(("#", "-r"))]
        unclear = [line for line in lines if "==" not in line.split("#")[0] or "# " not in line]
        assert lines
        assert unclear == []


def test_the_apps_stand_empty_at_the_door():
    assert (ROOT / "clinic/__init__.py").read_text() == ""
