"""The folder copies stand in: one folder a copy, with a note beside the sealed files, and `wal/` for the log.

    base-20260513T161500Z/  data.tar.gz.age  proof.json.gz.age  note.json
    dump-20260513T170000Z/  record.dump.age  proof.json.gz.age  note.json
    wal/                    000000010000000000000007.gz.age  000000010000000000000007.sha256

A copy is made under a name that starts with a dot and gets its own when it is whole, so that a half one is never taken
for a copy. The note holds nothing personal; it is read without a key.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from clinic.backup import wal

NAME = re.compile(r"(base|dump)-(\d{8}T\d{6}Z)")
NOTE, PROOF = "note.json", "proof.json.gz.age"
CONTENT = {"base": "data.tar.gz.age", "dump": "record.dump.age"}
PIECE = 1 << 20


class ShelfFailed(RuntimeError):
    """The folder of copies, or a copy in it, is not as it must be; the words say how."""


@dataclass(frozen=True)
class Copy:
    """One whole copy on the shelf."""

    folder: Path
    note: dict

    @property
    def name(self) -> str:
        """As its folder is called."""
        return self.folder.name

    @property
    def kind(self) -> str:
        """ "base" or "dump"."""
        return self.name.partition("-")[0]

    @property
    def at(self) -> datetime:
        """When it was begun."""
        return datetime.strptime(self.name.partition("-")[2], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)

    @property
    def size(self) -> int:
        """Bytes of its sealed files."""
        return sum(found["size"] for found in self.note["files"].values())

    @property
    def content(self) -> Path:
        """The sealed file that holds the data."""
        return self.folder / CONTENT[self.kind]

    @property
    def proof(self) -> Path:
        """The sealed figures of what it holds."""
        return self.folder / PROOF


class Shelf:
    """The folder itself. Raises ShelfFailed where it can't be used."""

    def __init__(self, folder: str | Path):
        if not str(folder):
            raise ShelfFailed("BACKUP_FOLDER is not set: where copies are kept.")
        self.folder = Path(folder)

    def copies(self, kind: str = "") -> list[Copy]:
        """Whole copies, the newest first."""
        found = [path for path in self.folder.glob("*-*") if NAME.fullmatch(path.name) and (path / NOTE).exists()]
        kept = [Copy(path, json.loads((path / NOTE).read_text())) for path in found]
        return sorted((copy for copy in kept if kind in ("", copy.kind)), key=lambda copy: copy.at, reverse=True)

    def find(self, name: str) -> Copy:
        """The copy of this name; "latest" is the newest, "base" and "dump" the newest of that kind."""
        rows = self.copies(name if name in CONTENT else "")
        found = rows if name in ("latest", *CONTENT) else [copy for copy in rows if copy.name == name]
        if not found:
            raise ShelfFailed(f"There is no copy {name!r} in {self.folder}.")
        return found[0]

    @contextmanager
    def making(self, kind: str, at: datetime) -> Iterator[Path]:
        """A folder to make a copy in; it gets its name when the block ends well, and is gone when it does not."""
        name = f"{kind}-{at:%Y%m%dT%H%M%SZ}"
        fresh = self.folder / f".{name}"
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            fresh.mkdir(mode=0o700)
        except FileExistsError as problem:
            raise ShelfFailed(f"A copy {name} is being made already.") from problem
        try:
            yield fresh
            wal.sync(fresh)
            fresh.rename(self.folder / name)
            wal.sync(self.folder)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)

    def pieces(self) -> list[Path]:
        """The sealed pieces of the log, the oldest first."""
        return sorted((self.folder / wal.FOLDER).glob(f"*{wal.SUFFIX}"))

    def remove(self, copy: Copy) -> None:
        """Take a copy off the shelf."""
        gone = copy.folder.with_name(f".gone-{copy.name}")
        copy.folder.rename(gone)
        shutil.rmtree(gone)

    def remove_pieces_before(self, first: str) -> int:
        """Take off pieces of the log that no kept copy needs: those before `first`, of any timeline; how many."""
        old = [path for path in self.pieces() if path.name[24:].startswith(".gz") and path.name[8:24] < first[8:24]]
        for path in old:
            path.unlink()
            path.with_name(path.name.removesuffix(wal.SUFFIX) + wal.MARK).unlink(missing_ok=True)
        return len(old)


def write_note(folder: Path, facts: dict) -> None:
    """Write what a copy holds and the hashes of its sealed files."""
    files = {path.name: {"size": path.stat().st_size, "sha256": digest(path)} for path in sorted(folder.iterdir())}
    (folder / NOTE).write_text(json.dumps(facts | {"files": files}, indent=1, sort_keys=True) + "\n")


def digest(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    total = hashlib.sha256()
    with path.open("rb") as source:
        for piece in iter(lambda: source.read(PIECE), b""):
            total.update(piece)
    return total.hexdigest()


def troubles(copy: Copy) -> list[str]:
    """What is not as the copy's note says; needs no key."""
    found = []
    for name, facts in copy.note["files"].items():
        path = copy.folder / name
        if not path.exists():
            found.append(f"{copy.name}: {name} is missing.")
        elif path.stat().st_size != facts["size"] or digest(path) != facts["sha256"]:
            found.append(f"{copy.name}: {name} was changed.")
    return found


def gaps(pieces: list[Path]) -> list[str]:
    """Holes in the log: pieces of one timeline that do not follow each other (16 MB pieces, 256 a log file)."""
    found = []
    names = [path.name[:24] for path in pieces if path.name[24:].startswith(".gz")]
    for before, after in zip(names, names[1:], strict=False):
        if before[:8] == after[:8] and _follower(before) != after:
            found.append(f"After {before} of the log comes {after}.")
    return found


def _follower(name: str) -> str:
    log, piece = int(name[8:16], 16), int(name[16:24], 16) + 1
    return f"{name[:8]}{log + piece // 256:08X}{piece % 256:08X}"
