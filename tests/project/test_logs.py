"""LOG-1 to LOG-4: a log line is one line, in UTC, and holds nothing that somebody typed or a row was made of."""

import logging
import re
import sys
import time

import psycopg2
import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, transaction

from clinic.models import Patient
from clinic.project.logs import MOST_OF_A_LINE, MOST_OF_A_MESSAGE, DiscreetFilter, LineFormatter, discreet
from tests.people import people

NAME = "Zebulon Canary-Marker"
WRITTEN = settings.LOGGING["formatters"]["line"]["format"]


def line(message="Trouble: %s", *args, problem=None):
    """What the console's handler writes about this."""
    told = (type(problem), problem, problem.__traceback__) if problem else None
    record = logging.LogRecord("clinic", logging.ERROR, "f.py", 1, message, args, told)
    DiscreetFilter().filter(record)
    return LineFormatter(WRITTEN).format(record)


def raised(deed):
    """The error that this raises, with its traceback."""
    try:
        deed()
    except (ValueError, LookupError, TypeError, AttributeError, DataError, IntegrityError, psycopg2.Error) as problem:
        return problem
    raise AssertionError("nothing was raised")


def test_the_settings_use_these_two():
    made = settings.LOGGING
    assert made["handlers"]["console"]["formatter"] == "line"
    assert made["handlers"]["console"]["filters"] == ["discreet"]
    assert made["formatters"]["line"]["()"] == "clinic.project.logs.LineFormatter"
    assert made["root"]["handlers"] == ["console"]


def test_v16_2_2_a_line_begins_with_its_time_in_utc():
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z ERROR clinic ", line("Hello"))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("GET /p/abcdefghijkl-mnop/ 303", "GET /p/[withheld]/ 303"),
        ("GET /calendar/abc_def.ics 200", "GET /calendar/[withheld] 200"),
        ("GET /accounts/password/reset/key/1-abc-def/", "GET /accounts/password/reset/key/[withheld]/"),
        ("Not Found: /patients/?q=Zebulon", "Not Found: /patients/?[withheld]"),
        ("GET /patients/?q=a&page=2 HTTP/1.1", "GET /patients/?[withheld] HTTP/1.1"),
        ("postgresql://user:secret@db/x", "postgresql://user:[withheld]@db/x"),
        ("to zebulon.canary+x@mail.example now", "to [withheld] now"),
        ("called +1 (212) 555-0123 twice", "called [withheld] twice"),
        ("called +12125550123.", "called [withheld]."),
        ("what? nothing", "what? nothing"),
        ("at 2026-11-22T10:00:00+00:00", "at 2026-11-22T10:00:00+00:00"),
    ],
)
def test_log_3_and_4_what_stands_in_addresses_and_of_people_is_withheld(written, kept):
    assert discreet(written) == kept


@pytest.mark.parametrize("part", ["DETAIL", "LINE 1", "CONTEXT", "STATEMENT", "QUERY"])
def test_log_2_what_the_database_says_of_a_row_is_withheld(part):
    text = line(f"duplicate key\n{part}:  Key (family_name)=({NAME}) already exists.\nmore {NAME}")
    assert NAME not in text
    assert "duplicate key" in text


PROBLEMS = {
    "a number": lambda: int(NAME),
    "a key": lambda: {}[NAME],
    "a choice": lambda: ["a"].index(NAME),
    "our own": lambda: (_ for _ in ()).throw(ValueError(f"no such patient as {NAME} here")),
}


@pytest.mark.parametrize("kind", PROBLEMS)
def test_log_2_an_error_keeps_its_kind_and_place_and_loses_its_words(kind):
    problem = raised(PROBLEMS[kind])
    for text in (line("Page broke: %s", problem, problem=problem), line("%r", problem, problem=problem)):
        assert NAME not in text
        assert type(problem).__name__ in text
        assert "test_logs.py" in text


def test_log_2_the_whole_chain_of_causes_loses_its_words():
    try:
        try:
            int(NAME)
        except ValueError as cause:
            raise ValidationError({"name": [f"{NAME} is no number"]}) from cause
    except ValidationError:
        record = logging.LogRecord("clinic", 40, "f", 1, "Broke", (), sys.exc_info())
    DiscreetFilter().filter(record)
    text = LineFormatter(WRITTEN).format(record)
    assert NAME not in text
    assert "The above exception was the direct cause" in text


@pytest.mark.django_db
def test_log_2_a_row_that_the_database_refuses_is_not_written_down():
    everyone = people()

    def twice():
        with transaction.atomic():
            Patient.objects.create(
                record_number=everyone.patient.record_number, given_name=NAME, family_name=NAME,
                born_on=everyone.patient.born_on, added_at=everyone.patient.added_at,
            )  # fmt: skip

    def unread():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM clinic_patient WHERE id = %s", [NAME])

    for deed in (twice, unread):
        problem = raised(deed)
        text = line("Could not save: %s", problem, problem=problem)
        assert NAME not in text
        assert everyone.patient.record_number not in text
        assert "IntegrityError" in text or "DataError" in text


def test_atk_29_no_line_break_and_no_sign_of_a_terminal_gets_into_a_line():
    nasty = "ok\r\n2026-11-22T10:00:00.000Z ERROR clinic forged\x1b[31m\x07\x08\x00\u2028\u202ereversed\x85"
    text = line("User agent %s", nasty)
    assert text.isprintable()
    assert len(text.splitlines()) == 1
    assert "\\r\\n" in text


@pytest.mark.parametrize("piece", ["x", "?", "a@", "://a:", "'", "+1 ", "invalid input syntax ", "DETAIL:", "\n"])
def test_atk_29_a_flood_is_cut_and_costs_no_time(piece):
    begun = time.perf_counter()
    assert len(line("Agent %s", piece * 100_000)) < MOST_OF_A_MESSAGE * 2 + 200
    problem = raised(lambda: int(piece * 3_000))
    problem.args = (piece * 100_000,)
    assert len(line("Broke", problem=problem)) < MOST_OF_A_LINE * 2
    assert time.perf_counter() - begun < 2
