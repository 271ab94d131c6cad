"""What PostgreSQL calls for every piece of its log: keep it sealed, or fetch it back. Loads no Django, no driver.

    archive_command = 'python -m clinic.backup.wal keep --to SHELF --recipients FILE %p'
    restore_command = 'python -m clinic.backup.wal fetch --from SHELF --identity FILE %f %p'

`keep` succeeds only when the piece is sealed and safe on the disk. A piece that is there already is kept once: the same
again is well (PostgreSQL repeats itself after a crash), another one under its name is refused. `fetch` ends with 1 for
a piece that is not there, which is how a log ends, and with 126 for one that can't be opened: PostgreSQL then stops
instead of taking the record for whole.
"""

import argparse
import contextlib
import hashlib
import os
import re
import sys
from pathlib import Path

from clinic.backup import sealed

NAME = re.compile(r"[0-9A-F]{24}(\.partial|\.[0-9A-F]{8}\.backup)?|[0-9A-F]{8}\.history")
FOLDER, SUFFIX, MARK = "wal", ".gz.age", ".sha256"
ABSENT, BROKEN = 1, 126


class Refusal(RuntimeError):
    """A sentence for PostgreSQL's log."""


def keep(source: Path, shelf: Path, recipients: str) -> str:
    """Seal one piece onto the shelf; returns "kept" or "there". Raises Refusal or SealingFailed."""
    if not NAME.fullmatch(source.name):
        raise Refusal(f"{source.name} is not a piece of a log.")
    folder = shelf / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept, mark = folder / f"{source.name}{SUFFIX}", folder / f"{source.name}{MARK}"
    content = source.read_bytes()
    total = hashlib.sha256(content).hexdigest()
    if kept.exists():
        if mark.exists() and mark.read_text().strip() == total:
            return "there"
        raise Refusal(f"Another piece already stands on the shelf as {kept.name}: it is never written over.")
    _write(mark, total)
    fresh = folder / f".{source.name}.{os.getpid()}"
    with contextlib.ExitStack() as undo:
        undo.callback(fresh.unlink, missing_ok=True)
        sealed.seal_bytes(content, fresh, sealed.recipients(recipients))
        fresh.rename(kept)
    sync(folder)
    return "kept"


def _write(path: Path, text: str) -> None:
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    with fresh.open("w") as target:
        target.write(text + "\n")
        target.flush()
        os.fsync(target.fileno())
    fresh.rename(path)


def sync(folder: Path) -> None:
    """Make the names of a folder safe on the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def fetch(name: str, target: Path, shelf: Path, identity: str) -> bool:
    """Put one piece where PostgreSQL wants it; False when it is not on the shelf. Raises SealingFailed, Refusal."""
    if not NAME.fullmatch(name):
        raise Refusal(f"{name} is not a piece of a log.")
    kept = shelf / FOLDER / f"{name}{SUFFIX}"
    if not kept.exists():
        return False
    content = sealed.open_bytes(kept, sealed.identities(identity))
    mark = kept.with_name(f"{name}{MARK}")
    if mark.exists() and mark.read_text().strip() != hashlib.sha256(content).hexdigest():
        raise Refusal(f"{kept.name} is not the piece that was kept under this name.")
    target.write_bytes(content)
    return True


def parser() -> argparse.ArgumentParser:
    """The words of the command line."""
    words = argparse.ArgumentParser(prog="python -m clinic.backup.wal")
    two = words.add_subparsers(dest="deed", required=True)
    keeping = two.add_parser("keep")
    keeping.add_argument("--to", type=Path, required=True)
    keeping.add_argument("--recipients", required=True)
    keeping.add_argument("path", type=Path)
    fetching = two.add_parser("fetch")
    fetching.add_argument("--from", dest="shelf", type=Path, required=True)
    fetching.add_argument("--identity", required=True)
    fetching.add_argument("name")
    fetching.add_argument("path", type=Path)
    return words


def main(words: list[str]) -> int:
    """Do what is asked; the exit code PostgreSQL goes by."""
    said = parser().parse_args(words)
    try:
        if said.deed == "keep":
            keep(said.path, said.to, said.recipients)
            return 0
        return 0 if fetch(said.name, said.path, said.shelf, said.identity) else ABSENT
    except (Refusal, sealed.SealingFailed, OSError) as problem:
        sys.stderr.write(f"tideline wal {said.deed}: {problem}\n")
        return ABSENT if said.deed == "keep" else BROKEN  # only so does pg_stat_archiver count what could not be kept


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
