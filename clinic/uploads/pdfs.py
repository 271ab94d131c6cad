"""PDFs: whole, and without anything that does things. What can't be looked into is refused too.

A reader of reports needs pages, text and pictures. Scripts, launches, forms that send, remote targets, media and files
inside have no place in one; their names are looked for in the file itself and in every packed part of it.
"""

import re
import zlib
from collections.abc import Iterator

MOST_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 20_000
A_PIECE = 1024 * 1024
A_BITE = 64 * 1024
OVERLAP = 128  # a name cut by the edge of a piece is seen in the next one

DOES_THINGS = frozenset(
    (b"JavaScript", b"Launch", b"EmbeddedFile", b"EmbeddedFiles", b"RichMedia", b"XFA", b"SubmitForm", b"ImportData")
    + (b"GoToE", b"GoToR", b"Rendition", b"Movie", b"Sound", b"OnInstantiate")
)
NOT_WHOLE = "This PDF is damaged, or has something behind its end. Save or scan it again."
LOCKED = "This PDF is locked, so that nobody can check it. Print it to a new PDF without a password."
ACTIVE = "This PDF holds a script, a form that sends, or other files. Print it to a new PDF and attach that one."
PACKED = "This PDF is packed in a way that can't be checked. Print it to a new PDF and attach that one."

NAME = re.compile(rb"/((?:[A-Za-z0-9_]|#[0-9A-Fa-f]{2}){2,60})")
HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"stream\r?\n")
END = re.compile(rb"%%EOF[\s\0]*\Z")


class Unchecked(Exception):
    """Some part of the file could not be looked into; the text says which way."""


def pdf_problem(content: bytes) -> str:
    """Why this PDF is not kept, in words; "" when nothing speaks against it."""
    if not re.match(rb"%PDF-[12]\.\d", content) or not END.search(content[-1024:]):
        return NOT_WHOLE
    named = names_in(content)
    if b"Encrypt" in named:
        return LOCKED
    try:
        is_active = named & DOES_THINGS or any(names_in(piece) & DOES_THINGS for piece in _unpacked(content))
    except Unchecked:
        return PACKED
    return ACTIVE if is_active else ""


def names_in(piece: bytes) -> set[bytes]:
    """The PDF names in these bytes, with their hex escapes read."""
    return {HEX.sub(lambda found: bytes([int(found[1], 16)]), name) for name in NAME.findall(piece)}


def _unpacked(content: bytes) -> Iterator[bytes]:
    """Every packed part that opens, in pieces. Raises Unchecked for one that hides objects from us, or for a bomb."""
    left = MOST_UNPACKED
    for number, found in enumerate(STREAM.finditer(content)):
        if number > MOST_PARTS:
            raise Unchecked("parts")
        _check_objects(content[max(0, found.start() - 1024) : found.start()])
        for piece in _inflated(memoryview(content), found.end()):
            left -= len(piece)
            if left < 0:
                raise Unchecked("bomb")
            yield piece


def _check_objects(before: bytes) -> None:
    """Parts that hold objects must be packed in the one plain way, else their names stay out of sight."""
    named = names_in(before[before.rfind(b"obj") + 3 :])
    if b"ObjStm" in named and (b"DecodeParms" in named or not _is_plain(named)):
        raise Unchecked("objects")


def _is_plain(named):
    return not {name for name in named if name.endswith(b"Decode")} - {b"FlateDecode"}


def _inflated(content: memoryview, start: int) -> Iterator[bytes]:
    reader, tail, rest = zlib.decompressobj(), b"", b""
    while not reader.eof and (rest or start < len(content)):
        bite = rest or content[start : start + A_BITE]
        start += 0 if rest else len(bite)
        try:
            piece = reader.decompress(bite, A_PIECE)
        except zlib.error:
            return
        rest = reader.unconsumed_tail
        if piece:
            yield tail + piece
            tail = piece[-OVERLAP:]
