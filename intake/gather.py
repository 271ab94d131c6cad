"""Several small lists in one round trip: each comes as JSON beside the others and becomes rows of its model again.

For pages that show a little of many tables. Annotations become attributes; select_related is not followed, so a name
that is needed is annotated (``by_name=F("asked_by__name")``).
"""

import json
from decimal import Decimal

from django.core.exceptions import EmptyResultSet
from django.db import connection, models

OPEN, CLOSE = "(SELECT coalesce(json_agg(t), '[]')::text FROM (", ") t)"


def gather(**querysets):
    """{name: list of rows} of these querysets, in one query. Deferred columns stay deferred."""
    parts, params, asked = [], [], []
    for name, rows in querysets.items():
        try:
            sql, values = rows.query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append("".join([OPEN, sql, CLOSE]))
        params += values
        asked.append(name)
    found = dict.fromkeys(querysets, "[]")
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" ".join(["SELECT", ", ".join(parts)]), params)
            found |= dict(zip(asked, cursor.fetchone(), strict=True))
    return {name: _rows(querysets[name].model, text) for name, text in found.items()}


def _rows(model, text):
    fields = {field.column: field for field in model._meta.concrete_fields}
    return [_row(model, fields, given) for given in json.loads(text, parse_float=Decimal)]


def _row(model, fields, given):
    known = {fields[column]: value for column, value in given.items() if column in fields}
    values = [_value(field, value) for field, value in known.items()]
    row = model.from_db(connection.alias, [field.attname for field in known], _in_order(model, known, values))
    for name, value in given.items():
        if name not in fields:
            setattr(row, name, value)
    return row


def _in_order(model, known, values):
    """from_db takes the values in the order of the model's fields."""
    by_field = dict(zip(known, values, strict=True))
    return [by_field[field] for field in model._meta.concrete_fields if field in by_field]


def _value(field, value):
    while field.is_relation:
        field = field.target_field
    return value if value is None or isinstance(field, models.JSONField) else field.to_python(value)


def kept(model, rows):
    """A queryset of rows that are here already: for what asks a related manager that was prefetched."""
    queryset = model.objects.all()
    queryset._result_cache, queryset._prefetch_done = list(rows), True
    return queryset


def put(owner, name, rows):
    """Answer ``owner.<name>.all()`` with these rows, without a query."""
    related = owner._meta.get_field(name).related_model
    owner.__dict__.setdefault("_prefetched_objects_cache", {})[name] = kept(related, rows)
