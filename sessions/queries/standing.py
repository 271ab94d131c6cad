"""A session locked to write one entry, with all that a calm reading needs to know: one statement, one round trip.

A calm reading is the everyday one: within every limit, in a session without an open alarm. Its record is the same as
if the whole session had been read and derived; only the reading is spared.
"""

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from django.db import connection

from clinic.prepared import Kept
from sessions.models import InfusionSession
from sessions.rules.vitals import MEASURES

# An alarm is open until a prescriber decided, its value was corrected, or a reading that still counts was within
# limits; of a measure and direction the newest one on a reading that still counts speaks: as in rules.alarms.
HELD = """
WITH held AS (SELECT {columns} FROM treatment_sessions_infusionsession WHERE id = %s FOR UPDATE)
SELECT {columns},
  (SELECT s.version FROM treatment_sessions_infusionsession s WHERE s.id = held.id) AS seen_version,
  (SELECT e.body_hash FROM treatment_sessions_entry e WHERE e.id = %s) AS known_hash,
  EXISTS (
    SELECT 1 FROM treatment_sessions_entry a JOIN treatment_sessions_alarmraised r ON r.entry_id = a.id
    WHERE a.session_id = held.id AND a.kind = 'alarm'
      AND NOT EXISTS (
        SELECT 1 FROM treatment_sessions_alarmanswered n WHERE n.alarm_id = a.id
          AND (n.answer IN ('decided', 'value_corrected') OR n.answer = 'recheck_ok' AND NOT EXISTS (
            SELECT 1 FROM treatment_sessions_entry x WHERE x.supersedes_id = n.reading_id)))
      AND NOT EXISTS (
        SELECT 1 FROM treatment_sessions_entry b JOIN treatment_sessions_alarmraised l ON l.entry_id = b.id
        WHERE b.session_id = held.id AND b.kind = 'alarm' AND b.seq > a.seq
          AND l.measure = r.measure AND l.direction = r.direction
          AND NOT EXISTS (SELECT 1 FROM treatment_sessions_entry y WHERE y.supersedes_id = l.reading_id))
  ) AS has_alarms,
  (SELECT jsonb_agg(to_jsonb(v) ORDER BY e.observed_at, e.seq)::text
   FROM treatment_sessions_baselineset b JOIN treatment_sessions_entry e ON e.id = b.entry_id
     JOIN treatment_sessions_vitalsreading v ON v.entry_id = b.entry_id
   WHERE b.session_id = held.id
     AND NOT EXISTS (SELECT 1 FROM treatment_sessions_entry n WHERE n.supersedes_id = e.id)) AS baselines_said,
  (SELECT jsonb_agg(jsonb_build_object('measure', l.measure, 'level', l.level, 'low', l.low, 'high', l.high)
                    ORDER BY l.set_at DESC)::text
   FROM clinic_courselimit l WHERE l.course_id = held.course_id) AS limits_said
FROM held
"""
TOLD = ("seen_version", "known_hash", "has_alarms", "baselines_said", "limits_said")
# What a caller that has just read the session need not read again. Course and appointment are read when asked for:
# their states may have moved.
BORROWED = ("patient", "site", "protocol_version")


@dataclass(frozen=True)
class Standing:
    """What stands in a locked session: the hash of the entry with this id (None: new), whether an alarm is open, and
    the baseline (measure to value) that relative limits compare with."""

    known_hash: str | None
    has_alarms: bool
    baseline: dict


def locked_standing(session, entry_id):
    """(the session, locked until the transaction ends and with its `own_limits`, its `Standing`).

    The facts are of the moment of the statement. Whoever had to wait for the lock finds that the version has moved
    meanwhile and reads them once more, now that nobody else can write.
    """
    row = _read(session, entry_id)
    if row.version != row.seen_version:
        row = _read(session, entry_id)
    for name in BORROWED:
        _borrow(row, session, name)
    row.own_limits = _said(row.limits_said) or []
    baseline = {}
    for one in _said(row.baselines_said) or ():
        baseline |= {m: one[m] for m in MEASURES if one[m] is not None}
    return row, Standing(row.known_hash, row.has_alarms, baseline)


def _read(session, entry_id):
    with connection.cursor() as cursor:
        _held().ask(cursor, [session.pk, entry_id])
        found = cursor.fetchone()
    if found is None:
        raise InfusionSession.DoesNotExist
    names = _names()
    row = InfusionSession.from_db(connection.alias, names, found[: len(names)])
    row.__dict__.update(zip(TOLD, found[len(names) :], strict=True))
    return row


@cache
def _names():
    return [field.attname for field in InfusionSession._meta.concrete_fields]


@cache
def _held():
    columns = ", ".join(field.column for field in InfusionSession._meta.concrete_fields)
    return Kept(HELD.format(columns=columns))


def _said(text):
    return json.loads(text, parse_float=Decimal) if text else None


def _borrow(row, session, name):
    field = InfusionSession._meta.get_field(name)
    if field.is_cached(session) and getattr(session, field.attname) == getattr(row, field.attname):
        field.set_cached_value(row, field.get_cached_value(session))
    if name == "site" and field.is_cached(row):
        row.site.__dict__.pop("_policy", None)  # a policy may be newer than the site that was read with it
