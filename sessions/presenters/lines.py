"""The IV line's page: what was charted of it, and what an infiltration would make uncertain."""

import uuid
from dataclasses import dataclass

from clinic.words import clinic_time, figure
from sessions import queries
from sessions.presenters.log import words_of
from sessions.rules.dose import shown


@dataclass(frozen=True)
class LinePage:
    """`rows`: (time, words) newest first; `running`: what an infiltration pauses; `since`: the last good check."""

    rows: list
    running: list
    since: str
    in_place: bool
    tap_id: object


def line_page(session, at, user):
    """The page at `at`; `tap_id` is the id of the entry that one tap of "looks right" makes."""
    sheet = queries.sheet(session, at)
    state, zone = sheet.state, session.site.zone
    entries = [e for e in state.effective if e.kind == "line"]
    good = [e for e in entries if e.detail.action in ("placed", "resited", "checked")]
    return LinePage(
        rows=[(clinic_time(e.observed_at, zone), words_of(e)) for e in reversed(entries)],
        running=[f"{d.drug.capitalize()}, {figure(shown(d.mg))} mg so far" for d in state.running],
        since=clinic_time(good[-1].observed_at, zone) if good else "",
        in_place=state.line == "placed",
        tap_id=uuid.uuid5(session.pk, f"line-checked/{user.pk}/{session.version}"),
    )
