"""A clinic in which every clinical and mental field holds a word of its own: it is seen wherever it comes out."""

import re
from io import BytesIO
from zipfile import ZipFile, is_zipfile

import psycopg2
from django.db import models
from django.db.models import JSONField
from psycopg2.extras import Json
from psycopg2.sql import SQL, Identifier
from pypdf import PdfReader

from clinic.models.base import CLINICAL, MENTAL
from tests.house.matrix_objects import NOUNS, Side
from tests.house.test_models import RECORDS, classified

MARKED = re.compile(r"zx\d{3}q", re.IGNORECASE)
LENGTH = 6


def fields():
    """(model, field) of every clinical and mental field that can hold a word: text without choices, and JSON."""
    for model in RECORDS:
        classes = classified(model)
        for field in model._meta.concrete_fields:
            if classes.get(field.name) in (MENTAL, CLINICAL) and not field.choices and _holds_words(field):
                yield model, field


def _holds_words(field):
    return isinstance(field, JSONField) or (
        isinstance(field, models.CharField | models.TextField) and (field.max_length or LENGTH) >= LENGTH
    )


class Marked:
    """One side with every noun made, then marked behind the application's back; `words` is word -> "model.field"."""

    def __init__(self, people, address):
        self.people, self.side = people, Side(people)
        for noun in NOUNS:
            self.side.get(noun)
        self.words, self.held = {}, set()
        with psycopg2.connect(address) as connection, connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")  # no trigger, no foreign key asks
            for number, (model, field) in enumerate(fields()):
                self._mark(cursor, number, model, field)
        connection.close()

    def _mark(self, cursor, number, model, field):
        word, name = f"Zx{number:03}q", f"{model._meta.label}.{field.name}"
        self.words[word.lower()] = name
        table, column = Identifier(model._meta.db_table), Identifier(field.column)
        cursor.execute("SAVEPOINT before")
        try:
            if isinstance(field, JSONField):
                self._mark_json(cursor, table, column, Identifier(model._meta.pk.column), word)
            else:
                cursor.execute(SQL("UPDATE {} SET {} = %s").format(table, column), [word])
            if cursor.rowcount:
                self.held.add(name)
        except psycopg2.IntegrityError:
            cursor.execute("ROLLBACK TO before")  # a code that a constraint knows: no words there

    def _mark_json(self, cursor, table, column, key, word):
        cursor.execute(SQL("SELECT {}, {} FROM {}").format(key, column, table))
        for pk, held in cursor.fetchall():
            cursor.execute(
                SQL("UPDATE {} SET {} = %s WHERE {} = %s").format(table, column, key), [Json(said(held, word)), pk]
            )


def said(held, word):
    """The same JSON with every text in it, but keys, replaced."""
    if isinstance(held, dict):
        return {key: said(value, word) for key, value in held.items()}
    if isinstance(held, list):
        return [said(value, word) for value in held]
    return word if isinstance(held, str) else held


def text_of(response):
    """Everything an answer says: headers, page, the text of a PDF, each file of an archive."""
    body = b"".join(response) if response.streaming else response.content
    kind = response.headers.get("Content-Type", "")
    head = " ".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{head}\n{decoded(body, kind)}"


def decoded(body, kind=""):
    """The words of some bytes."""
    if body.startswith(b"%PDF") and b"%%EOF" in body:
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)
    if kind == "application/zip" and is_zipfile(BytesIO(body)):
        with ZipFile(BytesIO(body)) as archive:
            return "\n".join(decoded(archive.read(name)) for name in archive.namelist())
    return body.decode("utf-8", errors="replace")
