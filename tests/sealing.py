"""Sealing in a test: what other tests on the same server have begun must end first, a seal never overtakes it."""

import time

from django.db import connection

from clinic.actions.seals import seal_due
from clinic.queries.seals import place

PATIENCE = 200  # seconds: a test of another process holds its one transaction until its end


def seal_all():
    """Seal all that is committed by now; returns how many rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        newest = cursor.fetchone()[0]
    deadline = time.monotonic() + PATIENCE
    while place().xmin <= newest:
        assert time.monotonic() < deadline, "another transaction on this server does not end"
        time.sleep(0.05)
    return seal_due()
