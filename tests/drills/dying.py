"""Processes that die in the middle: a piece of work in a forked process that kills itself (SIGKILL) at a chosen moment.

Moments are counted: before each statement to the database, before and after each commit, before and after each mail is
handed over, and when all is done but nobody has heard of it yet.
"""

import itertools
import json
import os
import signal
import sys
from pathlib import Path

from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, connections

GONE = "gone"


class Moments:
    """Counts the moments of one process, and ends it at the chosen one."""

    def __init__(self):
        self.counter, self.last = itertools.count(), None

    def pass_one(self):
        """One moment goes by, or the process does."""
        if next(self.counter) == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def around_statement(self, execute, sql, params, many, context):
        """A wrapper for the database's statements."""
        self.pass_one()
        return execute(sql, params, many, context)


MOMENTS = Moments()


class Letterbox(BaseEmailBackend):
    """A mail provider that writes down the Message-ID of every mail it took; nothing it took is ever forgotten."""

    path: Path

    def send_messages(self, messages):
        """Take them."""
        for message in messages:
            MOMENTS.pass_one()
            with self.path.open("a") as taken:
                taken.write(message.extra_headers["Message-ID"] + "\n")
                taken.flush()
                os.fsync(taken.fileno())
            MOMENTS.pass_one()
        return len(messages)


def lived(work, dies_at=None):
    """Do `work()` in a process of its own; return what it gave (JSON), or GONE when it died before it could tell.

    Raises AssertionError with its words when it broke instead of dying.
    """
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _live_and_die(work, dies_at, writing)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        told = pipe.read()
    _, code = os.waitpid(child, 0)
    if os.WIFSIGNALED(code):
        assert os.WTERMSIG(code) == signal.SIGKILL, code
        return GONE
    said = json.loads(told)
    assert "broke" not in said, said["broke"]
    return said["gave"]


def _live_and_die(work, dies_at, writing):
    """The child: never returns, runs no clean-up, leaves nothing behind but what is committed."""
    said = None
    try:
        MOMENTS.counter, MOMENTS.last = itertools.count(), dies_at
        _count_commits(connection)
        with connection.execute_wrapper(MOMENTS.around_statement):
            gave = work()
        MOMENTS.pass_one()
        said = {"gave": gave}
    finally:
        problem = sys.exc_info()[1]
        said = {"broke": f"{type(problem).__name__}: {problem}"} if problem else said
        os.write(writing, json.dumps(said).encode())
        os._exit(0)


def _count_commits(db):
    commit = db._commit

    def counted():
        MOMENTS.pass_one()
        commit()
        MOMENTS.pass_one()

    db._commit = counted
