"""What the application role may do: read, add and change, but never rewrite history.

Run as the owner after every migration (`manage.py grant`). Rows of models with `append_only = True` and of the
history tables can only be added; nothing is deleted but what is on the allow-list; nothing is ever truncated.
"""

from collections.abc import Iterable

import pghistory.models
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models, transaction

HIDDEN = {"django_migrations"}


def append_only_tables() -> set[str]:
    """Return the tables whose rows the application may only add: entries, audit, ledger, signatures, history."""
    return {
        model._meta.db_table
        for model in _models()
        if getattr(model, "append_only", False) or issubclass(model, pghistory.models.Event)
    }


def deletable_tables() -> set[str]:
    """Return the tables whose rows the application may delete: the allow-list and models that say so."""
    ours = {model._meta.db_table for model in _models() if getattr(model, "may_delete", False)}
    return ours | set(settings.MAY_DELETE)


def privileges(table: str) -> list[str]:
    """Return what the application role may do with one table."""
    if table in HIDDEN:
        return ["SELECT"]
    allowed = ["SELECT", "INSERT"]
    if table not in append_only_tables():
        allowed.append("UPDATE")
        if table in deletable_tables():
            allowed.append("DELETE")
    return allowed


def grant(role: str) -> dict[str, list[str]]:
    """Give the application role its privileges, and take away all others. Returns them by table.

    Raises ImproperlyConfigured when run as the application role itself.
    """
    tables = connection.introspection.table_names()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        if cursor.fetchone() == (role,):
            raise ImproperlyConfigured("Grants are the owner's to give: set DATABASE_OWNER_URL.")
        given = {table: privileges(table) for table in sorted(tables)}
        for statement in _statements(role, given):
            cursor.execute(statement)
    return given


def _statements(role: str, given: dict[str, list[str]]) -> Iterable[str]:
    quote = connection.ops.quote_name
    who = quote(role)
    yield f"GRANT USAGE ON SCHEMA public TO {who}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {who}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {who}"
    yield f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {who}"
    for table, allowed in given.items():
        yield f"GRANT {', '.join(allowed)} ON {quote(table)} TO {who}"
    # A table made by a later migration can be read and added to even before its own grants are given.
    yield f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT ON TABLES TO {who}"
    yield f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {who}"


def _models() -> list[type[models.Model]]:
    return apps.get_models(include_auto_created=True)
