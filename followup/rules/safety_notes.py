"""What long-term safety says for or against another infusion, as notes of a proposal. Pure: a standing in, notes out.

`standing` is what `sessions.queries.safety.standing_of` reads. Thresholds: liver enzymes at 3 times the laboratory's
upper limit (case series, clinical reference S27), DAST-10 from 3 on as published, MoCA below 26 as published; three
quarters of the yearly ceiling is a clinic default (unverified default, the clinic approves).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from clinic.words import clinic_date, figure
from followup.rules.booster import Note
from sessions.rules.safety import OVERDUE, is_liver_injury, times_upper_limit

DAST_MODERATE = Decimal(3)
MOCA_NORMAL = Decimal(26)
NEAR_CEILING = Decimal("0.75")
ENZYMES = ("ALT", "AST")
TITLES = {
    "bladder": "bladder symptom score",
    "liver": "liver panel",
    "kidney": "kidney function",
    "cognition": "cognition screen",
    "blood_pressure": "blood pressure",
    "misuse": "misuse screen",
    "pregnancy": "pregnancy test",
}


def misuse(standing: Any, elsewhere: str | None) -> list[Note]:
    """Flags of misuse: a screen of moderate risk or more, ketamine from elsewhere told at the last check-in."""
    found = []
    screen = standing.newest("misuse", "dast-10")
    if screen is not None and screen.number >= DAST_MODERATE:
        text = f"Misuse screen: DAST-10 {figure(screen.number)} of 10, moderate or more."
        found.append(Note("misuse", text, clinic_date(screen.day)))
    if elsewhere is not None:
        found.append(Note("elsewhere", f"Ketamine from elsewhere since last time: {elsewhere}.", "last check-in"))
    return found


def safety_notes(standing: Any, ceiling: int | None) -> list[Note]:
    """What must be weighed: checks overdue or due, results that changed, exposure near the year's ceiling."""
    return [
        *_clocks(standing),
        *_liver(standing),
        *_bladder(standing),
        *_cognition(standing),
        *_year(standing, ceiling),
    ]


def _clocks(standing: Any) -> list[Note]:
    overdue = [due for due in standing.wanted if due.status == OVERDUE]
    due = [one for one in standing.wanted if one.status != OVERDUE]
    found = []
    if overdue:
        found.append(Note("safety_overdue", f"Safety checks overdue: {_listed(overdue)}.", "protocol's clock"))
    if due:
        found.append(Note("safety_due", f"Safety checks due: {_listed(due)}.", "protocol's clock"))
    return found


def _listed(dues: list) -> str:
    return ", ".join(TITLES[one.code] + ("" if one.last_on else " (never done)") for one in dues)


def _liver(standing: Any) -> list[Note]:
    for enzyme in ENZYMES:
        newest = standing.newest("liver", enzyme)
        if newest is not None and is_liver_injury(newest.number, newest.high):
            times = figure(times_upper_limit(newest.number, newest.high))
            text = f"{enzyme} {figure(newest.number)} {newest.unit}, {times} times the laboratory's upper limit."
            return [Note("liver", text, clinic_date(newest.day))]
    return []


def _bladder(standing: Any) -> list[Note]:
    scores = [r for r in standing.readings.get("bladder", ()) if r.measure == "icsi"]
    if len(scores) < 2 or scores[-1].number <= scores[0].number:
        return []
    text = f"Bladder symptom score rose from {figure(scores[0].number)} to {figure(scores[-1].number)} of 20."
    return [Note("bladder_score", text, clinic_date(scores[-1].day))]


def _cognition(standing: Any) -> list[Note]:
    newest = standing.newest("cognition", "moca")
    if newest is None or newest.number >= MOCA_NORMAL:
        return []
    return [Note("cognition", f"MoCA {figure(newest.number)} of 30, below 26.", clinic_date(newest.day))]


def _year(standing: Any, ceiling: int | None) -> list[Note]:
    count = len(standing.exposure.in_last_year)
    if not ceiling or count < NEAR_CEILING * ceiling:
        return []
    return [Note("exposure", f"{count} of {ceiling} infusions in 365 days.", "protocol's ceiling")]
