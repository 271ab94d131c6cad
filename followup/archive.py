"""The whole record of one person as one file: what a reader prints, what a machine reads, and every paper.

A ZIP with `READ-ME.txt`, `record.pdf` (a summary in the order of a chart), `record.json` (every row of every table),
a PDF of each infusion, every paper as it was kept, and the SHA-256 of each file.
"""

import json
import logging
import zipfile
from collections.abc import Callable
from io import BytesIO

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext

from clinic import clock, language, words
from clinic.documents import Spoiled, content_of, digest, file_name
from clinic.pdf import pdf
from followup.presenters.own_record import infusion_context, summary_page
from followup.queries import own_record as queries
from followup.rules.own_record import LEFT_OUT, part_count

FORMAT = "tideline-record"
VERSION = 1
CPU_SECONDS, CLOCK_SECONDS = 60, 180  # of one of its papers: the worker makes them and nobody waits in front of a page
log = logging.getLogger(__name__)
Progress = Callable[[int, int], None]


def build(patient, site, *, progress: Progress) -> bytes:
    """The archive's bytes. `progress(done, of)` is called after each part; what it raises ends the work."""
    sessions, papers = queries.sessions_of(patient), queries.papers_of(patient)
    of, done = part_count(len(sessions), len(papers)), 0
    progress(done, of)
    box = _Box()
    with timezone.override(site.zone), translation.override(language.ENGLISH):
        for part in _parts(patient, site, sessions, papers):
            box.add(*part)
            done += 1
            progress(done, of)
    box.add("READ-ME.txt", _read_me(patient, site).encode())
    return box.closed()


def _parts(patient, site, sessions, papers):
    """(name, bytes) of each part, made one after the other."""
    at = clock.now()
    yield "record.json", _data(patient, site, at)
    yield _page("record", "followup/own_record_paper.html", {"page": summary_page(patient, site, at)})
    for session in sessions:
        yield _page(
            f"infusions/{words.local(session.checked_in_at, site.zone):%Y-%m-%d}-infusion-{session.number}",
            "sessions/record_paper.html",
            infusion_context(session, at),
        )
    for number, paper in enumerate(papers, start=1):
        yield f"papers/{number:03d}-{file_name(paper)}", _bytes_of(paper)


def _data(patient, site, at) -> bytes:
    tables = [{"table": label, "name": name, "rows": rows} for label, name, rows in queries.tables_of(patient)]
    said = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": at,
        "site": {"name": site.name, "phone": site.phone, "time_zone": site.zone_name},
        "times": "UTC, as ISO 8601",
        "left_out": LEFT_OUT,
        "tables": tables,
    }
    return json.dumps(said, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1).encode()


def _page(stem, template, context) -> tuple[str, bytes]:
    """A page as PDF; as HTML where this server can't make PDFs, or not this one."""
    html = render_to_string(template, context)
    try:
        return f"{stem}.pdf", pdf(html, cpu=CPU_SECONDS, clock=CLOCK_SECONDS)
    except OSError as problem:
        log.warning("A page of a record goes as HTML: %s", problem)
        return f"{stem}.html", html.encode()


def _bytes_of(paper) -> bytes:
    """The paper as it was kept; one whose bytes are no longer those stops the work, and is never passed on."""
    try:
        return content_of(paper)
    except Spoiled as problem:
        raise ValueError(f"A paper is not what was kept: {paper.pk}") from problem


def _read_me(patient, site) -> str:
    """What is in it, in the patient's language."""
    with translation.override(language.of_person(patient)):
        return gettext(
            "This is a copy of everything %(site)s has on record about you.\n\n"
            "record.pdf: your record, to read and to print.\n"
            "infusions: one file for each infusion, with everything that was written down.\n"
            "papers: what you signed, letters, results and sheets.\n"
            "record.json: the same and more, for a computer. Another clinic can read it.\n"
            "SHA256SUMS.txt: lets somebody check that no file was changed.\n\n"
            "The record is kept in English.\n"
            "Not in it: the log of who opened your record. Ask us, and we give you a list.\n"
            "Is something wrong in it? Ask us to correct it: %(phone)s.\n"
        ) % {"site": site.name, "phone": site.phone}


class _Box:
    """The ZIP under way; every file's sum is kept for the last one."""

    def __init__(self):
        self.bytes = BytesIO()
        self.zip = zipfile.ZipFile(self.bytes, "w", zipfile.ZIP_DEFLATED)
        self.sums = []

    def add(self, name: str, content: bytes) -> None:
        """Put one file in."""
        self.zip.writestr(name, content)
        self.sums.append(f"{digest(content)}  {name}")

    def closed(self) -> bytes:
        """All of it, with the sums."""
        self.zip.writestr("SHA256SUMS.txt", "\n".join(self.sums) + "\n")
        self.zip.close()
        return self.bytes.getvalue()
