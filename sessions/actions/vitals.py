"""Weight, vitals and the answers to alarms."""

from datetime import timedelta
from decimal import Decimal

from clinic.refusal import Item, Refused
from sessions.actions.eligibility import run_for_visit
from sessions.actions.recording import entry_action
from sessions.actions.sessions import holds
from sessions.models import AlarmAnswered, Entry, VitalsReading, WeightEntry
from sessions.queries.sheet import previous_weight
from sessions.rules import dose, vitals
from sessions.rules.alarms import RECHECK_MINUTES

EXTRAS = (
    "cuff_at",
    "cuff_site",
    "oxygen",
    "oxygen_flow",
    "oxygen_device",
    "asleep",
    "breathing_seen",
    "sedation_scale",
)


@entry_action("entry.weight")
def record_weight(pen, *, value, unit="kg", basis="measured", measured_on=None, confirmed=frozenset()):
    """Record a weight, `value` (Decimal) in kg or lb; kept in kg at 0.1. Odd ones ask (`confirm.<name>`)."""
    kg = dose.to_kg(value, unit)
    dose.check(
        dose.weight_items(kg, previous_kg=previous_weight(pen.session), typed_unit=unit), confirmed=frozenset(confirmed)
    )
    today = pen.observed_at.astimezone(pen.session.site.zone).date()
    if measured_on is not None and measured_on > today:
        raise Refused(Item("hard.measured_on", "That day is in the future.", field="measured_on"))
    return pen.write(
        "weight",
        WeightEntry(kg=kg, basis=basis, typed_value=value, typed_unit=unit, measured_on=measured_on or today),
    )


@entry_action("entry.vitals")
def record_vitals(pen, *, values, missing=None, baseline=False, confirmed=frozenset()):
    """Record one set. `values`: measures (numbers or None) and `EXTRAS`; `missing`: measure -> reason.

    A partial set can always be saved. Impossible values are refused (`hard.<measure>`), unlikely ones ask
    (`confirm.<measure>`); what a monitor sent is never refused for being unlikely. Before the start the rules of
    eligibility are run with the pressure of the set.
    """
    _check_set(values, missing or {}, confirmed, monitor=pen.when.source == "monitor")
    entry = pen.write("vitals", reading(values, missing or {}, baseline=baseline), waits=True)
    if pen.session.started_at is None:
        pen.send()
        run_for_visit(pen.session, by=pen.by, at=pen.at)
    return entry


def _check_set(values, missing, confirmed, *, monitor):
    items = vitals.set_items(values)
    if monitor:
        items = [i for i in items if i.code.startswith("hard.")]
    items = [i for i in items if not (i.code.startswith("confirm.") and i.code[8:] in confirmed)]
    items += [Item(f"hard.{m}", "Unknown measure.") for m in missing if m not in vitals.MEASURES]
    if not any(v is not None for m, v in values.items() if m in vitals.MEASURES) and not missing:
        asleep = values.get("asleep") and values.get("breathing_seen")
        if not asleep and not values.get("oxygen"):
            items.append(Item("hard.empty", "Nothing was typed. Write at least one value, or why there is none."))
    if values.get("oxygen") == "flow" and values.get("oxygen_flow") is None:
        items.append(Item("hard.oxygen_flow", "How many litres a minute?", field="oxygen_flow"))
    if items:
        raise Refused(*items)


def reading(values, missing, *, baseline):
    """An unsaved `VitalsReading`; a measure with a value is not missing, whatever else was said."""
    taken = {m: values.get(m) for m in vitals.MEASURES}
    extras = {name: values[name] for name in EXTRAS if values.get(name) is not None}
    if taken["sedation"] is not None:
        extras.setdefault("sedation_scale", "RASS")
    if taken["temperature"] is not None:
        taken["temperature"] = Decimal(str(taken["temperature"])).quantize(Decimal("0.1"))
    reasons = {m: why for m, why in missing.items() if taken[m] is None}
    return VitalsReading(**taken, **extras, missing=reasons, baseline=baseline)


@entry_action("entry.alarm_answered")
def answer_alarm(pen, *, alarm, answer="going", recheck_minutes=RECHECK_MINUTES, text=""):
    """ "I am going" (going, with a re-check due) or a prescriber's decision that closes it (decided, with words).

    Only a fresh set within limits, a decision or a correction closes an alarm. `alarm` is the alarm's `Entry`.
    """
    alarm = Entry.objects.get(pk=getattr(alarm, "pk", alarm))
    if alarm.session_id != pen.session.pk or alarm.kind != "alarm":
        raise Refused(Item("alarm.unknown", "This alarm belongs to another session."))
    if answer not in ("going", "decided"):
        raise Refused(Item("alarm.answer", "Choose one of the answers.", field="answer"))
    if answer == "decided":
        _check_decision(pen, text)
    due = pen.observed_at + timedelta(minutes=recheck_minutes) if answer == "going" else None
    return pen.write("alarm_answer", AlarmAnswered(alarm=alarm, answer=answer, recheck_due_at=due, text=text.strip()))


def _check_decision(pen, text):
    items = []
    if not holds(pen.by, pen.session.site, "prescriber", at=pen.at):
        items.append(Item("role.prescriber", "Only a prescriber can close an alarm by decision."))
    if not text.strip():
        items.append(Item("alarm.text", "Write the decision.", field="text"))
    if items:
        raise Refused(*items)
