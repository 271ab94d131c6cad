"""The next infusions of a site: what is proposed, accepted and not booked, booked, and what waits to be reassessed."""

from dataclasses import dataclass
from datetime import date

from clinic import access
from clinic.words import clinic_date
from followup.models import BoosterProposal
from followup.presenters.proposal import words_of

MOST = 100
GROUPS = (
    ("proposed", "Waits for the prescriber", "Proposals stand here from the morning on which relief starts to fade."),
    ("reassess", "Stop and reassess: outcome not written", "Accepted ones stand here until their outcome is written."),
    ("to_book", "Accepted, not booked yet", "Accepted ones stand here until their visit is booked."),
    ("booked", "Booked", "Visits that came of a proposal stand here until they have taken place."),
)


@dataclass(frozen=True)
class Line:
    """One proposal: whose, what, and the day that matters."""

    row: BoosterProposal
    what: str
    more: str
    is_late: bool = False


def booster_list(request, at) -> list[tuple[str, str, list[Line]]]:
    """[(heading, what an empty one says, lines)] of the reader's site. Two queries."""
    today = at.astimezone(request.site.zone).date()
    rows = BoosterProposal.objects.filter(
        course__site=request.site, course__patient__in=access.patients_for(request),
        state__in=("proposed", "accepted", "changed"),
    )  # fmt: skip
    rows = rows.select_related("course__patient", "course__protocol_version__protocol", "visit__site", "booking")
    rows = rows.select_related("reassessment").order_by("chosen_start", "starts_on", "made_at")[: MOST * len(GROUPS)]
    found = {code: [] for code, _, _ in GROUPS}
    for row in rows:
        code = _group(row, at)
        if code:
            found[code].append(_line(row, today))
    return [(heading, empty, found[code][:MOST]) for code, heading, empty in GROUPS]


def _group(row, at):
    if row.state == "proposed":
        return "proposed"
    if row.kind == "reassess":
        return "" if hasattr(row, "reassessment") else "reassess"
    if row.visit is None:
        return "to_book" if row.booking is not None and row.booking.state == "open" else ""
    return "booked" if row.visit.starts_at > at else ""


def _line(row, today):
    if row.kind == "reassess":
        return Line(row, "Stop and reassess", row.headline)
    start, end = row.chosen_start or row.starts_on, row.chosen_end or row.ends_on
    if row.visit is not None:
        day = row.visit.starts_at.astimezone(row.visit.site.zone)
        return Line(row, f"{clinic_date(day.date())}, {day:%H:%M}", f"asked for {words_of((start, end))}")
    return Line(row, words_of((start, end)), f"confidence {row.confidence}", is_late=_is_late(end, today))


def _is_late(end: date, today: date) -> bool:
    return end < today
