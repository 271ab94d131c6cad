"""Many copies of a few rows made by the product's own actions, by SQL alone: a big record in minutes.

A copy's id is made from the original's id and the copy's number, so that every foreign key among the copied rows
leads to the copy that belongs to it. Triggers are off while copying: history and audit rows are not multiplied.
"""

from dataclasses import dataclass

from django.apps import apps
from django.db import models
from psycopg2.sql import SQL, Identifier, Literal

COPY = SQL(
    "INSERT INTO {table} ({names}) SELECT {values} FROM {table} t CROSS JOIN generate_series(%s, %s) n "
    "WHERE t.{key} = ANY(%s::uuid[])"
)
MAP = SQL("md5({column}::text || ':' || n::text)::uuid")


OURS = ("clinic", "intake", "treatment_sessions", "followup")
# What is not multiplied with a patient: secrets, mail, the room that is taken, and what stands for other rows too.
LEFT = {
    "AccessReview", "AuditEvent", "BreakGlass", "FreedSlot", "LinkCode", "Message", "MonitorSample", "PatientLink",
    "PatientMerge", "RawMessage", "RecordArchive", "ResourceClaim", "TextReply", "WaitlistOffer",
}  # fmt: skip


@dataclass(frozen=True)
class Back:
    """Copies lie in the past: copy n by `days` times one to `times`, as n is counted round."""

    days: int
    times: int


def whole(ids, of=None):
    """[(model, ids)] of these patients (rows of `of`) with all that hangs on them, but history and what LEFT names."""
    first = of or apps.get_model("clinic.Patient")
    found, waiting = {first: set(ids)}, [first]
    while waiting:
        model = waiting.pop()
        for link in model._meta.related_objects:
            if _is_copied(link):
                rows = link.related_model.objects.filter(**{f"{link.field.name}__in": found[model]})
                fresh = set(rows.values_list("pk", flat=True)) - found.get(link.related_model, set())
                if fresh:
                    found.setdefault(link.related_model, set()).update(fresh)
                    waiting.append(link.related_model)
    return list(found.items())


def _is_copied(link):
    model = link.related_model
    is_ours = model._meta.app_label in OURS and not link.many_to_many
    return is_ours and model.__name__ not in LEFT and not hasattr(model, "pgh_id")


def copies(cursor, chosen, *, start, count, back=None, instead=None):
    """Copy the chosen rows `count` times, numbered from `start`; with `back` (a Back) each copy lies in the past.

    ``instead``: (model, field name) -> SQL for that column, of the row ``t`` and the copy's number ``n``.
    ``chosen`` is a list of (model, ids): parents before children. The cursor is a superuser's; returns rows written.
    """
    owned = {model for model, _ in chosen}
    cursor.execute("SET session_replication_role = replica")
    written = 0
    for model, ids in chosen:
        columns = [field for field in model._meta.local_concrete_fields if not field.generated]
        own = {name: sql for (of, name), sql in (instead or {}).items() if of is model}
        values = [own.get(field.name) or _value(field, owned, back) for field in columns]
        asked = COPY.format(
            table=Identifier(model._meta.db_table),
            key=Identifier(model._meta.pk.column),
            names=SQL(", ").join(Identifier(field.column) for field in columns),
            values=SQL(", ").join(values),
        )
        cursor.execute(asked, [start, start + count - 1, [str(pk) for pk in ids]])
        written += cursor.rowcount
    cursor.execute("SET session_replication_role = DEFAULT")
    return written


def _value(field, owned, back):
    column = Identifier("t", field.column)
    if field.primary_key or (field.is_relation and field.related_model in owned):
        return MAP.format(column=column)
    if isinstance(field, models.UUIDField) and (field.unique or field.name in ("occasion_id", "subject_id")):
        return MAP.format(column=column)
    if back and isinstance(field, models.DateField) and field.name != "born_on":  # moments among them
        days = SQL("(1 + n %% {}) * {}").format(Literal(back.times), Literal(back.days))
        is_moment = isinstance(field, models.DateTimeField)
        return SQL("{} - {}" + (" * interval '1 day'" if is_moment else "")).format(column, days)
    if field.unique and isinstance(field, models.CharField):
        return SQL("left({column}, {most}) || '-' || n").format(column=column, most=Literal(field.max_length - 8))
    return column


def analyze(cursor, models_copied):
    """Fresh statistics and a vacuum for the tables that grew."""
    for model in models_copied:
        cursor.execute(SQL("VACUUM (ANALYZE) {}").format(Identifier(model._meta.db_table)))
