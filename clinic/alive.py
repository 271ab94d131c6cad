"""Whether a kept connection to the database is still there, seen from its socket instead of asked over it.

Django asks `SELECT 1` on a kept connection before a request's first question (CONN_HEALTH_CHECKS). A server that went
away closes its end, which shows on our socket without a round trip; nothing else arrives unasked on an idle connection.
Where anything stands to be read, Django's own question decides.
"""

import select

from django.core.signals import request_started
from django.db import connections


def spare_questions():
    """Let requests go without the question where the socket is silent. Called once, after Django's own receivers."""
    request_started.connect(_look, dispatch_uid="clinic.alive")


def _look(**of_signal):
    for wrapper in connections.all(initialized_only=True):
        if wrapper.connection is not None and _is_silent(wrapper.connection):
            wrapper.health_check_done = True


def _is_silent(raw):
    """Whether this connection is open and nothing has arrived on it, its end by the server among what might have."""
    if raw.closed:
        return False
    poll = select.poll()
    poll.register(raw.fileno(), select.POLLIN)
    return not poll.poll(0)
