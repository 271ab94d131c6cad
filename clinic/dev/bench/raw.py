"""The yardstick of `bench vitals`: psycopg2 alone doing the same inserts in one commit, a thread a connection.

Reads one plan (JSON, one line) from standard input: ``{"sessions": [id, ...], "commits": n, "user": id}``, one
connection a session. Prints "ready", waits for a line, inserts, prints one JSON line: milliseconds of each commit,
seconds from first to last. The rows are those a calm set makes, into the very tables, under their checks and triggers.
"""

import json
import os
import random
import sys
import threading
import time
import uuid
from contextlib import closing
from datetime import UTC, datetime

import psycopg2

ENTRY = """
INSERT INTO treatment_sessions_entry (id, session_id, seq, kind, role, observed_at, received_at, recorded_by_id, source,
  late, clock_offset_s, reason, body_hash, after_signature)
VALUES (%s, %s, %s, 'vitals', 'observation', %s, %s, %s, 'typed', false, 0, '', %s, false)
"""
READING = """
INSERT INTO treatment_sessions_vitalsreading (entry_id, systolic, diastolic, heart_rate, spo2, resp_rate, sedation,
  sedation_scale, dissociation, cuff_site, oxygen, oxygen_device, asleep, breathing_seen, baseline, missing)
VALUES (%s, %s, %s, %s, %s, %s, %s, 'RASS', %s, '', 'room_air', '', false, false, false, '{}')
"""
AUDIT = """
INSERT INTO clinic_auditevent (id, acted_for, verb, is_look, actor_kind, user_id, subject_kind, subject_id, patient_id,
  site_id, reason, detail, address, request_id, demo)
VALUES (%s, %s, 'entry.vitals', false, 'user', %s, 'treatment_sessions.entry', %s, %s, %s, '', '{}', '127.0.0.1', %s,
  false)
"""
FACTS = """
SELECT s.patient_id::text, s.site_id::text, coalesce(max(e.seq), 0)
FROM treatment_sessions_infusionsession s LEFT JOIN treatment_sessions_entry e ON e.session_id = s.id
WHERE s.id = %s GROUP BY 1, 2
"""


class Lane:
    """One connection, inserting into one session."""

    def __init__(self, session, user):
        self.session, self.user, self.times = session, user, []
        self.connection = psycopg2.connect(os.environ["DATABASE_URL"])
        with self.connection, self.connection.cursor() as cursor:
            cursor.execute(FACTS, [session])
            self.patient, self.site, self.seq = cursor.fetchone()

    def run(self, commits):
        """Insert and commit so many times, each timed."""
        between = random.randint
        with closing(self.connection), self.connection.cursor() as cursor:
            for _ in range(commits):
                begun = time.perf_counter()
                ident, at = str(uuid.uuid4()), datetime.now(UTC)
                self.seq += 1
                cursor.execute(ENTRY, [ident, self.session, self.seq, at, at, self.user, ident.replace("-", "") * 2])
                values = [between(112, 134), between(66, 84), between(60, 88), between(96, 99), between(12, 18)]
                cursor.execute(READING, [ident, *values, -between(0, 1), between(0, 4)])
                audit = [str(uuid.uuid4()), at, self.user, ident, self.patient, self.site, uuid.uuid4().hex]
                cursor.execute(AUDIT, audit)
                self.connection.commit()
                self.times.append((time.perf_counter() - begun) * 1000)


def main():
    """Connect, say so, wait for the word, insert."""
    plan = json.loads(sys.stdin.readline())
    lanes = [Lane(session, plan["user"]) for session in plan["sessions"]]
    threads = [threading.Thread(target=lane.run, args=(plan["commits"],)) for lane in lanes]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - begun
    times = [spent for lane in lanes for spent in lane.times]
    if len(times) != len(lanes) * plan["commits"]:
        raise SystemExit("A lane ended before its time.")
    json.dump({"times": times, "seconds": seconds}, sys.stdout)


if __name__ == "__main__":
    main()
