"""Every entry of a session as the record prints it: none is left out, what was replaced or struck is struck through."""

from dataclasses import dataclass

from clinic.words import clinic_date, clinic_time, figure, local
from sessions.presenters.log import words_of
from sessions.queries.papers import typists

SOURCES = {"paper": "from paper", "back_entered": "entered afterwards", "monitor": "accepted from a monitor"}


@dataclass(frozen=True)
class RecordRow:
    """One entry. `struck`: it no longer counts; `why`: what it replaces, or what took its place, with the reason."""

    number: int
    at: str
    kind: str
    words: str
    more: str
    by: str
    saved: str
    struck: bool = False
    why: str = ""


def record_rows(sheet):
    """All entries in the order in which things happened, corrections and strikes as rows of their own."""
    zone = sheet.session.site.zone
    after = {e.supersedes_id: e for e in sheet.entries if e.supersedes_id}
    by_id = {e.id: e for e in sheet.entries}
    days = {local(e.observed_at, zone).date() for e in sheet.entries}
    rows = sorted(sheet.entries, key=lambda e: (e.observed_at, e.seq))
    names = typists(rows)
    return [_row(e, by_id, after, zone, len(days) > 1, names.get(e.id, "")) for e in rows]


def _row(entry, by_id, after, zone, with_day, typist):
    later = after.get(entry.id)
    day = f"{clinic_date(local(entry.observed_at, zone).date())} " if with_day else ""
    return RecordRow(
        entry.seq,
        f"{day}{clinic_time(entry.observed_at, zone)}",
        entry.get_kind_display(),
        words_of(entry) if entry.role != "strike" else f"Strikes out entry {by_id[entry.supersedes_id].seq}",
        " ".join(_more(entry)),
        entry.recorded_by.display_name if entry.recorded_by else "by rule",
        _saved(entry, zone, typist),
        later is not None,
        _why(entry, later, by_id),
    )


def _saved(entry, zone, typist):
    parts = [f"{local(entry.received_at, zone):%H:%M:%S}", "late entry" if entry.late else "",
             SOURCES.get(entry.source, ""), f"typed in by {typist}" if typist else "",
             "after the signature" if entry.after_signature else ""]  # fmt: skip
    return ", ".join(filter(None, parts))


def _why(entry, later, by_id):
    said = []
    if entry.role == "correction":
        said.append(f"Corrects entry {by_id[entry.supersedes_id].seq}: {entry.reason}")
    elif entry.role == "strike" or entry.reason:
        said.append(entry.reason)
    if later is not None:
        how = "Struck out" if later.role == "strike" else "Corrected"
        said.append(f"{how} by entry {later.seq}")
    return ". ".join(said)


def _more(entry):
    """What the one line of the log leaves out."""
    detail = entry.detail
    if entry.kind == "vitals" and detail is not None:
        if detail.cuff_site:
            yield f"Cuff at {detail.cuff_site.replace('_', ' ')}."
        if detail.oxygen_device and detail.oxygen != "flow":
            yield f"{detail.oxygen_device}."
    if entry.kind == "score" and detail is not None:
        points = ", ".join(f"{n.replace('_', ' ')} {'blank' if v is None else v}" for n, v in detail.items.items())
        yield f"{detail.scale_version}: {points}."
    if entry.kind == "drug" and detail is not None and detail.preparation_id:
        yield f"From {detail.preparation.label}." if detail.action in ("start", "syringe") else ""
    if entry.kind == "weight" and detail is not None and detail.typed_unit != "kg":
        yield f"Typed as {figure(detail.typed_value)} {detail.typed_unit}."
    if entry.kind == "side_effect" and detail is not None and detail.resolved_at:
        yield "Over when it was charted."
