"""What a run sheet leaves with the tablet for an hour without network, and what was held when the network came back."""

from dataclasses import dataclass

from django.urls import reverse

from clinic.prepared import Prepared
from clinic.words import clinic_time, figure
from sessions import tickets
from sessions.models import DrugEvent, HeldEntry, LineEntry, SideEffect
from sessions.presenters.words import LONG, MISSING_WORDS, UNITS, sedation
from sessions.queries.plans import plan_of
from sessions.rules.offline import DOORS
from sessions.rules.schedule import PROTOCOL_PHASE

TITLES = {
    "vitals": "Vitals", "score": "Discharge score", "side-effect": "Side effect", "line": "IV line", "note": "Note",
    "rate": "Rate", "pause": "Pause", "stop": "Stop", "emergency": "Emergency",
}  # fmt: skip
# In the order of the run sheet's bar.
PADS = ("vitals", "pause", "stop", "rate", "side-effect", "line", "note", "score", "emergency")
CHOICES = {
    "cause": dict(DrugEvent.CAUSES), "action": dict(LineEntry.ACTIONS), "severity": dict(SideEffect.SEVERITIES),
}  # fmt: skip


def facts(request, rows, at):
    """The facts of the sessions in the strip, for the tablet's sealed store: chair, initials and figures, no names.

    `rows`: [(number of the pattern, board row)]. Each carries its authorship ticket.
    """
    tablet = tickets.know_tablet(request)
    return {"now": at.isoformat(), "sessions": [_fact(request.user, n, row, tablet, at) for n, row in rows]}


def _fact(user, number, row, tablet, at):
    session, state = row.session, row.state
    ticket, until = tickets.give(user=user, session_id=session.pk, tablet=tablet, at=at)
    plan = plan_of(session)
    asked = plan.intervals_in(PROTOCOL_PHASE.get(state.phase, "observation"))
    return {
        "id": str(session.pk),
        "chair": session.chair.label if session.chair else "-",
        "initials": session.patient.initials,
        "strip": number,
        "zone": session.site.zone_name,
        "phase": state.phase,
        "started": session.started_at is not None,
        "open": session.is_open,
        "drugs": [_drug(d) for d in state.drugs if d.started_at],
        "limits": _limits(plan),
        "every": min((i.minutes for i in asked if i.minutes), default=None),
        "last": max((last.at for last in state.last.values()), default=None),
        "ticket": ticket,
        "tablet": tickets.proof(tablet),
        "until": until.isoformat(),
    }


def _drug(drug):
    rate = drug.rate_ml_h if drug.phase == "running" else None
    return {
        "id": str(drug.dose_order_id),
        "drug": drug.drug,
        "phase": drug.phase,
        "rate": None if rate is None else figure(rate),
    }


def _limits(plan):
    """measure -> [low, high] of the absolute alarm limits as text; None where there is none."""
    found = {}
    for limit in plan.limits:
        if limit.level == "alarm" and limit.kind == "absolute":
            found.setdefault(limit.measure, [None, None])[limit.direction == "high"] = figure(limit.value)
    return found


@dataclass(frozen=True)
class HeldRow:
    """One held entry: when it was written, what it says, why it was not taken, where it is decided."""

    at: str
    title: str
    words: str
    reasons: list
    author: str
    url: str


def held_rows(session):
    """What waits for a decision in this session, oldest first. One query."""
    return [held_row(row, session) for row in _held.rows(session=session.pk)]


_held = Prepared(lambda of: HeldEntry.objects.waiting().filter(session=of("session")).select_related("author"))


def held_row(held, session):
    """One of them in words."""
    return HeldRow(
        clinic_time(held.written_at, session.site.zone),
        TITLES.get(held.door, held.door),
        fields_words(held.fields),
        [text for _, text in held.reasons],
        held.author.display_name if held.author else "not known",
        reverse("sessions:held-settle", args=[session.pk, held.pk]),
    )


def fields_words(pairs):
    """The typed values in one line: measures with their unit, causes and answers in words, texts as they are."""
    said = [_word(name, value.strip()) for name, value in pairs if value.strip() and name not in HIDDEN]
    return ", ".join(filter(None, said))


HIDDEN = {"entry_id", "confirmed", "dose_order", "rest", "step"}


def _word(name, value):
    if name.startswith("missing_"):
        return f"{LONG.get(name[8:], name[8:])} missed: {MISSING_WORDS.get(value, value).lower()}"
    if name == "observed":
        return f"time typed {value}"
    if name == "sedation" and value.lstrip("-").isdigit():
        return f"RASS {sedation(int(value))}"
    if name in LONG:
        return f"{LONG[name]} {value} {UNITS.get(name, '')}".strip()
    if name in UNIT_OF:
        return f"{value} {UNIT_OF[name]}"
    return str(CHOICES.get(name, {}).get(value, value))


UNIT_OF = {"volume_ml": "mL", "rate_ml_h": "mL/h", "oxygen_flow": "L/min"}


def doors():
    """The pages whose forms may wait, in the order of the pad, with their titles."""
    return [(door, TITLES[door]) for door in PADS if door in DOORS]
