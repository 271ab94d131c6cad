"""Several rows written in one round trip: what one deed leaves behind goes to the database together.

For rows whose values are known beforehand (keys are made here, not there). Checks, triggers and foreign keys judge
them as they judge single statements, in the order in which they stand; what the database adds by itself (`xact`, the
audit's `at`) is not read back. The model's own `save` and its signals are passed by: models that need them are not for
this.
"""

from django.db import connection
from django.db.models.expressions import DatabaseDefault
from psycopg2.sql import SQL, Identifier, Placeholder

from clinic.prepared import Kept

INSERT, UPDATE = (
    SQL("INSERT INTO {table} ({names}) VALUES ({places})"),
    SQL("UPDATE {table} SET {sets} WHERE {key} = %s"),
)


def send(new=(), changed=()):
    """Insert the unsaved instances of `new`, in order, then update; `changed` holds (instance, field names) pairs.

    Raises what the first statement that fails raises (IntegrityError and its kin); call it within a transaction.
    """
    with connection.cursor() as cursor:
        told = [_insert(row, cursor) for row in new] + [_update(*one, cursor) for one in changed]
        if told:
            cursor.execute("; ".join(sql for sql, _ in told), [value for _, values in told for value in values])
    for row in new:
        row._state.adding, row._state.db = False, connection.alias


def _insert(row, cursor):
    fields = [field for field in row._meta.local_concrete_fields if not field.generated]
    known = [(field, field.pre_save(row, True)) for field in fields]
    known = [(field, value) for field, value in known if not isinstance(value, DatabaseDefault)]
    values = [field.get_db_prep_save(value, connection=cursor.db) for field, value in known]
    statement = _insert_words(row._meta.db_table, tuple(field.column for field, _ in known), cursor)
    return statement.words(cursor, len(values)), values


def _update(row, names, cursor):
    fields = [row._meta.get_field(name) for name in names]
    values = [
        field.get_db_prep_save(field.pre_save(row, False), connection=cursor.db) for field in [*fields, row._meta.pk]
    ]
    statement = _update_words(row._meta.db_table, tuple(field.column for field in fields), row._meta.pk.column, cursor)
    return statement.words(cursor, len(values)), values


_known = {}


def _insert_words(table, columns, cursor):
    if (table, columns) not in _known:
        names, places = SQL(", ").join(map(Identifier, columns)), SQL(", ").join([Placeholder()] * len(columns))
        _known[table, columns] = _kept(INSERT.format(table=Identifier(table), names=names, places=places), cursor)
    return _known[table, columns]


def _update_words(table, columns, pk, cursor):
    if (table, columns, pk) not in _known:
        sets = SQL(", ").join(SQL("{} = %s").format(Identifier(column)) for column in columns)
        _known[table, columns, pk] = _kept(
            UPDATE.format(table=Identifier(table), sets=sets, key=Identifier(pk)), cursor
        )
    return _known[table, columns, pk]


def _kept(sql, cursor):
    return Kept(sql.as_string(cursor.cursor))
