"""Files that come in: taken whole or not at all, judged by what they hold, never by their name.

A picture is decoded and written anew, so that nothing rides along; a PDF is kept as it is, but only one without
scripts, launches, forms that send, or files inside. What is kept is never run, and leaves as a download in a sandbox.
"""

from dataclasses import dataclass

from clinic.documents import MOST_BYTES
from clinic.refusal import Item, Refused
from clinic.uploads.pdfs import pdf_problem
from clinic.uploads.pictures import NotAPicture, rewritten

MEGABYTES = MOST_BYTES // 1024 // 1024
NEITHER = "This is neither a PDF nor a picture (JPEG or PNG). Scan the report again, or take a photo of it."


@dataclass(frozen=True, slots=True)
class Clean:
    """What may be kept: its bytes and the type they really have."""

    content: bytes
    media_type: str


def cleaned(content: bytes, size: int | None = None, *, field: str = "file") -> Clean:
    """The file as it may be kept. `size` is how much was sent, when that is more than was taken.

    Raises Refused with one reason in words: empty, over 10 MB, not a PDF or picture, or a PDF that could do things.
    """
    if (size if size is not None else len(content)) > MOST_BYTES:
        raise _refused("size", f"The file is larger than {MEGABYTES} MB. Scan it in grey, or with fewer dots.", field)
    if not content:
        raise _refused("empty", "The file is empty.", field)
    if content.startswith(b"%PDF-"):
        return _pdf(content, field)
    try:
        return Clean(*rewritten(content, most_bytes=MOST_BYTES))
    except NotAPicture as problem:
        raise _refused("type", str(problem) or NEITHER, field) from problem


def _pdf(content, field):
    problem = pdf_problem(content)
    if problem:
        raise _refused("pdf", problem, field)
    return Clean(content, "application/pdf")


def _refused(code, words, field):
    return Refused(Item(code, words, field=field))
