"""The chart's signature and what is added after it."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from django.db import transaction

from clinic import audit, clock
from clinic.refusal import Conflict, Item, Refused
from clinic.words import figure
from sessions import events
from sessions.actions.sessions import bump, check_version, lock, need_clinician, need_prescriber
from sessions.models import Addendum, Signature
from sessions.queries.sheet import entries_of


@transaction.atomic
def sign_chart(*, session, meaning="Reviewed and approved", by, at=None, version=None):
    """A prescriber signs the ended session: locked from now on, with the hash over exactly what was signed."""
    session = lock(session)
    at = at or clock.now()
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
        record_hash=record_hash(session, until=at),
        at_version=session.version,
        at_seq=session.last_seq,
    )
    session.signed_at, session.signed_by = at, by
    session.save(update_fields=["signed_at", "signed_by"])
    audit.record("chart.signed", signature, by=by, patient=session.patient, site=session.site, at=at)
    bump(session)
    transaction.on_commit(lambda: events.chart_signed.send(sender=type(session), session_id=session.pk))
    return signature


# What of a session's rows beside the entries goes into the hash: relation, its time, and the columns that never change
# once written (a co-signature or an end that comes later is not in it).
HASHED = (
    ("orders", "ordered_at", "kind category drug dose_mg rate_ml_h route text ordered_by_id taken_by_id said_back"),
    ("preparations", "made_at", "label total_mg volume_ml strength_mg_ml made_by_id"),
    ("second_checks", "checked_at", "checked_by_id matched mismatches strength_read rate_read volume_read"),
    ("check_answers", "answered_at", "code answer detail override_reason answered_by_id"),
    ("handovers", "handed_at", "from_nurse_id to_nurse_id note"),
    ("discharge_requests", "asked_at", "asked_by_id words missing"),
    ("discharge_decisions", "decided_at", "allows codes other_way reason decided_by_id"),
    ("aftercare_sheets", "given_at", "language title body own_words to_whom printed mailed given_by_id"),
)
ENDING = (
    "kind ended_at ended_by_id reason criteria override_reason override_by_id escort_arrived_at other_way_home "
    "line_out advice capacity form told to_where taken_by handed_to died_at pronounced_by"
)
DOSES = "drug planned_mg rate_ml_h minutes volume_ml strength_mg_ml dosing_weight_kg basis per_unit ends_by"


def record_hash(session, *, up_to_seq=None, until=None):
    """SHA-256 over the record: entries (header, times, authors, values) up to `up_to_seq`, and what else stood `until`.

    Empty values are left out, so that a column that is added later changes no hash.
    """
    rows = [_entry_row(e) for e in entries_of(session) if up_to_seq is None or e.seq <= up_to_seq]
    beside = {name: _rows(session, name, moment, columns, until) for name, moment, columns in HASHED}
    doses = [_columns(dose, DOSES) for dose in _before(session.dose_orders, "order__ordered_at", until)]
    ending = _columns(session.ending_facts, ENDING) if hasattr(session, "ending_facts") else {}
    facts = [str(session.pk), str(session.patient_id), str(session.protocol_version_id), rows, doses, beside, ending]
    return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()


def _before(rows, moment, until):
    rows = rows.order_by(moment, "pk")
    return rows.filter(**{f"{moment}__lte": until}) if until else rows


def _rows(session, name, moment, columns, until):
    return [_columns(row, f"{columns} {moment}") for row in _before(getattr(session, name), moment, until)]


def _columns(row, names):
    return _said({"id": row.pk} | {name: getattr(row, name) for name in names.split()})


def _said(values):
    """What is there, as text. A moment is written in UTC, a figure without dangling zeros, whatever read it last."""
    return {name: _text(value) for name, value in values.items() if _is_there(value)}


def _is_there(value):
    """Zero is a value; nothing, an empty word, list or dict, and False are not."""
    return value is not None and value is not False and value != "" and value != [] and value != {}


def _text(value):
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return figure(value) if isinstance(value, Decimal) else json.dumps(value, sort_keys=True, default=str)


def _entry_row(entry):
    header = {
        name: getattr(entry, name)
        for name in ("pk", "seq", "kind", "role", "supersedes_id", "observed_at", "received_at", "recorded_by_id",
                     "source", "reason")
    }  # fmt: skip
    return [_said(header), _said(entry.detail.body() if entry.detail else {})]


@dataclass(frozen=True)
class Proof:
    """The hash that was signed and the one reckoned now; both empty while there is no signature."""

    session: object
    signed: str = ""
    now: str = ""

    @property
    def holds(self):
        """The chart still is exactly what was signed."""
        return bool(self.signed) and self.signed == self.now


def proof_of(session):
    """The `Proof` of a session's record."""
    signature = getattr(session, "signature", None)
    if signature is None:
        return Proof(session)
    now = record_hash(session, up_to_seq=signature.at_seq, until=signature.signed_at)
    return Proof(session, signature.record_hash, now)


def verify_signature(session):
    """True when the chart still is exactly what was signed."""
    return proof_of(session).holds


@transaction.atomic
def addend(*, session, text, by, at=None):
    """Add words to a signed chart, with who and when; what was signed stays as it is."""
    session = lock(session)
    at = at or clock.now()
    need_clinician(by, session.site, at=at)
    if session.signed_at is None:
        raise Refused(Item("addend.unsigned", "The chart is not signed yet: correct the entry, or write a note."))
    if not text.strip():
        raise Refused(Item("addend.text", "Write what is to be added.", field="text"))
    addendum = Addendum.objects.create(session=session, text=text.strip(), added_at=at, added_by=by)
    audit.record("chart.addended", addendum, by=by, patient=session.patient, site=session.site, at=at)
    bump(session)
    return addendum
