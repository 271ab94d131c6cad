"""Corrections and strikes: the old entry stays, the new one says why; everything derived follows."""

from django.core.exceptions import ValidationError
from django.db import transaction

from clinic import clock
from clinic.refusal import Conflict, Item, Refused
from sessions.actions.adverse import found_serious
from sessions.actions.recording import When, entry_action
from sessions.actions.sessions import lock
from sessions.actions.vitals import EXTRAS, _check_set, reading
from sessions.actions.volumes import check_volume
from sessions.models import Entry
from sessions.rules import dose, scores, vitals

# Alarms and their answers follow their readings; they are never corrected by hand.
READ_LATER = "Read off the pump afterwards"
FIXED = frozenset({"alarm", "alarm_answer"})
READS_PUMP = ("pause", "syringe", "stop")
MOVABLE = frozenset({"vitals", "weight", "side_effect", "score", "line", "oxygen", "note"})


def correct_entry(*, entry, entry_id, changes, reason, observed_at=None, confirmed=frozenset(), by, at=None):
    """Replace an entry's values by a correction with a reason; both stay visible. `changes`: detail field -> value.

    Refused: no reason, an unknown field, impossible values; `Conflict` when somebody corrected it already.
    """
    return _correct(
        session=entry.session,
        entry_id=entry_id,
        entry=entry,
        changes=changes,
        reason=reason,
        confirmed=frozenset(confirmed),
        by=by,
        at=at,
        when=When(observed_at),
    )


def strike_entry(*, entry, entry_id, reason, by, at=None):
    """Strike an entry out, with a reason: it stays visible and counts no more."""
    return _strike(session=entry.session, entry_id=entry_id, entry=entry, reason=reason, by=by, at=at)


def read_pump(*, entry, entry_id, volume_ml, confirmed=frozenset(), by, at=None):
    """Complete a stop whose pump was not read then (an emergency): the volume in mL, held against the record."""
    if entry.kind != "drug" or entry.detail is None or entry.detail.action != "stop":
        raise Refused(Item("pump.stop", "Only a stop has a volume to read."))
    return correct_entry(
        entry=entry,
        entry_id=entry_id,
        changes={"volume_ml": volume_ml},
        reason=READ_LATER,
        confirmed=confirmed,
        by=by,
        at=at,
    )


@transaction.atomic
def move_entry_to_patient(*, entry, to_session, strike_id, entry_id, reason, by, at=None):
    """Recorded on the wrong patient: struck there and recorded here in one step; returns (struck, recorded).

    What hangs on an order or a syringe cannot move: strike it, and record it under the other patient's own order.
    """
    at = at or clock.now()
    if entry.kind not in MOVABLE:
        raise Refused(Item("move.kind", "This hangs on an order: strike it here and record it there."))
    for session in sorted((entry.session, to_session), key=lambda s: s.pk):
        lock(session)
    struck = strike_entry(entry=entry, entry_id=strike_id, reason=reason, by=by, at=at)
    when = When(entry.observed_at, source="back_entered")
    recorded = _record_moved(session=to_session, entry_id=entry_id, entry=entry, reason=reason, by=by, at=at, when=when)
    return struck, recorded


@entry_action("entry.corrected")
def _correct(pen, *, entry, changes, reason, confirmed):
    entry = _correctable(pen, entry, reason)
    if pen.when.observed_at is None:
        pen.observed_at = entry.observed_at
    detail = _changed(pen, entry, changes, confirmed)
    written = pen.write(entry.kind, detail, role="correction", supersedes=entry, reason=reason.strip())
    if entry.kind == "side_effect" and detail.serious and not entry.detail.serious:
        found_serious(pen.session, written, by=pen.by, at=pen.at)
    return written


@entry_action("entry.struck")
def _strike(pen, *, entry, reason):
    entry = _correctable(pen, entry, reason)
    pen.observed_at = entry.observed_at
    return pen.write(entry.kind, None, role="strike", supersedes=entry, reason=reason.strip())


@entry_action("entry.moved_here")
def _record_moved(pen, *, entry, reason):
    detail = _copy(entry.detail)
    if entry.kind == "oxygen":
        detail.order = None
    written = pen.write(entry.kind, detail, reason=f"Moved from another record: {reason.strip()}")
    if entry.kind == "side_effect" and detail.serious:
        found_serious(pen.session, written, by=pen.by, at=pen.at)
    return written


def _correctable(pen, entry, reason):
    entry = Entry.objects.with_details().get(pk=entry.pk)
    if not reason.strip():
        raise Refused(Item("correct.reason", "Say why.", field="reason"))
    if entry.kind in FIXED:
        raise Refused(Item("correct.kind", "An alarm follows its reading: correct the reading."))
    if entry.role == "strike":
        raise Refused(Item("correct.strike", "This is a strike: record the value anew."))
    if Entry.objects.filter(supersedes=entry).exists():
        raise Conflict(Item("entry.already_corrected", "Somebody has corrected this entry already: look again."))
    return entry


def _copy(detail, **changes):
    fresh = type(detail)(**{name: getattr(detail, name) for name in detail.body_fields()})
    for name, value in changes.items():
        setattr(fresh, name, value)
    return fresh


def _changed(pen, entry, changes, confirmed):
    allowed = set(_free_fields(entry.detail))
    unknown = [name for name in changes if name not in allowed]
    if unknown:
        raise Refused(*(Item(f"correct.{name}", "This cannot be corrected here.", field=name) for name in unknown))
    if entry.kind == "drug" and entry.detail.action in READS_PUMP and changes.get("volume_ml") is not None:
        _check_volume(entry, changes["volume_ml"], confirmed)
    if entry.kind == "line" and changes.get("dose_uncertain") is False:
        changes = changes | {"uncertain_since": None}
    special = {"vitals": _changed_vitals, "weight": _changed_weight, "score": _changed_score}.get(entry.kind)
    return special(entry.detail, changes, confirmed) if special else _checked(_copy(entry.detail, **changes))


def _check_volume(entry, volume_ml, confirmed):
    """The new volume, held against the record without the entry that is put right."""
    check_volume(
        entry.session,
        entry.detail.dose_order,
        volume_ml,
        at=entry.observed_at,
        confirmed=frozenset(confirmed),
        leave_out=entry,
    )


def _free_fields(detail):
    extra = ["value", "unit"] if detail._meta.model_name == "weightentry" else []
    return [f.name for f in detail._meta.concrete_fields if not f.is_relation] + extra


def _checked(detail):
    """The model's own field checks, so that a wrong word is refused before the database is asked."""
    try:
        detail.clean_fields(exclude=["entry"])
    except ValidationError as problem:
        raise Refused(*(Item(f"hard.{n}", " ".join(m), field=n) for n, m in problem.message_dict.items())) from problem
    return detail


def _changed_vitals(detail, changes, confirmed):
    values = detail.values() | {name: getattr(detail, name) for name in EXTRAS} | changes
    missing = {m: why for m, why in (changes.get("missing", detail.missing)).items() if values.get(m) is None}
    soft_before = {m for m in vitals.MEASURES if m not in changes}
    _check_set(values, missing, frozenset(confirmed) | soft_before, monitor=False)
    values = {k: v for k, v in values.items() if k not in ("missing", "baseline")}
    fresh = reading(values, missing, baseline=changes.get("baseline", detail.baseline))
    fresh.oxygen_flow = values.get("oxygen_flow") if fresh.oxygen == "flow" else None
    return fresh


def _changed_weight(detail, changes, confirmed):
    value, unit = changes.get("value", detail.typed_value), changes.get("unit", detail.typed_unit)
    kg = dose.to_kg(value, unit)
    dose.check(dose.weight_items(kg, previous_kg=None, typed_unit=unit), confirmed=frozenset(confirmed))
    other = {k: v for k, v in changes.items() if k in ("basis", "measured_on")}
    return _checked(_copy(detail, kg=kg, typed_value=value, typed_unit=unit, **other))


def _changed_score(detail, changes, confirmed):
    fresh = _copy(detail, **changes)
    fresh.total = scores.total(scores.SCALES[fresh.scale], fresh.items)
    return fresh
