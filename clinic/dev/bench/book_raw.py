"""The yardstick of `bench booking`: psycopg2 alone, a thread a connection, inserting visits under the very constraint.

Reads one plan (JSON, one line): the hours everybody wants, chairs, nurses and their lanes, and a [patient, course] a
connection. Prints "ready", waits for a line, books until the seconds are over: a visit, its claims (patient, chair, a
nurse's lane) and an audit row in one commit. Taken: rolled back, and the next chair is tried, then the next hour.
Prints one JSON line.
"""

import json
import os
import sys
import threading
import time
import uuid
from contextlib import closing
from datetime import UTC, datetime, timedelta

import psycopg2

MINUTES = timedelta(minutes=130)
VISIT = """
INSERT INTO clinic_appointment (id, patient_id, site_id, course_id, kind, number, starts_at, ends_at, zone_name, state,
  note, booked_at, booked_by_id, cancel_reason, end_code, version, sequence)
VALUES (%s, %s, %s, %s, 'booster', NULL, %s, %s, %s, 'booked', '', %s, %s, '', '', 1, 0)
"""
CLAIMS = """
INSERT INTO clinic_resourceclaim (id, appointment_id, patient_id, chair_id, user_id, lane, during, occupies)
VALUES (%s, %s, %s, NULL, NULL, 0, tstzrange(%s, %s), true), (%s, %s, NULL, %s, NULL, 0, tstzrange(%s, %s), true),
  (%s, %s, NULL, NULL, %s, %s, tstzrange(%s, %s), true)
"""
AUDIT = """
INSERT INTO clinic_auditevent (id, acted_for, verb, is_look, actor_kind, user_id, subject_kind, subject_id, patient_id,
  site_id, reason, detail, address, request_id, demo)
VALUES (%s, %s, 'appointment.booked', false, 'user', %s, 'clinic.appointment', %s, %s, %s, '', '{}', '127.0.0.1', %s,
  false)
"""


class Lane:
    """One connection with a patient of its own."""

    def __init__(self, plan, person):
        self.plan, (self.patient, self.course), self.booked = plan, person, 0
        self.connection = psycopg2.connect(os.environ["DATABASE_URL"])

    def run(self, until):
        """Hour after hour, chair after chair."""
        with closing(self.connection), self.connection.cursor() as cursor:
            for start in map(datetime.fromisoformat, self.plan["starts"]):
                if time.monotonic() >= until:
                    return
                self.booked += any(self.book(cursor, start, place) for place in range(len(self.plan["chairs"])))

    def book(self, cursor, start, place):
        """One try; True when it holds."""
        ident, at, end = str(uuid.uuid4()), datetime.now(UTC), start + MINUTES
        nurse = self.plan["nurses"][place // self.plan["lanes"] % len(self.plan["nurses"])]
        site, user, lane = self.plan["site"], self.plan["user"], place % self.plan["lanes"]
        new = [str(uuid.uuid4()) for _ in range(4)]
        try:
            cursor.execute(VISIT, [ident, self.patient, site, self.course, start, end, self.plan["zone"], at, user])
            claims = [new[0], ident, self.patient, start, end, new[1], ident, self.plan["chairs"][place], start, end]
            cursor.execute(CLAIMS, [*claims, new[2], ident, nurse, lane, start, end])
            cursor.execute(AUDIT, [new[3], at, user, ident, self.patient, site, uuid.uuid4().hex])
            self.connection.commit()
        except (psycopg2.errors.ExclusionViolation, psycopg2.errors.DeadlockDetected):
            self.connection.rollback()
            return False
        return True


def main():
    """Connect, say so, wait for the word, book."""
    plan = json.loads(sys.stdin.readline())
    lanes = [Lane(plan, person) for person in plan["people"]]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    begun = time.monotonic()
    threads = [threading.Thread(target=lane.run, args=(begun + plan["seconds"],)) for lane in lanes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    json.dump({"booked": sum(lane.booked for lane in lanes), "seconds": time.monotonic() - begun}, sys.stdout)


if __name__ == "__main__":
    main()
