"""What the house tests look at: our Python files and templates."""

import ast
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("clinic", "intake", "sessions", "followup")


@cache
def modules() -> tuple[Path, ...]:
    """Every Python module of the four apps that people wrote: no migrations."""
    found = (path for floor in FLOORS for path in (ROOT / floor).rglob("*.py"))
    return tuple(sorted(path for path in found if "migrations" not in path.parts))


@cache
def templates() -> tuple[Path, ...]:
    """Every template, also those beside an app."""
    return tuple(sorted((ROOT / "templates").rglob("*.html")))


def name(path: Path) -> str:
    """A path as it reads in the repository."""
    return str(path.relative_to(ROOT))


@dataclass(frozen=True)
class Function:
    """A function and how many lines its code takes, the docstring left out."""

    where: str
    lines: int


@cache
def functions() -> tuple[Function, ...]:
    """Every function and method of the four apps."""
    return tuple(function for path in modules() for function in _functions(path))


def _functions(path: Path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            doc = first.end_lineno - first.lineno + 1 if ast.get_docstring(node) is not None else 0
            yield Function(f"{name(path)}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1 - doc)


@cache
def tracked() -> tuple[str, ...]:
    """Every file git keeps."""
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return tuple(done.stdout.splitlines())
