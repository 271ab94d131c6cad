"""What else happens at the chair: oxygen, the line, side effects, scores, notes, emergencies."""

from clinic.refusal import Item, Refused, refuse_if
from sessions.actions.adverse import call_for_serious, due_at, start_report
from sessions.actions.recording import entry_action
from sessions.models import EmergencyEvent, LineEntry, OxygenEvent, ScoreEntry, SessionNote, SideEffect
from sessions.rules import adverse, scores


@entry_action("entry.oxygen")
def record_oxygen(pen, *, flow_l_min, device="", order=None):
    """Oxygen at `flow_l_min` L/min (Decimal, 0 = off, room air) by `device`, on an order.

    Oxygen that runs is charted without an order too; the entry then says so.
    """
    if not 0 <= flow_l_min <= 60:
        raise Refused(Item("hard.flow_l_min", "Oxygen flow must be between 0 and 60 L/min.", field="flow_l_min"))
    reason = "Without an order yet." if flow_l_min > 0 and order is None else ""
    return pen.write("oxygen", OxygenEvent(flow_l_min=flow_l_min, device=device, order=order), reason=reason)


@entry_action("entry.line")
def record_line(pen, *, action, site="", gauge="", attempts=None, dose_uncertain=False, uncertain_since=None, text=""):
    """The IV line: attempt, placed, checked, infiltrated (say whether the dose is uncertain), resited, removed."""
    _known(action, LineEntry.ACTIONS, "action")
    if action in ("placed", "resited") and not site.strip():
        raise Refused(Item("line.site", "Where is the line?", field="site"))
    return pen.write(
        "line",
        LineEntry(
            action=action,
            site=site.strip(),
            gauge=gauge,
            attempts=attempts,
            dose_uncertain=dose_uncertain,
            uncertain_since=uncertain_since if dose_uncertain else None,
            text=text,
        ),
    )


@entry_action("entry.side_effect")
def record_side_effect(
    pen, *, term, severity, serious=False, onset_at=None, resolved_at=None, treatment="", text="", criteria=()
):
    """A side effect with its severity; a serious one tells the prescriber at once and begins its report.

    `criteria`: codes of `rules.adverse.SERIOUS` that make it serious; naming one is enough.
    """
    serious = bool(serious or criteria)
    refuse_if(adverse.unknown_criteria(criteria))
    _known(severity, SideEffect.SEVERITIES, "severity")
    if not term.strip():
        raise Refused(Item("side_effect.term", "Name the side effect.", field="term"))
    entry = pen.write(
        "side_effect",
        SideEffect(
            term=term.strip(),
            severity=severity,
            serious=serious,
            onset_at=onset_at or pen.observed_at,
            resolved_at=resolved_at,
            treatment=treatment,
            text=text,
        ),
    )
    if serious:
        call_for_serious(pen.session, entry, by=pen.by, at=pen.at)
        start_report(pen.session, entry, term.strip(), criteria=criteria, due_at=due_at(entry), by=pen.by, at=pen.at)
    return entry


@entry_action("entry.score")
def record_score(pen, *, scale, items, oriented=None):
    """A discharge score: `items` item -> 0, 1, 2 or None. With a blank item it is kept as "not scorable"."""
    chosen = scores.SCALES.get(scale)
    if chosen is None:
        raise Refused(Item("score.scale", "Choose a score.", field="scale"))
    total = scores.total(chosen, items)
    return pen.write(
        "score",
        ScoreEntry(scale=scale, scale_version=chosen.version, items=items, total=total, oriented=oriented),
    )


@entry_action("entry.note")
def record_note(pen, *, text):
    """A note in words."""
    if not text.strip():
        raise Refused(Item("note.text", "The note is empty.", field="text"))
    return pen.write("note", SessionNote(text=text.strip()))


@entry_action("entry.emergency")
def emergency_step(pen, *, step, text=""):
    """One time of an emergency: airway, oxygen, cpr, shock, drug, services called and here, handed over, over."""
    _known(step, EmergencyEvent.STEPS, "step")
    return pen.write("emergency", EmergencyEvent(step=step, text=text))


def _known(value, choices, name):
    if value not in dict(choices):
        raise Refused(Item(f"{name}.unknown", "Choose one of the answers.", field=name))
