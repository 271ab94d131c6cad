"""Sealing and opening: the age file format, with X25519 keys. Any `age` program opens what stands here.

The recipients' file holds public keys (`age1...`), one a line: the secret key to any of them opens every copy, so one
belongs to a key in a safe. The identity file holds a secret key (`AGE-SECRET-KEY-1...`) and is only where copies are
tried out or restored. Lines that start with # are remarks.
"""

import io
import os
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import pyrage

PIECE = 1 << 20
GZIP = 31  # zlib's number for the gzip format with the largest window


class SealingFailed(RuntimeError):
    """A key or a sealed file is not what it must be; the words say which and why."""


def lines(path: str | Path) -> list[str]:
    """The lines of a key file without remarks. Raises SealingFailed when it can't be read or holds none."""
    try:
        found = [line.strip() for line in Path(path).read_text().splitlines()]
    except OSError as problem:
        raise SealingFailed(f"The key file {path} can't be read: {problem.strerror}.") from problem
    kept = [line for line in found if line and not line.startswith("#")]
    if not kept:
        raise SealingFailed(f"The key file {path} holds no key.")
    return kept


def recipients(path: str | Path) -> list[pyrage.x25519.Recipient]:
    """The public keys of a file. Raises SealingFailed."""
    try:
        return [pyrage.x25519.Recipient.from_str(line) for line in lines(path)]
    except pyrage.RecipientError as problem:
        raise SealingFailed(f"{path} holds a line that is no public key (age1...).") from problem


def identities(path: str | Path) -> list[pyrage.x25519.Identity]:
    """The secret keys of a file. Raises SealingFailed, also when others than its owner may read it."""
    found = lines(path)
    if Path(path).stat().st_mode & 0o077:
        raise SealingFailed(f"{path} may be read by others: chmod 600 it, and think about a new key.")
    try:
        return [pyrage.x25519.Identity.from_str(line) for line in found]
    except pyrage.IdentityError as problem:
        raise SealingFailed(f"{path} holds a line that is no secret key (AGE-SECRET-KEY-1...).") from problem


def make_key() -> tuple[str, str]:
    """A new pair: the secret key and its public one."""
    secret = pyrage.x25519.Identity.generate()
    return str(secret), str(secret.to_public())


class Squeezed(io.RawIOBase):
    """A stream read through gzip: what pyrage reads from is compressed on the way."""

    def __init__(self, source: BinaryIO):
        self.source, self.squeeze, self.waiting = source, zlib.compressobj(1, zlib.DEFLATED, GZIP), b""
        self.ended = False

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, space) -> int:
        """Fill some of `space`; 0 at the end."""
        while not self.waiting and not self.ended:
            piece = self.source.read(PIECE)
            self.ended = not piece
            self.waiting = self.squeeze.compress(piece) if piece else self.squeeze.flush()
        given, self.waiting = self.waiting[: len(space)], self.waiting[len(space) :]
        space[: len(given)] = given
        return len(given)


def seal(source: BinaryIO, path: Path, keys: list, *, squeeze: bool = False) -> int:
    """Seal everything `source` gives into a new file, safe on the disk when this returns; its size in bytes."""
    with path.open("xb") as target:
        os.fchmod(target.fileno(), 0o600)
        pyrage.encrypt_io(Squeezed(source) if squeeze else source, target, keys)
        target.flush()
        os.fsync(target.fileno())
        return target.tell()


def seal_bytes(content: bytes, path: Path, keys: list) -> int:
    """Seal a small content, gzipped."""
    return seal(io.BytesIO(content), path, keys, squeeze=True)


def open_into(path: Path, target: BinaryIO, keys: list) -> None:
    """Write what is sealed in `path` to `target`. Raises SealingFailed for a wrong key or a file that was touched.

    What has been written until then may be no more than a beginning: nobody uses it before this has returned.
    """
    try:
        with path.open("rb") as source:
            pyrage.decrypt_io(source, target, keys)
    except pyrage.DecryptError as problem:
        raise SealingFailed(f"None of these keys opens {path.name}.") from problem
    except BrokenPipeError:
        raise
    except OSError as problem:
        raise SealingFailed(f"{path.name} can't be opened: it was changed, or is not whole ({problem}).") from problem


def open_bytes(path: Path, keys: list) -> bytes:
    """The content of a small sealed file that was gzipped. Raises SealingFailed."""
    target = io.BytesIO()
    open_into(path, target, keys)
    return zlib.decompress(target.getvalue(), GZIP)


@contextmanager
def stream(path: Path, keys: list) -> Iterator[BinaryIO]:
    """A stream of what is sealed in `path`, opened as it is read. Raises SealingFailed, at the latest at its end."""
    end, start = os.pipe()
    trouble: list[SealingFailed] = []
    opener = threading.Thread(target=_pour, args=(path, start, keys, trouble.append), daemon=True)
    opener.start()
    with os.fdopen(end, "rb") as source:
        try:
            yield source
            for _ in iter(lambda: source.read(PIECE), b""):
                continue  # whatever is left is opened too: a touched end must not go unnoticed
        finally:
            source.close()
            opener.join()
            if trouble:
                raise trouble[0]


def _pour(path: Path, start: int, keys: list, tell: Callable[[SealingFailed], None]) -> None:
    with suppress(BrokenPipeError), os.fdopen(start, "wb") as target:
        try:
            open_into(path, target, keys)
        except SealingFailed as problem:
            tell(problem)
