"""Which steps of a migration the pages can't live through, so that each deploy goes expand, migrate, contract.

While a deploy runs, the old code works on the new shape, and every table is in use. So a step may add, never take away
or tighten what the old code relies on, and it may not hold a table while it reads all of it. A step that has to may say
why in its migration: `under_traffic = {"RemoveField clinic.patient.nickname": "unread since 0.4"}`.
docs/migrations.md tells how each kind is done instead.
"""

from collections.abc import Iterator

from django.conf import settings
from django.contrib.postgres import operations as postgres
from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from clinic.together import Together

WHY = {
    "new field": "the old code inserts without it: let it be null, or give it a db_default",
    "index": "it keeps writers out while it reads the whole table: AddIndexConcurrently, with atomic = False",
    "check": "it keeps everybody out while it reads the whole table: AddConstraintNotValid, then ValidateConstraint "
    "in a migration of its own",
    "unique": "it keeps everybody out while it reads the whole table: make the unique index concurrently, then use it",
    "gone": "the old code still reads it: take it away one release after the last code that knows it",
    "renamed": "the old code knows the old name: add the new one, fill it, use it, then take the old one away",
    "type": "the table is written anew while nobody may read it: add a field of the new type instead",
    "tighter": "the old code may still write null: check it NOT VALID first",
    "mixed": "rows are moved while the changed table is held: move them in a migration of their own",
    "one way": "it can't be taken back: give it a reverse, migrations.RunPython.noop where there is nothing to do",
    "unknown": "nobody has said yet whether the pages live through it",
}
HARMLESS = (
    migrations.CreateModel, migrations.AlterModelOptions, migrations.AlterModelManagers, migrations.RemoveIndex,
    migrations.RemoveConstraint, migrations.RenameIndex, migrations.AlterOrderWithRespectTo,
    postgres.AddIndexConcurrently, postgres.RemoveIndexConcurrently, postgres.AddConstraintNotValid,
    postgres.ValidateConstraint, postgres.CreateExtension,
)  # fmt: skip
TAKES_AWAY = (migrations.DeleteModel, migrations.RemoveField)
RENAMES = (migrations.RenameModel, migrations.RenameField, migrations.AlterModelTable)
MOVES_ROWS = (migrations.RunPython, migrations.RunSQL)


class OneByOne(MigrationLoader):
    """The migrations as a database that has lived through all of them knows them: none that stands for several."""

    def load_disk(self) -> None:
        """Leave those out; who comes after one of them comes after the last it stands for."""
        super().load_disk()
        ours = {key: one for key, one in self.disk_migrations.items() if key[0] in settings.OUR_APPS}
        stand_ins = {key: one.replaces[-1] for key, one in ours.items() if one.replaces}
        for key in stand_ins:
            del self.disk_migrations[key]
        for one in self.disk_migrations.values():
            one.dependencies = [stand_ins.get(tuple(key), key) for key in one.dependencies]


def faults(migration: migrations.Migration, before: ProjectState) -> list[str]:
    """Say what of a migration the pages can't live through, each as "step: why"; empty when it is fit.

    `before` is the state it starts from, which this changes.
    """
    told = getattr(migration, "under_traffic", {})
    steps = list(_flat(migration.operations))
    made = {step.name_lower for step in steps if isinstance(step, migrations.CreateModel)}
    found = []
    for step in steps:
        kind = _mixed(step, steps) or _kind(step, migration.app_label, before, made)
        step.state_forwards(migration.app_label, before)
        name = named(step, migration.app_label)
        if kind and not told.get(name, "").strip():
            found.append(f"{name}: {WHY[kind]}")
    return found


def unfit(newer_than: dict[str, int]) -> dict[str, list[str]]:
    """Every migration on disk with a number above its app's, with its faults; only those that have any."""
    loader, found = OneByOne(None), {}
    for (label, name), migration in sorted(loader.disk_migrations.items()):
        if label in newer_than and int(name[:4]) > newer_than[label]:
            wrong = faults(migration, loader.project_state((label, name), at_end=False))
            found |= {f"{label}.{name}": wrong} if wrong else {}
    return found


def named(step: Operation, label: str) -> str:
    """A step as it is named in `under_traffic`: "AddField clinic.patient.nickname"."""
    model = getattr(step, "model_name_lower", None) or getattr(step, "model_name", "").lower()
    part = getattr(step, "name_lower", "") or getattr(step, "name", "") or getattr(step, "old_name", "") or ""
    inner = getattr(getattr(step, "index", None) or getattr(step, "constraint", None), "name", "")
    return " ".join((type(step).__name__, ".".join(filter(None, (label, model, str(part).lower() or inner)))))


def _flat(steps: list[Operation]) -> Iterator[Operation]:
    for step in steps:
        if isinstance(step, Together):
            yield from _flat(step.operations)
        elif isinstance(step, migrations.SeparateDatabaseAndState):
            yield from _flat(step.database_operations)
        else:
            yield step


def _mixed(step: Operation, steps: list[Operation]) -> str:
    """Rows moved in one transaction with a change of an existing table."""
    changes = (migrations.AddField, migrations.AlterField, *TAKES_AWAY, *RENAMES, migrations.AddConstraint)
    return "mixed" if isinstance(step, MOVES_ROWS) and any(isinstance(one, changes) for one in steps) else ""


def _kind(step: Operation, label: str, before: ProjectState, made: set[str]) -> str:
    """The word of WHY for a step, "" when it is harmless."""
    if isinstance(step, HARMLESS) or type(step).__module__.startswith("pgtrigger"):
        return ""
    if isinstance(step, MOVES_ROWS):
        return "" if step.reversible else "one way"
    if getattr(step, "model_name_lower", None) in made:
        return ""
    for kinds, word in ((TAKES_AWAY, "gone"), (RENAMES, "renamed"), (migrations.AddIndex, "index")):
        if isinstance(step, kinds):
            return word
    if isinstance(step, migrations.AddConstraint):
        return "check" if type(step.constraint).__name__ == "CheckConstraint" else "unique"
    if isinstance(step, migrations.AddField):
        return _added(step.field)
    if isinstance(step, migrations.AlterField):
        return _altered(before.models[label, step.model_name_lower].fields[step.name], step.field)
    return "unknown"


def _added(field) -> str:
    if field.many_to_many:
        return ""
    if not field.null and not field.has_db_default():
        return "new field"
    return "unique" if field.unique else "index" if field.db_index else ""


def _altered(old, new) -> str:
    if _is_indexed(new) and not _is_indexed(old):
        return "unique" if new.unique else "index"
    if old.null and not new.null:
        return "tighter"
    return "" if _type(old) == _type(new) or _is_wider(old, new) else "type"


def _is_indexed(field) -> bool:
    return bool(field.unique or field.db_index)


def _type(field) -> str | None:
    if field.is_relation:
        return str(field.remote_field.model).lower()
    return field.db_type(connection)


def _is_wider(old, new) -> bool:
    """More room for text costs nothing: the rows stay as they are."""
    lengths = [getattr(one, "max_length", None) for one in (old, new)]
    texts = [one.get_internal_type() in {"CharField", "TextField", "EmailField"} for one in (old, new)]
    return all(texts) and (lengths[1] is None or (lengths[0] is not None and lengths[0] <= lengths[1]))
