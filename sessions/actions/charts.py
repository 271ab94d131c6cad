"""The chart's signature and what is added after it."""

import hashlib
import json

from django.db import transaction

from clinic import audit, clock
from clinic.refusal import Conflict, Item, Refused
from sessions import events
from sessions.actions.sessions import bump, check_version, lock, need_clinician, need_prescriber
from sessions.models import Addendum, Signature
from sessions.queries.sheet import entries_of


@transaction.atomic
def sign_chart(*, session, meaning="Reviewed and approved", by, at=None, version=None):
    """A prescriber signs the ended session: locked from now on, with the hash over exactly what was signed."""
    at = at or clock.now()
    session = lock(session)
    check_version(session, version)
    need_prescriber(by, session.site, at=at, words="Only a prescriber at this site can sign the chart.")
    if session.ended_at is None:
        raise Refused(Item("sign.open", "The session has not ended yet."))
    if session.signed_at is not None:
        raise Conflict(Item("sign.done", "The chart is signed already."))
    signature = Signature.objects.create(
        session=session,
        signed_at=at,
        signed_by=by,
        printed_name=by.display_name[:160],
        meaning=meaning[:120],
        record_hash=record_hash(session),
        at_version=session.version,
        at_seq=session.last_seq,
    )
    session.signed_at, session.signed_by = at, by
    session.save(update_fields=["signed_at", "signed_by"])
    audit.record("chart.signed", signature, by=by, patient=session.patient, site=session.site, at=at)
    bump(session)
    transaction.on_commit(lambda: events.chart_signed.send(sender=type(session), session_id=session.pk))
    return signature


def record_hash(session, *, up_to_seq=None):
    """SHA-256 over the entries (header, times, authors, values) up to `up_to_seq`, the orders and the ending."""
    rows = [_entry_row(e) for e in entries_of(session) if up_to_seq is None or e.seq <= up_to_seq]
    orders = [[str(o.pk), str(o.planned_mg), str(o.rate_ml_h)] for o in session.dose_orders.order_by("pk")]
    facts = [str(session.pk), str(session.patient_id), str(session.protocol_version_id), session.ending, orders, rows]
    return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()


def _entry_row(entry):
    body = entry.detail.body() if entry.detail else {}
    header = [
        str(entry.pk),
        entry.seq,
        entry.kind,
        entry.role,
        str(entry.supersedes_id),
        entry.observed_at.isoformat(),
        entry.received_at.isoformat(),
        str(entry.recorded_by_id),
        entry.source,
        entry.reason,
    ]
    return [header, {name: str(value) for name, value in body.items()}]


def verify_signature(session):
    """True when the chart still is exactly what was signed."""
    signature = session.signature
    return signature.record_hash == record_hash(session, up_to_seq=signature.at_seq)


@transaction.atomic
def addend(*, session, text, by, at=None):
    """Add words to a signed chart, with who and when; what was signed stays as it is."""
    at = at or clock.now()
    session = lock(session)
    need_clinician(by, session.site, at=at)
    if session.signed_at is None:
        raise Refused(Item("addend.unsigned", "The chart is not signed yet: correct the entry, or write a note."))
    if not text.strip():
        raise Refused(Item("addend.text", "Write what is to be added.", field="text"))
    addendum = Addendum.objects.create(session=session, text=text.strip(), added_at=at, added_by=by)
    audit.record("chart.addended", addendum, by=by, patient=session.patient, site=session.site, at=at)
    bump(session)
    return addendum
