"""Questions that every request asks, put into SQL once: the same querysets, without compiling them each time.

What a row may be is still said in one place, by the queryset. A `Prepared` is built from it with names where its
values go, and compiled once for each number of values in a list, for all threads. The server plans such a statement
once for each connection too (`Kept`), unless DATABASE_KEEPS_PLANS is off: behind a pooler that hands connections on
after each transaction it must be.
"""

import hashlib
import uuid
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.db import connection

from clinic.made import Maker

_FIRST_MOMENT = datetime(1, 1, 2, tzinfo=UTC)


class Kept:
    """A statement that the server plans once for each connection. `sql` has %s where values go, as for a cursor.

    It names its columns: a plan for "*" would fail under traffic when a migration adds one.
    """

    def __init__(self, sql):
        verb = sql.split(None, 1)[0].lower()  # so that a log tells a question from a write
        self.sql, self.name = sql, f"kept_{verb}_{hashlib.sha256(sql.encode()).hexdigest()[:24]}"

    def ask(self, cursor, values):
        """Execute it with these values on a Django cursor."""
        cursor.execute(self.words(cursor, len(values)), values)

    def words(self, cursor, count):
        """What to execute with its `count` values on this connection; planned first where it was not yet."""
        if not settings.DATABASE_KEEPS_PLANS:
            return self.sql
        known = _kept_on(connection)
        if self.name not in known:
            # Beside Django's cursor: what a request asks does not depend on what its connection has asked before.
            cursor.cursor.execute(f"PREPARE {self.name} AS {self.sql % tuple(f'${n + 1}' for n in range(count))}")
            known.add(self.name)
        return f"EXECUTE {self.name} ({', '.join(['%s'] * count)})"


def _kept_on(wrapper):
    """Names of the statements that this connection's server process has planned; a new connection knows none."""
    raw, names = getattr(wrapper, "kept_statements", (None, None))
    if raw is not wrapper.connection:
        names = set()
        wrapper.kept_statements = (wrapper.connection, names)
    return names


class Prepared:
    """`build(of)` returns a queryset; in it `of(name)` stands for a UUID, `of.list(name)` for the UUIDs of a list,
    `of.text(name)` for words, `of.moment(name)` for a time and `of.day(name)` for a date.
    """

    def __init__(self, build):
        self._build, self._known = build, {}

    def rows(self, **values):
        """The instances, with the related ones of the queryset, for these values by name; tuples of a `values_list`."""
        values = {name: _filled(value) if isinstance(value, list) else value for name, value in values.items()}
        shape = tuple((name, len(value)) for name, value in values.items() if isinstance(value, list))
        compiled = self._known.get(shape)
        if compiled is None:  # two threads may both put it together: one of them stays
            compiled = self._known.setdefault(shape, _Compiled(self._build, dict(shape)))
        return compiled.rows(values)

    def first(self, **values):
        """The first of them, or None."""
        return next(iter(self.rows(**values)), None)


def _filled(values):
    """A list of the next length of 1, 2, 4, 8 ...: its last value again, which changes no "is one of these".

    One compiled question for each length there ever was would grow with every day of the clinic, here and on each
    connection there.
    """
    count = len(values)
    return values + values[-1:] * ((1 << max(count - 1, 0).bit_length()) - count) if count else values


class _Names:
    """Marks that are put into the queryset and found again among its parameters."""

    def __init__(self, lengths):
        self.lengths, self.marks = lengths, {}

    def __call__(self, name):
        return self._mark(uuid.uuid4(), name, None)

    def list(self, name):
        return [self._mark(uuid.uuid4(), name, n) for n in range(self.lengths[name])]

    def text(self, name):
        return self._mark(uuid.uuid4().hex, name, None)

    def moment(self, name):
        return self._mark(_FIRST_MOMENT + timedelta(microseconds=len(self.marks)), name, None)

    def day(self, name):
        return self._mark(_FIRST_MOMENT.date() + timedelta(days=len(self.marks)), name, None)

    def _mark(self, mark, name, place):
        self.marks[mark] = (name, place)
        return mark


class _Compiled:
    """One queryset as SQL, with what is needed to make instances of its rows; the same for all threads.

    What it keeps of the connection is Django's own stand-in for that of the thread that asks.
    """

    def __init__(self, build, lengths):
        names = _Names(lengths)
        queryset = build(names)
        self.compiler = queryset.query.get_compiler(connection=connection)
        sql, params = self.compiler.as_sql()
        self.places = [names.marks[param] for param in params if _is_in(names.marks, param)]
        self.statement = Kept(_with_constants(sql, params, names.marks))
        is_made = queryset._fields is None  # of a `values_list` nothing is made
        self.maker = Maker(self.compiler.klass_info, self.compiler.select, connection.alias) if is_made else None
        self.converters = self.compiler.get_converters([column[0] for column in self.compiler.select])

    def rows(self, values):
        with connection.cursor() as cursor:
            self.statement.ask(cursor, [_value(name, place, values) for name, place in self.places])
            found = cursor.fetchall()
        if self.converters:
            found = map(tuple, self.compiler.apply_converters(found, self.converters))
        return self._made([*found])

    def _made(self, rows):
        if self.maker is None:
            return rows
        made = self.maker.all(rows)
        for name, place in self.compiler.annotation_col_map.items():
            for one, row in zip(made, rows, strict=True):
                setattr(one, name, row[place])
        return made


def _value(name, place, values):
    return values[name] if place is None else values[name][place]


def _with_constants(sql, params, marks):
    """The statement with what never changes written into it, and %s where a value goes."""
    with connection.cursor() as cursor:
        said = [
            "%s" if _is_in(marks, param) else cursor.cursor.mogrify("%s", [param]).decode().replace("%", "%%")
            for param in params
        ]
    return sql.replace("%%", "%%%%") % tuple(said)


def _is_in(marks, param):
    return isinstance(param, (str, uuid.UUID, date)) and param in marks
