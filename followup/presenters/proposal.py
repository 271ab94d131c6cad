"""The framed panel at the right: what is proposed, why, what is against it, and the last dose. It names no dose."""

from dataclasses import dataclass, field
from datetime import date

from clinic import words
from clinic.models import Appointment
from followup.models import BoosterProposal
from followup.queries.relief import Followed
from followup.rules import booster, relief
from followup.rules.booster import Facts

CONFIDENCE = {"good": 3, "fair": 2, "low": 1, "none": 0}
DECIDED = {"accepted": "Accepted", "changed": "Changed", "declined": "Declined", "withdrawn": "Taken back"}
GONE = ("cancelled", "no_show")
HEADINGS = {"window": "Booster proposed", "reassess": "Stop and reassess", "nothing": "Next infusion"}


@dataclass(frozen=True)
class Panel:
    """`proposal`: the stored one that waits for a decision or was decided; `headline`: what stands on top."""

    heading: str
    headline: str
    kind: str
    proposal: BoosterProposal | None = None
    is_open: bool = False
    may_decide: bool = False
    reasons: list = field(default_factory=list)
    against: list = field(default_factory=list)
    confidence: str = "none"
    bars: list = field(default_factory=list)
    rests_on: str = ""
    window: tuple[date, date] | None = None
    decided: str = ""
    last_dose: list = field(default_factory=list)
    past: list = field(default_factory=list)
    may_withdraw: bool = False
    may_reassess: bool = False
    after: str = ""


def panel_of(
    facts: Facts, followed: Followed, proposal: BoosterProposal | None, booked: Appointment | None, *, may_decide: bool
) -> Panel:
    """What the panel says: the stored proposal while it counts, else what the rules say now."""
    doses = {"last_dose": _last_dose(followed), "past": _past(followed)}
    if booked is not None:
        return Panel("Next infusion", _booked_words(booked), "booked", after=_asked_for(proposal, booked), **doses)
    since = facts.episodes[-1].infusion.ended_at if facts.episodes else None
    if proposal is not None and since is not None and proposal.made_at > since and proposal.state != "withdrawn":
        return _stored(proposal, may_decide=may_decide, doses=doses)
    found = booster.propose(facts)
    reasons = [{"text": n.text, "source": n.source} for n in found.reasons]
    return Panel(
        HEADINGS["nothing"], found.headline, "nothing", reasons=reasons, rests_on=found.rests_on,
        confidence=found.confidence, bars=_bars(found.confidence), **doses,
    )  # fmt: skip


def _stored(proposal: BoosterProposal, *, may_decide: bool, doses: dict) -> Panel:
    is_open, outcome = proposal.state == "proposed", _outcome(proposal)
    window = _window(proposal)
    return Panel(
        heading=HEADINGS[proposal.kind],
        headline=words_of(window) if window else proposal.headline,
        kind=proposal.kind,
        proposal=proposal,
        is_open=is_open,
        may_decide=is_open and may_decide,
        reasons=proposal.reasons,
        against=[_with_mark(note) for note in proposal.against],
        confidence=proposal.confidence,
        bars=_bars(proposal.confidence),
        rests_on=proposal.rests_on,
        window=window if proposal.state != "declined" else None,
        decided=DECIDED.get(proposal.state, ""),
        may_withdraw=may_decide and not is_open and not _is_settled(proposal),
        may_reassess=may_decide and proposal.kind == "reassess" and proposal.state == "accepted" and not outcome,
        after=_after(proposal, outcome),
        **doses,
    )


def _outcome(proposal: BoosterProposal):
    return getattr(proposal, "reassessment", None)


def _is_settled(proposal: BoosterProposal) -> bool:
    """A decision that a visit or an outcome came of is not taken back."""
    stands = proposal.visit is not None and proposal.visit.state not in GONE
    return stands or _outcome(proposal) is not None


def _after(proposal: BoosterProposal, outcome) -> str:
    """What has come of a decision so far."""
    if outcome is not None:
        return f"Reassessed by {outcome.decided_by}: {outcome.get_outcome_display().lower()}. {outcome.reason}"
    if proposal.state not in ("accepted", "changed"):
        return ""
    if proposal.visit is not None:
        return _booked_words(proposal.visit)
    if proposal.kind == "reassess":
        return "No infusion is booked until the outcome is written."
    return "Not booked yet: the front desk has the task."


def _asked_for(proposal: BoosterProposal | None, visit: Appointment) -> str:
    """Whether the visit that is booked lies in the days that were accepted."""
    if proposal is None or proposal.visit_id != visit.pk or proposal.chosen_start is None:
        return ""
    day = visit.starts_at.astimezone(visit.site.zone).date()
    inside = proposal.chosen_start <= day <= proposal.chosen_end
    days = words_of((proposal.chosen_start, proposal.chosen_end))
    return f"Accepted for {days}." if inside else f"Outside the accepted days, {days}."


def _window(proposal: BoosterProposal) -> tuple[date, date] | None:
    start, end = proposal.chosen_start or proposal.starts_on, proposal.chosen_end or proposal.ends_on
    return (start, end) if start else None


def words_of(window: tuple[date, date]) -> str:
    """A window as a headline: "18 to 25 May", "28 May to 4 June"."""
    start, end = window
    first = f"{start.day}" if start.month == end.month else f"{start.day} {start:%b}"
    return f"{first} to {end.day} {end:%b}"


def _with_mark(note: dict) -> dict:
    """A question mark for what is unknown, a minus for what speaks against it."""
    return note | {"mark": "question" if "unknown" in note["code"] else "minus"}


def _bars(confidence: str) -> list[bool]:
    """Three bars of the confidence mark: filled or open."""
    return [n < CONFIDENCE[confidence] for n in range(3)]


def _booked_words(visit: Appointment) -> str:
    day = visit.starts_at.astimezone(visit.site.zone)
    return f"Booked for {day:%a} {words.clinic_date(day.date())}, {day:%H:%M}."


def _last_dose(followed: Followed) -> list[tuple[str, str]]:
    """The last infusion in figures: what was given, never what to give."""
    if not followed.given:
        return []
    last = followed.given[-1]
    per_hour = last.mg_per_kg * 60 / last.minutes if last.mg_per_kg is not None and last.minutes else None
    rows = [
        ("total given", words.dose(last.mg, "mg")),
        (f"at {words.dose(last.weight_kg, 'kg')}", words.dose(last.mg_per_kg, "mg/kg")),
        ("from start to stop", words.dose(last.minutes, "min")),
        ("mean rate", words.dose(None if per_hour is None else round(per_hour, 2), "mg/kg/h")),
    ]
    return [(name, value) for name, value in rows if value]


def _past(followed: Followed) -> list[str]:
    """How past doses went: "64 mg: 21–26 days"."""
    found = []
    for block, episode in zip(followed.blocks, followed.episodes, strict=True):
        mg = followed.total(block, "mg")
        span = episode.spans[30]
        if mg is not None and span.counts:
            days = relief.in_words(span)
            found.append(f"{words.dose(mg, 'mg')}: {days}{'' if days == 'none' else ' days'}")
    return found[-4:]
