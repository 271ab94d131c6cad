"""Infusions that were given, and diaries about them, as plain rows for tests of what comes after."""

import datetime as dt
import itertools
import uuid
from decimal import Decimal

from followup.models import DiaryEntry
from sessions.models import (
    Container,
    DoseOrder,
    Entry,
    InfusionSession,
    LedgerEntry,
    Order,
    Preparation,
    WeightEntry,
)
from tests.factories.care import appointment

NUMBERS = itertools.count(1)


def infusion(*, course, on, nurse, number=1, mg="40", kg="80.0", minutes=40, ending="completed", **fields):
    """An infusion given and ended: started 14:00 UTC on `on`, with weight, dose order and what the ledger says."""
    start = dt.datetime.combine(on, dt.time(14), tzinfo=dt.UTC)
    stop = start + dt.timedelta(minutes=minutes)
    visit = appointment(
        of=course.patient, at_site=course.site, starts_at=start, course=course, number=number, state="done"
    )
    session = InfusionSession.objects.create(
        appointment=visit, course=course, patient=course.patient, site=course.site, number=number, phase="ended",
        ending=ending, protocol_version=course.protocol_version, responsible_nurse=nurse,
        responsible_prescriber=course.prescriber, checked_in_at=start, checked_in_by=nurse, started_at=start,
        stopped_at=stop, ended_at=stop + dt.timedelta(hours=1), ended_by=nurse, **fields,
    )  # fmt: skip
    _dose(session, nurse, Decimal(mg), Decimal(kg), minutes)
    return session


def _dose(session, nurse, mg, kg, minutes):
    at = session.started_at
    entry = Entry.objects.create(
        session=session, seq=1, kind="weight", observed_at=at, received_at=at, recorded_by=nurse, body_hash="x"
    )
    WeightEntry.objects.create(entry=entry, kg=kg, basis="measured", typed_value=kg, typed_unit="kg", measured_on=at)
    order = Order.objects.create(session=session, kind="plan", category="dose", ordered_at=at, ordered_by=nurse)
    dose = DoseOrder.objects.create(
        order=order, session=session, drug="ketamine", basis="mg/kg", per_unit=mg / kg, dosing_weight_kg=kg,
        weight_kind="actual", weight_entry=entry, planned_mg=mg, minutes=minutes, strength_mg_ml=2, volume_ml=mg / 2,
        rate_ml_h=24,
    )  # fmt: skip
    made = Preparation.objects.create(
        session=session, dose_order=dose, drug="ketamine", total_mg=mg, volume_ml=mg / 2, strength_mg_ml=2, made_at=at,
        made_by=nurse, use_by=at + dt.timedelta(hours=4), label="A",
    )  # fmt: skip
    vial = Container.objects.create(
        site=session.site, code=f"V{next(NUMBERS)}", drug="ketamine", strength_mg_ml=50, volume_ml=10, lot="L1",
        expires_on=at + dt.timedelta(days=300), use="multi", received_at=at, received_by=nurse,
    )  # fmt: skip
    LedgerEntry.objects.create(
        site=session.site, container=vial, preparation=made, session=session, kind="given", mg=mg, posted_at=at,
        posted_by=nurse,
    )  # fmt: skip


def diary(*, course, day, at=None, **answers):
    """A diary entry about `day`, written that evening at 22:00 UTC unless `at` is given."""
    return DiaryEntry.objects.create(
        patient=course.patient, course=course, day=day, client_id=uuid.uuid4(), body_hash="x",
        zone_name=course.patient.zone_name, recorded_at=at or dt.datetime.combine(day, dt.time(22), tzinfo=dt.UTC),
        **answers,
    )  # fmt: skip


def diaries(*, course, first, pains, function=None):
    """One entry a day from `first` on; None leaves a day out. Returns the day after the last."""
    for offset, pain in enumerate(pains):
        if pain is not None:
            diary(course=course, day=first + dt.timedelta(days=offset), pain=pain, function=function)
    return first + dt.timedelta(days=len(pains))
